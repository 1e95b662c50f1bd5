"""Working days of 2025 in China: on which days the example's vouchers may fall.

Weekends and the statutory holidays as announced by the State Council's General Office for 2025 are left out;
the make-up working days are left out too, so that no date of the example wants an explanation.
"""

from __future__ import annotations

import datetime
from itertools import chain

YEAR = 2025
FIRST_DAY = datetime.date(YEAR, 1, 1)
LAST_DAY = datetime.date(YEAR, 12, 31)
DAY = datetime.timedelta(days=1)


def _days(month: int, first: int, last: int) -> tuple[datetime.date, ...]:
    return tuple(datetime.date(YEAR, month, day) for day in range(first, last + 1))


HOLIDAYS: frozenset[datetime.date] = frozenset(
    chain(
        _days(1, 1, 1),  # 元旦
        _days(1, 28, 31),  # 春节
        _days(2, 1, 4),
        _days(4, 4, 6),  # 清明
        _days(5, 1, 5),  # 劳动节
        _days(5, 31, 31),  # 端午
        _days(6, 1, 2),
        _days(10, 1, 8),  # 国庆、中秋
    )
)


def is_workday(day: datetime.date) -> bool:
    """Tell whether a day of 2025 is an ordinary working day, neither weekend nor holiday."""
    return day.weekday() < 5 and day not in HOLIDAYS


def workday(month: int, day: int) -> datetime.date:
    """Return the first working day of 2025 on or after a day, within its month (else the last one before it)."""
    wanted = datetime.date(YEAR, month, min(day, month_end(month).day))
    later = wanted
    while not is_workday(later):
        later += DAY
    if later.month == month and later.year == YEAR:
        return later
    return workday_before(wanted + DAY)


def workday_before(day: datetime.date) -> datetime.date:
    """Return the last working day before a day."""
    earlier = day - DAY
    while not is_workday(earlier):
        earlier -= DAY
    return earlier


def workdays_after(day: datetime.date, count: int) -> datetime.date:
    """Return the day that lies a number of working days after a day."""
    while count:
        day += DAY
        count -= is_workday(day)
    return day


def month_end(month: int) -> datetime.date:
    """Return the last day of a month of 2025."""
    following = datetime.date(YEAR + month // 12, month % 12 + 1, 1)
    return following - DAY


def last_workday(month: int) -> datetime.date:
    """Return the last working day of a month of 2025."""
    return workday_before(month_end(month) + DAY)


def month_name(month: int) -> str:
    """Return a month of 2025 as files write it: `2025-03`."""
    return f"{YEAR}-{month:02d}"
