"""Working days of any year that the calendar of holidays knows, so that a clean year pays on no day of rest."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator

import chinese_calendar

DAY = datetime.timedelta(days=1)


def is_workday(day: datetime.date) -> bool:
    """Tell whether a day is an ordinary working day: no weekend, no holiday, no make-up day."""
    return day.weekday() < 5 and bool(chinese_calendar.is_workday(day))


def month_end(year: int, month: int) -> datetime.date:
    """Return the last day of a month."""
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def workday(year: int, month: int, day: int) -> datetime.date:
    """Return the first working day of a month on or after a day, else the last one before it."""
    wanted = later = datetime.date(year, month, min(day, month_end(year, month).day))
    while later.month == month and not is_workday(later):
        later += DAY
    return later if later.month == month else workday_until(wanted)


def workday_until(day: datetime.date) -> datetime.date:
    """Return the last working day on or before a day."""
    while not is_workday(day):
        day -= DAY
    return day


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
