"""The book as sheets of cells: what stands in which row and column, before any spreadsheet library is asked."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ledger.importers.headers import LINE_COLUMNS, METADATA_COLUMNS, OWN_COLUMN
from ledger.importers.lists import NO_ENTRIES
from ledger.importers.more import more_text
from ledger.importers.own_sheets import BANK_ITEM, EARLIER_ITEM, ITEMS, NUMBER_ITEM, STANDARD_ITEM
from ledger.importers.register import NOT_CARRIED, looks_carried_forward
from ledger.importers.words import VOCABULARIES, chinese_word
from ledger.union import UnionProfile
from ledger.vouchers import Voucher
from ledger.workbook.content import Account, BookContent, Entry, ExportRefused, Register
from ledger.workbook.labels import account_labels
from ledger.workbook.layout import (
    ACCOUNT_LIST,
    BALANCES,
    BUDGET,
    PROFILE,
    REGISTERS,
    VOUCHERS,
    SheetPlan,
    vocabulary_key,
)
from ledger.workbook.shown import Cell, amount, cell, day, metadata_cells
from ledger.writer import CARRY_FORWARD, OPENING

MOST_ROWS = 1_048_576  # of a sheet, by its format
MOST_CHARACTERS = 32_767  # of a cell
NO_NUMBER = "（无号）"  # what no importer takes for a voucher number

_CHANGE_OVER = "change-over"
_TAGS = {CARRY_FORWARD: "期末结转", _CHANGE_OVER: "新旧衔接"}
_NARRATION = "期初余额"

Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class FilledSheet:
    """A sheet with its rows below the head; `own` are headers of the user's own columns, behind the plan's."""

    plan: SheetPlan
    rows: Rows
    own: tuple[str, ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        """The head row."""
        return (*(place.header for place in self.plan.places), *self.own)


def filled_sheets(content: BookContent) -> tuple[FilledSheet, ...]:
    """Return the sheets of a book; raises ExportRefused, every fault at once, for what no sheet can hold."""
    names = [account.name for account in content.accounts]
    names += [line.account for entry in content.entries for line in entry.voucher.lines]
    names += [line.account for line in content.opening.lines] if content.opening else []
    names += [budget.account for budget in content.budgets]
    labels = account_labels(names)
    sheets = [
        FilledSheet(VOUCHERS, list(_voucher_rows(content.entries, labels))),
        FilledSheet(BALANCES, list(_opening_rows(content.opening, labels)) if content.opening else []),
        FilledSheet(BUDGET, _budget_rows(content, labels)),
        FilledSheet(ACCOUNT_LIST, _account_rows(content.accounts, labels)),
        *(_register_sheet(plan, content.registers.get(name), labels) for name, plan in REGISTERS.items()),
        FilledSheet(PROFILE, _profile_rows(content.profile, labels)),
    ]
    faults = [fault for sheet in sheets for fault in _faults(sheet)]
    if faults:
        raise ExportRefused(faults)
    return tuple(sheets)


def _faults(sheet: FilledSheet) -> Iterator[str]:
    title = sheet.plan.title
    if len(sheet.rows) >= MOST_ROWS:
        yield (
            f"工作表“{title}”要写 {len(sheet.rows):,} 行，超过表格的上限 {MOST_ROWS:,} 行（含表头）；"
            "请用 --period 按年度分别导出"
        )
        return
    for number, row in enumerate(sheet.rows, 2):
        for header, value in zip(sheet.headers, row, strict=False):
            if isinstance(value, str) and len(value) > MOST_CHARACTERS:
                where = f"工作表“{title}”第 {number} 行“{header}”"
                yield f"{where}有 {len(value):,} 字，超过单元格的上限 {MOST_CHARACTERS:,} 字；请在账套中缩短"
            elif isinstance(value, str) and any(c in value for c in "\ufffe\uffff"):
                yield f"工作表“{title}”第 {number} 行“{header}”含有表格不能存放的字符；请在账套中删去后再导出"


def _row(plan: SheetPlan, cells: Mapping[str, Cell]) -> list[Cell]:
    return [cells.get(place.column.key) for place in plan.places]


def _sides(fen: int) -> dict[str, Cell]:
    return {"debit": amount(fen)} if fen >= 0 else {"credit": amount(-fen)}


def _voucher_rows(entries: Sequence[Entry], labels: Mapping[str, str]) -> Iterator[list[Cell]]:
    for entry in entries:
        voucher = entry.voucher
        same: dict[str, Cell] = {
            "date": day(voucher.date),
            "voucher": entry.stated or NO_NUMBER,
            "narration": voucher.narration,
            "payee": voucher.payee,
        }
        first = {**metadata_cells(voucher.metadata, METADATA_COLUMNS, own=False), "tags": _tags(voucher)}
        for line in voucher.lines:
            own = metadata_cells(line.metadata, LINE_COLUMNS, own=True)
            yield _row(VOUCHERS, {**same, **first, **own, "account": labels[line.account], **_sides(line.amount_fen)})
            first = {}


def _tags(voucher: Voucher) -> str:
    tags = [_TAGS.get(tag, tag) for tag in voucher.tags]
    if CARRY_FORWARD not in voucher.tags and looks_carried_forward(voucher.lines, voucher.date):
        tags.append(NOT_CARRIED)
    return " ".join(tags)


def _opening_rows(opening: Voucher, labels: Mapping[str, str]) -> Iterator[list[Cell]]:
    accounts = {line.account for line in opening.lines}
    tags = [tag for tag in opening.tags if tag != OPENING]
    if tags:
        raise ExportRefused([f"期初余额带有标记 {'、'.join(tags)}，工作簿不能存放；请删去后再导出"])
    new_year = (opening.date.month, opening.date.day) == (1, 1)
    first: dict[str, Cell] = {
        "payee": opening.payee,
        "narration": "" if opening.narration == _NARRATION else opening.narration,
        "more": more_text(dict(sorted(opening.metadata.items()))),
    }
    for line in opening.lines:
        below = any(other.startswith(f"{line.account}:") for other in accounts)
        cells: dict[str, Cell] = {
            "year": f"{opening.date.year:04d}" if new_year else opening.date.isoformat(),
            "account": labels[line.account],
            "own": "是" if below else None,
            "line:more": more_text(dict(sorted(line.metadata.items()))),
            **_sides(line.amount_fen),
        }
        yield _row(BALANCES, {**first, **cells})
        first = {}


def _budget_rows(content: BookContent, labels: Mapping[str, str]) -> Rows:
    return [
        _row(
            BUDGET,
            {
                "year": f"{entry.year:04d}",
                "account": labels[entry.account],
                "project": entry.project,
                "amount": amount(entry.amount_fen),
                "version": entry.version,
                "date": day(entry.date),
                "committee": day(entry.committee),
                "audit-review": day(entry.audit_review),
                "approved": day(entry.approved),
                "reason": entry.reason,
            },
        )
        for entry in content.budgets
    ]


def _account_rows(accounts: Sequence[Account], labels: Mapping[str, str]) -> Rows:
    known = {account.name: account for account in accounts}
    return [
        _row(
            ACCOUNT_LIST,
            {
                "label": label,
                "account": name,
                "opened": day(known[name].opened) if name in known else None,
                "closed": day(known[name].closed) if name in known else None,
            },
        )
        for name, label in labels.items()
    ]


def _register_sheet(plan: SheetPlan, register: Register | None, labels: Mapping[str, str]) -> FilledSheet:
    if register is None:
        return FilledSheet(plan, [])
    own = tuple(f"{OWN_COLUMN}{name}" for name in register.own)
    if not register.rows:
        return FilledSheet(plan, [[NO_ENTRIES]])
    rows: list[list[Cell]] = []
    for row in register.rows:
        cells: dict[str, Cell] = {}
        for place in plan.places:
            key, text = place.column.key, row.get(place.column.key, "")
            shown = cell(place.column, vocabulary_key(plan.layout, place.column), text)
            cells[key] = labels.get(text, text) if key == "account" else shown
        rows.append([*_row(plan, cells), *(row.get(name) for name in register.own)])
    return FilledSheet(plan, rows, own)


def _profile_rows(profile: UnionProfile, labels: Mapping[str, str]) -> Rows:
    def row(item: str, value: str, since: datetime.date | None = None, until: datetime.date | None = None,
            instrument: str = "", article: str = "") -> list[Cell]:  # fmt: skip
        return [item, value, day(since), day(until), instrument, article]

    rows = []
    for key, label in ITEMS.items():
        value = getattr(profile, key)
        text = value.isoformat() if isinstance(value, datetime.date) else value or ""
        kind = f"union.{key}"
        rows.append(row(label, chinese_word(VOCABULARIES[kind], text) if kind in VOCABULARIES else text))
    for earlier in profile.earlier_collections:
        word = chinese_word(VOCABULARIES["union.collection"], earlier.collection)
        rows.append(row(EARLIER_ITEM, word, None, earlier.until))
    rows += [row(BANK_ITEM, labels.get(account, account)) for account in profile.bank_accounts]
    rows += [row(f"{NUMBER_ITEM}{number}", labels.get(account, account)) for number, account in profile.bank_numbers]
    for s in profile.standards:
        rows.append(row(f"{STANDARD_ITEM}{s.key}", f"{s.value:f}", s.since, s.until, s.instrument, s.article))
    return rows
