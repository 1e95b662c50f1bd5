"""What each voucher spent on each invoice, net of what later vouchers took back."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from ledger.journal_rows import PostingRow, net_fen
from rules.expenditure.purchases import one_each, spending_so_far
from rules.gather import taken_back
from rules.rule import Case

STANDING = attrgetter("account", "amount_fen", "line")  # orders the lines of a voucher


def spent_by_invoice(case: Case) -> Sequence[PostingRow]:
    """Return a line for what each voucher spent on each invoice up to the period's end, less what was reversed.

    In order of vouchers; the first of its lines by account and amount stands for each. Blanks around an invoice's
    number are dropped; spending without an invoice has the number "". Vouchers that take others back are left out.
    """
    lines = _without_blanks(spending_so_far(case))
    found = one_each(lines, attrgetter("invoice"), _as_one)
    taken = taken_back(case)
    if taken:
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
