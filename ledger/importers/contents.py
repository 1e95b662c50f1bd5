"""Everything that one received file holds, sheet by sheet, before any book is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ledger.importers.account_map import AccountMap, account_map
from ledger.importers.balances import read_balances
from ledger.importers.budget import read_budget
from ledger.importers.headers import IGNORED_SHEETS, SHEETS, SheetLayout, layout_of, match_headers, missing_columns
from ledger.importers.lists import RegisterRow, read_list
from ledger.importers.register import account_pairs, read_register, stated_year
from ledger.importers.sheets import Sheet, Workbook
from ledger.importers.tables import HEAD_ROWS, ImportProblem, Table, find_table
from ledger.vouchers import BudgetEntry, Voucher, VoucherNumber

_LEAST_HEADERS = 3  # a sheet of an unknown name is taken for the layout of which it has at least so many headers


@dataclass(frozen=True)
class FileReading:
    """Everything that one file holds, before any book is looked at; it counts only when there is no problem.

    `where` gives sheet and row of each voucher; `accounts` are accounts to open besides those in use.
    """

    workbook: Workbook
    vouchers: tuple[Voucher, ...] = ()
    opening: Voucher | None = None
    budgets: tuple[BudgetEntry, ...] = ()
    registers: Mapping[str, tuple[RegisterRow, ...]] = field(default_factory=lambda: MappingProxyType({}))
    accounts: tuple[str, ...] = ()
    where: Mapping[VoucherNumber, tuple[str, int]] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[ImportProblem, ...] = ()
    notes: tuple[ImportProblem, ...] = ()
    rows: int = 0


def read_file(
    workbook: Workbook, layout: SheetLayout | None, known: Sequence[str] = (), book_year: int | None = None
) -> FileReading:
    """Return everything that a workbook holds, for a book with these accounts whose first year is `book_year`."""
    problems: list[ImportProblem] = []
    notes: list[ImportProblem] = []
    tables: list[Table] = []
    for sheet, chosen in _layouts(workbook, layout, notes):
        found = find_table(sheet, chosen)
        if isinstance(found, Table):
            tables.append(found)
        else:
            problems.append(found)
    if not tables and not problems:
        names = "、".join(layout.title for layout in SHEETS[:3])
        problems.append(ImportProblem("", 0, "", f"没有可识别的工作表；请把工作表命名为{names}等，或指明导入的种类"))
    accounts = account_map((pair for table in tables for pair in account_pairs(table)), known)
    start = FileReading(workbook, problems=tuple(problems), notes=tuple(notes))
    return _read_tables(start, tables, accounts, book_year)


def _read_tables(
    start: FileReading, tables: Sequence[Table], accounts: AccountMap, book_year: int | None
) -> FileReading:
    workbook, reading = start.workbook, start
    problems, notes = list(start.problems), list(start.notes)
    vouchers: list[Voucher] = []
    where: dict[VoucherNumber, tuple[str, int]] = {}
    budgets: list[BudgetEntry] = []
    registers: dict[str, tuple[RegisterRow, ...]] = {}
    rows = 0
    years = {"vouchers": 0, "balances": 1}
    for table in sorted(tables, key=lambda t: years.get(t.layout.key, 2)):
        name = table.layout.key
        if name == "vouchers":
            register = read_register(table, accounts, stated_year(table, workbook.name))
            for voucher in register.vouchers:
                if voucher.number is not None and voucher.number in where:
                    sheet, row = where[voucher.number]
                    message = f"凭证字号“{voucher.number}”与工作表“{sheet}”第 {row} 行重复；请改号或删去一份"
                    at = register.places[voucher.number]
                    problems.append(ImportProblem(table.sheet.name, at, "", message))
                elif voucher.number is not None:
                    where[voucher.number] = (table.sheet.name, register.places[voucher.number])
            vouchers += register.vouchers
            rows += register.rows
        elif name == "balances":
            first = min((v.date.year for v in vouchers), default=book_year)
            balances = read_balances(table, accounts, stated_year(table, workbook.name) or first)
            if reading.opening is not None and balances.opening is not None:
                message = "同一文件里有两张期初余额表；请只保留一张"
                problems.append(ImportProblem(table.sheet.name, 0, "", message))
            reading = replace(reading, opening=balances.opening, accounts=balances.accounts)
            rows += balances.rows
        elif name == "budget":
            budget = read_budget(table, accounts)
            budgets += budget.entries
            rows += budget.rows
        else:
            listed = read_list(table, accounts)
            if listed.rows:
                registers[name] = (*registers.get(name, ()), *listed.rows)
            rows += len(listed.rows)
        problems += table.problems
        notes += table.notes
    return replace(
        reading,
        vouchers=tuple(vouchers),
        budgets=tuple(budgets),
        registers=MappingProxyType(registers),
        where=MappingProxyType(where),
        problems=tuple(problems),
        notes=tuple(notes),
        rows=rows,
    )


def _layouts(
    workbook: Workbook, asked: SheetLayout | None, notes: list[ImportProblem]
) -> Iterator[tuple[Sheet, SheetLayout]]:
    for sheet in workbook.sheets:
        blank = not any(any(row) for row in sheet.rows)
        if asked is not None:
            if not blank or len(workbook.sheets) == 1:
                yield sheet, asked
            continue
        if sheet.name.strip() in IGNORED_SHEETS:
            continue
        layout = layout_of(sheet.name) or _by_headers(sheet)
        if layout is not None:
            yield sheet, layout
        elif not blank:
            notes.append(ImportProblem(sheet.name, 0, "", "名称和表头都不能识别，未导入"))


def _by_headers(sheet: Sheet) -> SheetLayout | None:
    best: tuple[int, SheetLayout] | None = None
    for row in sheet.rows[:HEAD_ROWS]:
        for layout in SHEETS:
            found = match_headers(layout, row)
            enough = len(found) >= _LEAST_HEADERS and not missing_columns(layout, found)
            if enough and (best is None or len(found) > best[0]):
                best = (len(found), layout)
    return best[1] if best else None
