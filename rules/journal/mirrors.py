"""Vouchers that mirror each other: the same accounts, the same amounts, the other way round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ledger.journal_rows import PostingRow, VoucherRow
from rules.journal.sides import net_by

Image = tuple[tuple[str, int], ...]


class Pair(NamedTuple):
    """Two vouchers that mirror each other, the earlier first."""

    first: VoucherRow
    second: VoucherRow

    @property
    def crosses(self) -> bool:
        """Whether a year's end lies between them."""
        return self.first.date.year != self.second.date.year


def image(lines: Sequence[PostingRow]) -> Image:
    """Return what a voucher's postings do to its accounts, netted, in order of account."""
    return tuple(net_by(lines, "account").items())


def mirrored(own: Image) -> Image:
    """Return the image of what would undo another."""
    return tuple([(account, -fen) for account, fen in own])


def pairs(vouchers: Sequence[VoucherRow], lines: Mapping[int, Sequence[PostingRow]], days: int) -> Sequence[Pair]:
    """Return the pairs among some vouchers that lie within so many days, each voucher used once, in order of day.

    `lines` are the postings of each by entry; a voucher that moves nothing mirrors none.
    """
    made = {voucher.entry: image(lines[voucher.entry]) for voucher in vouchers}
    mirrors = {mirrored(own) for own in made.values() if own}
    both = [voucher for voucher in vouchers if made[voucher.entry] in mirrors]
    waiting: dict[Image, list[VoucherRow]] = {}
    found = []
    for voucher in sorted(both, key=lambda one: (one.date, one.voucher, one.narration)):
        own = made[voucher.entry]
        earlier = waiting.get(mirrored(own), [])
        while earlier and (voucher.date - earlier[0].date).days > days:
            earlier.pop(0)
        if earlier:
            found.append(Pair(earlier.pop(0), voucher))
        else:
            waiting.setdefault(own, []).append(voucher)
    return found
