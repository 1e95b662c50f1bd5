"""The book and the audited period by account, by day and by voucher: what many checks look up, worked out once."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter

from ledger.balances import account_postings
from ledger.facts import Facts
from ledger.journal_rows import PostingRow, VoucherRow, sums_by
from rules.gather import spending_by_entry
from rules.rule import Case
from rules.vouchers import CASH_AND_BANK, in_order

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


def spending_vouchers(case: Case) -> Sequence[VoucherRow]:
    """Return the period's vouchers, in their order, that spend: with a net debit on expenditure."""

    def gathered() -> Sequence[VoucherRow]:
        spent = spending_by_entry(case)
        return tuple([voucher for voucher in case.vouchers if spent.get(voucher.entry, 0) > 0])

    return case.facts.once(("spending vouchers", case.since, case.until), gathered)


def net_by_entry(case: Case, *groups: str) -> Mapping[int, int]:
    """Return the net of each voucher of the period that has a line on some level-1 accounts, in fen, by entry."""
    # Named by the accounts that are in use, so that who asks for one more that is not shares the answer.
    used = tuple(sorted(case.booked.groups.intersection(groups)))

    def summed() -> Mapping[int, int]:
        return sums_by(case.booked.on(*used), attrgetter("entry"))

    return case.facts.once(("net by entry on", used, case.since, case.until), summed)


def money_by_entry(case: Case) -> Mapping[int, int]:
    """Return the net of each voucher of the period that has a line on cash or bank deposits, in fen, by entry."""
    return net_by_entry(case, *CASH_AND_BANK)


def whole_years(case: Case) -> list[int]:
    """Return the calendar years that lie in the audited period as a whole."""
    years = range(case.since.year, case.until.year + 1)
    return [y for y in years if case.since <= datetime.date(y, 1, 1) and datetime.date(y, 12, 31) <= case.until]


def year_ends(case: Case) -> list[datetime.date]:
    """Return the last days of calendar years that lie in the audited period."""
    ends = [datetime.date(year, 12, 31) for year in range(case.since.year, case.until.year + 1)]
    return [end for end in ends if case.since <= end <= case.until]
