"""Budget lines as the rules read them: their versions, and the one in force on a day.

What a line is and what it covers, `ledger.budget_lines` says.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from ledger.budget_lines import INCOME, SPENDING, LineKey, covering, covers, outermost
from ledger.facts import Facts
from ledger.journal_rows import values_of
from rules.finding import Evidence, Text

__all__ = [
    "FLOWS",
    "INCOME",
    "SPENDING",
    "BudgetVersion",
    "LineKey",
    "budget_years",
    "covering",
    "covers",
    "in_force",
    "outermost",
    "versions_of",
]

FLOWS = (SPENDING, INCOME)


@dataclass(frozen=True)
class BudgetVersion:
    """One version of one line, as a dated directive of the book holds it; `amount_fen` is its whole total."""

    key: LineKey
    date: datetime.date
    version: int
    amount_fen: int
    code: str
    meaning: str
    element: str
    committee: datetime.date | None
    audit_review: datetime.date | None
    approved: datetime.date | None
    reason: str
    file: str
    line: int

    def evidence(self, note: Text) -> Evidence:
        """Return the directive as evidence."""
        return Evidence(note, "", self.date, self.key.account, self.amount_fen, self.file, self.line)


def budget_years(facts: Facts, since: datetime.date, until: datetime.date) -> tuple[int, ...]:
    """Return the calendar years that an audited period touches and in which the books were kept."""
    kept = {*facts.years(), *_versions(facts)}
    return tuple(year for year in range(since.year, until.year + 1) if year in kept)


def versions_of(facts: Facts, year: int) -> tuple[BudgetVersion, ...]:
    """Return every version of every line of a year's budget, in order of day in force, version and account."""
    return _versions(facts).get(year, ())


def _versions(facts: Facts) -> Mapping[int, tuple[BudgetVersion, ...]]:
    return facts.once("budget versions", lambda: _by_year(facts))


def _by_year(facts: Facts) -> Mapping[int, tuple[BudgetVersion, ...]]:
    columns = {name: values_of(facts.budgets[name]) for name in facts.budgets.columns}
    keys = map(LineKey, columns["account"], columns["project"])
    told = (columns[field.name] for field in fields(BudgetVersion)[1:])
    years: dict[int, list[BudgetVersion]] = defaultdict(list)
    for year, *each in zip(columns["year"], keys, *told, strict=True):
        years[year].append(BudgetVersion(*each))
    return {
        year: tuple(sorted(found, key=lambda v: (v.date, v.version, v.key, v.file, v.line)))
        for year, found in years.items()
    }


def in_force(versions: Iterable[BudgetVersion], day: datetime.date) -> dict[LineKey, BudgetVersion]:
    """Return the version of each line that is in force on a day: the last whose day is not later."""
    return {v.key: v for v in versions if v.date <= day}
