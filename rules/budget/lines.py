"""Budget lines as the rules read them: their versions, and the one in force on a day.

What a line is and what it covers, `ledger.budget_lines` says.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from ledger.budget_lines import INCOME, SPENDING, LineKey, covering, covers, outermost
from ledger.facts import Facts
from ledger.rows import Row, records
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
    "day_of",
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
    kept = set(facts.years()) | {int(year) for year in facts.budgets["year"].unique()}
    return tuple(year for year in range(since.year, until.year + 1) if year in kept)


def versions_of(facts: Facts, year: int) -> tuple[BudgetVersion, ...]:
    """Return every version of every line of a year's budget, in order of day in force, version and account."""
    rows = facts.budgets[facts.budgets["year"] == year]
    found = [_version(row) for row in records(rows)]
    return tuple(sorted(found, key=lambda v: (v.date, v.version, v.key, v.file, v.line)))


def _version(row: Row) -> BudgetVersion:
    return BudgetVersion(
        key=LineKey(str(row["account"]), str(row["project"])),
        date=pd.Timestamp(row["date"]).date(),
        version=int(row["version"]),
        amount_fen=int(row["amount_fen"]),
        code=str(row["code"]),
        meaning=str(row["meaning"]),
        element=str(row["element"]),
        committee=day_of(row["committee"]),
        audit_review=day_of(row["audit_review"]),
        approved=day_of(row["approved"]),
        reason=str(row["reason"]),
        file=str(row["file"]),
        line=int(row["line"]),
    )


def day_of(value: object) -> datetime.date | None:
    """Return a frame's day as a date, None where it is missing."""
    return None if value is None or value is pd.NaT else pd.Timestamp(str(value)).date()


def in_force(versions: Iterable[BudgetVersion], day: datetime.date) -> dict[LineKey, BudgetVersion]:
    """Return the version of each line that is in force on a day: the last whose day is not later."""
    return {v.key: v for v in versions if v.date <= day}
