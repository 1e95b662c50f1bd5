"""Custody funds and the money kept apart for them: balances at month ends, and the lines that move either."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import pandas as pd

from ledger.accounts import components
from ledger.facts import Facts
from rules.remittance.months import last_day, month_of_day, span
from rules.remittance.movements import MONEY

CUSTODY, MARK = "custody_funds", "代管"


@dataclass(frozen=True)
class Held:
    """Custody funds owed and custody money kept at the end of a day, in fen."""

    day: datetime.date
    owed_fen: int
    kept_fen: int

    @property
    def gap_fen(self) -> int:
        """Money kept less what is owed: below zero where money is missing."""
        return self.kept_fen - self.owed_fen


def is_custody_money(account: str, group: str) -> bool:
    """Tell whether an account is a sub-account of money whose name says 代管."""
    return group in MONEY and any(MARK in name for _, name in components(account)[1:])


def custody_rows(facts: Facts, until: datetime.date) -> pd.DataFrame:
    """Return the journal's lines on custody funds and custody money up to a day, with `owed` telling which."""
    rows = facts.journal
    rows = rows[(rows["date"] <= pd.Timestamp(until)) & rows["group"].isin((CUSTODY, *MONEY))]
    owed = rows["group"] == CUSTODY
    money = {a for a in rows["account"].astype(str).unique() if any(MARK in n for _, n in components(a)[1:])}
    kept: pd.DataFrame = rows.assign(owed=owed)[owed | rows["account"].isin(money)]
    return kept


def month_ends(rows: pd.DataFrame, since: datetime.date, until: datetime.date) -> tuple[Held, ...]:
    """Return what was owed and kept at each month's end of a period, and on its last day."""
    days = sorted({min(last_day(month), until) for month in span(month_of_day(since), month_of_day(until))})
    found = []
    for day in days:
        own = rows[rows["date"] <= pd.Timestamp(day)]
        owed = -int(own.loc[own["owed"], "amount_fen"].sum())
        found.append(Held(day, owed, int(own.loc[~own["owed"], "amount_fen"].sum())))
    return tuple(found)
