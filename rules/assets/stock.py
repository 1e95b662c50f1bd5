"""What the register of stock shows by itself: no receiver, less than nothing on hand, things that lie unmoved.

Rows come in order of day, item and quantity, up to the period's end.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pandas as pd

from ledger.rows import Row, records
from rules.finding import Evidence, Text
from rules.gather import day, register_evidence
from rules.remittance.months import day_in, month_of_day, shifted


def _worth(row: Row, quantity: int) -> int:
    return quantity * int(row["unit_cost_fen"])


def unsigned(rows: pd.DataFrame) -> list[Evidence]:
    """Return what was given out without a receiver."""
    out = rows[(rows["quantity"] < 0) & (rows["receiver"].astype(str).str.strip() == "")]
    evidence = []
    for row in records(out):
        note = Text(f"{row['item']} 出库 {-row['quantity']}，没有领用人", f"{row['item']}: no receiver")
        evidence.append(register_evidence("stock", row, note, _worth(row, -int(row["quantity"]))))
    return evidence


def negative(rows: pd.DataFrame, since: datetime.date) -> list[Evidence]:
    """Return the first day on which each item stood below nothing, of those days that lie in the period."""
    daily = rows.groupby([rows["item"].astype(str), "date"])["quantity"].sum().groupby(level=0).cumsum()
    below = daily[daily < 0].reset_index().drop_duplicates("item").sort_values(["date", "item"])
    evidence = []
    for row in records(below[below["date"] >= pd.Timestamp(since)]):
        own = rows[(rows["item"].astype(str) == row["item"]) & (rows["date"] == row["date"])].iloc[0]
        note = Text(f"{row['item']} 当日结存 {row['quantity']}", f"{row['item']}: {row['quantity']} on hand")
        evidence.append(register_evidence("stock", own, note, _worth(own, -int(row["quantity"]))))
    return evidence


def on_hand(rows: pd.DataFrame) -> Mapping[str, int]:
    """Return what is left of each item, of which anything is left."""
    left = rows.groupby(rows["item"].astype(str))["quantity"].sum()
    return {str(item): int(quantity) for item, quantity in left.items() if quantity > 0}


def idle(rows: pd.DataFrame, until: datetime.date, months: int) -> list[Evidence]:
    """Return the items of which something is left and that moved last more than some months before a day."""
    left, evidence = on_hand(rows), []
    for row in records(rows[rows["item"].isin(left)].drop_duplicates("item", keep="last")):
        moved, kept = day(row["date"]), left[str(row["item"])]
        if day_in(shifted(month_of_day(moved), months), moved.day) < until:
            note = Text(f"{row['item']} 结存 {kept}，{moved} 以后没有收发", f"{row['item']}: {kept} left since {moved}")
            evidence.append(register_evidence("stock", row, note, _worth(row, kept)))
    return evidence
