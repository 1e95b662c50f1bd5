"""Payments that stay below a limit one by one and reach it together within a few days."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Part(NamedTuple):
    """One payment: its day, its amount in fen, and the entry of its voucher."""

    date: datetime.date
    amount_fen: int
    entry: int


def split_below(parts: Sequence[Part], limit_fen: int, days: int, least: int = 2) -> Iterator[tuple[Part, ...]]:
    """Yield groups of payments, each below a limit, that reach it together within `days` days of the first.

    A payment is in one group only; the groups come in order of day.
    """
    ordered = sorted(part for part in parts if 0 < part.amount_fen < limit_fen)
    start = 0
    while start < len(ordered):
        last = ordered[start].date + datetime.timedelta(days=days)
        end = start
        while end < len(ordered) and ordered[end].date <= last:
            end += 1
        group = tuple(ordered[start:end])
        if len(group) >= least and sum(part.amount_fen for part in group) >= limit_fen:
            yield group
            start = end
        else:
            start += 1
