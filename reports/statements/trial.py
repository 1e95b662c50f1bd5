"""科目余额表: opening balance, movement and closing balance of every account, statutory levels summed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from ledger.accounts import ROOTS, components
from ledger.facts import Facts
from reports.model import RowKind
from reports.periods import period_text
from reports.statements.statement import Line, Statement, StatementError

_COLUMNS = ("期初借方", "期初贷方", "本期借方", "本期贷方", "期末借方", "期末贷方")


@dataclass
class _Node:
    """One account with everything below it: opening balance, debits and credits of the period, in fen."""

    opening: int = 0
    debit: int = 0
    credit: int = 0
    below: dict[str, _Node] = field(default_factory=dict)

    def add(self, opening: int, debit: int, credit: int) -> None:
        self.opening += opening
        self.debit += debit
        self.credit += credit

    @property
    def amounts(self) -> tuple[int, ...]:
        closing = self.opening + self.debit - self.credit
        return (
            max(self.opening, 0),
            max(-self.opening, 0),
            self.debit,
            self.credit,
            max(closing, 0),
            max(-closing, 0),
        )


def trial_balance(facts: Facts, since: datetime.date, until: datetime.date) -> Statement:
    """Return the trial balance of a period, both days inclusive, over every account of the book.

    Carry-forward vouchers are movements; the book's first balances (`#opening`), and the change-over of
    accounting systems where the period begins with it, belong to the opening balances. An account above others
    shows their net balance. The totals are those of the level-1 accounts.
    """
    if since > until:
        raise StatementError(f"止日 {until} 早于起日 {since}", f"the period ends on {until}, before {since}")
    root = _Node()
    for account, (opening, debit, credit) in _movements(facts, since, until).items():
        node = root
        for part in account.split(":"):
            node = node.below.setdefault(part, _Node())
            node.add(opening, debit, credit)
    lines = [line for name in ROOTS.values() if name in root.below for line in _lines(root.below[name], name, 0)]
    tops = [line.amounts_fen for line in lines if line.indent == 0]
    totals = tuple(sum(amounts[column] or 0 for amounts in tops) for column in range(len(_COLUMNS)))
    lines.append(Line("total", "合计", totals, RowKind.TOTAL))
    uneven = [
        f"{when}借方与贷方合计不相等。"
        for n, when in enumerate(("期初", "本期", "期末"))
        if totals[2 * n] != totals[2 * n + 1]
    ]
    return Statement(
        form="",
        title="科目余额表",
        union=facts.union.name,
        period=period_text(since, until),
        until=until,
        columns=_COLUMNS,
        lines=tuple(lines),
        notes=tuple(uneven),
        item_titles=("科目名称",),
        with_codes=True,
    )


def _movements(facts: Facts, since: datetime.date, until: datetime.date) -> Mapping[str, tuple[int, int, int]]:
    rows = facts.journal
    rows = rows[rows["date"] <= pd.Timestamp(until)]
    start = pd.Timestamp(since)
    first = rows["opening"] | (rows["change_over"] & (rows["date"] <= start))
    before = (rows["date"] < start) | first
    fen = rows["amount_fen"]
    table = pd.DataFrame(
        {
            "account": rows["account"].astype(str),
            "opening": fen.where(before, 0),
            "debit": fen.where(~before & (fen > 0), 0),
            "credit": -fen.where(~before & (fen < 0), 0),
        }
    )
    summed = table.groupby("account", sort=True).sum()
    columns = (summed["opening"].tolist(), summed["debit"].tolist(), summed["credit"].tolist())
    return dict(zip(summed.index.tolist(), zip(*columns, strict=True), strict=True))


def _lines(node: _Node, path: str, depth: int) -> Iterator[Line]:
    for part in sorted(node.below, key=lambda p: components(f"x:{p}")[0]):
        below, name = node.below[part], f"{path}:{part}"
        code, label = components(f"x:{part}")[0]
        kind = RowKind.HEAD if depth == 0 else RowKind.PLAIN
        shown = tuple(fen or None for fen in below.amounts)
        yield Line(name, label, shown, kind, depth, code=code)
        yield from _lines(below, name, depth + 1)
