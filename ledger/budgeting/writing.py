"""Writes lines of a budget into a book: all of them, or none where anything stands against them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ledger.atomic import replace_files, writing
from ledger.book_files import appended, with_accounts, with_includes
from ledger.budgeting.revisions import BudgetProblem
from ledger.facts import Facts
from ledger.importers.contents import read_file
from ledger.importers.received import read_received
from ledger.importers.sheets import SheetRefused
from ledger.reader import read_book
from ledger.vouchers import BudgetEntry
from ledger.writer import UnwritableText, book_texts


class BudgetRefused(ValueError):
    """Lines of a budget that were not written, none of them; `problems` holds every reason, in Chinese."""

    def __init__(self, problems: Iterable[object]) -> None:
        self.problems = tuple(map(str, problems))
        super().__init__("；".join(self.problems))


def write_budget(
    book: Path, make: Callable[[Facts], tuple[Sequence[BudgetEntry], Sequence[BudgetProblem]]]
) -> tuple[BudgetEntry, ...]:
    """Write the lines that `make` gives for the book as it is while its folder is held, and return them.

    Raises BudgetRefused with every problem that `make` found, or when the book itself is at fault; BookBusy when
    another program is writing.
    """
    with writing(book):
        reading = read_book(book)
        if reading.facts is None or reading.fatal:
            faults = reading.fatal or reading.integrity
            raise BudgetRefused(
                f"账套本身有错，改正之前不能录入预算：{f.file}:{f.line} {f.message}" for f in faults[:5]
            )
        entries, problems = make(reading.facts)
        if problems:
            raise BudgetRefused(problems)
        try:
            pieces = book_texts(budgets=entries)
        except UnwritableText as error:
            raise BudgetRefused([error]) from None
        texts = {path: appended(book, path, text) for path, text in pieces.items()}
        used = {e.account: min(e.date, datetime.date(e.year, 1, 1)) for e in entries}
        texts |= with_accounts(book, reading.facts, used)
        texts |= with_includes(book, pieces)
        replace_files(book, texts)
    return tuple(entries)


def read_budget_file(path: Path, facts: Facts) -> tuple[BudgetEntry, ...]:
    """Return the budget lines of a workbook or CSV file; raises BudgetRefused with every fault of the file."""
    try:
        workbook = read_received(path)
    except SheetRefused as error:
        raise BudgetRefused([error]) from None
    reading = read_file(workbook, None, tuple(map(str, facts.accounts["account"])))
    if reading.problems:
        raise BudgetRefused(reading.problems)
    if reading.vouchers or reading.opening or reading.registers:
        raise BudgetRefused([f"“{path.name}”里除预算外还有凭证、余额或登记簿；调整预算的文件只放预算表"])
    if not reading.budgets:
        raise BudgetRefused([f"“{path.name}”里没有预算行；请填写“预算”工作表"])
    return reading.budgets
