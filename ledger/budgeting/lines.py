"""Budget entries in the making: the version of each line in force, and what lines add up to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from ledger.budget_lines import FUNDS, INCOME, SPENDING, LineKey, covering, covers, outermost
from ledger.vouchers import BudgetEntry

__all__ = [
    "FUNDS",
    "INCOME",
    "SPENDING",
    "LineKey",
    "covering",
    "covers",
    "in_force",
    "key_of",
    "outermost",
    "total",
]


def key_of(entry: BudgetEntry) -> LineKey:
    """Return the line that an entry is a version of."""
    return LineKey(entry.account, entry.project)


def in_force(entries: Iterable[BudgetEntry], day: datetime.date) -> dict[LineKey, BudgetEntry]:
    """Return the version of each line that is in force on a day: the last whose day is not later."""
    ordered = sorted(entries, key=lambda e: (e.date, e.version))
    return {key_of(entry): entry for entry in ordered if entry.date <= day}


def total(amounts: Mapping[LineKey, int], element: str) -> int:
    """Return what the lines of one element add up to, in fen, each amount counted once."""
    return sum(amounts[key] for key in outermost(key for key in amounts if key.element == element))
