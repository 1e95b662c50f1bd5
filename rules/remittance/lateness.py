"""What came after the due day, what never came, and the late fee on both.

Every part carries the day from which it was missing and, when it came, the day it came; days are calendar days.
A refund after the due day opens a part of its own from its day on.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ledger.money import round_half_up
from rules.law import ParameterValue


@dataclass(frozen=True)
class LatePart:
    """An amount that was missing from one day (exclusive) to another (inclusive), in fen."""

    amount_fen: int
    since: datetime.date
    until: datetime.date

    @property
    def days(self) -> int:
        """Calendar days it was missing."""
        return (self.until - self.since).days


@dataclass(frozen=True)
class Lateness:
    """What came late, and what was still missing at the end."""

    late: tuple[LatePart, ...]
    missing: tuple[LatePart, ...]

    @staticmethod
    def fee(parts: Iterable[LatePart], daily: ParameterValue | None, cap: ParameterValue | None) -> int:
        """Return the late fee on parts in fen, half up per part, each at most `cap` times its amount.

        0 where the region sets no rate.
        """
        if daily is None:
            return 0
        total = 0
        for part in parts:
            exact = part.amount_fen * daily.number * part.days
            if cap is not None:
                exact = min(exact, part.amount_fen * cap.number)
            total += round_half_up(Decimal(exact))
        return total


def lateness(
    expected_fen: int,
    flow: Sequence[tuple[datetime.date, int]],
    due_by: datetime.date,
    as_of: datetime.date,
) -> Lateness:
    """Return what of an amount came after its due day or not at all, from its receipts (refunds negative)."""
    days: dict[datetime.date, int] = {}
    for day, fen in flow:
        days[day] = days.get(day, 0) + fen
    received = sum(fen for day, fen in days.items() if day <= due_by)
    if as_of < due_by:
        return Lateness((), ())
    open_parts = [(max(0, expected_fen - received), due_by)] if received < expected_fen else []
    late: list[LatePart] = []
    for day in sorted(d for d in days if d > due_by):
        before, received = received, received + days[day]
        change = min(received, expected_fen) - min(before, expected_fen)
        if change < 0:
            open_parts.append((-change, day))
        while change > 0 and open_parts:
            amount, since = open_parts[0]
            came = min(amount, change)
            late.append(LatePart(came, since, day))
            change -= came
            open_parts[:1] = [(amount - came, since)] if amount > came else []
    missing = tuple(LatePart(amount, since, as_of) for amount, since in open_parts if as_of >= since)
    return Lateness(tuple(late), missing)
