"""Balances out of the journal: at the beginning of a year, at the end of a day, and what no closing moved yet.

Sums are signed fen, debit positive. Groups are meanings of level-1 accounts, so that the change-over between
two charts of accounts needs no second form of the same question.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from ledger.closing import result_of
from ledger.facts import Facts
from ledger.rows import listed

CURRENT = ("income", "expense")  # elements that a closing empties
SURPLUS = "union_surplus"


def sums(rows: pd.DataFrame, column: str) -> dict[str, int]:
    """Return the sum of journal rows by a column (`group`, `meaning`, `account`), sums of zero included."""
    totals = rows.groupby(column, observed=True)["amount_fen"].sum()
    return dict(zip(map(str, totals.index.tolist()), totals.tolist(), strict=True))


def opening_rows(facts: Facts, year: int) -> pd.DataFrame:
    """Return the journal rows that make the balances at the beginning of a year.

    They are everything before the year, and within it the book's first balances (`#opening`) and the change-over
    of accounting systems, neither of which is business of the year.
    """
    rows = facts.journal
    before = rows["date"] < pd.Timestamp(year, 1, 1)
    within = (rows["date"].dt.year == year) & (rows["opening"] | rows["change_over"])
    chosen: pd.DataFrame = rows.loc[before | within]
    return chosen


def closing_rows(facts: Facts, day: datetime.date) -> pd.DataFrame:
    """Return the journal rows that make the balances at the end of a day."""
    rows = facts.journal
    return rows[rows["date"] <= pd.Timestamp(day)]


def standing(rows: pd.DataFrame) -> dict[str, int]:
    """Return the balances that journal rows make, by level-1 meaning, income and expenditure left out."""
    return sums(rows[~rows["element"].isin(CURRENT)], "group")


@dataclass(frozen=True)
class Unclosed:
    """Income and expenditure that no carry-forward has moved yet: credit balances positive, in fen.

    `results` are the parts by the meaning of the result each closes to (工会资金结转, 工会资金结余, 财政拨款结转),
    `accounts` counts the accounts that still hold something.
    """

    results: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    accounts: int = 0

    @property
    def total(self) -> int:
        """Everything not carried forward, in fen."""
        return sum(self.results.values())


def unclosed(rows: pd.DataFrame) -> Unclosed:
    """Return what the income and expenditure accounts still hold after the journal rows of a book up to a day.

    Each posting goes where the year-end carry-forward would take it (`ledger.closing.result_of`). Of an account
    that was carried forward in part, only later postings are told apart so; its rest counts as surplus.
    """
    current = rows[rows["element"].isin(CURRENT)]
    held = {account: fen for account, fen in sums(current, "account").items() if fen}
    if not held:
        return Unclosed()
    current = current[current["account"].isin(held)]
    closed = current[current["carry_forward"]].groupby("account", observed=True)["date"].max().to_dict()
    results: dict[str, int] = {}
    columns = ["account", "meaning", "fund", "project", "date", "amount_fen"]
    for account, meaning, fund, project, date, fen in zip(*(listed(current[name]) for name in columns), strict=True):
        if account not in closed or date > closed[account]:
            result = result_of(str(account), str(meaning), str(fund), str(project))
            results[result] = results.get(result, 0) - int(fen)
    rest = -sum(held.values()) - sum(results.values())
    results[SURPLUS] = results.get(SURPLUS, 0) + rest
    return Unclosed(MappingProxyType(results), len(held))
