"""How a year's budget stands on a day: of every line what is spent, what is committed and what is left."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from ledger.budgeting.commitments import Commitment, commitments, on_commitment_lines
from ledger.budgeting.lines import FUNDS, SPENDING, LineKey, in_force, outermost
from ledger.budgeting.spent import moved, off_lines, on_lines
from ledger.budgeting.transfers import Transfer, transfers
from ledger.facts import Facts
from ledger.importers.existing import budgets_of


@dataclass(frozen=True)
class LineStanding:
    """One line of a budget on a day, in fen: budget = spent + committed + left.

    `budget_fen` is None where money moved without any line, `original_fen` for a line that a revision added.
    `spent_fen` is what was received for a line of income; a line of net assets (use of earlier years' funds) has
    none. `contained` tells that a line above, of the same project, counts these amounts too.
    """

    key: LineKey
    original_fen: int | None
    budget_fen: int | None
    version: int | None
    spent_fen: int
    committed_fen: int
    contained: bool

    @property
    def left_fen(self) -> int:
        """What may still be committed: negative where the budget is exceeded or there is none."""
        return (self.budget_fen or 0) - self.spent_fen - self.committed_fen

    @property
    def share(self) -> Decimal | None:
        """How much of the budget is spent and committed, a fraction of one; None without a budget or with zero."""
        return Decimal(self.spent_fen + self.committed_fen) / self.budget_fen if self.budget_fen else None


@dataclass(frozen=True)
class Standing:
    """A year's budget on a day; `commitments` is None where the book keeps no list of contracts."""

    year: int
    until: datetime.date
    lines: tuple[LineStanding, ...]
    commitments: tuple[Commitment, ...] | None
    transfers: tuple[Transfer, ...]

    def of(self, element: str) -> tuple[LineStanding, ...]:
        """Return the lines of one element (`income`, `expense`, `net_assets`)."""
        return tuple(line for line in self.lines if line.key.element == element)

    @property
    def projects(self) -> dict[str, tuple[LineStanding, ...]]:
        """Lines of spending by project, "" for basic expenditure; a line that another contains is left out."""
        found: dict[str, tuple[LineStanding, ...]] = {}
        for line in self.of(SPENDING):
            if not line.contained:
                found[line.key.project] = (*found.get(line.key.project, ()), line)
        return dict(sorted(found.items()))

    @property
    def unassigned_fen(self) -> int:
        """What is committed by contracts of which no budget line is known, lapsed ones left out."""
        return sum(c.open_fen for c in self.commitments or () if c.line is None and not c.lapsed)


def standing(facts: Facts, year: int, until: datetime.date) -> Standing:
    """Return how a year's budget stands at the end of a day, lines in order of account and project."""
    entries = [entry for entry in budgets_of(facts) if entry.year == year]
    lines = in_force(entries, until)
    originals = {LineKey(e.account, e.project): e.amount_fen for e in entries if e.version == 0}
    spending = [key for key in lines if key.element == SPENDING]
    found = commitments(facts, year, until, spending)
    committed = on_commitment_lines(found or (), spending)
    amounts = moved(facts, year, until)
    spent = on_lines((key for key in lines if key.element != FUNDS), amounts)
    whole = set(outermost(lines))
    made = [
        LineStanding(
            key=key,
            original_fen=originals.get(key),
            budget_fen=entry.amount_fen,
            version=entry.version,
            spent_fen=spent.get(key, 0),
            committed_fen=committed.get(key, 0),
            contained=key not in whole,
        )
        for key, entry in lines.items()
    ]
    made += [
        LineStanding(key, None, None, None, fen, 0, False) for key, fen in off_lines(lines, amounts, until).items()
    ]
    ordered = tuple(sorted(made, key=lambda line: line.key))
    return Standing(year, until, ordered, found, transfers(e for e in entries if e.date <= until))
