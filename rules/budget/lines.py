"""Budget lines: their versions, the one in force on a day, and which line covers what.

A line is an account and a project. It covers its account and everything below it, component by component, never
by string prefix. A posting's covering lines follow from two sentences:

- A line with a project covers only postings of that project; what a project line covers, no line without a
  project counts again (project money is not basic expenditure).
- Among the rest lines may be nested (501 and 50105 both budgeted): the deepest covers first, and the lines above
  it count it too, because a parent's amount is a total that contains its children's.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from ledger.facts import Facts
from rules.finding import Evidence, Text

SPENDING = "expense"
INCOME = "income"
FLOWS = (SPENDING, INCOME)


class LineKey(NamedTuple):
    """What a budget line is per: an account of the book, and a project (empty for basic expenditure)."""

    account: str
    project: str

    @property
    def shown(self) -> str:
        """The line as people read it: the account's own name, with the project where it has one."""
        name = self.account.rsplit(":", 1)[-1]
        return f"“{name}”（项目：{self.project}）" if self.project else f"“{name}”"


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
    found = [_version(row) for _, row in rows.iterrows()]
    return tuple(sorted(found, key=lambda v: (v.date, v.version, v.key, v.file, v.line)))


def _version(row: pd.Series) -> BudgetVersion:
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


def covers(line_account: str, account: str) -> bool:
    """Tell whether an account is a line's own or stands below it: `501-x` covers `501-x:01-y`, never `501-xy`."""
    return account == line_account or account.startswith(f"{line_account}:")


def covering(lines: Iterable[LineKey], account: str, project: str) -> tuple[LineKey, ...]:
    """Return the lines that count a posting, the deepest (which takes it) first; empty when none does."""
    found = [key for key in lines if key.project in ("", project) and covers(key.account, account)]
    own = [key for key in found if key.project] if project else []
    return tuple(sorted(own or [key for key in found if not key.project], key=lambda k: -k.account.count(":")))


def outermost(lines: Iterable[LineKey]) -> tuple[LineKey, ...]:
    """Return the lines that no line of the same project contains: those whose amounts may be added up."""
    keys = sorted(set(lines))
    return tuple(key for key in keys if not any(_contains(other, key) for other in keys))


def _contains(outer: LineKey, inner: LineKey) -> bool:
    return outer != inner and outer.project == inner.project and covers(outer.account, inner.account)
