"""The bank accounts of a book and their reconciliations month by month, for the command line and the pages of entry."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from auditor.period import Period
from ledger.facts import Facts
from ledger.matching import Matcher, Reconciliation, Unreconcilable
from reports.reconciliation import shown_account
from rules.finding import Text


def bank_accounts(facts: Facts) -> tuple[str, ...]:
    """Return every bank account of the union, of its vouchers and of its statements, in order."""
    rows = facts.journal
    booked = rows.loc[rows["group"] == "bank_deposit", "account"].astype(str).unique()
    stated = facts.registers["bank"]["account"].astype(str).unique() if "bank" in facts.registers else ()
    return tuple(sorted({*facts.union.bank_accounts, *booked, *(a for a in stated if a)}))


def reconciliations(facts: Facts, account: str, within: Period, gaps: list[Text]) -> Iterator[Reconciliation]:
    """Yield the reconciliation of every month end that has one; what cannot be reconciled goes to `gaps`."""
    shown = shown_account(account)
    days = [day for day in _ends(within) if _known(facts, account, day)]
    if not days:
        return
    try:
        matcher = Matcher.of(facts, account)
    except Unreconcilable as error:
        gaps.append(Text(error.zh, error.en))
        return
    for day in days:
        if day < matcher.bank.begins:
            if _moved(matcher, day):
                first = matcher.bank.items[0].date
                zh = f"“{shown}”{day.year}年{day.month}月有收付，没有银行对账单（对账单从 {first} 开始）"
                gaps.append(Text(zh, f"{account}: no statement for {day:%Y-%m}"))
            continue
        yield matcher.on(day)


def _moved(matcher: Matcher, day: datetime.date) -> bool:
    return any((item.date.year, item.date.month) == (day.year, day.month) for item in matcher.book.items)


def _known(facts: Facts, account: str, day: datetime.date) -> bool:
    """Say whether book or statement have anything of an account up to a day; later months say nothing yet."""
    rows = facts.journal
    booked_to = [rows["date"].max().date()] if len(rows) else []
    latest = max([*booked_to, *([stated] if (stated := _latest(facts)) else [])], default=None)
    if latest is None or (day.year, day.month) > (latest.year, latest.month):
        return False
    own = rows[rows["account"].astype(str) == account]
    booked = not own.empty and own["date"].min().date() <= day
    return bool(booked) or _stated(facts, account, day)


def _latest(facts: Facts) -> datetime.date | None:
    if "bank" not in facts.registers:
        return None
    days = facts.registers["bank"]["date"].dropna()
    return max(days).date() if len(days) else None


def _stated(facts: Facts, account: str, day: datetime.date) -> bool:
    if "bank" not in facts.registers:
        return False
    rows = facts.registers["bank"]
    days = rows.loc[rows["account"].astype(str) == account, "date"].dropna()
    return len(days) > 0 and days.min().date() <= day


def _ends(within: Period) -> list[datetime.date]:
    """Return the month ends of a period; the period's last day where it ends within a month."""
    found: list[datetime.date] = []
    first = within.since.replace(day=1)
    while first <= within.until:
        following = (first + datetime.timedelta(days=32)).replace(day=1)
        found.append(min(following - datetime.timedelta(days=1), within.until))
        first = following
    return found
