"""Wages and dues: the payroll register by month and category, and what every member paid.

Total wages are whole multiples of 2.50 yuan, so that two per cent of them, and three fifths of that, are whole fen
and no rounding can be argued about.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable
from types import MappingProxyType
from typing import NamedTuple

from ledger.example.people import CATEGORIES, Member
from ledger.example.workdays import month_name, workday

MONTHS = range(1, 13)
PAYDAY = 20
_STEP_FEN = 250
CONTRIBUTION = (2, 100)
RETAINED = (60, 100)
DUES = (5, 1000)

# Average monthly wage in fen, and staff who are not members of the union.
_AVERAGE = MappingProxyType({"在编": 1_236_000, "合同": 862_000, "派遣": 568_000, "返聘": 705_000})
_OUTSIDE = MappingProxyType({"在编": 0, "合同": 9, "派遣": 12, "返聘": 24})
# Wages of the month in thousandths of the average: allowances before the festivals, performance pay at year's end.
_SEASON = (1030, 965, 990, 985, 995, 1010, 1000, 1005, 1015, 990, 1000, 1085)


class Wages(NamedTuple):
    """One row of the payroll register; amounts in fen, `dues_base_fen` None where none of them are members."""

    month: int
    category: str
    headcount: int
    total_wages_fen: int
    dues_base_fen: int | None


class Due(NamedTuple):
    """One row of the dues register: what a member paid for a month, in fen, and when."""

    month: int
    member_id: str
    paid_fen: int
    paid_on: datetime.date


def payroll(numbers: random.Random, everyone: Iterable[Member]) -> tuple[Wages, ...]:
    """Return the payroll register of 2025."""
    everyone = tuple(everyone)
    rows = []
    for month in MONTHS:
        for category, average in _AVERAGE.items():
            inside = [m for m in everyone if m.category == category and m.active_in(month)]
            headcount = len(inside) + _OUTSIDE[category]
            thousandths = _SEASON[month - 1] + numbers.randint(-8, 8)
            total = headcount * average * thousandths // 1000 // _STEP_FEN * _STEP_FEN
            base = sum(m.dues_base_fen for m in inside) if category in CATEGORIES else None
            rows.append(Wages(month, category, headcount, total, base))
    return tuple(rows)


def dues(everyone: Iterable[Member]) -> tuple[Due, ...]:
    """Return the dues register of 2025: every member pays every month, withheld on payday."""
    everyone = tuple(everyone)
    return tuple(
        Due(month, m.member_id, _share(m.dues_base_fen, DUES), workday(month, PAYDAY))
        for month in MONTHS
        for m in everyone
        if m.active_in(month)
    )


def contribution_fen(rows: Iterable[Wages], month: int) -> tuple[int, int]:
    """Return what the employer owes on a month's wages, in fen: the retained part and the part for the union above."""
    total = _share(sum(row.total_wages_fen for row in rows if row.month == month), CONTRIBUTION)
    retained = _share(total, RETAINED)
    return retained, total - retained


def months_of(month: int) -> str:
    """Return the month as the register writes it."""
    return month_name(month)


def _share(amount_fen: int, share: tuple[int, int]) -> int:
    numerator, denominator = share
    part, rest = divmod(amount_fen * numerator, denominator)
    if rest:
        raise ValueError(f"{amount_fen} 分的 {numerator}/{denominator} 不是整分")
    return part
