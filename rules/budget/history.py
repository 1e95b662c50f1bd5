"""The versions of a year's budget: the original, every revision with its procedure, and what each changed.

A revision is everything that came into force on one later day. The original amount of a line is that of its
version 0; a line that a revision added has none. Original and changes of a line always add up to its last amount.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import pairwise

from ledger.facts import Facts
from rules.budget.lines import FLOWS, BudgetVersion, LineKey, in_force, outermost, versions_of


@dataclass(frozen=True)
class Stage:
    """The original budget (`number` 0) or one revision: the days of its procedure and the totals from then on.

    `days` are the days on which its lines came into force (one for a revision); each step holds the days
    recorded, empty where a line has none, and `unrecorded` names the steps that some line lacks. Totals by
    element in fen, lines that another contains left out.
    """

    number: int
    versions: tuple[int, ...]
    days: tuple[datetime.date, ...]
    committee: tuple[datetime.date, ...]
    audit_review: tuple[datetime.date, ...]
    approved: tuple[datetime.date, ...]
    unrecorded: tuple[str, ...]
    reasons: tuple[str, ...]
    lines: int
    totals_fen: tuple[tuple[str, int], ...]

    def total_fen(self, element: str) -> int:
        """Return the total of one element (`income`, `expense`) from this stage on, in fen."""
        return dict(self.totals_fen).get(element, 0)


@dataclass(frozen=True)
class LineHistory:
    """One line through all stages, in fen: the original, the change by each revision in order, the last amount."""

    key: LineKey
    code: str
    element: str
    original_fen: int | None
    changes_fen: tuple[int, ...]
    final_fen: int
    contained: bool

    @property
    def revised(self) -> bool:
        """Whether any revision changed the line."""
        return any(self.changes_fen)


def stages(facts: Facts, year: int, until: datetime.date) -> tuple[Stage, ...]:
    """Return the original and the revisions of a year in force by a day, oldest first."""
    versions = _until(facts, year, until)
    if not versions:
        return ()
    days = _revision_days(versions)
    rounds = [[v for v in versions if v.date not in days or (v.version == 0 and _first_of(versions, v))]]
    rounds += [[v for v in versions if v.date == day and v not in rounds[0]] for day in days]
    made = []
    for number, found in enumerate(rounds):
        if not found and not number:
            continue
        made.append(_stage(number, found, _amounts(versions, days, number)))
    return tuple(made)


def line_histories(facts: Facts, year: int, until: datetime.date) -> tuple[LineHistory, ...]:
    """Return every line of a year in force by a day with its amount at every stage, in order of the chart."""
    versions = _until(facts, year, until)
    days = _revision_days(versions)
    steps = [_amounts(versions, days, number) for number in range(len(days) + 1)]
    lines = in_force(versions, until)
    whole = set(outermost(lines))
    originals = {v.key: v.amount_fen for v in versions if v.version == 0}
    return tuple(
        LineHistory(
            key=key,
            code=last.code,
            element=last.element,
            original_fen=originals.get(key),
            changes_fen=tuple(after.get(key, 0) - before.get(key, 0) for before, after in pairwise(steps)),
            final_fen=last.amount_fen,
            contained=key not in whole,
        )
        for key, last in sorted(lines.items())
    )


def _until(facts: Facts, year: int, until: datetime.date) -> tuple[BudgetVersion, ...]:
    return tuple(v for v in versions_of(facts, year) if v.date <= until)


def _first_of(versions: tuple[BudgetVersion, ...], version: BudgetVersion) -> bool:
    return next(v for v in versions if v.key == version.key) == version


def _revision_days(versions: tuple[BudgetVersion, ...]) -> tuple[datetime.date, ...]:
    """Return the days on which a line got a version that is not its original."""
    return tuple(sorted({v.date for v in versions if v.version or not _first_of(versions, v)}))


def _amounts(versions: tuple[BudgetVersion, ...], days: tuple[datetime.date, ...], number: int) -> dict[LineKey, int]:
    """Return the amount of every line after so many revisions; lines that came into force later as originals."""
    amounts = {v.key: v.amount_fen for v in versions if v.version == 0}
    if number:
        amounts |= {key: v.amount_fen for key, v in in_force(versions, days[number - 1]).items()}
    return amounts


def _stage(number: int, found: list[BudgetVersion], amounts: dict[LineKey, int]) -> Stage:
    steps = {
        "committee": [v.committee for v in found],
        "audit-review": [v.audit_review for v in found],
        "approved": [v.approved for v in found],
    }
    recorded = {step: tuple(sorted({day for day in days if day is not None})) for step, days in steps.items()}
    return Stage(
        number=number,
        versions=tuple(sorted({v.version for v in found})),
        days=tuple(sorted({v.date for v in found})),
        committee=recorded["committee"],
        audit_review=recorded["audit-review"],
        approved=recorded["approved"],
        unrecorded=tuple(step for step, days in steps.items() if None in days),
        reasons=tuple(sorted({v.reason for v in found if v.reason})),
        lines=len({v.key for v in found}),
        totals_fen=tuple((element, _total(element, amounts)) for element in FLOWS),
    )


def _total(element: str, amounts: dict[LineKey, int]) -> int:
    root = {"income": "Income", "expense": "Expenses"}[element]
    return sum(amounts[key] for key in outermost(amounts) if key.account.split(":", 1)[0] == root)
