"""Working days of the years kept: on which days the vouchers of the book may fall."""

from __future__ import annotations

import calendar
import datetime

import chinese_calendar  # type: ignore[import-untyped]

YEARS = range(2019, 2026)
SYSTEM_OF_2021 = 2022  # first year under 财会〔2021〕7号
FIRST_DAY = datetime.date(YEARS[0], 1, 1)
LAST_DAY = datetime.date(YEARS[-1], 12, 31)
CHANGE_OVER_DAY = datetime.date(SYSTEM_OF_2021, 1, 1)
MONTHS = range(1, 13)
_DAY = datetime.timedelta(days=1)


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
        later += _DAY
    return later if later.month == month else workday_until(wanted)


def workday_until(day: datetime.date) -> datetime.date:
    """Return the last working day on or before a day."""
    while not is_workday(day):
        day -= _DAY
    return day


def last_workday(year: int, month: int) -> datetime.date:
    """Return the last working day of a month."""
    return workday_until(month_end(year, month))


def month_name(year: int, month: int) -> str:
    """Return a month as files write it; months below 1 and above 12 belong to the years beside."""
    years, place = divmod(month - 1, 12)
    return f"{year + years}-{place + 1:02d}"


def month_zh(name: str) -> str:
    """Return a month as narrations write it: `2023年1月`."""
    return f"{name[:4]}年{int(name[5:])}月"
