"""What each voucher spent on each invoice, net of what later vouchers took back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter

from ledger.journal_rows import PostingRow, net_fen, sums_by
from rules.expenditure.purchases import one_each, reversing, spending_so_far
from rules.rule import Case

STANDING = attrgetter("account", "amount_fen", "line")  # orders the lines of a voucher


def spent_by_invoice(case: Case) -> Sequence[PostingRow]:
    """Return a line for what each voucher spent on each invoice up to the period's end, less what was reversed.

    In order of vouchers; the first of its lines by account and amount stands for each. Blanks around an invoice's
    number are dropped; spending without an invoice has the number "". Vouchers that take others back are left out.
    """
    lines = _without_blanks(spending_so_far(case))
    found = one_each(lines, attrgetter("invoice"), _as_one)
    if reversing(case):
        taken = _taken_back(lines)
        kept = [line for line in found if not line.head.reverses]
        found = [line._replace(amount_fen=line.amount_fen + taken.get(line.voucher, 0)) for line in kept]
    return [line for line in found if line.amount_fen > 0]


def _without_blanks(lines: Sequence[PostingRow]) -> Sequence[PostingRow]:
    invoices = [line.invoice for line in lines]
    plain = list(map(str.strip, invoices))
    if plain == invoices:
        return lines
    return [line._replace(invoice=invoice) for line, invoice in zip(lines, plain, strict=True)]


def _as_one(lines: Sequence[PostingRow]) -> PostingRow:
    return min(lines, key=STANDING)._replace(amount_fen=net_fen(lines))


def _taken_back(lines: Sequence[PostingRow]) -> Mapping[str, int]:
    """Return what lines took back from the spending of a voucher that they name, in fen below zero."""
    back = [line for line in lines if line.head.reverses]
    return {voucher: min(0, fen) for voucher, fen in sums_by(back, attrgetter("head.reverses")).items()}
