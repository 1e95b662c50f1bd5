"""Registers and budgets as a person edits them: one row, one budget line or one approval at a time."""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType

from auditor.entry.desk import Desk
from auditor.entry.picking import labels_of, picked
from ledger.atomic import replace_files, writing
from ledger.book_files import appended, text_of, with_accounts, with_includes
from ledger.contracts import REGISTERS
from ledger.events import EventProblem, Words
from ledger.importers import cells
from ledger.importers.existing import budgets_of
from ledger.importers.headers import BUDGET_SHEET, REGISTER_LAYOUTS, Column
from ledger.names import is_account_name
from ledger.union import Standard, parse_profile
from ledger.vouchers import BudgetEntry
from ledger.writer import UnwritableText, budget_path, budget_text, profile_text

NEW = "new"
_MOST_TEXT = 500


class ListRefused(ValueError):
    """A row or line that was not written; `problems` name the field and say why."""

    def __init__(self, problems: Sequence[EventProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("；".join(p.message.zh for p in problems))


@dataclass(frozen=True)
class Listed:
    """A register as its file holds it: header, rows, and the fingerprint of the file."""

    header: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    version: str


def listed(book: Path, name: str) -> Listed:
    """Return a register of a book, empty when the book does not have it; raises KeyError for an unknown name."""
    columns = REGISTERS[name]
    text = text_of(book, f"registers/{name}.csv")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    found = [{k: v or "" for k, v in row.items() if k is not None} for row in reader]
    header = [*(reader.fieldnames or [])]
    header += [column for column in columns if column not in header]
    version = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Listed(tuple(header), tuple(MappingProxyType(row) for row in found), version)


def save_row(desk: Desk, name: str, row: str, version: str, given: Mapping[str, str], *, delete: bool = False) -> None:
    """Add a row to a register (`row` is `new`), change the row of that number, or delete it.

    Raises ListRefused when a cell cannot be read or the register changed since the page was made.
    """
    layout = REGISTER_LAYOUTS[name]
    values = {} if delete else _values(desk, name, layout.columns, given)
    with writing(desk.book):
        now = listed(desk.book, name)
        if now.version != version:
            words = Words("登记簿刚被改过，没有保存；请核对后再存一次", "the register has changed; look again")
            raise ListRefused([EventProblem("", words)])
        rows = [dict(r) for r in now.rows]
        if row == NEW:
            rows.append(values)
        elif row.isdecimal() and int(row) < len(rows):
            rows[int(row) : int(row) + 1] = [] if delete else [rows[int(row)] | values]
        else:
            raise ListRefused([EventProblem("", Words("没有这一行", "no such row"))])
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(now.header)
        writer.writerows([r.get(column, "") for column in now.header] for r in rows)
        replace_files(desk.book, {f"registers/{name}.csv": out.getvalue()})


def _values(desk: Desk, name: str, columns: Sequence[Column], given: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    problems: list[EventProblem] = []
    for column in columns:
        text = given.get(column.key, "").strip()
        found[column.key] = ""
        if not text:
            if column.required:
                words = Words(f"请填写“{column.header}”", f"please give {column.key}")
                problems.append(EventProblem(column.key, words))
            continue
        try:
            found[column.key] = _cell(desk, name, column, text)
        except cells.CellError as error:
            problems.append(EventProblem(column.key, Words(str(error), f"{text!r} cannot be read")))
    if problems:
        raise ListRefused(problems)
    return found


def _cell(desk: Desk, name: str, column: Column, text: str) -> str:
    if len(text) > _MOST_TEXT or any(ord(c) < 32 for c in text):
        raise cells.CellError(f"文字超过 {_MOST_TEXT} 个字或含有换行，请改短")
    if column.key == "account":
        return account_from(desk, text, desk.today)
    return cells.value(column.kind, f"{name}.{column.key}", text)


def account_from(desk: Desk, text: str, day: datetime.date) -> str:
    """Return the account that a text picks; raise CellError when it is not clear which."""
    account = picked(text, labels_of(desk.accounts(day), day, desk.lists().union.level))
    if account is None or not is_account_name(account):
        raise cells.CellError(f"“{text}”不能确定是哪个科目，请从列表里选一个")
    return account


def save_budget(desk: Desk, given: Mapping[str, str]) -> BudgetEntry:
    """Add one line to a year's budget: of the first version, or the whole new total of an adjustment."""
    entry = _budget(desk, given)
    path = budget_path(entry)
    with writing(desk.book):
        index = desk.index()
        texts = {path: appended(desk.book, path, budget_text(entry))}
        used = {entry.account: min(entry.date, datetime.date(entry.year, 1, 1))}
        texts |= with_accounts(desk.book, index, used)
        texts |= with_includes(desk.book, [path])
        replace_files(desk.book, texts)
    return entry


def _budget(desk: Desk, given: Mapping[str, str]) -> BudgetEntry:
    problems: list[EventProblem] = []
    values: dict[str, str] = {}
    for column in BUDGET_SHEET.columns:
        text = given.get(column.key, "").strip()
        if column.required and not text:
            problems.append(EventProblem(column.key, Words(f"请填写“{column.header}”", f"please give {column.key}")))
        if not text or column.key in ("code", "account"):
            continue
        try:
            values[column.key] = cells.value(column.kind, column.key, text)
        except cells.CellError as error:
            problems.append(EventProblem(column.key, Words(str(error), f"{text!r} cannot be read")))
    year = int(values["year"]) if values.get("year", "").isdecimal() and len(values["year"]) == 4 else 0
    if not year and "year" in values:
        problems.append(EventProblem("year", Words("年度应为四位数字，例如 2025", "a year of four digits")))
    account = ""
    try:
        account = account_from(desk, given.get("account", ""), datetime.date(year or desk.today.year, 1, 1))
    except cells.CellError as error:
        problems.append(EventProblem("account", Words(str(error), "which account?")))
    amount = cells.fen(values["amount"]) if "amount" in values else 0
    if amount < 0:
        problems.append(EventProblem("amount", Words("预算金额不能为负数", "a budget is not negative")))
    version = int(values.get("version") or 0)
    project = values.get("project", "")
    taken = [b for b in budgets_of(desk.facts()) if (b.year, b.account, b.project) == (year, account, project)]
    if any(b.version == version for b in taken):
        due = max(b.version for b in taken) + 1
        zh = f"这一科目和项目已有第 {version} 版预算；调整请用第 {due} 版，金额填调整后的总额"
        problems.append(EventProblem("version", Words(zh, f"version {version} exists; use {due}")))
    days = {key: _day(values.get(key, "")) for key in ("date", "committee", "audit-review", "approved")}
    since = days["date"] or days["approved"] or days["committee"]
    if since is None and version:
        words = Words("预算调整要填生效日期、上级批准或委员会通过的日期", "an adjustment needs a date")
        problems.append(EventProblem("date", words))
    if problems:
        raise ListRefused(problems)
    entry = BudgetEntry(
        date=since or datetime.date(year, 1, 1),
        year=year,
        account=account,
        amount_fen=amount,
        version=version,
        project=project,
        committee=days["committee"],
        audit_review=days["audit-review"],
        approved=days["approved"],
        reason=values.get("reason", ""),
    )
    try:
        budget_text(entry)
    except UnwritableText as error:
        raise ListRefused([EventProblem("reason", Words(str(error), "cannot be written"))]) from None
    return entry


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def approve_budget(desk: Desk, year: int, version: int, days: Mapping[str, str]) -> int:
    """Write the days of 委员会通过, 经审会审查 and 上级批准 into every line of one version; return how many lines.

    A day that stands there already is not replaced by an empty one. Everything else in the files stays.
    """
    problems = []
    read: dict[str, datetime.date | None] = {}
    for key in ("committee", "audit-review", "approved"):
        try:
            read[key] = cells.day(days[key]) if days.get(key, "").strip() else None
        except cells.CellError as error:
            problems.append(EventProblem(key, Words(str(error), "not a day")))
    if problems:
        raise ListRefused(problems)
    with writing(desk.book):
        frame = desk.facts().budgets
        rows = frame[(frame["year"] == year) & (frame["version"] == version)]
        texts: dict[str, list[str]] = {}
        entries = list(budgets_of(replace(desk.facts(), budgets=rows)))
        places = [(str(file), int(line)) for file, line in rows[["file", "line"]].itertuples(index=False)]
        for (file, line), entry in sorted(zip(places, entries, strict=True), key=lambda p: p[0], reverse=True):
            lines = texts.setdefault(file, text_of(desk.book, file).split("\n"))
            end = line
            while end < len(lines) and lines[end][:1] in (" ", "\t") and lines[end].strip():
                end += 1
            dated = replace(
                entry,
                committee=read["committee"] or entry.committee,
                audit_review=read["audit-review"] or entry.audit_review,
                approved=read["approved"] or entry.approved,
            )
            lines[line - 1 : end] = budget_text(dated).rstrip("\n").split("\n")
        if not texts:
            words = Words(f"{year} 年没有第 {version} 版预算", f"no version {version} of {year}")
            raise ListRefused([EventProblem("version", words)])
        replace_files(desk.book, {file: "\n".join(lines) for file, lines in texts.items()})
    return len(places)


def save_standard(desk: Desk, given: Mapping[str, str]) -> None:
    """Add a value that the union adopted or was told to union.toml, behind everything that stands there."""
    text = {key: given.get(key, "").strip() for key in ("key", "value", "from", "instrument", "article")}
    problems = [
        EventProblem(key, Words("请填写", "please fill in"))
        for key in ("key", "value", "from", "instrument")
        if not text[key]
    ]
    if text["key"] and text["key"] not in desk.law.parameters:
        problems.append(EventProblem("key", Words("没有这个参数，请从列表里选", "no such parameter")))
    try:
        since = cells.day(text["from"]) if text["from"] else None
    except cells.CellError as error:
        since = None
        problems.append(EventProblem("from", Words(str(error), "not a day")))
    if problems or since is None:
        raise ListRefused(problems)
    try:
        value = Decimal(text["value"])
    except InvalidOperation:
        words = Words(f"“{text['value']}”不是数；金额以元为单位，比例写成小数，例如 0.60", "not a number")
        raise ListRefused([EventProblem("value", words)]) from None
    before = text_of(desk.book, "union.toml")
    standard = Standard(text["key"], value, since, None, text["instrument"], text["article"])
    whole = profile_text(replace(parse_profile(before), standards=(standard,)))
    after = f"{before.rstrip()}\n\n{whole[whole.index('[[standards]]') :]}"
    parse_profile(after)
    with writing(desk.book):
        replace_files(desk.book, {"union.toml": after})
