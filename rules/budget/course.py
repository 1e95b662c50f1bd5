"""The course of a year: what had come in or gone out by the end of each month, beside what was to be expected.

The even course spreads the budget in force at the month's end over the days of the year's months, each month one
twelfth. The planned course puts the activities of the year's plan (registers/activities.csv) into their months and
spreads evenly only what the plan leaves of the budget. Both are measures to compare with, no limits of law.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ledger.accounts import ELEMENTS
from ledger.facts import Facts
from ledger.money import round_half_up
from rules.budget.execution import movements
from rules.budget.lines import SPENDING, in_force, outermost, versions_of
from rules.remittance.months import last_day, month_of_day, span

_MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class CourseMonth:
    """One month of the course; every amount counts from 1 January to the month's end (or the last day), in fen.

    `budget_fen` is the whole year's budget in force on that day, None (and `even_fen` with it) where none was.
    `planned_fen` is None for income and where the plan names no activity with month and amount.
    """

    month: str
    budget_fen: int | None
    even_fen: int | None
    planned_fen: int | None
    actual_fen: int

    @property
    def ahead_fen(self) -> int | None:
        """Actual less the even course: above zero where more came in or went out than evenly."""
        return None if self.even_fen is None else self.actual_fen - self.even_fen

    @property
    def rate(self) -> Decimal | None:
        """Actual as a share of the whole year's budget; None without one."""
        return Decimal(self.actual_fen) / Decimal(self.budget_fen) if self.budget_fen else None

    @property
    def ahead_of_plan_fen(self) -> int | None:
        """Actual less the planned course."""
        return None if self.planned_fen is None else self.actual_fen - self.planned_fen


def course(facts: Facts, year: int, until: datetime.date, element: str) -> tuple[CourseMonth, ...]:
    """Return the course of one element (`income`, `expense`) from January to the month of a day."""
    last = min(until, datetime.date(year, _MONTHS_A_YEAR, 31))
    moved = [m for m in movements(facts, year, last) if m.element == element]
    versions = [v for v in versions_of(facts, year) if v.element == element]
    plan = planned_by_month(facts, year) if element == SPENDING else {}
    by_month: dict[str, int] = {}
    for move in moved:
        key = month_of_day(move.date)
        by_month[key] = by_month.get(key, 0) + move.amount_fen
    made, actual = [], 0
    for month in span(f"{year}-01", month_of_day(last)):
        day = min(last_day(month), last)
        actual += by_month.get(month, 0)
        lines = in_force(versions, day)
        budget = sum(lines[key].amount_fen for key in outermost(lines)) if lines else None
        made.append(
            CourseMonth(
                month=month,
                budget_fen=budget,
                even_fen=None if budget is None else _evenly(budget, day),
                planned_fen=None if budget is None or not plan else _planned(budget, plan, day),
                actual_fen=actual,
            )
        )
    return tuple(made)


def planned_by_month(facts: Facts, year: int) -> Mapping[str, int]:
    """Return what the plan of activities puts into each month of a year, in fen; empty without such a plan."""
    frame = facts.registers.get("activities")
    sums: dict[str, int] = {}
    if frame is None:
        return sums
    known = frame[frame["budget_fen"].notna() & frame["month"].astype(str).str.startswith(f"{year}-")]
    for month, account, fen in zip(
        known["month"].astype(str), known["account"].astype(str), known["budget_fen"], strict=True
    ):
        if ELEMENTS.get(account.split(":", 1)[0]) == SPENDING:
            sums[month] = sums.get(month, 0) + int(fen)
    return sums


def _evenly(amount: int, day: datetime.date) -> int:
    in_month = last_day(month_of_day(day)).day
    elapsed = Decimal((day.month - 1) * in_month + day.day)
    return round_half_up(amount * elapsed / (_MONTHS_A_YEAR * in_month))


def _planned(budget: int, plan: Mapping[str, int], day: datetime.date) -> int:
    month = month_of_day(day)
    laid = sum(fen for when, fen in plan.items() if when < month)
    share = Decimal(plan.get(month, 0)) * day.day / last_day(month).day
    return laid + round_half_up(share) + _evenly(max(0, budget - sum(plan.values())), day)
