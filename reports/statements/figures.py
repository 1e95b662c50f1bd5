"""What the statements ask of a book beside its balances: which forms hold, and whether a year is there."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pandas as pd

from ledger.accounts import Chart, chart_on
from ledger.facts import Facts
from reports.statements.statement import StatementError


def has_books(facts: Facts, year: int) -> bool:
    """Whether the book holds anything at or before the end of a year."""
    return bool((facts.journal["date"] <= pd.Timestamp(year, 12, 31)).any())


def chart_of(day: datetime.date) -> Chart:
    """Return the chart whose forms hold on a day, or raise StatementError for days before the oldest."""
    chart = chart_on(day)
    if day < chart.since:
        raise StatementError(
            f"{day} 早于财会〔2009〕7号的施行日 {chart.since}，没有更早的报表格式；请选择其后的期间",
            f"{day} lies before {chart.since}, and no older forms are known; choose a later period",
        )
    return chart


def moved_to(balances: Mapping[str, int], meaning: str, fen: int) -> dict[str, int]:
    """Return balances with a credit of so many fen added to one meaning."""
    return {**balances, meaning: balances.get(meaning, 0) - fen}
