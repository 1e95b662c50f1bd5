"""Things leaving the books: what takes them out, cards whose disposal no voucher shows, and what sales brought in."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.facts import Facts
from ledger.journal_rows import PostingRow, net_fen
from rules.assets.cards import Card
from rules.rule import Case
from rules.vouchers import MONEY, by_number, first_line, net_on, vouchers_of

DISPOSABLE = ("fixed_assets", "intangible_assets")
_PROCEEDS = ("other_income", "assets_pending_disposal", "other_payables")


class Leaving(NamedTuple):
    """A voucher that takes things out of the books: its first line, and the cost of what left."""

    line: PostingRow
    left_fen: int


def leaving(vouchers: Iterable[Sequence[PostingRow]]) -> list[Leaving]:
    """Return which of some vouchers take things out of the books, in order of day and number."""
    found = []
    for voucher in by_number(vouchers):
        left = -net_on(voucher, *DISPOSABLE)
        rebuilt = net_on(voucher, "construction_in_progress") > 0
        if left > 0 and not rebuilt and not voucher[0].head.reverses:
            found.append(Leaving(first_line(voucher), left))
    return found


def unbooked(case: Case, disposed: list[Card]) -> list[Card]:
    """Return the disposed cards whose cost no voucher since the month of disposal took out of the books."""
    if not disposed:
        return []
    first = min(c.disposed for c in disposed if c.disposed).replace(day=1)
    booked = case.facts.booked
    moved = [p for p in booked.on(*DISPOSABLE) if first <= p.date <= case.until and p.head.business]
    amounts = [one.left_fen for one in leaving(vouchers_of(booked, moved))]
    open_cards: list[Card] = []
    for card in disposed:
        if card.cost_fen in amounts:
            amounts.remove(card.cost_fen)
        else:
            open_cards.append(card)
    pool, missing = sum(amounts) + _changed_over(case, first), []
    for card in sorted(open_cards, key=lambda c: (c.cost_fen, c.asset_id)):
        if pool >= card.cost_fen:
            pool -= card.cost_fen
        else:
            missing.append(card)
    return sorted(missing, key=lambda c: c.asset_id)


def _changed_over(case: Case, first: datetime.date) -> int:
    """Return the cost that the change-over of 2022-01-01, if it is not before a day, took off the asset accounts.

    Things below the limits of 财会〔2021〕7号 stop being fixed assets by it (财会〔2021〕16号二（一）9（1）).
    """
    own = case.facts.booked.on(*DISPOSABLE)
    return max(0, -net_fen(posting for posting in own if posting.head.change_over and posting.date >= first))


def proceeds(facts: Facts, year: int) -> list[PostingRow]:
    """Return a line of each voucher of a year in which money came for what was sold."""
    booked = facts.booked
    lines = {line.entry: line for line in booked.on(*_PROCEEDS) if line.date.year == year}
    return [
        line
        for entry, line in lines.items()
        if not line.head.carry_forward
        and net_on(booked.by_entry[entry], *_PROCEEDS) < 0
        and net_on(booked.by_entry[entry], *MONEY, "other_receivables") > 0
    ]
