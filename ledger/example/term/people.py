"""Members of seven years, the payroll by month and category, and the dues that every member paid.

Wages are whole multiples of 2.50 yuan, so that two per cent of them, and three fifths of that, are whole fen.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable
from types import MappingProxyType
from typing import NamedTuple

from ledger.example.names import DEPARTMENTS
from ledger.example.people import Member
from ledger.example.term.calendar import MONTHS, YEARS, month_end, month_name, workday

AT_START = 38
PAYDAY = 20
_STEP_FEN = 250
_AVERAGE = MappingProxyType({"在编": 9_200_00, "合同": 6_600_00, "派遣": 5_100_00, "返聘": 6_000_00})
_OUTSIDE = MappingProxyType({"在编": 0, "合同": 2, "派遣": 2, "返聘": 2})  # staff who are no members
# Members by number who left, with the last day of membership; all of them retired.
_RETIRED = MappingProxyType({4: (2020, 8), 9: (2021, 6), 17: (2023, 11), 26: (2024, 4), 31: (2025, 3)})
_JOINED = ((2019, 7), (2020, 9), (2021, 8), (2022, 3), (2023, 7), (2024, 9))


class Wages(NamedTuple):
    """One row of the payroll register; amounts in fen, `dues_base_fen` None where none of them are members."""

    month: str
    category: str
    headcount: int
    total_fen: int
    dues_base_fen: int | None


class Due(NamedTuple):
    """One row of the dues register: what a member paid for a month, in fen, and when."""

    month: str
    member_id: str
    paid_fen: int
    paid_on: datetime.date


def members(numbers: random.Random) -> tuple[Member, ...]:
    """Return everyone who was a member in the years kept, by number."""
    began = [datetime.date(numbers.randint(2005, 2016), numbers.randint(1, 12), 1) for _ in range(AT_START)]
    began = [max(day, datetime.date(2005, 4, 1)) for day in began]
    began += [datetime.date(year, month, 1) for year, month in _JOINED]
    return tuple(_member(numbers, place, joined) for place, joined in enumerate(began, start=1))


def _member(numbers: random.Random, place: int, joined: datetime.date) -> Member:
    category = "派遣" if place % 10 == 5 else "合同" if place % 3 == 0 else "在编"
    gone = _RETIRED.get(place)
    return Member(
        member_id=f"M{place:03d}",
        name=f"职工{place:03d}",
        department=DEPARTMENTS[place % 8],
        category=category,
        joined=joined,
        birth_month=numbers.randint(1, 12),
        dues_base_fen=numbers.randint(300, 460) * 1000,
        status="retired" if gone else "active",
        left=month_end(*gone) if gone else None,
    )


def active_on(everyone: Iterable[Member], day: datetime.date) -> tuple[Member, ...]:
    """Return the members on a day, by number."""
    return tuple(m for m in everyone if m.active_on(day))


def staying_on(everyone: Iterable[Member], day: datetime.date) -> tuple[Member, ...]:
    """Return the members on a day who have been so for half a year and stay to the end of the years kept."""
    early = day - datetime.timedelta(days=183)
    return tuple(m for m in everyone if m.left is None and m.joined <= early)


def payroll(numbers: random.Random, everyone: Iterable[Member]) -> tuple[Wages, ...]:
    """Return the payroll register from December 2018, whose contribution comes in January 2019, to December 2025."""
    everyone = tuple(everyone)
    rows = []
    for year, month in [(YEARS[0] - 1, 12), *((year, month) for year in YEARS for month in MONTHS)]:
        raised = 100 + 3 * (year - YEARS[0] + 1)
        for category, average in _AVERAGE.items():
            inside = [m for m in everyone if m.category == category and m.active_on(month_end(year, month))]
            heads = len(inside) + _OUTSIDE[category]
            seasonal = numbers.randint(985, 1015) + (70 if month in (1, 12) else 0)
            total = heads * average * raised * seasonal // 100_000 // _STEP_FEN * _STEP_FEN
            base = sum(m.dues_base_fen for m in inside) if inside else None
            rows.append(Wages(month_name(year, month), category, heads, total, base))
    return tuple(rows)


def dues(everyone: Iterable[Member]) -> tuple[Due, ...]:
    """Return the dues register: every member pays half a per cent every month, withheld on payday."""
    everyone = tuple(everyone)
    return tuple(
        Due(month_name(year, month), m.member_id, m.dues_base_fen * 5 // 1000, workday(year, month, PAYDAY))
        for year in YEARS
        for month in MONTHS
        for m in everyone
        if m.active_on(month_end(year, month))
    )


def contribution_fen(wages: Iterable[Wages], month: str) -> tuple[int, int]:
    """Return what is due on a month's wages in fen: the retained part, and the part of the unions above."""
    due, rest = divmod(sum(row.total_fen for row in wages if row.month == month) * 2, 100)
    own, odd = divmod(due * 3, 5)
    if rest or odd:
        raise ValueError(f"{month} 的工资总额不是 2.50 元的整数倍")
    return own, due - own
