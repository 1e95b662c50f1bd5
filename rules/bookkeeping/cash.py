"""Cash day by day: what was drawn, received, paid in and paid out, and which payments can only have come from receipts.

Cash on hand is kept in two pots: the float (opening balance, drawn from the bank, advances handed back) and receipts.
Within a day money is drawn first, then received, then paid in at the bank (receipts first), then paid out (float
first): the order that accuses least. What the float cannot have paid came out of receipts.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from ledger.facts import Facts
from ledger.rows import Row
from rules.gather import day

CASH, BANK = "cash_on_hand", "bank_deposit"
_OWED = ("other_payables", "custody_funds", "due_to_higher_union", "due_to_lower_union", "due_from_lower_union")


@dataclass(frozen=True)
class CashVoucher:
    """One voucher that moves cash, in fen: drawn from the bank, received, paid in at it, paid out; `row` its cash line.

    Cash that comes back without income or debt behind it (an advance handed back, a correction) counts as `drawn_fen`.
    """

    date: datetime.date
    row: Row
    drawn_fen: int
    received_fen: int
    banked_fen: int
    paid_fen: int


@dataclass(frozen=True)
class CashDay:
    """A day with cash vouchers: its closing balance, receipts still kept, and what was paid out of receipts."""

    date: datetime.date
    closing_fen: int
    kept_fen: int
    from_receipts: tuple[tuple[CashVoucher, int], ...]


def cash_vouchers(facts: Facts, until: datetime.date) -> tuple[CashVoucher, ...]:
    """Return every voucher that moved cash in the end, up to a day, in order of day and number."""
    rows = facts.journal
    rows = rows[(rows["date"] <= pd.Timestamp(until)) & ~(rows["opening"] | rows["change_over"])]
    touched = rows.loc[rows["group"] == CASH, "entry"].unique()
    rows = rows[rows["entry"].isin(touched)]
    rows = rows.assign(group=rows["group"].astype(str), element=rows["element"].astype(str))
    ordered = rows.sort_values(["date", "voucher", "account", "amount_fen", "line"])
    found = []
    for _, own in ordered.groupby("entry", sort=False):
        sums = {str(group): int(fen) for group, fen in own.groupby("group")["amount_fen"].sum().items()}
        if sums.get(CASH):
            income = -int(own.loc[own["element"] == "income", "amount_fen"].sum())
            found.append(_voucher(own[own["group"] == CASH].iloc[0], sums, income))
    return tuple(sorted(found, key=lambda v: (v.date, str(v.row["voucher"]))))


def _voucher(row: Row, sums: Mapping[str, int], income: int) -> CashVoucher:
    cash, bank = sums[CASH], sums.get(BANK, 0)
    at = day(row["date"])
    if cash > 0:
        drawn = min(cash, max(0, -bank))
        behind = max(0, income) + sum(max(0, -sums.get(group, 0)) for group in _OWED)
        received = min(cash - drawn, behind)
        return CashVoucher(at, row, cash - received, received, 0, 0)
    banked = min(-cash, max(0, bank))
    return CashVoucher(at, row, 0, 0, banked, -cash - banked)


def cash_days(facts: Facts, vouchers: tuple[CashVoucher, ...]) -> Iterator[CashDay]:
    """Yield every day with cash vouchers, from the first of the book."""
    rows = facts.journal
    begun = rows[(rows["group"] == CASH) & (rows["opening"] | rows["change_over"])]
    pots = {"float": int(begun["amount_fen"].sum()), "receipts": 0}
    by_day: dict[datetime.date, list[CashVoucher]] = {}
    for voucher in vouchers:
        by_day.setdefault(voucher.date, []).append(voucher)
    for at in sorted(by_day):
        own = by_day[at]
        pots["float"] += sum(v.drawn_fen for v in own)
        pots["receipts"] += sum(v.received_fen for v in own)
        for voucher in own:
            share = min(pots["receipts"], voucher.banked_fen)
            pots["receipts"] -= share
            pots["float"] -= voucher.banked_fen - share
        used = []
        for voucher in own:
            short = max(0, voucher.paid_fen - max(0, pots["float"]))
            taken = min(short, pots["receipts"])
            pots["receipts"] -= taken
            pots["float"] -= voucher.paid_fen - taken
            if taken:
                used.append((voucher, taken))
        yield CashDay(at, pots["float"] + pots["receipts"], pots["receipts"], tuple(used))
