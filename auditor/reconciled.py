"""The bank accounts of a book and their reconciliations month by month, for the command line and the pages of entry."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from auditor.period import Period
from ledger.facts import Facts
from ledger.matching import Matcher, Reconciliation, Unreconcilable
from ledger.register_rows import BankRow, rows_of_register
from reports.reconciliation import shown_account
from rules.finding import Text


def bank_accounts(facts: Facts) -> tuple[str, ...]:
    """Return every bank account of the union, of its vouchers and of its statements, in order."""
    booked = {posting.account for posting in facts.booked.on("bank_deposit")}
    stated = {line.account for line in _statements(facts)} - {""}
    return tuple(sorted({*facts.union.bank_accounts, *booked, *stated}))


def _statements(facts: Facts) -> tuple[BankRow, ...]:
    return rows_of_register(facts, BankRow) if "bank" in facts.registers else ()


def reconciliations(facts: Facts, account: str, within: Period, gaps: list[Text]) -> Iterator[Reconciliation]:
    """Yield the reconciliation of every month end that has one; what cannot be reconciled goes to `gaps`."""
    shown = shown_account(account)
    days = _months_known(facts, account, _ends(within))
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


def _months_known(facts: Facts, account: str, ends: Iterable[datetime.date]) -> list[datetime.date]:
    """Return the month ends by which book or statement have anything of an account; later months say nothing yet."""
    postings = facts.booked.postings
    stated = [(line.date, line.account) for line in _statements(facts) if line.date]
    latest = max([*(day for day, _ in stated), *(p.date for p in postings[-1:])], default=None)
    first = min(
        [*(day for day, own in stated if own == account), *(p.date for p in postings if p.account == account)],
        default=None,
    )
    if first is None or latest is None:
        return []
    return [day for day in ends if first <= day and (day.year, day.month) <= (latest.year, latest.month)]


def _ends(within: Period) -> list[datetime.date]:
    """Return the month ends of a period; the period's last day where it ends within a month."""
    found: list[datetime.date] = []
    first = within.since.replace(day=1)
    while first <= within.until:
        following = (first + datetime.timedelta(days=32)).replace(day=1)
        found.append(min(following - datetime.timedelta(days=1), within.until))
        first = following
    return found
