"""Everything that one received file holds, sheet by sheet, before any book is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from ledger.importers.account_map import AccountMap, account_map
from ledger.importers.balances import read_balances
from ledger.importers.bank.columns import heads_seen
from ledger.importers.budget import read_budget
from ledger.importers.headers import (
    ACCOUNT_SHEET,
    IGNORED_SHEETS,
    OWN_SHEETS,
    PROFILE_SHEET,
    SHEETS,
    SheetLayout,
    layout_of,
    match_headers,
    missing_columns,
    plain_header,
)
from ledger.importers.lists import RegisterRow, read_list
from ledger.importers.own_sheets import AccountList, read_accounts, read_profile
from ledger.importers.register import account_pairs, read_register, stated_year
from ledger.importers.sheets import Sheet, Workbook
from ledger.importers.tables import HEAD_ROWS, ImportProblem, Table, find_table
from ledger.union import UnionProfile
from ledger.vouchers import BudgetEntry, Voucher, VoucherNumber

_LEAST_HEADERS = 3  # a sheet of an unknown name is taken for the layout of which it has at least so many headers


@dataclass(frozen=True)
class FileReading:
    """Everything that one file holds, before any book is looked at; it counts only when there is no problem.

    `where` gives sheet and row of each voucher; `accounts` are accounts to open besides those in use, `listed` those
    of the sheet 科目 with their days, `profile` who the sheet 单位信息 says the union is. `origin` is what the import
    log keeps of another package's file: its format, and how its columns and accounts were mapped.
    """

    workbook: Workbook
    vouchers: tuple[Voucher, ...] = ()
    opening: Voucher | None = None
    budgets: tuple[BudgetEntry, ...] = ()
    registers: Mapping[str, tuple[RegisterRow, ...]] = field(default_factory=lambda: MappingProxyType({}))
    accounts: tuple[str, ...] = ()
    listed: AccountList = field(default_factory=AccountList)
    profile: UnionProfile | None = None
    origin: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
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
    own = _own_tables(workbook) if layout is None else []
    if own:  # sheets of our own workbook that nobody filled in ask for nothing
        tables = [table for table in tables if not _is_blank(table)]
    if not tables and not own and not problems:
        names = "、".join(layout.title for layout in SHEETS[:3])
        seen = "；".join(f"“{sheet.name}”的列有 {heads_seen(sheet)}" for sheet in workbook.sheets[:3])
        message = f"没有可识别的工作表；请把工作表命名为{names}等，或指明导入的种类。见到：{seen}"
        problems.append(ImportProblem("", 0, "", message))
    accounts = account_map((pair for table in tables for pair in account_pairs(table)), known)
    listed, profile = AccountList(), None
    for table in own:
        if table.layout is ACCOUNT_SHEET:
            listed = read_accounts(table, accounts)
            accounts = replace(accounts, labels=listed.labels, known=accounts.known | set(listed.opened))
        else:
            profile = read_profile(table, listed.labels)
        problems += table.problems
        notes += table.notes
    start = FileReading(workbook, listed=listed, profile=profile, problems=tuple(problems), notes=tuple(notes))
    return _read_tables(start, tables, accounts, book_year)


def _is_blank(table: Table) -> bool:
    return not any(any(cell.strip() for cell in row) for row in table.sheet.rows[table.head_row + 1 :])


def _own_tables(workbook: Workbook) -> list[Table]:
    """Return the tables of our own workbook's further sheets; one of the same name but another head is no such."""
    found = []
    for layout in OWN_SHEETS:
        for sheet in workbook.sheets:
            if plain_header(sheet.name) == layout.title:
                table = find_table(sheet, layout)
                found += [table] if isinstance(table, Table) else []
    return found


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
            # Our own workbook may hold several years, whatever its file is called.
            name_of_file = "" if start.profile else workbook.name
            register = read_register(table, accounts, stated_year(table, name_of_file))
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
            if listed.kept:
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
        if sheet.name.strip() in (*IGNORED_SHEETS, ACCOUNT_SHEET.title, PROFILE_SHEET.title):
            continue
        layout = layout_of(sheet.name) or _by_headers(sheet)
        if layout is not None:
            yield sheet, layout
        elif not blank:
            message = f"名称和表头都不能识别，未导入；见到的列：{heads_seen(sheet)}"
            notes.append(ImportProblem(sheet.name, 0, "", message))


def _by_headers(sheet: Sheet) -> SheetLayout | None:
    best: tuple[int, SheetLayout] | None = None
    for row in sheet.rows[:HEAD_ROWS]:
        for layout in SHEETS:
            found = match_headers(layout, row)
            enough = len(found) >= _LEAST_HEADERS and not missing_columns(layout, found)
            if enough and (best is None or len(found) > best[0]):
                best = (len(found), layout)
    return best[1] if best else None
