"""Open items of receivables and payables, one sub-account a counterparty, settled first in, first out.

A sub-account that the change-over of 2022-01-01 carried whole to another one keeps its entries and their days there.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ledger.accounts import components
from ledger.facts import Facts
from rules.finding import Evidence, Text

Row = Mapping[str, Any]  # one line of the journal
_COLUMNS = ["entry", "date", "voucher", "account", "amount_fen", "narration", "change_over", "file", "line"]


@dataclass(frozen=True)
class OpenItem:
    """What one sub-account still holds at the end of a day, in fen on its ordinary side.

    `oldest` is the day of the oldest entry that is not settled; `parts` are the unsettled entries, oldest first.
    """

    account: str
    balance_fen: int
    oldest: datetime.date
    parts: tuple[Evidence, ...]

    @property
    def name(self) -> str:
        """The counterparty: the last component's name."""
        return _name(self.account)

    def days(self, day: datetime.date) -> int:
        """Calendar days that the oldest entry has been open on a day."""
        return (day - self.oldest).days


def open_items(
    facts: Facts, groups: Collection[str], day: datetime.date, *, credit: bool
) -> tuple[tuple[OpenItem, ...], int]:
    """Return the sub-accounts of some groups with a balance on their ordinary side, and how many there were.

    `credit` tells whether the ordinary side is credit. Sums of a voucher on a sub-account are netted first.
    """
    rows = facts.journal
    rows = rows[rows["group"].isin(groups) & (rows["date"] <= pd.Timestamp(day))]
    side = -1 if credit else 1
    heirs = _heirs(rows, side)
    lines: dict[str, list[Row]] = {}
    for row in rows[_COLUMNS].to_dict("records"):
        account = str(row["account"])
        carried = bool(row["change_over"]) and account in {*heirs, *heirs.values()}
        if not carried:
            lines.setdefault(heirs.get(account, account), []).append({str(k): v for k, v in row.items()})
    found = [_item(account, own, side) for account, own in sorted(lines.items())]
    return tuple(item for item in found if item is not None), len(lines)


def _heirs(rows: pd.DataFrame, side: int) -> Mapping[str, str]:
    """Return the sub-accounts that the change-over closed, with the one that took the whole balance over.

    Only where one name and one amount answer each other; where a balance was split its parts begin anew, for
    which entry went where is not in the books.
    """
    moved = rows[rows["change_over"]]
    if moved.empty:
        return {}
    totals = moved.groupby(moved["account"].astype(str))["amount_fen"].sum()
    sums = {str(account): side * int(fen) for account, fen in totals.items()}
    known = set(rows.loc[~rows["change_over"], "account"].astype(str))
    first = pd.Timestamp(moved["date"].min())
    older = set(rows.loc[rows["date"] < first, "account"].astype(str))
    closed = {name: -fen for name, fen in sums.items() if fen < 0 and name in known}
    opened = {name: fen for name, fen in sums.items() if fen > 0 and name not in older}
    heirs: dict[str, str] = {}
    for account, fen in sorted(closed.items()):
        alike = [a for a, f in opened.items() if f == fen and _name(a) == _name(account)]
        rivals = [a for a, f in closed.items() if f == fen and _name(a) == _name(account)]
        if len(alike) == 1 and len(rivals) == 1:
            heirs[account] = alike[0]
    return heirs


def _name(account: str) -> str:
    parts = components(account)
    return parts[-1][1] if parts else account


def _item(account: str, rows: Sequence[Row], side: int) -> OpenItem | None:
    sums: dict[int, int] = {}
    firsts: dict[int, Row] = {}
    for row in sorted(rows, key=lambda r: (r["date"], str(r["voucher"]), int(r["line"]))):
        entry = int(row["entry"])
        sums[entry] = sums.get(entry, 0) + side * int(row["amount_fen"])
        firsts.setdefault(entry, row)
    waiting = [(amount, firsts[entry]) for entry, amount in sums.items() if amount > 0]
    settled = -sum(amount for amount in sums.values() if amount < 0)
    open_parts = []
    for amount, row in waiting:
        paid = min(settled, amount)
        settled -= paid
        if amount > paid:
            open_parts.append((amount - paid, row))
    balance = sum(amount for amount, _ in open_parts) - settled
    if balance <= 0:
        return None
    return OpenItem(
        account,
        balance,
        pd.Timestamp(open_parts[0][1]["date"]).date(),
        tuple(
            Evidence(
                Text(f"未结清：{row['narration']}", "not settled"),
                str(row["voucher"]),
                pd.Timestamp(row["date"]).date(),
                account,
                amount,
                str(row["file"]),
                int(row["line"]),
            )
            for amount, row in open_parts
        ),
    )
