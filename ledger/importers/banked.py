"""Statements among the sheets of a file: read beside everything else that the file holds, and only what is new kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from ledger.book_files import text_of
from ledger.importers.bank import (
    EXPECTED,
    BankAccounts,
    Head,
    account_of,
    find_head,
    heads_seen,
    is_own_register,
    read_statement,
    unseen_lines,
)
from ledger.importers.cells import CellError
from ledger.importers.contents import FileReading, read_file
from ledger.importers.headers import IGNORED_SHEETS, OWN_SHEETS, SheetLayout, layout_of
from ledger.importers.invoices.folder import E_INVOICES
from ledger.importers.invoices.overlap import unseen_invoices
from ledger.importers.lists import RegisterRow
from ledger.importers.people import plain_people
from ledger.importers.sheets import Sheet, Workbook
from ledger.importers.tables import ImportProblem

BANK = "bank"
INVOICES = "invoices"
_NONE = BankAccounts()


def read_everything(
    workbook: Workbook,
    layout: SheetLayout | None,
    known: Sequence[str] = (),
    book_year: int | None = None,
    accounts: BankAccounts = _NONE,
) -> FileReading:
    """Return everything that a file holds: bank statements as rows of their register, the rest as `read_file` does."""
    workbook = replace(workbook, sheets=tuple(plain_people(sheet, layout) for sheet in workbook.sheets))
    found = [(sheet, head) for sheet in workbook.sheets if (head := statement_head(sheet, layout)) is not None]
    taken = {id(sheet) for sheet, _ in found}
    lost = [] if found else _lost(workbook, layout)
    if lost:
        return FileReading(workbook, problems=tuple(lost))
    rest = tuple(sheet for sheet in workbook.sheets if id(sheet) not in taken)
    blank = not any(any(row) for sheet in rest for row in sheet.rows)
    if found and blank:
        reading = FileReading(workbook)
    else:
        reading = replace(read_file(replace(workbook, sheets=rest), layout, known, book_year), workbook=workbook)
    for sheet, head in found:
        reading = _with_statement(reading, sheet, head, accounts)
    return reading


def statement_head(sheet: Sheet, layout: SheetLayout | None) -> Head | None:
    """Return the head of a sheet that is a bank's statement, None where it is anything else."""
    named = layout or layout_of(sheet.name)
    if sheet.name.strip() in (*IGNORED_SHEETS, *(own.title for own in OWN_SHEETS)):
        return None
    if named is not None and named.key != BANK:
        return None
    head = find_head(sheet)
    return None if head is None or is_own_register(sheet, head) else head


def _lost(workbook: Workbook, layout: SheetLayout | None) -> list[ImportProblem]:
    """Return why a file that was said to hold statements holds none: which heads stand there, and which should."""
    asked = layout is not None and layout.key == BANK
    if not asked and workbook.encoding != "PDF":
        return []
    sheets = [sheet for sheet in workbook.sheets if any(any(row) for row in sheet.rows)]
    if asked and any(is_own_register(sheet, None) for sheet in sheets):
        return []
    message = "没有找到对账单的表头。见到的列：{}。应有的列：" + EXPECTED
    return [ImportProblem(sheet.name, 0, "", message.format(heads_seen(sheet))) for sheet in sheets]


def _with_statement(reading: FileReading, sheet: Sheet, head: Head, accounts: BankAccounts) -> FileReading:
    statement = read_statement(sheet, head)
    problems = [*reading.problems, *statement.problems]
    notes = [*reading.notes, *statement.notes]
    rows: tuple[RegisterRow, ...] = ()
    try:
        account = account_of(accounts, statement.number)
    except CellError as error:
        problems.append(ImportProblem(sheet.name, 0, "", str(error)))
    else:
        rows = statement.rows(account)
        if statement.number and account not in {own for _, own in accounts.numbers} and not accounts.asked:
            message = f"账号 {statement.number} 没有登记，按唯一的银行账户“{account}”导入；请在 [bank.numbers] 中登记"
            notes.append(ImportProblem(sheet.name, 0, "", message))
    registers = dict(reading.registers)
    if rows:
        registers[BANK] = (*registers.get(BANK, ()), *rows)
    return replace(
        reading,
        registers=MappingProxyType(registers),
        problems=tuple(problems),
        notes=tuple(notes),
        rows=reading.rows + len(statement.lines),
    )


def unseen_rows(
    book: Path, name: str, rows: Sequence[RegisterRow], workbook: Workbook
) -> tuple[Sequence[RegisterRow], list[ImportProblem]]:
    """Return the rows of a register that the book does not have, and what contradicts it.

    Only lines of statements and e-invoices are looked at so; rows of other lists come back as they are.
    """
    if name == BANK:
        return unseen_lines(_old(book, name), rows), []
    if name == INVOICES and workbook.encoding == E_INVOICES:
        fresh, faults = unseen_invoices(_old(book, name), rows)
        return fresh, [ImportProblem(workbook.sheets[0].name, 0, "", fault) for fault in faults]
    return rows, []


def _old(book: Path, name: str) -> list[Mapping[str, str]]:
    text = text_of(book, f"registers/{name}.csv")
    return list(csv.DictReader(io.StringIO(text, newline=""))) if text else []
