"""Payments in cash above the limit: vouchers, and within distribution lists the members."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from ledger.journal_rows import VoucherRow
from rules.bookkeeping.cash import CASH, CashVoucher
from rules.expenditure.grants import grants_by_list
from rules.finding import Certainty
from rules.invoices.parties import is_person, known_people
from rules.rule import Case
from rules.text.match import match

_CASH_FORMS = ("cash", "")


def exempt(voucher: VoucherRow, at: datetime.date) -> bool:
    """Tell whether the words of a voucher are of travel or farm produce, which may be paid in cash in full."""
    return bool(match(f"{voucher.narration} {voucher.activity}", "travel", at))


class Large(NamedTuple):
    """What payments in cash above the limit came to, and what of it lies beyond; `to_persons`: not to a supplier."""

    paid_fen: int
    beyond_fen: int
    to_persons: bool


def over_limit(case: Case, voucher: CashVoucher, limit_fen: int) -> Sequence[Large] | None:
    """Return what a voucher paid in cash above the limit, to one payee or in all to listed members above it.

    None where it names a list that the register of grants does not hold.
    """
    if voucher.paid_fen <= limit_fen:
        return ()
    name = voucher.line.list
    if not name:
        return (Large(voucher.paid_fen, voucher.paid_fen - limit_fen, _to_person(case, voucher)),)
    if "grants" not in case.facts.registers:
        return None
    listed = grants_by_list(case).get(name)
    if listed is None:
        return None
    sums: dict[str, int] = defaultdict(int)
    for grant in listed:
        if grant.form in _CASH_FORMS:
            sums[grant.member_id] += grant.amount_fen
    over = [fen for fen in sums.values() if fen > limit_fen]
    return (Large(sum(over), sum(over) - limit_fen * len(over), to_persons=True),) if over else ()


def _to_person(case: Case, voucher: CashVoucher) -> bool:
    """Tell whether a voucher pays a person, and does not refund one for what an invoice shows as bought elsewhere."""
    own = case.facts.booked.by_entry[voucher.line.entry]
    return is_person(voucher.line.head.payee, known_people(case.facts)) and not any(line.invoice for line in own)


def certainty(case: Case, voucher: CashVoucher) -> Certainty:
    """Return whether a payment is certainly one: expenditure, with at most one invoice behind it."""
    own = case.facts.booked.by_entry[voucher.line.entry]
    plain = all(line.element == "expense" or line.group == CASH for line in own)
    invoices = {line.invoice for line in own if line.invoice}
    return Certainty.ESTABLISHED if plain and len(invoices) <= 1 else Certainty.LEAD
