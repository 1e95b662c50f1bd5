"""Things coming into the books: the vouchers that add to fixed assets."""

from __future__ import annotations

from typing import NamedTuple

from ledger.journal_rows import PostingRow
from rules.rule import Case
from rules.vouchers import by_number, first_line, net_on, vouchers_of

_FIXED = "fixed_assets"


class Growth(NamedTuple):
    """A voucher that added to fixed assets: its first line, and how much in fen."""

    line: PostingRow
    fen: int


def grown_assets(case: Case) -> list[Growth]:
    """Return the vouchers up to the period's end that added to fixed assets, in order of day and number."""
    booked = case.facts.booked
    lines = (line for line in booked.on(_FIXED) if line.date <= case.until and line.head.business)
    vouchers = by_number(vouchers_of(booked, lines))
    return [Growth(first_line(own), fen) for own in vouchers if (fen := net_on(own, _FIXED)) > 0]
