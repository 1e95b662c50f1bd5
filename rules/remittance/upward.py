"""The higher union's part (211) by month: booked, paid, still open, and how old what is open is.

Payments count for the months they name, then for the oldest open amounts; the opening balance is the oldest of
all. The sum of what is open over all buckets is the balance of 211.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ledger.facts import Facts
from ledger.journal_rows import PostingRow, net_fen
from rules.remittance.allocation import Allotted
from rules.remittance.movements import UPWARD, Movement, MovementKind


@dataclass(frozen=True)
class Bucket:
    """What was booked on 211 for one month of wages (`month` empty: the opening balance), in fen.

    `booked_on` is the day of the oldest booking that makes up what is open, or of the first booking.
    """

    month: str
    booked_on: datetime.date
    booked_fen: int
    paid_fen: int

    @property
    def outstanding_fen(self) -> int:
        """Booked less paid; below zero where more was paid than booked."""
        return self.booked_fen - self.paid_fen


def opening_lines(facts: Facts) -> tuple[PostingRow, ...]:
    """Return what opening and change-over vouchers booked on 211, oldest first."""
    return tuple(line for line in facts.booked.on(UPWARD) if line.head.opening or line.head.change_over)


def upward_ledger(
    facts: Facts,
    moved: Sequence[Movement],
    allotted: Mapping[str, Sequence[Allotted]],
    as_of: datetime.date,
) -> tuple[Bucket, ...]:
    """Return 211 by month of wages up to a day, the opening first; what is open adds up to its balance."""
    booked: dict[str, int] = {}
    day_of: dict[str, datetime.date] = {}
    opening = opening_lines(facts)
    if net_fen(opening) and opening[0].date <= as_of:
        booked[""], day_of[""] = -net_fen(opening), opening[0].date
    for month, day, fen in _bookings(moved, allotted):
        booked[month] = booked.get(month, 0) + fen
        day_of[month] = min(day, day_of.get(month, day))
    paid = _pay([m for m in moved if m.kind is MovementKind.PAYMENT], booked, day_of)
    return tuple(Bucket(m, day_of[m], booked.get(m, 0), paid.get(m, 0)) for m in sorted(day_of))


def _bookings(
    moved: Sequence[Movement], allotted: Mapping[str, Sequence[Allotted]]
) -> Iterable[tuple[str, datetime.date, int]]:
    for month, parts in allotted.items():
        for part in parts:
            # What settles an accrual was booked on 211 by the accrual itself.
            if part.upward_fen and part.movement.kind is MovementKind.RECEIPT and not part.movement.settles:
                yield month, part.date, part.upward_fen
    for m in moved:
        if m.kind in (MovementKind.OTHER, MovementKind.ACCRUAL) and m.upward_fen:
            yield m.months[-1], m.date, m.upward_fen


def _pay(payments: Sequence[Movement], booked: Mapping[str, int], day_of: dict[str, datetime.date]) -> dict[str, int]:
    paid: dict[str, int] = {}

    def lay(months: Sequence[str], amount: int) -> int:
        for month in months:
            part = min(amount, max(0, booked.get(month, 0) - paid.get(month, 0)))
            paid[month] = paid.get(month, 0) + part
            amount -= part
        return amount

    ordered = sorted(payments, key=lambda m: (m.assumed, m.order))
    for payment in ordered:
        if payment.upward_fen < 0:
            months = payment.months if not payment.assumed else tuple(sorted(paid, reverse=True))
            left = -payment.upward_fen
            for month in months:
                back = min(left, paid.get(month, 0))
                paid[month] = paid.get(month, 0) - back
                left -= back
            if left:
                last = payment.months[-1]
                paid[last] = paid.get(last, 0) - left
                day_of.setdefault(last, payment.date)
            continue
        queue = (
            sorted(booked, key=lambda m: (m != "", m)) if payment.assumed else _named(payment.months, booked, day_of)
        )
        left = lay(tuple(queue), payment.upward_fen)
        if left:
            last = payment.months[-1]
            paid[last] = paid.get(last, 0) + left
            day_of.setdefault(last, payment.date)
    return paid


def _named(months: Sequence[str], booked: Mapping[str, int], day_of: Mapping[str, datetime.date]) -> tuple[str, ...]:
    """Return the months that a payment names; those before the book began are what the opening balance is of."""
    if "" not in booked:
        return tuple(months)
    begun = f"{day_of['']:%Y-%m}"
    return tuple(dict.fromkeys(m if m in booked or m >= begun else "" for m in months))
