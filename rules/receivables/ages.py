"""How long open items have been open: calendar months and years back from a day, and what is older."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from rules.departure.open_items import OpenItem
from rules.finding import Evidence
from rules.remittance.months import day_in, month_of_day, shifted

_MONTHS_A_YEAR = 12


def months_before(day: datetime.date, months: int) -> datetime.date:
    """Return the day that many calendar months earlier, the month's last where it is shorter."""
    return day_in(shifted(month_of_day(day), -months), day.day)


def years_before(day: datetime.date, years: int) -> datetime.date:
    """Return the day that many years earlier."""
    return months_before(day, years * _MONTHS_A_YEAR)


def parts_before(item: OpenItem, day: datetime.date) -> tuple[Evidence, ...]:
    """Return the unsettled entries of an item that are dated before a day."""
    return tuple(part for part in item.parts if part.date is not None and part.date < day)


def total(parts: Sequence[Evidence]) -> int:
    """Return what entries amount to, in fen."""
    return sum(part.amount_fen or 0 for part in parts)
