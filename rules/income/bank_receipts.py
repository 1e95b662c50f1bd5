"""Receipts of the bank statement whose words point at an income, and whether the books ever took them.

A voucher's debit of the same account and amount answers for a receipt when it is dated in its month or later, each
once, the nearest first. Where the account's receipts at the bank exceed what the books debited over the period by
at least the amount, the money is missing from the books whatever the words; otherwise the amount may be booked in
one sum with others.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from ledger.rows import Row, records
from rules.gather import day
from rules.rule import Case
from rules.text.match import Match, match

CASH = frozenset({"cash_on_hand", "bank_deposit", "zero_balance_quota"})


@dataclass(frozen=True)
class Unbooked:
    """One receipt at the bank that no voucher answers for; `missing` tells that the account's total falls short."""

    row: Row
    day: datetime.date
    fen: int
    matches: tuple[Match, ...]
    missing: bool


def spoken_receipts(case: Case, key: str, means: Collection[str] = ()) -> list[tuple[Row, tuple[Match, ...]]]:
    """Return the bank's receipts of the period whose summary holds a word of a list, of some senses if given."""
    bank = case.register("bank")
    inside = (bank["date"] >= pd.Timestamp(case.since)) & (bank["date"] <= pd.Timestamp(case.until))
    credits = bank[inside & bank["credit_fen"].notna()]
    found: list[tuple[Row, tuple[Match, ...]]] = []
    for row in records(credits[credits["credit_fen"] > 0].sort_values(["date", "account", "line"])):
        hits = match(str(row["summary"]), key, day(row["date"]))
        if kept := tuple(hit for hit in hits if not means or hit.means in means):
            found.append((row, kept))
    return found


def unbooked(case: Case, key: str, means: Collection[str] = ()) -> tuple[list[Unbooked], int]:
    """Return the receipts that no voucher answers for, and how many receipts the words pointed at."""
    spoken = spoken_receipts(case, key, means)
    if not spoken:
        return [], 0
    rows = case.facts.journal
    rows = rows[rows["group"].isin(CASH) & (rows["amount_fen"] > 0) & ~(rows["opening"] | rows["change_over"])]
    totals = rows.groupby(["entry", rows["account"].astype(str), "date"])["amount_fen"].sum().reset_index()
    free = {
        (str(row["account"]), int(row["amount_fen"]), int(row["entry"])): day(row["date"])
        for row in totals.to_dict("records")
    }
    short = _shortfall(case)
    found = []
    for row, hits in spoken:
        at, fen, account = day(row["date"]), int(row["credit_fen"]), str(row["account"])
        same = [key for key, on in free.items() if key[:2] == (account, fen) and on >= at.replace(day=1)]
        if same:
            del free[min(same, key=lambda key: (abs((free[key] - at).days), free[key]))]
        else:
            found.append(Unbooked(row, at, fen, hits, short.get(account, 0) >= fen))
    return found, len(spoken)


def _shortfall(case: Case) -> dict[str, int]:
    """Return by account how far the bank's receipts of the period exceed what the books debited in it."""
    bank = case.register("bank")
    inside = (bank["date"] >= pd.Timestamp(case.since)) & (bank["date"] <= pd.Timestamp(case.until))
    credits = bank[inside].groupby(bank["account"].astype(str))["credit_fen"].sum()
    rows = case.activity
    debits = rows[rows["amount_fen"] > 0].groupby(rows["account"].astype(str))["amount_fen"].sum()
    return {str(account): int(fen) - int(debits.get(account, 0)) for account, fen in credits.items()}
