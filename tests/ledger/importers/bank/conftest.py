"""Statements for tests: rows of text as a sheet, read without a file and without a book."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ledger.importers.bank import Statement, find_head, read_statement
from ledger.importers.sheets import CellFault, Sheet

Rows = Sequence[Sequence[str]]


@pytest.fixture
def statement() -> Callable[..., Statement]:
    """Read rows as a statement."""

    def run(rows: Rows, *, faults: tuple[CellFault, ...] = ()) -> Statement:
        sheet = Sheet("流水", tuple(tuple(row) for row in rows), (), faults)
        head = find_head(sheet)
        assert head is not None, "no head found"
        return read_statement(sheet, head)

    return run
