"""Months as `YYYY-MM`: arithmetic, and reading the `month-of` of a voucher."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from functools import lru_cache

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_MONTHS_A_YEAR = 12


def month_of_day(day: datetime.date) -> str:
    """Return the month of a day, `YYYY-MM`."""
    return f"{day.year:04d}-{day.month:02d}"


def shifted(month: str, by: int) -> str:
    """Return the month that many months later (earlier when negative)."""
    index = int(month[:4]) * _MONTHS_A_YEAR + int(month[5:]) - 1 + by
    return f"{index // _MONTHS_A_YEAR:04d}-{index % _MONTHS_A_YEAR + 1:02d}"


def first_day(month: str) -> datetime.date:
    """Return the first day of a month."""
    return datetime.date(int(month[:4]), int(month[5:]), 1)


def last_day(month: str) -> datetime.date:
    """Return the last day of a month."""
    return first_day(month).replace(day=calendar.monthrange(int(month[:4]), int(month[5:]))[1])


def day_in(month: str, day: int) -> datetime.date:
    """Return the given day of a month, or its last day where the month is shorter."""
    return min(last_day(month), first_day(month) + datetime.timedelta(days=day - 1))


def span(first: str, last: str) -> Iterator[str]:
    """Yield every month from first to last, both inclusive."""
    month = first
    while month <= last:
        yield month
        month = shifted(month, 1)


@lru_cache(maxsize=4096)
def parse_month_of(text: str) -> tuple[str, ...]:
    """Return the months that a `month-of` names (`2025-02`, `2025-01..2025-03`), empty when it names none."""
    first, dots, last = text.strip().partition("..")
    if not _MONTH.fullmatch(first) or (dots and not _MONTH.fullmatch(last)):
        return ()
    return tuple(span(first, last)) if dots else (first,)
