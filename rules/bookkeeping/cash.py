"""Cash day by day: what was drawn, received, paid in and paid out, and which payments can only have come from receipts.

Cash on hand is kept in two pots: the float (opening balance, drawn from the bank, advances handed back) and receipts.
Within a day money is drawn first, then received, then paid in at the bank (receipts first), then paid out (float
first): the order that accuses least. What the float cannot have paid came out of receipts.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from ledger.facts import Facts
from ledger.journal_rows import PostingRow, net_fen, sums_by
from rules.indexes import openings, upto

CASH, BANK = "cash_on_hand", "bank_deposit"
_OWED = ("other_payables", "custody_funds", "due_to_higher_union", "due_to_lower_union", "due_from_lower_union")


@dataclass(frozen=True)
class CashVoucher:
    """One voucher that moves cash, in fen: drawn from the bank, received, paid in at it, paid out; `line` on cash.

    Cash that comes back without income or debt behind it (an advance handed back, a correction) counts as `drawn_fen`.
    """

    date: datetime.date
    line: PostingRow
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
    brought = openings(facts)
    touched = dict.fromkeys(line.entry for line in upto(facts.booked.on(CASH), until) if line.entry not in brought)
    vouchers = [sorted(facts.booked.by_entry[entry], key=_line_order) for entry in touched]
    found = []
    for own in sorted(vouchers, key=lambda own: (own[0].date, own[0].voucher, _line_order(own[0]))):
        sums = sums_by(own, attrgetter("group"))
        if sums[CASH]:
            found.append(_voucher(own, sums))
    return tuple(found)


def _line_order(line: PostingRow) -> tuple[str, int, int]:
    return (line.account, line.amount_fen, line.line)


def _voucher(lines: Sequence[PostingRow], sums: Mapping[str, int]) -> CashVoucher:
    line = next(line for line in lines if line.group == CASH)
    cash, bank, at = sums[CASH], sums.get(BANK, 0), line.date
    if cash > 0:
        drawn = min(cash, max(0, -bank))
        income = -net_fen(line for line in lines if line.element == "income")
        behind = max(0, income) + sum(max(0, -sums.get(group, 0)) for group in _OWED)
        received = min(cash - drawn, behind)
        return CashVoucher(at, line, cash - received, received, 0, 0)
    banked = min(-cash, max(0, bank))
    return CashVoucher(at, line, 0, 0, banked, -cash - banked)


def cash_days(facts: Facts, vouchers: tuple[CashVoucher, ...]) -> Iterator[CashDay]:
    """Yield every day with cash vouchers, from the first of the book."""
    brought = openings(facts)
    opening = [line for line in facts.booked.on(CASH) if line.entry in brought]
    pots, counted = {"float": 0, "receipts": 0}, 0
    by_day: dict[datetime.date, list[CashVoucher]] = {}
    for voucher in vouchers:
        by_day.setdefault(voucher.date, []).append(voucher)
    for at in sorted(by_day):
        own, known = by_day[at], len(upto(opening, at))
        pots["float"] += net_fen(opening[counted:known]) + sum(v.drawn_fen for v in own)
        counted = known
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
