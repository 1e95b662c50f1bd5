"""How old what is owed to the higher union is: 211 in classes of age, on the last day of the period.

The age of a month's balance counts from its first booking; classes are whole calendar months, a balance
exactly so old belongs to the younger class. The opening balance stands apart, for its first booking lies before
the book, and so does what was paid beyond what was booked.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from rules.finding import Text
from rules.remittance.months import day_in, month_of_day, shifted
from rules.remittance.upward import Bucket

_CLASSES: tuple[tuple[int, Text], ...] = (
    (3, Text("3个月以内", "up to 3 months")),
    (6, Text("3至6个月", "3 to 6 months")),
    (12, Text("6至12个月", "6 to 12 months")),
    (24, Text("1至2年", "1 to 2 years")),
    (36, Text("2至3年", "2 to 3 years")),
)
_OLDEST = Text("3年以上", "over 3 years")
OPENING = Text("建账前形成", "from before the book")
OVERPAID = Text("多缴（借方）", "paid beyond what was booked (debit)")


@dataclass(frozen=True)
class AgeClass:
    """One class of age: what is owed in it, in fen, from how many months of wages, and its oldest booking."""

    name: Text
    owed_fen: int
    months: tuple[str, ...]
    oldest: datetime.date | None


def ages(position: Sequence[Bucket], as_of: datetime.date) -> tuple[AgeClass, ...]:
    """Return every class that holds something, youngest first; they add up to the balance of 211 on that day."""
    held: dict[Text, list[Bucket]] = {}
    for bucket in position:
        if bucket.outstanding_fen:
            held.setdefault(_class_of(bucket, as_of), []).append(bucket)
    names = (*(name for _, name in _CLASSES), _OLDEST, OPENING, OVERPAID)
    return tuple(
        AgeClass(
            name,
            sum(bucket.outstanding_fen for bucket in held[name]),
            tuple(bucket.month for bucket in held[name]),
            min(bucket.booked_on for bucket in held[name]),
        )
        for name in names
        if name in held
    )


def _class_of(bucket: Bucket, as_of: datetime.date) -> Text:
    if bucket.outstanding_fen < 0:
        return OVERPAID
    if not bucket.month:
        return OPENING
    for months, name in _CLASSES:
        if bucket.booked_on >= day_in(shifted(month_of_day(as_of), -months), as_of.day):
            return name
    return _OLDEST
