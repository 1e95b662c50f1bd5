"""Spending that had no right to be made on its day: without any line, before the line came, before its approval.

What a line added by a later revision covers was spent before the line came; what no version of the year ever
covers has no line at all. Money spent on a line in force whose approval is dated later was spent unapproved; a
line without any recorded approval is a matter of its procedure and is not counted here.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from operator import attrgetter

from ledger.facts import Facts
from ledger.journal_rows import PostingRow, net_fen
from rules.budget.execution import (
    BudgetLine,
    Moved,
    execution,
    movements,
    oldest_first,
    statutory_part,
)
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
    moves: tuple[PostingRow, ...]

    @property
    def amount_fen(self) -> int:
        """What was spent, red entries taken off."""
        return net_fen(self.moves)

    @property
    def vouchers(self) -> int:
        """How many vouchers spent it."""
        return len({m.entry for m in self.moves})


def unlined(spent: Moved, versions: tuple[BudgetVersion, ...], *, whole: bool = True) -> tuple[Unlined, ...]:
    """Return what of some spending no line covered on its day, by reason and line; groups that net to nothing drop.

    With `whole` the spending before the year's first budget is one group, for a budget that came late is one
    fault however many lines had to wait for it.
    """
    groups: dict[tuple[Why, LineKey], list[PostingRow]] = defaultdict(list)
    for pair, own in spent.items():
        bare = [move for lines, moves in _stretches(own, versions) if not covering(lines, *pair) for move in moves]
        if bare:
            groups[_reason(pair, bare[0], versions, whole=whole)] += bare
    found = (Unlined(why, key, tuple(oldest_first(moves))) for (why, key), moves in sorted(groups.items()))
    return tuple(one for one in found if one.amount_fen > 0)


def _reason(
    pair: tuple[str, str], move: PostingRow, versions: tuple[BudgetVersion, ...], *, whole: bool
) -> tuple[Why, LineKey]:
    """Return why spending on an account and project had no line, and the line it is shown under."""
    later = covering(in_force(versions, datetime.date.max), *pair)
    first = min((v for v in versions if v.key in later), key=lambda v: (v.date, v.version), default=None)
    why = Why.NEVER if first is None else Why.BY_REVISION if first.version else Why.BEFORE
    if whole and why is Why.BEFORE:
        return why, LineKey("", "")
    return why, LineKey(statutory_part(move.account, move.code), move.project)


def _stretches(
    moved: Sequence[PostingRow], versions: tuple[BudgetVersion, ...]
) -> Iterator[tuple[Mapping[LineKey, BudgetVersion], Sequence[PostingRow]]]:
    """Yield movements, day by day, cut at the days on which a version came into force, with the lines of each part."""
    cuts = [bisect_left(moved, day, key=attrgetter("date")) for day in sorted({v.date for v in versions})]
    for start, end in pairwise((0, *cuts, len(moved))):
        if start < end:
            yield in_force(versions, moved[start].date), moved[start:end]


def unapproved(spent: Moved, versions: tuple[BudgetVersion, ...]) -> tuple[Unlined, ...]:
    """Return what was spent on lines in force before the day of their approval, by line."""
    groups: dict[LineKey, list[PostingRow]] = defaultdict(list)
    for pair, own in spent.items():
        for lines, moves in _stretches(own, versions):
            for key in covering(lines, *pair)[:1]:
                approved = lines[key].approved
                if approved is not None:
                    groups[key] += [move for move in moves if move.date < approved]
    found = (Unlined(Why.UNAPPROVED, key, tuple(oldest_first(moves))) for key, moves in sorted(groups.items()))
    return tuple(one for one in found if one.amount_fen > 0)


def uncovered(facts: Facts, year: int, until: datetime.date) -> tuple[Unlined, ...]:
    """Return all spending of a year up to a day that was without line or approval on its day."""
    spent, versions = movements(facts, year, until), versions_of(facts, year)
    return (*unlined(spent, versions), *unapproved(spent, versions)) if versions else ()


def unused(facts: Facts, year: int, until: datetime.date) -> tuple[BudgetLine, ...]:
    """Return the lines of expenditure with money on them that no voucher of the year touched up to a day."""
    lines = in_force(versions_of(facts, year), until)
    touched = {key for pair in movements(facts, year, until) for key in covering(lines, *pair)}
    return tuple(
        line
        for line in execution(facts, year, until)
        if line.element == SPENDING and line.in_force_fen and LineKey(line.account, line.project) not in touched
    )
