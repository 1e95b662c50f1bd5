"""Custody funds and the money kept apart for them: balances at month ends, and the lines that move either."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from ledger.accounts import components
from ledger.balances import account_postings
from ledger.facts import Facts
from ledger.journal_rows import PostingRow, net_fen
from rules.remittance.months import last_day, month_of_day, span
from rules.remittance.movements import PAID_FROM

CUSTODY, MARK = "custody_funds", "代管"


@dataclass(frozen=True)
class Held:
    """Custody funds owed and custody money kept at the end of a day, in fen."""

    day: datetime.date
    owed_fen: int
    kept_fen: int

    @property
    def gap_fen(self) -> int:
        """Money kept less what is owed: below zero where money is missing."""
        return self.kept_fen - self.owed_fen


def is_custody_money(account: str, group: str) -> bool:
    """Tell whether an account is a sub-account of money whose name says 代管."""
    return group in PAID_FROM and any(MARK in name for _, name in components(account)[1:])


def custody_postings(facts: Facts, until: datetime.date) -> Sequence[PostingRow]:
    """Return the postings on custody funds and on custody money up to a day, in order of day."""
    accounts = (lines for lines in account_postings(facts) if _is_custody(lines[0]))
    found = [posting for lines in accounts for posting in lines if posting.date <= until]
    return sorted(found, key=attrgetter("date"))


def _is_custody(posting: PostingRow) -> bool:
    return posting.group == CUSTODY or is_custody_money(posting.account, posting.group)


def month_ends(postings: Sequence[PostingRow], since: datetime.date, until: datetime.date) -> tuple[Held, ...]:
    """Return what was owed and kept at each month's end of a period, and on its last day.

    `postings` are those of `custody_postings`, in order of day.
    """
    days = sorted({min(last_day(month), until) for month in span(month_of_day(since), month_of_day(until))})
    found = []
    for day in days:
        own = postings[: bisect_right(postings, day, key=attrgetter("date"))]
        owed = -net_fen(posting for posting in own if posting.group == CUSTODY)
        kept = net_fen(posting for posting in own if posting.group != CUSTODY)
        found.append(Held(day, owed, kept))
    return tuple(found)
