"""A term year by year: income and expenditure by kind, the budget's execution, contribution and remittance.

Years are cut at the term's first and last day, and begin with the books. Kinds are level-1 accounts by meaning,
so that one line holds what the systems of 2009 and 2021 number differently (维权支出 502 and 504); the name is that
of the newest chart.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ledger.facts import Facts
from ledger.journal_rows import net_fen, sums_by
from rules.budget.execution import execution
from rules.budget.lines import INCOME, SPENDING
from rules.budget.structure import group_names
from rules.departure.position import Term, kept_years, result_in
from rules.law import Law
from rules.remittance.movements import UPWARD
from rules.remittance.schedule import Totals, schedule, totals


@dataclass(frozen=True)
class Kind:
    """One kind of income or expenditure: what it came to in each year of the term, in fen, in the order of years."""

    meaning: str
    name: str
    amounts_fen: tuple[int, ...]

    @property
    def total_fen(self) -> int:
        """The whole term's amount."""
        return sum(self.amounts_fen)


@dataclass(frozen=True)
class BudgetYear:
    """The budget of a year with its execution up to the year's end or the leaving day, in fen.

    The budget is of the whole year; `spent_fen` and `received_fen` count from 1 January, for that is what it
    covers, `own_spent_fen` and `own_received_fen` only the days of the term. None: the year has no such budget.
    """

    year: int
    since: datetime.date
    until: datetime.date
    income_budget_fen: int | None
    received_fen: int
    own_received_fen: int
    spending_budget_fen: int | None
    spent_fen: int
    own_spent_fen: int

    @property
    def spending_rate(self) -> Decimal | None:
        """What was spent as a share of the budget; None without one."""
        return Decimal(self.spent_fen) / Decimal(self.spending_budget_fen) if self.spending_budget_fen else None

    @property
    def income_rate(self) -> Decimal | None:
        """What was received as a share of the budget; None without one."""
        return Decimal(self.received_fen) / Decimal(self.income_budget_fen) if self.income_budget_fen else None


@dataclass(frozen=True)
class RemittanceYear:
    """Contribution and remittance of the months of wages that fall into a year of the term."""

    year: int
    months: int
    totals: Totals
    upward_balance_fen: int


def kinds_by_year(facts: Facts, term: Term, element: str) -> tuple[Kind, ...]:
    """Return what each kind of `income` or `expense` came to in every year of a term, in order of the newest chart."""
    side = -1 if element == INCOME else 1
    spans = kept_years(facts, term)
    moved = facts.booked_in(term.since, term.leaving).of(element)
    sums = sums_by(moved, lambda posting: (posting.group, posting.date.year))
    amounts = {place: side * fen for place, fen in sums.items()}
    names = group_names(element)
    order = {meaning: place for place, meaning in enumerate(names)}
    meanings = sorted({group for group, _ in amounts}, key=lambda m: (order.get(m, len(order)), m))
    found = (Kind(m, names.get(m, m), tuple(amounts.get((m, year), 0) for year, _, _ in spans)) for m in meanings)
    return tuple(kind for kind in found if any(kind.amounts_fen))


def shares(kinds: Sequence[Kind], year: int | None = None) -> tuple[Decimal | None, ...]:
    """Return each kind's share of all of them in the year of that place, or in the whole term; None of nothing."""
    amounts = [k.total_fen if year is None else k.amounts_fen[year] for k in kinds]
    whole = sum(amounts)
    return tuple(Decimal(fen) / Decimal(whole) if whole else None for fen in amounts)


def budget_years(facts: Facts, term: Term) -> tuple[BudgetYear, ...]:
    """Return the budget of every year of a term with its execution up to the last day of the year in the term."""
    made = []
    for year, since, until in kept_years(facts, term):
        lines = [line for line in execution(facts, year, until) if not line.contained]
        planned = {}
        for element in (INCOME, SPENDING):
            own = [b.in_force_fen for b in lines if b.element == element and b.in_force_fen is not None]
            doubtful = any(b.disputed for b in lines if b.element == element)
            planned[element] = sum(own) if own and not doubtful else None
        received, spent = result_in(facts, datetime.date(year, 1, 1), until)
        own_received, own_spent = result_in(facts, since, until)
        made.append(
            BudgetYear(year, since, until, planned[INCOME], received, own_received, planned[SPENDING], spent, own_spent)
        )
    return tuple(made)


def remittance_years(facts: Facts, law: Law, term: Term) -> tuple[RemittanceYear, ...]:
    """Return contribution and remittance of every year of a term, as it stood on the year's last day in the term.

    Years whose months the payroll register does not hold are left out. Raises NoParameter as `schedule` does.
    """
    made = []
    for year, since, until in kept_years(facts, term):
        months = schedule(facts, law, since, until, as_of=until)
        owed = -net_fen(posting for posting in facts.booked.on(UPWARD) if posting.date <= until)
        if months:
            made.append(RemittanceYear(year, len(months), totals(months), owed))
    return tuple(made)
