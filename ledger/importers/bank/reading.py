"""Reads one statement: its lines, oldest first, proved by the running balance and by what the bank printed around them.

A line that cannot be believed is a problem with its row; nothing is guessed from the lines around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from ledger.importers.bank.chain import Chain, Step, breaks_of, chained
from ledger.importers.bank.columns import Head
from ledger.importers.bank.lines import Lines, StatementLine
from ledger.importers.bank.printed import Counted, Printed, differences, printed
from ledger.importers.sheets import Sheet
from ledger.importers.tables import ImportProblem
from ledger.money import plain_yuan, shown_yuan

__all__ = ["Statement", "StatementLine", "read_statement"]

_MOST_BREAKS = 20  # listed one by one


@dataclass(frozen=True)
class Statement:
    """What a sheet says of one account: its lines, oldest first, the number printed, problems and notes.

    `opening_fen` is the balance before the first line, `closing_fen` the one after the last; None where no balance
    is printed. The lines count only when there is no problem.
    """

    sheet: str
    number: str
    lines: tuple[StatementLine, ...]
    opening_fen: int | None
    closing_fen: int | None
    problems: tuple[ImportProblem, ...]
    notes: tuple[ImportProblem, ...]

    def rows(self, account: str) -> tuple[MappingProxyType[str, str], ...]:
        """Return the lines as rows of the register `bank` for a ledger account."""
        return tuple(_register_row(account, line) for line in self.lines)


def read_statement(sheet: Sheet, head: Head) -> Statement:
    """Return the statement of a sheet whose head has been found."""
    reader = Lines(sheet, head)
    reader.read()
    stated = printed(reader.outside, head.positions)
    lines = reader.finished(stated.wallet)
    number, problem = _number(stated, reader.numbers, sheet.name)
    problems = [*reader.problems, *problem]
    notes = list(reader.notes)
    chain = chained(_steps(lines))
    if not problems and chain.breaks:
        lines, chain = _mended(reader, lines, chain)
    if not problems:
        problems += _broken(sheet.name, [lines[n] for n in chain.order], chain)
        counted = _counted(reader.counted, [lines[n] for n in chain.order])
        if not problems:
            problems += [ImportProblem(sheet.name, row, "", text) for row, text in differences(stated, counted)]
    ordered = tuple(lines[n] for n in chain.order)
    if chain.rearranged:
        notes.append(ImportProblem(sheet.name, 0, "", "同一日的各行已按余额的先后重新排列"))
    if not ordered and not problems:
        notes.append(ImportProblem(sheet.name, head.row + 2, "", "只有表头，没有交易，未导入"))
    elif ordered and all(line.balance_fen is None for line in ordered):
        notes.append(ImportProblem(sheet.name, 0, "", "没有余额列，不能逐行验算余额；请核对期末余额"))
    opening, closing = _ends(ordered)
    return Statement(sheet.name, number, ordered, opening, closing, tuple(problems), tuple(notes))


def _steps(lines: Sequence[StatementLine]) -> list[Step]:
    return [Step(line.date, line.amount_fen, line.balance_fen) for line in lines]


def _mended(reader: Lines, lines: tuple[StatementLine, ...], chain: Chain) -> tuple[tuple[StatementLine, ...], Chain]:
    """Return the lines read the other way where their balances prove it: money out printed below zero."""
    if not any((line.debit_fen or 0) < 0 for line in lines):
        return lines, chain
    turned = tuple(replace(line, debit_fen=None if line.debit_fen is None else abs(line.debit_fen)) for line in lines)
    again = chained(_steps(turned))
    if again.breaks:
        return lines, chain
    reader.turn_counted()
    return turned, again


def _broken(sheet: str, ordered: Sequence[StatementLine], chain: Chain) -> list[ImportProblem]:
    if not chain.breaks:
        return []
    turned = [Step(line.date, -line.amount_fen, line.balance_fen) for line in ordered]
    if len([line for line in ordered if line.balance_fen is not None]) > 1 and not chained(turned).breaks:
        message = (
            "每一行的余额都与收支方向相反：这像是单位自己的日记账，或收入、支出两列颠倒；"
            "请提供银行的对账单（借方为支出、贷方为收入）"
        )
        return [ImportProblem(sheet, ordered[0].row, "", message)]
    problems = []
    for place in chain.breaks[:_MOST_BREAKS]:
        line = ordered[place]
        before, between, seen = 0, 0, False
        for other in reversed(ordered[:place]):
            if other.balance_fen is not None:
                before, seen = other.balance_fen, True
                break
            between += other.amount_fen
        should = before + between + line.amount_fen if seen else 0
        side = "收入" if line.amount_fen >= 0 else "支出"
        message = (
            f"余额 {shown_yuan(line.balance_fen or 0)} 不等于上一行余额 {shown_yuan(before)} 加减本行{side} "
            f"{shown_yuan(abs(line.amount_fen))}（应为 {shown_yuan(should)}）；文件可能缺行或被改动，请重新下载"
        )
        problems.append(ImportProblem(sheet, line.row, "", message))
    if len(chain.breaks) > _MOST_BREAKS:
        more = f"另有 {len(chain.breaks) - _MOST_BREAKS} 处余额不连续，未逐一列出"
        problems.append(ImportProblem(sheet, 0, "", more))
    return problems


def _counted(sums: tuple[int, int, int, int], ordered: Sequence[StatementLine]) -> Counted:
    opening, closing = _ends(ordered)
    return Counted(*sums, opening, closing)


def _ends(ordered: Sequence[StatementLine]) -> tuple[int | None, int | None]:
    """Return the balances before the first line and after the last, as the printed ones imply."""
    steps = _steps(ordered)
    first = next((n for n, step in enumerate(steps) if step.balance_fen is not None), None)
    if first is None or breaks_of(steps):
        return None, None
    opening = (steps[first].balance_fen or 0) - sum(step.amount_fen for step in steps[: first + 1])
    return opening, opening + sum(step.amount_fen for step in steps)


def _number(stated: Printed, numbers: Sequence[str], sheet: str) -> tuple[str, list[ImportProblem]]:
    every = list(dict.fromkeys(numbers))
    if len(every) > 1:
        message = f"一张表里有 {len(every)} 个账号（{'、'.join(every[:5])}）；请按账户分开导出后逐个导入"
        return "", [ImportProblem(sheet, 0, "", message)]
    return (every[0] if every else stated.number), []


def _register_row(account: str, line: StatementLine) -> MappingProxyType[str, str]:
    amounts = (("debit", line.debit_fen), ("credit", line.credit_fen), ("balance", line.balance_fen))
    texts = (("serial", line.serial), ("payer_payee", line.party), ("summary", line.summary))
    row = {"account": account, "date": line.date.isoformat()}
    row |= {key: text for key, text in texts if text}
    row |= {key: plain_yuan(fen) for key, fen in amounts if fen is not None}
    return MappingProxyType(row)
