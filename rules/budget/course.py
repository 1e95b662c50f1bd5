"""The course of a year: what had come in or gone out by the end of each month, beside what was to be expected.

The even course spreads the budget in force at the month's end over the days of the year's months, each month one
twelfth. The planned course puts the activities of the year's plan (registers/activities.csv) into their months and
spreads evenly only what the plan leaves of the budget. Both are measures to compare with, no limits of law.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from ledger.accounts import ELEMENTS
from ledger.facts import Facts
from ledger.journal_rows import sums_by
from ledger.money import round_half_up
from ledger.register_rows import ActivityRow, register_of, rows_of_register
from rules.budget.execution import flows
from rules.budget.lines import INCOME, SPENDING, in_force, outermost, versions_of
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
    versions = [v for v in versions_of(facts, year) if v.element == element]
    plan = planned_by_month(facts, year) if element == SPENDING else {}
    by_day = sums_by(flows(facts, year, last, element), attrgetter("date"))
    by_month: dict[str, int] = defaultdict(int)
    for day, fen in by_day.items():
        by_month[month_of_day(day)] += -fen if element == INCOME else fen
    made, actual = [], 0
    for month in span(f"{year}-01", month_of_day(last)):
        day = min(last_day(month), last)
        actual += by_month[month]
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
    sums: dict[str, int] = defaultdict(int)
    if register_of(ActivityRow) in facts.registers:
        for planned in rows_of_register(facts, ActivityRow):
            spends = ELEMENTS.get(planned.account.split(":", 1)[0]) == SPENDING
            if spends and planned.budget_fen is not None and planned.month.startswith(f"{year}-"):
                sums[planned.month] += planned.budget_fen
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
