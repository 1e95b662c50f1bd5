"""What each voucher did, net by group of accounts, and how a voucher is named and shown as evidence."""

from __future__ import annotations

import datetime

import pandas as pd

from ledger.rows import Row
from rules.finding import Evidence, Text
from rules.rule import Case

MONEY = ("cash_on_hand", "bank_deposit", "zero_balance_quota", "treasury_quota_returnable")
THINGS = ("fixed_assets", "intangible_assets", "construction_in_progress", "long_term_deferred_expense")


def business(case: Case, until: datetime.date | None = None) -> pd.DataFrame:
    """Return the journal of all years up to a day (the period's end) without opening, change-over, carry-forward."""
    rows = case.facts.journal
    kept = rows["date"] <= pd.Timestamp(case.until if until is None else until)
    return rows[kept & ~(rows["opening"] | rows["change_over"] | rows["carry_forward"])]


def touching(rows: pd.DataFrame, *groups: str) -> pd.DataFrame:
    """Return the whole vouchers among rows that have a line on one of the level-1 accounts."""
    return rows[rows["entry"].isin(rows.loc[rows["group"].isin(groups), "entry"].unique())]


class Nets:
    """The net of every voucher on each group of accounts, signed fen, debit positive."""

    def __init__(self, rows: pd.DataFrame, column: str = "group") -> None:
        keys = [rows["entry"], rows[column].astype(str)]
        self._table = rows.groupby(keys)["amount_fen"].sum().unstack(fill_value=0)

    def of(self, *names: str) -> pd.Series:
        """Return the net of each voucher on some groups together, by entry."""
        known = [name for name in names if name in self._table.columns]
        return self._table[known].sum(axis=1).astype("int64")


def headers(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row a voucher, in order of day and number: the first line of each by account."""
    ordered = rows.sort_values(["date", "voucher", "entry", "account", "amount_fen"])
    return ordered.drop_duplicates("entry").set_index("entry", drop=False)


def net_key(row: Row) -> str:
    """Return what a voucher counts for: the number of the one it reverses, else its own, else its place."""
    return str(row["reverses"]) or str(row["voucher"]) or f"#{int(row['entry'])}"


def header_evidence(row: Row, note: Text, amount_fen: int, account: str = "") -> Evidence:
    """Return a voucher as evidence with an amount of its own, at the place of its first line."""
    return Evidence(
        note,
        voucher=str(row["voucher"]),
        date=pd.Timestamp(row["date"]).date(),
        account=account or str(row["account"]),
        amount_fen=amount_fen,
        file=str(row["file"]),
        line=int(row["line"]),
    )


def named(row: Row) -> str:
    """Return the voucher's number as people read it, with day and narration where it has none."""
    return str(row["voucher"]) or f"（无字号，{row['date']:%Y-%m-%d} {row['narration']}）"
