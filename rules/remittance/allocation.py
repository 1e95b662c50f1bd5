"""Which receipt counts for which month of wages.

Receipts that name one month count for it. A range is laid over its months in order, each up to its open due;
the own part is laid first up to the month's own due. What is left goes to the range's last month, so that the
sum over months is always the sum received. Ranges come after single months and accruals after receipts, so no
order of vouchers matters.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ledger.money import round_half_up
from rules.remittance.movements import Movement, MovementKind


@dataclass(frozen=True)
class Allotted:
    """The part of one receipt that counts for one month."""

    month: str
    movement: Movement
    own_fen: int
    upward_fen: int

    @property
    def date(self) -> datetime.date:
        """Day of the receipt."""
        return self.movement.date

    @property
    def total_fen(self) -> int:
        """Both parts together."""
        return self.own_fen + self.upward_fen


def allocate(
    receipts: Iterable[Movement], expected: Mapping[str, int], own_due: Mapping[str, int | None]
) -> dict[str, tuple[Allotted, ...]]:
    """Return by month what was received for it; `expected` and `own_due` are fen by month."""
    parts: dict[str, list[Allotted]] = {}
    ordered = sorted(receipts, key=lambda m: (m.kind is MovementKind.ACCRUAL, m.order))
    for movement in ordered:
        if len(movement.months) == 1:
            _put(parts, Allotted(movement.months[0], movement, movement.own_fen, movement.upward_fen))
    for movement in ordered:
        if len(movement.months) > 1:
            for part in _spread(movement, parts, expected, own_due):
                _put(parts, part)
    return {month: tuple(of_month) for month, of_month in sorted(parts.items())}


def _put(parts: dict[str, list[Allotted]], part: Allotted) -> None:
    if part.own_fen or part.upward_fen:
        parts.setdefault(part.month, []).append(part)


def _spread(
    movement: Movement,
    parts: Mapping[str, list[Allotted]],
    expected: Mapping[str, int],
    own_due: Mapping[str, int | None],
) -> Iterable[Allotted]:
    own, upward = movement.own_fen, movement.upward_fen
    if own < 0 or upward < 0:
        # A refund for a range undoes what is there, last month first.
        yield from _undo(movement, parts)
        return
    for month in movement.months[:-1]:
        there = parts.get(month, [])
        # Where only the own part arrives, `expected` is that part, and what goes to 211 does not fill it.
        take = min(max(0, expected.get(month, 0) - sum(p.total_fen for p in there)), own + upward)
        own_open = own_due.get(month)
        if own_open is None:
            wanted = _portion(take, own, own + upward)
        else:
            wanted = max(0, own_open - sum(p.own_fen for p in there))
        own_part = max(min(wanted, own, take), take - upward)
        yield Allotted(month, movement, own_part, take - own_part)
        own, upward = own - own_part, upward - (take - own_part)
    yield Allotted(movement.months[-1], movement, own, upward)


def _undo(movement: Movement, parts: Mapping[str, list[Allotted]]) -> Iterable[Allotted]:
    own, upward = -movement.own_fen, -movement.upward_fen
    for month in reversed(movement.months[1:]):
        there = parts.get(month, [])
        own_part = min(own, max(0, sum(p.own_fen for p in there))) if own > 0 else 0
        upward_part = min(upward, max(0, sum(p.upward_fen for p in there))) if upward > 0 else 0
        yield Allotted(month, movement, -own_part, -upward_part)
        own, upward = own - own_part, upward - upward_part
    yield Allotted(movement.months[0], movement, -own, -upward)


def _portion(amount: int, part: int, whole: int) -> int:
    """Return `amount` x part / whole in whole fen, 0 for nothing."""
    return round_half_up(Decimal(amount) * part / whole) if whole else 0
