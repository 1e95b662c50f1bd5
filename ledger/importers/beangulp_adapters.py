"""Our readers as importers of beangulp, so that the import page of a treasurer's own Fava can use them.

A file `import-config.py` beside the book, named by `custom "fava-option" "import-config" "import-config.py"` and
with a folder named by `custom "fava-option" "import-dirs" "received"`, holds:

    from ledger.importers.beangulp_adapters import RegisterImporter, StatementImporter

    CONFIG = [
        StatementImporter("Assets:102-银行存款:01-基本户", numbers=("3405…",)),
        RegisterImporter(),
    ]

Only one's own book may be opened so: Fava runs that file. Files are read as `union-audit import` reads them, in a child
process, and one with a problem gives nothing but an error that names every fault. Lines of a statement come as
transactions of one posting marked `!`; the other account and the voucher number are for the treasurer to add.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import beangulp
from beancount.core import data
from beancount.core.amount import Amount

from ledger.importers.bank import Statement, StatementLine, read_statement
from ledger.importers.banked import statement_head
from ledger.importers.contents import FileReading, read_file
from ledger.importers.received import read_received
from ledger.importers.sheets import SheetRefused, Workbook
from ledger.importers.tables import ImportProblem
from ledger.money import yuan
from ledger.vouchers import Line, Voucher
from ledger.writer import CURRENCY

_SUFFIXES = (".csv", ".txt", ".xls", ".xlsx", ".pdf")


class UnreadableFile(ValueError):
    """A file with faults; the message has a line for each, in Chinese."""


class StatementImporter(beangulp.Importer):  # type: ignore[misc]
    """Imports a bank's statement, or an e-wallet's bill, into one ledger account.

    `numbers` are the account's numbers at its bank: a statement that prints another is left to another importer.
    """

    def __init__(self, account: str, numbers: Sequence[str] = ()) -> None:
        self._account = account
        self._numbers = tuple(numbers)

    @property
    def name(self) -> str:
        """The importer's name on Fava's page: 银行对账单 and the account."""
        return f"银行对账单 {self._account}"

    def identify(self, filepath: str) -> bool:
        """Say whether a file is a statement, of this account where it prints a number."""
        found = _statements(filepath)
        return bool(found) and all(not s.number or not self._numbers or s.number in self._numbers for s in found)

    def account(self, filepath: str) -> str:
        """Return the ledger account."""
        return self._account

    def date(self, filepath: str) -> datetime.date | None:
        """Return the day of the last line."""
        return max((line.date for s in _statements(filepath) for line in s.lines), default=None)

    def extract(self, filepath: str, existing: data.Directives) -> data.Directives:
        """Return a transaction for each line and the closing balance; raise UnreadableFile naming every fault."""
        found = _statements(filepath)
        _refuse(filepath, [problem for statement in found for problem in statement.problems])
        entries: data.Directives = []
        for statement in found:
            entries += [self._transaction(filepath, line) for line in statement.lines]
            if statement.closing_fen is not None:
                meta = data.new_metadata(filepath, statement.lines[-1].row)
                day = statement.lines[-1].date + datetime.timedelta(days=1)
                balance = Amount(yuan(statement.closing_fen), CURRENCY)
                entries.append(data.Balance(meta, day, self._account, balance, None, None))
        return entries

    def _transaction(self, filepath: str, line: StatementLine) -> data.Transaction:
        meta = data.new_metadata(filepath, line.row, {"serial": line.serial} if line.serial else None)
        posting = data.Posting(self._account, Amount(yuan(line.amount_fen), CURRENCY), None, None, None, None)
        return data.Transaction(
            meta, line.date, "!", line.party or None, line.summary, data.EMPTY_SET, data.EMPTY_SET, [posting]
        )


class RegisterImporter(beangulp.Importer):  # type: ignore[misc]
    """Imports vouchers from a voucher register (序时账) of our workbook or of an accounting package.

    `known` are the book's accounts, by which local accounts are found from their names.
    """

    def __init__(self, known: Sequence[str] = ()) -> None:
        self._known = tuple(known)

    @property
    def name(self) -> str:
        """The importer's name on Fava's page."""
        return "序时账"

    def identify(self, filepath: str) -> bool:
        """Say whether a file holds vouchers."""
        if Path(filepath).suffix.lower() not in _SUFFIXES or _statements(filepath):
            return False
        reading = self._read(filepath)
        return reading is not None and bool(reading.vouchers)

    def account(self, filepath: str) -> str:
        """Return the root below which a register is filed: it is of no one account."""
        return "Assets"

    def date(self, filepath: str) -> datetime.date | None:
        """Return the day of the last voucher."""
        reading = self._read(filepath)
        return max((v.date for v in reading.vouchers), default=None) if reading else None

    def extract(self, filepath: str, existing: data.Directives) -> data.Directives:
        """Return the vouchers as transactions; raise UnreadableFile naming every fault."""
        reading = self._read(filepath)
        if reading is None:
            raise UnreadableFile(f"“{Path(filepath).name}”不能读取")
        _refuse(filepath, reading.problems)
        rows = {number: row for number, (_, row) in reading.where.items()}
        return [_entry(filepath, v, rows.get(v.number, 0) if v.number else 0) for v in reading.vouchers]

    def _read(self, filepath: str) -> FileReading | None:
        workbook = _workbook(filepath)
        return read_file(workbook, None, self._known) if workbook else None


def _workbook(filepath: str) -> Workbook | None:
    if Path(filepath).suffix.lower() not in _SUFFIXES:
        return None
    try:
        return read_received(Path(filepath))
    except SheetRefused:
        return None


def _statements(filepath: str) -> list[Statement]:
    workbook = _workbook(filepath)
    heads = [(sheet, statement_head(sheet, None)) for sheet in workbook.sheets] if workbook else []
    return [read_statement(sheet, head) for sheet, head in heads if head is not None]


def _refuse(filepath: str, problems: Sequence[ImportProblem]) -> None:
    if problems:
        raise UnreadableFile("\n".join(f"{Path(filepath).name}：{problem}" for problem in problems))


def _entry(filepath: str, voucher: Voucher, row: int) -> data.Transaction:
    own = {"voucher": str(voucher.number)} if voucher.number is not None else {}
    meta = data.new_metadata(filepath, row, {**own, **voucher.metadata})
    links = frozenset(tag[1:] for tag in voucher.tags if tag.startswith("^"))
    tags = frozenset(tag for tag in voucher.tags if not tag.startswith("^"))
    postings = [_posting(line) for line in voucher.lines]
    return data.Transaction(
        meta, voucher.date, "*", voucher.payee or None, voucher.narration, tags or data.EMPTY_SET, links, postings
    )


def _posting(line: Line) -> data.Posting:
    amount = Amount(yuan(line.amount_fen), CURRENCY)
    return data.Posting(line.account, amount, None, None, None, dict(line.metadata) or None)
