"""Payments in cash above the limit: vouchers, and within distribution lists the members."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from ledger.journal_rows import VoucherRow
from ledger.register_rows import GrantRow
from rules.bookkeeping.cash import CASH, CashVoucher
from rules.finding import Certainty
from rules.rule import Case
from rules.text.match import match

_CASH_FORMS = ("cash", "")


def exempt(voucher: VoucherRow, at: datetime.date) -> bool:
    """Tell whether the words of a voucher are of travel or farm produce, which may be paid in cash in full."""
    return bool(match(f"{voucher.narration} {voucher.activity}", "travel", at))


def over_limit(case: Case, voucher: CashVoucher, limit_fen: int) -> int | None:
    """Return what a voucher paid in cash above the limit, to one payee or in all to listed members above it.

    0 where nothing was; None where it names a list that the register of grants does not hold.
    """
    if voucher.paid_fen <= limit_fen:
        return 0
    name = voucher.line.list
    if not name:
        return voucher.paid_fen
    if "grants" not in case.facts.registers:
        return None
    listed = _lists(case).get(name)
    if listed is None:
        return None
    sums: dict[str, int] = defaultdict(int)
    for grant in listed:
        if grant.form in _CASH_FORMS:
            sums[grant.member_id] += grant.amount_fen
    return sum(fen for fen in sums.values() if fen > limit_fen)


def _lists(case: Case) -> Mapping[str, Sequence[GrantRow]]:
    """Return the register of grants by list."""

    def gathered() -> Mapping[str, Sequence[GrantRow]]:
        grants = sorted(case.rows(GrantRow), key=attrgetter("list"))
        return {name: tuple(own) for name, own in groupby(grants, attrgetter("list"))}

    return case.facts.once("grants by list", gathered)


def certainty(case: Case, voucher: CashVoucher) -> Certainty:
    """Return whether a payment is certainly one: expenditure, with at most one invoice behind it."""
    own = case.facts.booked.by_entry[voucher.line.entry]
    plain = all(line.element == "expense" or line.group == CASH for line in own)
    invoices = {line.invoice for line in own if line.invoice}
    return Certainty.ESTABLISHED if plain and len(invoices) <= 1 else Certainty.LEAD
