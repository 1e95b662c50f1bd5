"""What the treasurer says of a budget line's execution (registers/explanations.csv), and where nothing was said.

No law that was read sets the deviation from which a line has to be explained. A federation may: then the standard
`budget.explained_deviation` of union.toml holds the share, and lines beyond it without a word are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from ledger.facts import Facts
from ledger.register_rows import ExplanationRow, register_of, rows_of_register
from rules.budget.execution import BudgetLine
from rules.budget.lines import FLOWS, LineKey
from rules.law import ParameterValue

SHARE = "budget.explained_deviation"


class Explanation(NamedTuple):
    """One explanation: its words, who gave them and when (empty and None where the register does not say), its row."""

    text: str
    by: str
    on: str
    line: int


def explanations(facts: Facts, year: int) -> Mapping[LineKey, Explanation]:
    """Return the explanations of a year's lines; empty without the register."""
    if register_of(ExplanationRow) not in facts.registers:
        return {}
    return {
        LineKey(row.account, row.project): Explanation(
            row.explanation, row.by, "" if row.on is None else row.on.isoformat(), row.line
        )
        for row in rows_of_register(facts, ExplanationRow)
        if row.year == year
    }


def deviation(line: BudgetLine) -> Decimal | None:
    """Return how far a line's actual amount is from its budget, as a share of it; None where there is nothing to ask.

    A line that spent or received without any budget deviates wholly: 1.
    """
    if line.disputed or line.element not in FLOWS:
        return None
    if not line.in_force_fen:
        return Decimal(1) if line.actual_fen else Decimal(0)
    return Decimal(abs(line.actual_fen - line.in_force_fen)) / line.in_force_fen


def unexplained(
    lines: Iterable[BudgetLine], told: Mapping[LineKey, Explanation], share: ParameterValue | None
) -> tuple[BudgetLine, ...]:
    """Return the lines that deviate by more than a share and that nobody explained; none where no share is set."""
    if share is None:
        return ()
    return tuple(
        line
        for line in lines
        if LineKey(line.account, line.project) not in told and (deviation(line) or 0) > share.number
    )


def unmatched(lines: Iterable[BudgetLine], told: Mapping[LineKey, Explanation]) -> tuple[LineKey, ...]:
    """Return what was explained and is no line of the year: mostly a slip in account or project."""
    known = {LineKey(line.account, line.project) for line in lines}
    return tuple(sorted(key for key in told if key not in known))
