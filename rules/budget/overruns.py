"""What became of every line that was spent beyond its budget: who approved, how far it went, what healed it.

A line is healed by a revision when it was still over on the revision's day and the revision's amount covers all
that had been spent before that day. What had come back before the revision, or went to another line, healed it
without one. What is still over on the last day is not healed, whatever happened in between.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from ledger.facts import Facts
from ledger.journal_rows import net_fen
from rules.budget.execution import Exceeding, execution, line_totals, movements, replay
from rules.budget.lines import BudgetVersion, LineKey, in_force, versions_of


class Outcome(StrEnum):
    """How an overrun ended."""

    REVISED = "revised"  # a later revision covered it
    RETURNED = "returned"  # red entries, or another line that took the spending over
    OPEN = "open"  # still over on the last day


@dataclass(frozen=True)
class Overrun:
    """One line that some voucher took beyond the budget in force on its day; amounts in fen.

    `approver` is who approved the first voucher beyond (empty: not recorded), `worst_fen` the furthest that a
    voucher took it over, `left_fen` what it is still over on the last day, `healed_by` the first revision that
    covered it, None where none did. `vouchers` counts the vouchers spent while over.
    """

    key: LineKey
    first: Exceeding
    approver: str
    worst_fen: int
    left_fen: int
    healed_by: BudgetVersion | None
    vouchers: int

    @property
    def outcome(self) -> Outcome:
        """How it ended."""
        if self.left_fen:
            return Outcome.OPEN
        return Outcome.REVISED if self.healed_by else Outcome.RETURNED


def overruns(facts: Facts, year: int, until: datetime.date) -> tuple[Overrun, ...]:
    """Return every overrun of a year up to a day, in order of account and project."""
    found = replay(facts, year, until)
    lines = {LineKey(line.account, line.project): line for line in execution(facts, year, until)}
    made = []
    for key, exceedings in sorted(found.items()):
        first = exceedings[0]
        made.append(
            Overrun(
                key=key,
                first=first,
                approver=first.movement.head.approved_by,
                worst_fen=max(e.excess_fen for e in exceedings),
                left_fen=max(0, -lines[key].remaining_fen),
                healed_by=healing(facts, year, until, key, first),
                vouchers=len(exceedings),
            )
        )
    return tuple(made)


def healing(facts: Facts, year: int, until: datetime.date, key: LineKey, first: Exceeding) -> BudgetVersion | None:
    """Return the first revision after a line was exceeded that covered what had been spent on it, or None."""
    versions = versions_of(facts, year)
    spent = movements(facts, year, until)
    for day in sorted({v.date for v in versions if v.key == key and first.movement.date < v.date <= until}):
        earlier = {pair: net_fen(m for m in own if m.date < day) for pair, own in spent.items()}
        before = in_force(versions, day - datetime.timedelta(days=1))
        if line_totals(earlier, before).get(key, 0) <= before[key].amount_fen:
            return None
        after = in_force(versions, day)
        if line_totals(earlier, after).get(key, 0) <= after[key].amount_fen:
            return after[key]
    return None
