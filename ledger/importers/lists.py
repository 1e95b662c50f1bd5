"""Registers: lists of people and things, a sheet each, to rows as the book's CSV files hold them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ledger.importers import cells
from ledger.importers.account_map import AccountMap
from ledger.importers.headers import Column
from ledger.importers.tables import ImportProblem, Row, Table

RegisterRow = Mapping[str, str]


@dataclass(frozen=True)
class ListReading:
    """What a register's sheet holds, with every problem; a sheet of heads only holds no row and says nothing."""

    name: str
    rows: tuple[RegisterRow, ...]
    problems: tuple[ImportProblem, ...]
    notes: tuple[ImportProblem, ...]


def read_list(table: Table, accounts: AccountMap) -> ListReading:
    """Return the rows of a register's table, each cell as the book's CSV file holds it."""
    name = table.layout.key
    rows = [_row(table, accounts, row) for row in table.rows()]
    if not rows:
        message = "只有表头，没有数据行，未导入；没有业务的登记簿与没有提供的登记簿在审计中不同"
        table.note(table.head_row + 1, "", message)
    return ListReading(name, tuple(rows), tuple(table.problems), tuple(table.notes))


def _row(table: Table, accounts: AccountMap, row: Row) -> RegisterRow:
    found = {}
    for column in table.layout.columns:
        text = row.get(column.key)
        if not text:
            if column.required and not any(p.row == row.number for p in table.problems):
                table.problem(row.number, column.key, "没有填写")
            continue
        key = f"{table.layout.key}.{column.key}"
        parsed = table.cell(row, column.key, _parser(column, key, accounts, _day_of(row)))
        if parsed:
            found[column.key] = parsed
    return MappingProxyType(found)


def _parser(column: Column, key: str, accounts: AccountMap, day: datetime.date) -> Callable[[str], str]:
    if column.key == "account":
        return lambda text: _account(accounts, text, day)
    return lambda text: cells.value(column.kind, key, text)


def _account(accounts: AccountMap, text: str, day: datetime.date) -> str:
    """Return the account of a cell that holds a code, a name, or both (`10201 基本户`)."""
    code, _, name = text.partition(" ")
    if code[:1].isdigit():
        return accounts.account(code, name.strip(), day)
    return accounts.account("", text, day)


def _day_of(row: Row) -> datetime.date:
    for key in ("date", "month"):
        try:
            return cells.day(row.get(key)) if key == "date" else cells.day(f"{cells.month(row.get(key))}-01")
        except cells.CellError:
            continue
    return datetime.date.today()
