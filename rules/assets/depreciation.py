"""Straight-line depreciation by month, from the cards, beside what the books charged.

第三十五条: what comes in a month is charged in that month, what leaves is not, nothing is kept as residual value.
Unions round the monthly amount in different ways, so each card gives a lowest and a highest amount, a fen apart;
the last month takes what is left.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from ledger.accounts import charts
from ledger.journal_rows import PostingRow, net_fen
from rules.assets.cards import Card, cards
from rules.law import NoParameter
from rules.remittance.months import last_day, month_of_day, span
from rules.rule import Case
from rules.vouchers import days_kept, net_on

MONTHS_A_YEAR = 12
START = charts()[-1].since  # the accounting system that brought depreciation


@dataclass(frozen=True)
class Boundary:
    """A card whose first or last month explains a month's difference; `fen` is its charge of one month."""

    card: Card
    started: bool
    fen: int


@dataclass(frozen=True)
class MonthCharge:
    """One month: the least and the most that the cards call for, what was charged, and what explains the rest."""

    month: str
    low_fen: int
    high_fen: int
    booked_fen: int
    vouchers: tuple[str, ...]
    explained: tuple[Boundary, ...] = ()

    @property
    def gap_fen(self) -> int:
        """What was charged too much (positive) or too little (negative), 0 within the rounding."""
        if self.booked_fen > self.high_fen:
            return self.booked_fen - self.high_fen
        return min(0, self.booked_fen - self.low_fen)


@dataclass(frozen=True)
class Charges:
    """The testable months of a period, the cards without what is needed, and whether any card is depreciable."""

    months: tuple[MonthCharge, ...]
    without: tuple[Card, ...]
    depreciable: bool


def _index(month: str) -> int:
    return int(month[:4]) * MONTHS_A_YEAR + int(month[5:]) - 1


def _index_of(day: datetime.date) -> int:
    return day.year * MONTHS_A_YEAR + day.month - 1


def due(card: Card, month: str) -> tuple[int, int]:
    """Return the least and the most that a card is charged in a month, in fen."""
    return _due(card, _index(month))


def _due(card: Card, month: int) -> tuple[int, int]:
    if card.acquired is None or not card.life_years:
        return 0, 0
    length = card.life_years * MONTHS_A_YEAR
    place = month - _index_of(card.acquired)
    left = card.disposed is not None and month >= _index_of(card.disposed)
    if left or not 0 <= place < length:
        return 0, 0
    low, high = card.cost_fen // length, -(-card.cost_fen // length)
    if place < length - 1:
        return low, high
    return max(0, card.cost_fen - (length - 1) * high), card.cost_fen - (length - 1) * low


def accumulated(card: Card, month: str) -> tuple[int, int]:
    """Return the least and the most that a card was charged up to the end of a month, in fen; 0 once it has left."""
    if card.acquired is None or not card.life_years:
        return 0, 0
    if card.disposed is not None and month >= month_of_day(card.disposed):
        return 0, 0
    length = card.life_years * MONTHS_A_YEAR
    passed = _index(month) - _index_of(card.acquired) + 1
    if passed <= 0:
        return 0, 0
    if passed >= length:
        return card.cost_fen, card.cost_fen
    return passed * (card.cost_fen // length), min(card.cost_fen, passed * -(-card.cost_fen // length))


def depreciable(case: Case, listed: Sequence[Card]) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    """Return the cards that are depreciated, and those that ought to be but lack a life or a day."""
    try:
        nominal = case.value("asset.nominal_value", max(case.until, START)).fen
    except NoParameter:
        nominal = 0
    own = [c for c in listed if c.own and not c.exempt and not c.intangible and c.cost_fen != nominal]
    whole = tuple(c for c in own if c.acquired and c.life_years)
    return whole, tuple(c for c in own if not (c.acquired and c.life_years))


def charges(case: Case) -> Charges:
    """Return the months of the period that lie wholly within it and within the books, each beside the cards."""
    # The law is kept with what was made of it, so that its identity names it for as long as that is kept.
    name = ("charges of depreciation", id(case.law), case.since, case.until)
    _, found = case.facts.once(name, lambda: (case.law, _charges(case)))
    return found


def _charges(case: Case) -> Charges:
    whole, without = depreciable(case, cards(case))
    kept = days_kept(case.facts)
    if kept is None:
        return Charges((), without, bool(whole))
    begins, ends = kept
    first = max(case.since, START, begins.replace(day=1))
    first_month = month_of_day(first if first.day == 1 else last_day(month_of_day(first)) + datetime.timedelta(1))
    last_month = month_of_day(min(case.until, last_day(month_of_day(ends))))
    if last_day(last_month) > case.until:
        last_month = month_of_day(case.until.replace(day=1) - datetime.timedelta(1))
    booked = _booked(case)
    months = []
    for month in span(first_month, last_month):
        place = _index(month)
        amounts = [_due(card, place) for card in whole]
        charged, vouchers = booked.get(month, (0, ()))
        low, high = sum(low for low, _ in amounts), sum(high for _, high in amounts)
        months.append(MonthCharge(month, low, high, charged, vouchers))
    return Charges(tuple(_explained(months, whole)), without, bool(whole))


def _booked(case: Case) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return by month what was credited to 163 net, without vouchers that take a thing out of the books."""
    booked = case.facts.booked
    lines: dict[str, list[PostingRow]] = {}
    for line in booked.on("accumulated_depreciation"):
        if line.date <= case.until and line.head.business and net_on(booked.by_entry[line.entry], "fixed_assets") >= 0:
            lines.setdefault(month_of_day(line.date), []).append(line)
    return {month: (-net_fen(own), tuple(sorted({line.voucher for line in own}))) for month, own in lines.items()}


def _explained(months: Sequence[MonthCharge], listed: Sequence[Card]) -> list[MonthCharge]:
    """Put to each month's difference the cards whose first or last month alone makes it."""
    found: list[MonthCharge] = []
    for place, one in enumerate(months):
        follows = months[place + 1] if place + 1 < len(months) else None
        late_start = follows is None or follows.gap_fen >= 0
        found.append(_with_boundary(one, listed, late_start=late_start) if one.gap_fen else one)
    return found


def _with_boundary(one: MonthCharge, listed: Sequence[Card], *, late_start: bool) -> MonthCharge:
    place = _index(one.month)
    came = [c for c in listed if c.acquired and _index_of(c.acquired) == place and _due(c, place)[1]]
    gone = [c for c in listed if _stopped(c, place)]
    for new, old in product(_choices(came if late_start else []), _choices(gone)):
        low = one.low_fen - sum(due(c, one.month)[0] for c in new) + sum(_monthly(c)[0] for c in old)
        high = one.high_fen - sum(due(c, one.month)[1] for c in new) + sum(_monthly(c)[1] for c in old)
        if (new or old) and low <= one.booked_fen <= high:
            why = [Boundary(c, True, _monthly(c)[1]) for c in new] + [Boundary(c, False, _monthly(c)[1]) for c in old]
            return MonthCharge(one.month, one.low_fen, one.high_fen, one.booked_fen, one.vouchers, tuple(why))
    return one


def _choices(listed: Sequence[Card]) -> list[tuple[Card, ...]]:
    singles = [(card,) for card in listed] if len(listed) > 1 else []
    return [(), tuple(listed), *singles] if listed else [()]


def _monthly(card: Card) -> tuple[int, int]:
    length = (card.life_years or 1) * MONTHS_A_YEAR
    return card.cost_fen // length, -(-card.cost_fen // length)


def _stopped(card: Card, month: int) -> bool:
    """Tell whether a month is the first without a charge: the month of leaving, or the one after the life's end."""
    if card.acquired is None or not card.life_years:
        return False
    place = month - _index_of(card.acquired)
    length = card.life_years * MONTHS_A_YEAR
    if card.disposed is not None and _index_of(card.disposed) == month:
        return 0 <= place < length
    return place == length and (card.disposed is None or _index_of(card.disposed) > month)
