"""Spending that had no right to be made on its day: without any line, before the line came, before its approval.

What a line added by a later revision covers was spent before the line came; what no version of the year ever
covers has no line at all. Money spent on a line in force whose approval is dated later was spent unapproved; a
line without any recorded approval is a matter of its procedure and is not counted here.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ledger.facts import Facts
from rules.budget.execution import BudgetLine, Movement, execution, movements, statutory_part
from rules.budget.lines import SPENDING, BudgetVersion, LineKey, covering, in_force, versions_of


class Why(StrEnum):
    """Why spending was not covered on its day."""

    NEVER = "never"  # no line of the year ever covers it
    BY_REVISION = "by-revision"  # a later revision added the line
    BEFORE = "before-budget"  # the year's first budget was not yet in force
    UNAPPROVED = "unapproved"  # the line was in force before it was approved


@dataclass(frozen=True)
class Unlined:
    """Spending of one kind on one line, oldest first; `key` is empty where the whole budget came late."""

    why: Why
    key: LineKey
    moves: tuple[Movement, ...]

    @property
    def amount_fen(self) -> int:
        """What was spent, red entries taken off."""
        return sum(m.amount_fen for m in self.moves)

    @property
    def vouchers(self) -> int:
        """How many vouchers spent it."""
        return len({m.entry for m in self.moves})


def unlined(
    spent: Sequence[Movement], versions: tuple[BudgetVersion, ...], *, whole: bool = True
) -> tuple[Unlined, ...]:
    """Return what of some spending no line covered on its day, by reason and line; groups that net to nothing drop.

    With `whole` the spending before the year's first budget is one group, for a budget that came late is one
    fault however many lines had to wait for it.
    """
    groups: dict[tuple[Why, LineKey], list[Movement]] = defaultdict(list)
    # Many vouchers share a day, an account and a project.
    places = {(m.date, m.account, m.project) for m in spent}
    lines = {day: in_force(versions, day) for day in {place[0] for place in places}}
    bare = {place for place in places if not covering(lines[place[0]], *place[1:])}
    for move in spent:
        if (move.date, move.account, move.project) not in bare:
            continue
        later = covering(in_force(versions, datetime.date.max), move.account, move.project)
        first = min((v for v in versions if v.key in later), key=lambda v: (v.date, v.version), default=None)
        why = Why.NEVER if first is None else Why.BY_REVISION if first.version else Why.BEFORE
        late = whole and why is Why.BEFORE
        key = LineKey("", "") if late else LineKey(statutory_part(move.account, move.code), move.project)
        groups[why, key].append(move)
    found = (Unlined(why, key, tuple(moves)) for (why, key), moves in sorted(groups.items()))
    return tuple(one for one in found if one.amount_fen > 0)


def unapproved(spent: Sequence[Movement], versions: tuple[BudgetVersion, ...]) -> tuple[Unlined, ...]:
    """Return what was spent on lines in force before the day of their approval, by line."""
    groups: dict[LineKey, list[Movement]] = defaultdict(list)
    latest = max((v.approved for v in versions if v.approved is not None), default=datetime.date.min)
    early = [move for move in spent if move.date < latest]
    days = {day: in_force(versions, day) for day in {move.date for move in early}}
    takers: dict[tuple[datetime.date, str, str], LineKey | None] = {}
    for move in early:
        place = (move.date, move.account, move.project)
        if place not in takers:
            takers[place] = next(iter(covering(days[move.date], move.account, move.project)), None)
        key = takers[place]
        approved = days[move.date][key].approved if key is not None else None
        if key is not None and approved is not None and move.date < approved:
            groups[key].append(move)
    found = (Unlined(Why.UNAPPROVED, key, tuple(moves)) for key, moves in sorted(groups.items()))
    return tuple(one for one in found if one.amount_fen > 0)


def uncovered(facts: Facts, year: int, until: datetime.date) -> tuple[Unlined, ...]:
    """Return all spending of a year up to a day that was without line or approval on its day."""
    spent = [m for m in movements(facts, year, until) if m.element == SPENDING]
    versions = versions_of(facts, year)
    return (*unlined(spent, versions), *unapproved(spent, versions)) if versions else ()


def unused(facts: Facts, year: int, until: datetime.date) -> tuple[BudgetLine, ...]:
    """Return the lines of expenditure with money on them that no voucher of the year touched up to a day."""
    spent = [m for m in movements(facts, year, until) if m.element == SPENDING]
    lines = in_force(versions_of(facts, year), until)
    touched = {key for pair in {(m.account, m.project) for m in spent} for key in covering(lines, *pair)}
    return tuple(
        line
        for line in execution(facts, year, until)
        if line.element == SPENDING and line.in_force_fen and LineKey(line.account, line.project) not in touched
    )
