"""The months and years that a narration names: 2024年12月, 3月份, 2024年度, 一季度 is left to people."""

from __future__ import annotations

import re
from typing import NamedTuple

MONTHS = 12
_YEARLY = re.compile(r"(?<!\d)(20\d{2})\s*年(?:度|\s*(\d{1,2})\s*月)?")
_MONTHLY = re.compile(r"(?<![\d年])(?<!年 )(\d{1,2})\s*月(?:份|(?!\d|\s*\d{1,2}\s*[日号]))")
_SHORT = re.compile(r"(?<!\d)(20\d{2})[-./](0?[1-9]|1[0-2])(?!\d)(?![-./]\d)")


class Named(NamedTuple):
    """A period that a text names: year 0 where only the month is said, month 0 where only the year is."""

    year: int
    month: int
    words: str


def named_periods(text: str) -> tuple[Named, ...]:
    """Return the months and years that a text names, in order of place; days (3月5日) are no periods."""
    found: list[tuple[int, Named]] = []
    for match in _YEARLY.finditer(text):
        month = int(match[2]) if match[2] else 0
        after = text[match.end() :]
        if month and re.match(r"\s*\d{1,2}\s*[日号]", after):
            continue
        if month <= MONTHS:
            found.append((match.start(), Named(int(match[1]), month, match[0])))
    for match in _SHORT.finditer(text):
        found.append((match.start(), Named(int(match[1]), int(match[2]), match[0])))
    for match in _MONTHLY.finditer(text):
        if 1 <= int(match[1]) <= MONTHS:
            found.append((match.start(), Named(0, int(match[1]), match[0])))
    return tuple(named for _, named in sorted(found))


def months_between(named: Named, year: int, month: int) -> int | None:
    """Return by how many months a named period lies before a voucher's month (negative: after it).

    For a month without a year the nearest such month counts; None where only a year is named and it is the
    voucher's own, otherwise the distance to the nearest month of that year.
    """
    if named.month == 0:
        if named.year == year:
            return None
        return (year - named.year) * MONTHS + month - (MONTHS if named.year < year else 1)
    if named.year:
        return (year - named.year) * MONTHS + month - named.month
    distance = month - named.month
    if distance > MONTHS // 2:
        return distance - MONTHS
    return distance + MONTHS if distance < -(MONTHS // 2) else distance
