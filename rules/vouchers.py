"""Vouchers one by one, and the journal they are taken from: lines, order, what each did on accounts, how it is named.

What is looked up by account, by day or by voucher, and worked out once for many checks, stands in `rules.indexes`.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from ledger.facts import Facts
from ledger.journal_rows import Journal, PostingRow, VoucherRow
from rules.gather import joined
from rules.remittance.months import last_day, month_of_day
from rules.rule import Case, voucher_order

CASH_AND_BANK = ("cash_on_hand", "bank_deposit")
MONEY = (*CASH_AND_BANK, "zero_balance_quota", "treasury_quota_returnable")
THINGS = ("fixed_assets", "intangible_assets", "construction_in_progress", "long_term_deferred_expense")


def days_kept(facts: Facts) -> tuple[datetime.date, datetime.date] | None:
    """Return the first and the last day that has a voucher, None for an empty book."""

    def made() -> tuple[datetime.date, datetime.date] | None:
        days = facts.vouchers["date"]
        return None if days.empty else (days.min().date(), days.max().date())

    return facts.once("days kept", made)


def business(case: Case, until: datetime.date | None = None) -> Journal:
    """Return the journal of all years up to a day (the period's end) without opening, change-over, carry-forward."""
    return case.facts.booked_in(datetime.date.min, case.until if until is None else until)


def touching(journal: Journal, *groups: str) -> Sequence[Sequence[PostingRow]]:
    """Return the postings of each voucher that has a line on one of the level-1 accounts, voucher by voucher."""
    return vouchers_of(journal, journal.on(*groups))


def vouchers_of(journal: Journal, lines: Iterable[PostingRow]) -> Sequence[Sequence[PostingRow]]:
    """Return the postings of each voucher that some lines belong to, voucher by voucher."""
    return tuple(journal.by_entry[entry] for entry in dict.fromkeys(line.entry for line in lines))


def by_number(vouchers: Iterable[Sequence[PostingRow]]) -> Sequence[Sequence[PostingRow]]:
    """Return vouchers, each as its postings, in order of day, number and place in the book."""
    return sorted(vouchers, key=lambda postings: (postings[0].date, postings[0].voucher, postings[0].entry))


def net_on(postings: Sequence[PostingRow], *groups: str) -> int:
    """Return the net of postings on some level-1 accounts together, in fen, debit positive."""
    return sum(posting.amount_fen for posting in postings if posting.group in groups)


def first_line(postings: Sequence[PostingRow]) -> PostingRow:
    """Return the line that stands for a voucher: the first of its lines by account and amount."""
    return min(postings, key=lambda posting: (posting.account, posting.amount_fen))


def first_lines(lines: Iterable[PostingRow]) -> Sequence[PostingRow]:
    """Return the first line of each voucher among some, in order of day, number, account, amount and place."""
    found: dict[int, PostingRow] = {}
    for line in sorted(lines, key=attrgetter("date", "voucher", "account", "amount_fen", "line")):
        found.setdefault(line.entry, line)
    return tuple(found.values())


def first_placed(postings: Iterable[PostingRow]) -> PostingRow:
    """Return the first of some lines by account and by place in the file."""
    return min(postings, key=attrgetter("account", "line"))


def in_order(vouchers: Iterable[VoucherRow]) -> Sequence[VoucherRow]:
    """Return vouchers in order of day, word, number and text of the number."""
    return tuple(sorted(vouchers, key=voucher_order))


def by_month(vouchers: Sequence[VoucherRow]) -> Iterator[tuple[str, Sequence[VoucherRow]]]:
    """Yield vouchers that are in order of day month by month, oldest first."""
    start = 0
    while start < len(vouchers):
        month = month_of_day(vouchers[start].date)
        end = bisect_right(vouchers, last_day(month), start, key=attrgetter("date"))
        yield month, vouchers[start:end]
        start = end


def years(vouchers: Sequence[VoucherRow]) -> Iterator[tuple[int, Sequence[VoucherRow]]]:
    """Yield vouchers that are in order of day year by year, oldest first."""
    start = 0
    while start < len(vouchers):
        year = vouchers[start].date.year
        end = bisect_right(vouchers, datetime.date(year, 12, 31), start, key=attrgetter("date"))
        yield year, vouchers[start:end]
        start = end


def numbers_of(vouchers: Iterable[VoucherRow]) -> str:
    """Return the numbers of vouchers as one list, cut like `joined`."""
    return joined([voucher.voucher or "（无字号）" for voucher in vouchers])


def names_of(vouchers: Iterable[VoucherRow]) -> str:
    """Return vouchers, each as it is `named`, as one list, cut like `joined`."""
    return joined([named(voucher) for voucher in vouchers])


def named(voucher: VoucherRow) -> str:
    """Return the voucher's number as people read it, with day and narration where it has none."""
    return voucher.voucher or f"（无字号，{voucher.date:%Y-%m-%d} {voucher.narration}）"
