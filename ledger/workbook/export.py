"""A book's workbook and its empty template, as bytes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ledger.importers.zip_check import MAX_ROWS
from ledger.workbook.content import ExportRefused, of_period, read_content
from ledger.workbook.layout import word_lists
from ledger.workbook.render import title_of, workbook_bytes
from ledger.workbook.sheets import filled_sheets

__all__ = ["TEMPLATE_NAME", "ExportRefused", "Exported", "export_book", "export_template"]

TEMPLATE_NAME = "凭证模板.xlsx"
_NO_LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Exported(NamedTuple):
    """A workbook: its bytes, how many vouchers, rows of vouchers, budget lines and registers it holds, and notes."""

    content: bytes
    vouchers: int
    rows: int
    budgets: int
    registers: int
    notes: tuple[str, ...]


def export_book(
    book: Path,
    period: tuple[datetime.date, datetime.date] | None = None,
    *,
    lists: Mapping[str, tuple[str, ...]] = _NO_LISTS,
) -> Exported:
    """Return a book, or what of it is dated within a period (both days inclusive), as a workbook.

    `lists` are words for columns whose words the ledger does not know, such as `assets.category`. Raises
    ExportRefused for a book at fault and for what no spreadsheet can hold.
    """
    content = read_content(book)
    if period is not None:
        content = of_period(content, *period)
    sheets = filled_sheets(content)
    rows = len(sheets[0].rows)
    notes = list(content.notes)
    if rows >= MAX_ROWS:
        notes.append(f"凭证有 {rows:,} 行，超过一次导入的上限 {MAX_ROWS:,} 行；要再导入的请用 --period 按年度导出")
    data = workbook_bytes(sheets, word_lists(dict(lists)), title_of(content.profile.name))
    return Exported(data, len(content.entries), rows, len(content.budgets), len(content.registers), tuple(notes))


def export_template(book: Path, *, lists: Mapping[str, tuple[str, ...]] = _NO_LISTS) -> bytes:
    """Return the empty workbook of a book, with its accounts to choose from; raises ExportRefused."""
    content = read_content(book)
    empty = replace(content, opening=None, entries=(), budgets=(), registers=MappingProxyType({}))
    return workbook_bytes(filled_sheets(empty), word_lists(dict(lists)), title_of(content.profile.name))
