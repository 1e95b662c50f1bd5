"""Receipts of the bank statement whose words point at an income, and whether the books ever took them.

A voucher's debit of the same account and amount answers for a receipt when it is dated in its month or later, each
once, the nearest first. Where the account's receipts at the bank exceed what the books debited over the period by
at least the amount, the money is missing from the books whatever the words; otherwise the amount may be booked in
one sum with others.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from ledger.journal_rows import PostingRow, sums_by
from ledger.register_rows import BankRow
from rules.remittance.movements import PAID_FROM
from rules.rule import Case
from rules.text.match import Match, match


class Receipt(NamedTuple):
    """A row of the bank statement by which money came in: its day, and how many fen."""

    row: BankRow
    day: datetime.date
    fen: int


@dataclass(frozen=True)
class Unbooked:
    """One receipt at the bank that no voucher answers for; `missing` tells that the account's total falls short."""

    row: BankRow
    day: datetime.date
    fen: int
    matches: tuple[Match, ...]
    missing: bool


class BookedDebits:
    """What vouchers debited, by account and amount: each debit answers for one receipt at the bank."""

    def __init__(self, lines: Iterable[PostingRow]) -> None:
        self._days: dict[tuple[str, int], list[datetime.date]] = defaultdict(list)
        debits = sums_by((line for line in lines if line.amount_fen > 0), attrgetter("entry", "account", "date"))
        for (_, account, day), fen in debits.items():
            self._days[account, fen].append(day)

    def take(
        self, account: str, fen: int, day: datetime.date, since: datetime.date = datetime.date.min
    ) -> datetime.date | None:
        """Use up the debit nearest to a day, of two the earlier, and return its day; None where there is none."""
        days = [one for one in self._days.get((account, fen), ()) if one >= since]
        if not days:
            return None
        nearest = min(days, key=lambda one: (abs((one - day).days), one))
        self._days[account, fen].remove(nearest)
        return nearest


def bank_rows(case: Case) -> Iterator[BankRow]:
    """Yield the rows of the bank statement that lie in the period."""
    since, until = case.since, case.until
    return (row for row in case.rows(BankRow) if row.date is not None and since <= row.date <= until)


def receipts(case: Case) -> Sequence[Receipt]:
    """Return what came in at the bank in the period, in order of day, account and line."""

    def found() -> Sequence[Receipt]:
        came = (Receipt(row, row.date, row.credit_fen) for row in case.rows(BankRow) if row.credit_fen and row.date)
        inside = (one for one in came if one.fen > 0 and case.since <= one.day <= case.until)
        return sorted(inside, key=lambda one: (one.day, one.row.account, one.row.line))

    return case.facts.once(("bank receipts", case.since, case.until), found)


def unbooked(case: Case, key: str) -> tuple[list[Unbooked], int]:
    """Return the receipts that no voucher answers for, and how many receipts the words of a list pointed at."""
    looked_at = ((one, match(one.row.summary, key, one.day)) for one in receipts(case))
    spoken = [(one, hits) for one, hits in looked_at if hits]
    if not spoken:
        return [], 0
    lines = case.facts.booked.on(*PAID_FROM)
    free = BookedDebits(line for line in lines if not (line.head.opening or line.head.change_over))
    short = _shortfall(case)
    found = []
    for (row, day, fen), hits in spoken:
        if free.take(row.account, fen, day, since=day.replace(day=1)) is None:
            found.append(Unbooked(row, day, fen, hits, short.get(row.account, 0) >= fen))
    return found, len(spoken)


def _shortfall(case: Case) -> Mapping[str, int]:
    """Return by account how far the bank's receipts of the period exceed what the books debited in it."""
    short: dict[str, int] = defaultdict(int)
    for row in bank_rows(case):
        short[row.account] += row.credit_fen or 0
    for line in case.booked.postings:
        if line.amount_fen > 0 and line.account in short:
            short[line.account] -= line.amount_fen
    return short
