"""Whole vouchers as typed rows: what each did on groups of accounts, and how it is named and shown as evidence."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from operator import attrgetter

from ledger.facts import Facts
from ledger.journal_rows import Journal, PostingRow, VoucherRow
from rules.finding import Evidence, Text
from rules.rule import Case

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


def first_lines(lines: Iterable[PostingRow], *columns: str) -> Sequence[PostingRow]:
    """Return the first line of each voucher among some lines in order of some columns, in that order."""
    found: dict[int, PostingRow] = {}
    for line in sorted(lines, key=attrgetter(*columns)):
        found.setdefault(line.entry, line)
    return tuple(found.values())


def first_placed(postings: Iterable[PostingRow]) -> PostingRow:
    """Return the first of some lines by account and by place in the file."""
    return min(postings, key=attrgetter("account", "line"))


def net_key(voucher: VoucherRow) -> str:
    """Return what a voucher counts for: the number of the one it reverses, else its own, else its place."""
    return voucher.reverses or voucher.voucher or f"#{voucher.entry}"


def line_evidence(line: PostingRow, note: Text, amount_fen: int, account: str = "") -> Evidence:
    """Return a voucher as evidence with an amount of its own, at the place of one of its lines."""
    return Evidence(
        note,
        voucher=line.voucher,
        date=line.date,
        account=account or line.account,
        amount_fen=amount_fen,
        file=line.file,
        line=line.line,
    )


def named(voucher: VoucherRow) -> str:
    """Return the voucher's number as people read it, with day and narration where it has none."""
    return voucher.voucher or f"（无字号，{voucher.date:%Y-%m-%d} {voucher.narration}）"
