"""Opened accounts and budget directives of a book as tables."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from ledger.contracts import ACCOUNTS, BUDGETS
from ledger.money import MoneyError, fen_from_decimal
from ledger.reader import columns
from ledger.reader.codes import Faults
from ledger.reader.metadata import Values, plain_text
from ledger.reader.standing import Place, place_of

BUDGET = "union-budget"
_ONE = ("year", "account", "project", "version")
_SAID = ("date", "amount_fen", "committee", "audit_review", "approved")
_YEAR = re.compile(r"\d{4}")
_FORM = 'YYYY-MM-DD custom "union-budget" "年度" 科目 金额 CNY'


def accounts_table(
    opens: Sequence[Any], closes: Sequence[Any], last_used: Mapping[str, datetime.date], files: Mapping[str, str]
) -> pa.Table:
    """Return the table of accounts in order of name.

    An account stands in the chart of the last day it was used; unused ones in that of the day they were opened,
    or in the newest one that knows them.
    """
    closed = {entry.account: entry.date for entry in reversed(closes)}
    first: dict[str, Any] = {}
    for opened in opens:
        first.setdefault(opened.account, opened)
    listed = [first[name] for name in sorted(first)]
    places = [_standing_place(entry.account, last_used.get(entry.account), entry.date) for entry in listed]
    made = {
        "opened": columns.days([entry.date for entry in listed], len(listed)),
        "closed": columns.days([closed.get(entry.account) for entry in listed], len(listed)),
        "file": columns.names([files[entry.meta["filename"]] for entry in listed]),
        "line": columns.numbers([entry.meta["lineno"] for entry in listed]),
        **_place_columns(places),
    }
    return columns.table(ACCOUNTS, made, len(listed))


def _standing_place(account: str, last_used: datetime.date | None, opened: datetime.date) -> Place:
    place = place_of(account, last_used or opened)
    return place if place.code or last_used else place_of(account, datetime.date.max)


def _place_columns(places: Sequence[Place]) -> dict[str, pa.Array]:
    return {field: columns.names([getattr(place, field) for place in places]) for field in Place._fields}


def budgets_table(
    customs: Sequence[Any], opens: Sequence[Any], files: Mapping[str, str], values: Values, faults: Faults
) -> pa.Table:
    """Return the table of budget lines, in order of year, account, project, version and day.

    A line that only repeats another counts once. Two that say different things of one version both stay, for a
    reader of the table has to see that the version is disputed.
    """
    rows = []
    for custom in customs:
        row = _Budget(custom, files[custom.meta["filename"]], values, faults).row()
        if row is not None:
            rows.append(row)
    rows.sort(key=lambda r: (r["year"], r["account"], r["project"], r["version"], r["date"], r["file"], r["line"]))
    _unopened(rows, {entry.account for entry in opens}, faults)
    rows = _once(rows, faults)
    made = {name: columns.column(kind, [row[name] for row in rows]) for name, kind in BUDGETS.items()}
    return columns.table(BUDGETS, made, len(rows))


def _once(rows: Sequence[dict[str, Any]], faults: Faults) -> list[dict[str, Any]]:
    """Return the lines without repetitions, and note every repetition and contradiction of one version."""
    first: dict[tuple[Any, ...], dict[str, Any]] = {}
    kept = []
    for row in rows:
        before = first.setdefault(tuple(row[name] for name in _ONE), row)
        same = before is not row and all(row[name] == before[name] for name in _SAID)
        if before is row or not same:
            kept.append(row)
        if before is not row:
            what = f"{row['year']} 年度预算“{row['account']}”{row['project']}第 {row['version']} 版"
            effect = (
                "内容相同，只计一次" if same else "内容不同，这一版不作为比较依据；请核对后只留一行，调整另编版本号"
            )
            message = f"与 {before['file']}:{before['line']} 同为{what}，{effect}"
            faults.add("BUDGET_REPEATED", message, row["file"], row["line"])
    return kept


def _unopened(rows: Sequence[dict[str, Any]], opened: Collection[str], faults: Faults) -> None:
    """Note the lines on statutory accounts that no voucher can ever meet: neither they nor accounts below are open."""
    usable = {":".join(parts[:depth]) for parts in (a.split(":") for a in opened) for depth in range(len(parts) + 1)}
    noted: set[str] = set()
    for row in rows:
        if row["code"] and row["account"] not in usable | noted:
            noted.add(row["account"])
            message = (
                f"预算行的科目“{row['account']}”没有启用（open），下级科目也没有，凭证不会记到这里；"
                "请核对科目名称，或在 accounts.beancount 启用"
            )
            faults.add("BUDGET_ACCOUNT_UNOPENED", message, row["file"], row["line"])


class _Budget:
    """One budget directive."""

    def __init__(self, custom: Any, file: str, values: Values, faults: Faults) -> None:
        self._custom = custom
        self._file = file
        self._line = custom.meta["lineno"]
        self._values = values
        self._faults = faults

    def row(self) -> dict[str, Any] | None:
        values = [value.value for value in self._custom.values or ()]
        if len(values) != 3:
            return self._refused(f"应有三个值，实有 {len(values)} 个")
        year, account, amount = values
        if not (isinstance(year, str) and _YEAR.fullmatch(year)):
            return self._refused(f"年度“{str(year)[:20]}”应为带引号的四位数字")
        if not isinstance(account, str) or ":" not in account:
            return self._refused(f"“{str(account)[:40]}”不是科目")
        if getattr(amount, "currency", None) != "CNY" or not isinstance(amount.number, Decimal):
            return self._refused("金额应以 CNY 计")
        try:
            fen = fen_from_decimal(amount.number)
        except MoneyError as error:
            return self._refused(str(error))
        version = self._version()
        if version is None:
            return None
        meta = self._custom.meta
        day = max(self._custom.date, datetime.date(int(year), 1, 1)) if int(year) else self._custom.date
        return {
            "date": self._custom.date,
            "year": int(year),
            "amount_fen": fen,
            "version": version,
            "project": plain_text(meta.get("project")),
            **{key.replace("-", "_"): self._day(key) for key in ("committee", "audit-review", "approved")},
            "reason": plain_text(meta.get("reason")),
            "file": self._file,
            "line": self._line,
            **place_of(account, day)._asdict(),
        }

    def _version(self) -> int | None:
        version = self._custom.meta.get("version")
        if version is None:
            return 0
        count = self._values.reader("count?", "version")(version, self._file, self._line)
        if count is None:
            self._refused("version 应为 0（年初预算）、1、2……（调整）")
        return None if count is None else int(count)

    def _day(self, key: str) -> datetime.date | None:
        found: datetime.date | None = self._values.reader("day", key)(
            self._custom.meta.get(key), self._file, self._line
        )
        return found

    def _refused(self, why: str) -> dict[str, Any] | None:
        """Note why the line cannot count; the row is None."""
        self._faults.add("BUDGET_MALFORMED", f"预算行未计入：{why}；格式为 {_FORM}", self._file, self._line)
        return None
