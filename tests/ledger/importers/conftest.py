"""Workbooks and books for the importers' tests, made in a temporary folder."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter

from ledger.book import init_book
from ledger.importers.contents import FileReading, read_file
from ledger.importers.sheets import CellFault, Sheet, Workbook

Cell = str | int | float | datetime.date | None
Rows = Sequence[Sequence[Cell]]
HEAD = ("日期", "凭证字号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额")


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write sheets (name → rows) as an .xlsx and return its path."""

    def write(sheets: Mapping[str, Rows], name: str = "导入.xlsx") -> Path:
        path = tmp_path / name
        book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if isinstance(cell, datetime.date):
                        sheet.write_datetime(r, c, datetime.datetime.combine(cell, datetime.time()), day)
                    elif isinstance(cell, str):
                        sheet.write_string(r, c, cell)
                    elif cell is not None:
                        sheet.write_number(r, c, cell)
        book.close()
        return path

    return write


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A new book of a made-up union, first year 2025."""
    return init_book(tmp_path / "账套", "某市第一医院工会委员会", "340500", 2025)


@pytest.fixture
def read() -> Callable[..., FileReading]:
    """Read rows of text as a sheet, without a file and without a book."""

    def run(
        rows: Sequence[Sequence[str]],
        title: str = "序时账",
        *,
        merged: tuple[tuple[int, int, int, int], ...] = (),
        faults: tuple[CellFault, ...] = (),
        known: Sequence[str] = (),
        year: int | None = 2025,
    ) -> FileReading:
        sheet = Sheet(title, tuple(tuple(row) for row in rows), merged, faults)
        return read_file(Workbook("导入.xlsx", "0" * 64, "xlsx", (sheet,)), None, known, year)

    return run


@pytest.fixture
def register(read: Callable[..., FileReading]) -> Callable[..., FileReading]:
    """Read rows below the usual head of a voucher register."""

    def run(*rows: Sequence[str], head: Sequence[str] = HEAD) -> FileReading:
        return read([head, *rows])

    return run
