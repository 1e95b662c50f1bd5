"""A recognised sheet written again with the heads of our own workbook: rows stay where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ledger.importers.sheets import CellFault, Sheet
from ledger.importers.tables import Table
from ledger.importers.zip_check import column_letters


@dataclass(frozen=True)
class Rebuilt:
    """A sheet with our own heads, and where each of its columns comes from, as the user sees the received file.

    `shown` is our head → letters and head of the received column, `mapping` the received head → ours.
    """

    sheet: Sheet
    shown: Mapping[str, str]
    mapping: Mapping[str, str]


def rebuild(
    table: Table,
    title: str,
    heads: Mapping[str, str],
    rows: Mapping[int, Mapping[str, str]],
    sources: Mapping[str, Sequence[str]],
) -> Rebuilt:
    """Return a sheet of the columns `heads` (key → our head) with `rows` (number as the user counts → cells).

    `sources` gives the received columns (keys of the table) of a column that is worked out; the others come
    from the received column of the same key. Cells that cannot be believed stay so.
    """
    used = [key for key in heads if any(row.get(key) for row in rows.values())] or list(heads)
    places = {key: n for n, key in enumerate(used)}
    head_row = table.head_row
    last = max(rows, default=head_row + 1)
    laid: list[tuple[str, ...]] = [tuple(row) for row in table.sheet.rows[:head_row]]
    laid.append(tuple(heads[key] for key in used))
    for number in range(head_row + 2, last + 1):
        cells = rows.get(number)
        laid.append(tuple(cells.get(key, "") for key in used) if cells is not None else ())
    origin = {key: [s for s in sources.get(key, (key,)) if s in table.positions] for key in used}
    back = {table.positions[s]: places[key] for key in used for s in origin[key]}
    sheet = Sheet(
        title,
        tuple(laid),
        faults=tuple(_moved(table.sheet.faults, back, rows)),
        notes=tuple(_moved(table.sheet.notes, back, rows)),
    )
    shown = {heads[key]: "、".join(received(table, s) for s in origin[key]) for key in used if origin[key]}
    mapping = {_head(table, s): heads[key] for key in used for s in origin[key]}
    return Rebuilt(sheet, MappingProxyType(shown), MappingProxyType(mapping))


def received(table: Table, key: str) -> str:
    """Return a column of the received sheet as the user sees it: letters and the head it has there."""
    return f"{column_letters(table.positions[key] + 1)}（{_head(table, key)}）"


def _head(table: Table, key: str) -> str:
    return table.sheet.rows[table.head_row][table.positions[key]].strip()


def _moved(
    faults: Sequence[CellFault], back: Mapping[int, int], rows: Mapping[int, Mapping[str, str]]
) -> list[CellFault]:
    return [CellFault(f.row, back[f.column], f.message) for f in faults if f.column in back and f.row + 1 in rows]
