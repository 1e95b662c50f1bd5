"""Payments in cash above the limit: vouchers, and within distribution lists the members."""

from __future__ import annotations

import datetime

from ledger.rows import Row
from rules.bookkeeping.cash import CASH, CashVoucher
from rules.finding import Certainty
from rules.rule import Case
from rules.text.match import match

_CASH_FORMS = ("cash", "")


def exempt(row: Row, at: datetime.date) -> bool:
    """Tell whether the words of a voucher are of travel or farm produce, which may be paid in cash in full."""
    return bool(match(f"{row['narration']} {row['activity']}", "travel", at))


def over_limit(case: Case, voucher: CashVoucher, limit_fen: int) -> int | None:
    """Return what a voucher paid in cash above the limit, to one payee or in all to listed members above it.

    0 where nothing was; None where it names a list that the register of grants does not hold.
    """
    if voucher.paid_fen <= limit_fen:
        return 0
    name = str(voucher.row["list"])
    if not name:
        return voucher.paid_fen
    grants = case.facts.registers.get("grants")
    if grants is None:
        return None
    own = grants[(grants["list"].astype(str) == name) & grants["form"].isin(_CASH_FORMS)]
    if not (grants["list"].astype(str) == name).any():
        return None
    sums = own.groupby(own["member_id"].astype(str))["amount_fen"].sum()
    return int(sums[sums > limit_fen].sum())


def certainty(case: Case, voucher: CashVoucher) -> Certainty:
    """Return whether a payment is certainly one: expenditure, with at most one invoice behind it."""
    rows = case.facts.journal
    own = rows[rows["entry"] == voucher.row["entry"]]
    spent = own["element"] == "expense"
    plain = bool((spent | (own["group"].astype(str) == CASH)).all())
    invoices = {str(invoice) for invoice in own["invoice"] if str(invoice)}
    return Certainty.ESTABLISHED if plain and len(invoices) <= 1 else Certainty.LEAD
