"""Working days of any year that the calendar of holidays knows, so that a clean year pays on no day of rest."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import chinese_calendar

from ledger.example.term.calendar import is_workday, month_end, workday, workday_until

__all__ = ["DAY", "is_workday", "month_end", "months", "name", "restday", "workday", "workday_until"]

DAY = datetime.timedelta(days=1)


def restday(year: int, month: int) -> datetime.date:
    """Return a Sunday of a month that is no make-up working day."""
    day = datetime.date(year, month, 1)
    while day.weekday() != 6 or chinese_calendar.is_workday(day):
        day += DAY
    return day


def name(year: int, month: int) -> str:
    """Return a month as files write it; month 0 is December of the year before."""
    return f"{year - 1}-12" if month == 0 else f"{year}-{month:02d}"


def months() -> Iterator[int]:
    """Yield the months of a year."""
    yield from range(1, 13)
