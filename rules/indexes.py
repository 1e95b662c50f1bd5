"""The book by account, by day and by month: what many checks of the bookkeeping look up, worked out once."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter

from ledger.balances import account_postings
from ledger.facts import Facts
from ledger.journal_rows import PostingRow, VoucherRow
from rules.remittance.months import last_day, month_of_day
from rules.rule import Case, voucher_order

_day = attrgetter("date")


def lines_by_account(facts: Facts) -> Mapping[str, Sequence[PostingRow]]:
    """Return all postings of the book by account, each account's in order of the journal."""

    def gathered() -> Mapping[str, Sequence[PostingRow]]:
        found: dict[str, Sequence[PostingRow]] = {}
        for lines in account_postings(facts):
            account = lines[0].account
            found[account] = _in_journal_order([*found[account], *lines]) if account in found else lines
        return found

    return facts.once("lines by account", gathered)


def _in_journal_order(lines: Iterable[PostingRow]) -> Sequence[PostingRow]:
    return sorted(lines, key=attrgetter("date", "entry", "posting"))


def upto(lines: Sequence[PostingRow], until: datetime.date) -> Sequence[PostingRow]:
    """Return the postings up to a day, of postings in order of the journal."""
    return lines[: bisect_right(lines, until, key=_day)]


def between(lines: Sequence[PostingRow], since: datetime.date, until: datetime.date) -> Sequence[PostingRow]:
    """Return the postings of a stretch of days, both inclusive, of postings in order of the journal."""
    return lines[bisect_left(lines, since, key=_day) : bisect_right(lines, until, key=_day)]


def lines_of(facts: Facts, vouchers: Iterable[VoucherRow]) -> Sequence[PostingRow]:
    """Return all postings of some vouchers, in order of the journal."""
    return _in_journal_order(line for head in vouchers for line in facts.booked.by_entry.get(head.entry, ()))


def line_order(posting: PostingRow) -> tuple[datetime.date, str, int, int]:
    """Return what postings of one account are sorted by: day, number of the voucher, amount and place."""
    return (posting.date, posting.voucher, posting.amount_fen, posting.line)


def vouchers_by_day(facts: Facts) -> Mapping[datetime.date, Sequence[VoucherRow]]:
    """Return all vouchers of the book by day."""

    def gathered() -> Mapping[datetime.date, Sequence[VoucherRow]]:
        found: dict[datetime.date, list[VoucherRow]] = defaultdict(list)
        for voucher in facts.listed:
            found[voucher.date].append(voucher)
        return dict(found)

    return facts.once("vouchers by day", gathered)


def audited(case: Case) -> Sequence[VoucherRow]:
    """Return all vouchers of the period, opening, change-over and carry-forward vouchers too, in no order."""

    def gathered() -> Sequence[VoucherRow]:
        days = vouchers_by_day(case.facts).items()
        return tuple(chain.from_iterable(own for day, own in days if case.since <= day <= case.until))

    return case.facts.once(("audited vouchers", case.since, case.until), gathered)


def originals(case: Case) -> Sequence[VoucherRow]:
    """Return the period's vouchers, in their order, that reverse no other and are no transfers."""

    def gathered() -> Sequence[VoucherRow]:
        return tuple(voucher for voucher in case.vouchers if not voucher.reverses)

    return case.facts.once(("originals", case.since, case.until), gathered)


def transfers(facts: Facts) -> Sequence[VoucherRow]:
    """Return the opening, change-over and carry-forward vouchers of the book, in order of day, word and number."""

    def gathered() -> Sequence[VoucherRow]:
        return in_order(voucher for voucher in facts.listed if voucher.entry in facts.transfers)

    return facts.once("transfers in order", gathered)


def openings(facts: Facts) -> frozenset[int]:
    """Return the entries of the opening and change-over vouchers: balances that were brought in, not dealings."""
    return frozenset(voucher.entry for voucher in transfers(facts) if voucher.opening or voucher.change_over)


def money_entries(case: Case) -> frozenset[int]:
    """Return the vouchers of the period with a line on cash or bank deposits, by entry."""

    def gathered() -> frozenset[int]:
        return frozenset(map(attrgetter("entry"), case.booked.on("cash_on_hand", "bank_deposit")))

    return case.facts.once(("money entries", case.since, case.until), gathered)


def in_order(vouchers: Iterable[VoucherRow]) -> Sequence[VoucherRow]:
    """Return vouchers in order of day, word, number and text of the number."""
    return tuple(sorted(vouchers, key=voucher_order))


def by_month(vouchers: Sequence[VoucherRow]) -> Iterator[tuple[str, Sequence[VoucherRow]]]:
    """Yield every month with vouchers and what it has, of vouchers in order of day."""
    start = 0
    while start < len(vouchers):
        month = month_of_day(vouchers[start].date)
        end = bisect_right(vouchers, last_day(month), lo=start, key=_day)
        yield month, vouchers[start:end]
        start = end


def by_year(vouchers: Iterable[VoucherRow]) -> Mapping[int, Sequence[VoucherRow]]:
    """Return vouchers by year, the oldest first; within a year their order is kept."""
    found: dict[int, list[VoucherRow]] = defaultdict(list)
    for voucher in vouchers:
        found[voucher.date.year].append(voucher)
    return dict(sorted(found.items()))


def numbers_of(vouchers: Iterable[VoucherRow]) -> list[str]:
    """Return the numbers of vouchers as people read them."""
    return [voucher.voucher or "（无字号）" for voucher in vouchers]
