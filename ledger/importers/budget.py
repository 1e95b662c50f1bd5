"""The budget sheet: one line of one version a row, income and the use of former years' surplus too."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from ledger.accounts import account_name, statutory
from ledger.importers import cells
from ledger.importers.account_map import AccountMap
from ledger.importers.tables import ImportProblem, Row, Table
from ledger.vouchers import BudgetEntry

_USE_OF_SURPLUS = re.compile(r"动用.*(结余|结转)(资金)?")


@dataclass(frozen=True)
class BudgetReading:
    """What a budget sheet holds, with every problem."""

    entries: tuple[BudgetEntry, ...]
    problems: tuple[ImportProblem, ...]
    notes: tuple[ImportProblem, ...]
    rows: int


def read_budget(table: Table, accounts: AccountMap) -> BudgetReading:
    """Return the budget lines of a sheet.

    A line without 生效日期 is in force from 上级批准 or 委员会通过, or from 1 January for the first version; an
    adjustment without any of them is a problem.
    """
    entries: dict[tuple[int, str, str, int], int] = {}
    found = []
    rows = list(table.rows())
    if not rows:
        table.problem(table.head_row + 1, "", "表头以下没有数据行；请填写后再导入，或删去这张表")
    for row in rows:
        entry = _entry(table, accounts, row)
        if entry is None:
            continue
        key = (entry.year, entry.account, entry.project, entry.version)
        if key in entries:
            message = f"与第 {entries[key]} 行是同一年度、科目、项目和版本；请合并，调整预算请改版本号"
            table.problem(row.number, "", message)
        entries.setdefault(key, row.number)
        found.append(entry)
    return BudgetReading(tuple(found), tuple(table.problems), tuple(table.notes), len(rows))


def _entry(table: Table, accounts: AccountMap, row: Row) -> BudgetEntry | None:
    before = len(table.problems)
    for key in ("year", "amount"):
        if not row.get(key) and not any(p.row == row.number for p in table.problems):
            table.problem(row.number, key, "没有填写")
    year = table.cell(row, "year", _year)
    amount = table.cell(row, "amount", cells.fen)
    version = int(table.cell(row, "version", cells.count) or 0)
    days = {key: table.cell(row, key, cells.day) for key in ("date", "committee", "audit-review", "approved")}
    if amount is not None and amount < 0:
        table.problem(row.number, "amount", "预算金额不能为负数；收入和支出都填正数，调整填调整后的总额")
    if version < 0:
        table.problem(row.number, "version", "版本不能为负数；0 为年初预算，1 起为调整")
    if version > 0 and not (days["date"] or days["approved"] or days["committee"]):
        table.problem(row.number, "date", "预算调整没有生效日期；请填写生效日期、上级批准或委员会通过的日期")
    account = _account(table, accounts, row, year) if year is not None else None
    if len(table.problems) > before or year is None or amount is None or account is None:
        return None
    return BudgetEntry(
        date=days["date"] or days["approved"] or days["committee"] or datetime.date(year, 1, 1),
        year=year,
        account=account,
        amount_fen=amount,
        version=version,
        project=row.get("project"),
        committee=days["committee"],
        audit_review=days["audit-review"],
        approved=days["approved"],
        reason=row.get("reason"),
    )


def _year(text: str) -> int:
    plain = text.strip().removesuffix("年度").removesuffix("年")
    if not plain.isdecimal() or not 2000 <= int(plain) <= 2100:
        raise cells.CellError(f"年度“{text}”不可用，应写作 2025")
    return int(plain)


def _account(table: Table, accounts: AccountMap, row: Row, year: int) -> str | None:
    day = datetime.date(year, 1, 1)
    name = row.get("account")
    if not row.get("code") and _USE_OF_SURPLUS.fullmatch(name):
        return account_name(statutory("union_surplus", day))
    try:
        return accounts.account(row.get("code"), name, day)
    except cells.CellError as error:
        table.problem(row.number, "code" if row.get("code") else "account", str(error))
        return None
