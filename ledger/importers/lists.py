"""Registers: lists of people and things, a sheet each, to rows as the book's CSV files hold them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ledger.importers import cells
from ledger.importers.account_map import AccountMap
from ledger.importers.headers import OWN_COLUMN, Column
from ledger.importers.tables import ImportProblem, Row, Table

RegisterRow = Mapping[str, str]

# The only cell of a register that is kept and has no entry: such a one is not the same as a register not provided.
NO_ENTRIES = "本期无"


@dataclass(frozen=True)
class ListReading:
    """What a register's sheet holds, with every problem; a sheet of heads only holds no row and says nothing.

    `kept` says that the register counts as provided: it has rows, or says 本期无.
    """

    name: str
    rows: tuple[RegisterRow, ...]
    problems: tuple[ImportProblem, ...]
    notes: tuple[ImportProblem, ...]
    kept: bool = True


def read_list(table: Table, accounts: AccountMap) -> ListReading:
    """Return the rows of a register's table, each cell as the book's CSV file holds it.

    Columns headed `自有列：…` are the user's own and kept as they are; any other unknown column is left out.
    """
    name = table.layout.key
    head = table.sheet.rows[table.head_row]
    own = {p: h.removeprefix(OWN_COLUMN).strip() for p, h in enumerate(head) if h.startswith(OWN_COLUMN)}
    own = {p: h for p, h in own.items() if h and h not in table.layout.by_key}
    found = list(table.rows())
    none = len(found) == 1 and [cell.strip("（）()") for cell in found[0].cells.values()] == [NO_ENTRIES]
    rows = [] if none else [_row(table, accounts, row, own) for row in found]
    if not found:
        message = "只有表头，没有数据行，未导入；没有业务的登记簿与没有提供的登记簿在审计中不同"
        table.note(table.head_row + 1, "", message)
    return ListReading(name, tuple(rows), tuple(table.problems), tuple(table.notes), kept=bool(found))


def _row(table: Table, accounts: AccountMap, row: Row, own: Mapping[int, str]) -> RegisterRow:
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
    texts = table.sheet.rows[row.number - 1]
    found |= {name: texts[p].strip() if p < len(texts) else "" for p, name in own.items()}
    return MappingProxyType(found)


def _parser(column: Column, key: str, accounts: AccountMap, day: datetime.date) -> Callable[[str], str]:
    if column.key == "account":
        return lambda text: accounts.account("", text, day)
    return lambda text: cells.value(column.kind, key, text)


def _day_of(row: Row) -> datetime.date:
    for key in ("date", "month"):
        try:
            return cells.day(row.get(key)) if key == "date" else cells.day(f"{cells.month(row.get(key))}-01")
        except cells.CellError:
            continue
    return datetime.date.today()
