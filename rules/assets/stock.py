"""What the register of stock shows by itself: no receiver, less than nothing on hand, things that lie unmoved.

Rows come in order of day, item and quantity, up to the period's end.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ledger.register_rows import StockRow
from rules.evidence import register_evidence
from rules.finding import Evidence, Text
from rules.remittance.months import day_in, month_of_day, shifted
from rules.rule import Case


class Moved(NamedTuple):
    """A row of the register of stock with its day."""

    day: datetime.date
    row: StockRow

    def evidence(self, note: Text, quantity: int) -> Evidence:
        """Return the row as evidence, with what a quantity of it is worth."""
        return register_evidence(self.row, note, quantity * self.row.unit_cost_fen)


def moved_stock(case: Case) -> tuple[Moved, ...]:
    """Return what moved up to the period's end, in order of day and item."""
    rows = (Moved(row.date, row) for row in case.rows(StockRow) if row.date is not None and row.date <= case.until)
    return tuple(sorted(rows, key=_order))


def _order(one: Moved) -> tuple[datetime.date, str, int, int, int]:
    return (one.day, one.row.item, one.row.quantity, one.row.unit_cost_fen, one.row.line)


def unsigned(moved: Sequence[Moved]) -> list[Evidence]:
    """Return what was given out without a receiver."""
    evidence = []
    for one in moved:
        item, out = one.row.item, -one.row.quantity
        if out > 0 and not one.row.receiver.strip():
            evidence.append(one.evidence(Text(f"{item} 出库 {out}，没有领用人", f"{item}: no receiver"), out))
    return evidence


def negative(moved: Sequence[Moved], since: datetime.date) -> list[Evidence]:
    """Return the first day on which each item stood below nothing, of those days that lie in the period."""
    standing: dict[str, int] = defaultdict(int)
    days: dict[tuple[datetime.date, str], tuple[int, Moved]] = {}
    for one in moved:
        standing[one.row.item] += one.row.quantity
        _, first = days.get((one.day, one.row.item), (0, one))
        days[one.day, one.row.item] = (standing[one.row.item], first)
    below: dict[str, tuple[int, Moved]] = {}
    for (_, item), (quantity, first) in days.items():
        if quantity < 0:
            below.setdefault(item, (quantity, first))
    evidence = []
    for item, (quantity, first) in below.items():
        if first.day >= since:
            note = Text(f"{item} 当日结存 {quantity}", f"{item}: {quantity} on hand")
            evidence.append(first.evidence(note, -quantity))
    return evidence


def on_hand(moved: Sequence[Moved]) -> Mapping[str, int]:
    """Return what is left of each item, of which anything is left."""
    left: dict[str, int] = defaultdict(int)
    for one in moved:
        left[one.row.item] += one.row.quantity
    return {item: quantity for item, quantity in left.items() if quantity > 0}


def idle(moved: Sequence[Moved], until: datetime.date, months: int) -> list[Evidence]:
    """Return the items of which something is left and that moved last more than some months before a day."""
    left = on_hand(moved)
    last = {one.row.item: one for one in moved if one.row.item in left}
    evidence = []
    for item, one in sorted(last.items(), key=lambda pair: _order(pair[1])):
        if day_in(shifted(month_of_day(one.day), months), one.day.day) < until:
            kept = left[item]
            note = Text(f"{item} 结存 {kept}，{one.day} 以后没有收发", f"{item}: {kept} left since {one.day}")
            evidence.append(one.evidence(note, kept))
    return evidence
