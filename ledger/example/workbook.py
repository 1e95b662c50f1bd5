"""The hospital's workbook: the sheets and headers that our own importer asks for, in a spreadsheet file.

The bytes depend on the book alone: no clock, no host, text is never taken for a formula.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from ledger.accounts import components, resolve
from ledger.example.hospital import Hospital
from ledger.example.workdays import FIRST_DAY
from ledger.importers.headers import BALANCE_SHEET, BUDGET_SHEET, REGISTER_LAYOUTS, VOUCHER_SHEET, Column, SheetLayout
from ledger.importers.words import VOCABULARIES, chinese_word
from ledger.money import fen_from_text, yuan
from ledger.vouchers import BudgetEntry, Line, Voucher

Cell = str | int | Decimal | datetime.date | None
# A fixed moment: the file's own clock would make two runs differ.
_CREATED = datetime.datetime(2026, 1, 15, tzinfo=datetime.UTC).replace(tzinfo=None)
_FIXED = {"date", "voucher", "narration", "payee", "code", "account", "debit", "credit"}


def write_example(target: Path, book: Hospital) -> None:
    """Write the workbook to `target` (.xlsx) and union.toml beside it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(workbook_bytes(book))
    target.with_name("union.toml").write_text(book.profile, encoding="utf-8", newline="\n")


def workbook_bytes(book: Hospital) -> bytes:
    """Return the workbook of the example: vouchers, opening balances, budget and every register, a sheet each."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as workbook:
        workbook.set_properties({"title": "工会经费账套示例", "author": "", "created": _CREATED})
        sheets = _Sheets(workbook)
        sheets.add(VOUCHER_SHEET, _voucher_keys(book.vouchers), _voucher_rows(book.vouchers))
        sheets.add(BALANCE_SHEET, ("year", "code", "account", "debit", "credit"), _balance_rows(book.opening))
        sheets.add(BUDGET_SHEET, tuple(BUDGET_SHEET.by_key), _budget_rows(book.budgets))
        for name, rows in book.registers.items():
            layout = REGISTER_LAYOUTS[name]
            sheets.add(layout, tuple(layout.by_key), _register_rows(layout, rows))
    return out.getvalue()


def code_and_name(account: str) -> tuple[str, str]:
    """Return code and name of a book's account as a package prints them: `5010501`, `会员活动支出-节日慰问`."""
    found = resolve(account, FIRST_DAY)
    if found is None:
        raise ValueError(f"{account} 不在科目表内")
    parts = components(account)
    depth = 1 if found.code == found.parent_code else 2
    local = parts[depth:]
    return found.code + "".join(digits for digits, _ in local), "-".join([found.name, *(name for _, name in local)])


class _Sheets:
    """Adds sheets to a workbook, each with its head row frozen and its columns in the cell format of their kind."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.head = workbook.add_format({"bold": True, "bg_color": "#E8EEF4", "border": 1})
        self.money = workbook.add_format({"num_format": "#,##0.00"})
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd"})

    def add(self, layout: SheetLayout, keys: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
        sheet = self.workbook.add_worksheet(layout.title)
        sheet.freeze_panes(1, 0)
        for position, key in enumerate(keys):
            sheet.write_string(0, position, layout.by_key[key].header, self.head)
            sheet.set_column(position, position, 14)
        for number, row in enumerate(rows, start=1):
            for position, cell in enumerate(row):
                self._write(sheet, number, position, cell)

    def _write(self, sheet: Any, row: int, position: int, cell: Cell) -> None:
        if isinstance(cell, Decimal):
            sheet.write_number(row, position, cell, self.money)
        elif isinstance(cell, datetime.date):
            sheet.write_datetime(row, position, cell, self.day)
        elif isinstance(cell, int):
            sheet.write_number(row, position, cell)
        elif cell:
            sheet.write_string(row, position, cell)


def _voucher_keys(vouchers: Iterable[Voucher]) -> tuple[str, ...]:
    used = {key for voucher in vouchers for key in voucher.metadata}
    return tuple(column.key for column in VOUCHER_SHEET.columns if column.key in _FIXED | used)


def _voucher_rows(vouchers: Iterable[Voucher]) -> Iterator[list[Cell]]:
    vouchers = tuple(vouchers)
    keys = _voucher_keys(vouchers)
    for voucher in vouchers:
        for place, line in enumerate(voucher.lines):
            yield [_voucher_cell(VOUCHER_SHEET.by_key[key], voucher, line, first=place == 0) for key in keys]


def _voucher_cell(column: Column, voucher: Voucher, line: Line, *, first: bool) -> Cell:
    debit, credit = _sides(line.amount_fen)
    code, name = code_and_name(line.account)
    fixed: Mapping[str, Cell] = {
        "date": voucher.date,
        "voucher": str(voucher.number),
        "narration": voucher.narration,
        "payee": voucher.payee,
        "code": code,
        "account": name,
        "debit": debit,
        "credit": credit,
    }
    if column.key in fixed:
        return fixed[column.key]
    # A package prints what belongs to the whole voucher on its first row only.
    return _cell(column, column.key, voucher.metadata.get(column.key, "")) if first else None


def _balance_rows(opening: Voucher) -> Iterator[list[Cell]]:
    for line in opening.lines:
        yield [str(opening.date.year), *code_and_name(line.account), *_sides(line.amount_fen)]


def _budget_rows(entries: Iterable[BudgetEntry]) -> Iterator[list[Cell]]:
    for entry in entries:
        code, name = code_and_name(entry.account)
        yield [
            str(entry.year),
            code,
            name,
            entry.project,
            yuan(entry.amount_fen),
            entry.version,
            entry.date,
            entry.committee,
            entry.audit_review,
            entry.approved,
            entry.reason,
        ]


def _register_rows(layout: SheetLayout, rows: Iterable[Mapping[str, str]]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [_cell(column, f"{layout.key}.{column.key}", row.get(column.key, "")) for column in layout.columns]


def _cell(column: Column, vocabulary: str, text: str) -> Cell:
    """Return a value of the book as a person would see it in a cell of that kind."""
    if not text:
        return None
    if vocabulary in VOCABULARIES:
        return chinese_word(VOCABULARIES[vocabulary], text)
    if column.key == "account":
        return " ".join(code_and_name(text))
    if column.kind.startswith("fen"):
        return yuan(fen_from_text(text))
    if column.kind.startswith("count"):
        return int(text)
    return datetime.date.fromisoformat(text) if column.kind == "day" else text


def _sides(amount_fen: int) -> tuple[Cell, Cell]:
    return (yuan(amount_fen), None) if amount_fen >= 0 else (None, yuan(-amount_fen))
