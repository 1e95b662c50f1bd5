"""A movement: one voucher's effect on the contribution of one month or range of months, and accruals that wait."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from ledger.money import round_half_up
from rules.finding import Evidence, Text


class MovementKind(StrEnum):
    """What a movement is: money or its equivalent came in, was accrued, went upward, or something else."""

    RECEIPT = "receipt"
    ACCRUAL = "accrual"
    PAYMENT = "payment"
    OTHER = "other"


@dataclass(frozen=True)
class Movement:
    """One voucher's effect on the contribution of one month or range of months.

    `own_fen` is what 402 was credited, `upward_fen` what 211 was credited (for a payment: what was paid, for
    *other*: credit less debit); refunds and red entries are negative. `months` are the months of the wages;
    `assumed` says that the voucher names none and the month before its day was taken.
    """

    kind: MovementKind
    date: datetime.date
    voucher: str
    months: tuple[str, ...]
    assumed: bool
    own_fen: int
    upward_fen: int
    account: str
    file: str
    line: int
    narration: str = ""
    settles: bool = False  # a receipt of what was accrued before: 402 and 211 were credited by the accrual

    @property
    def total_fen(self) -> int:
        """Both parts together."""
        return self.own_fen + self.upward_fen

    @property
    def order(self) -> tuple[datetime.date, str, tuple[str, ...], int, int]:
        """Sorting key made of content: the result never depends on the order of vouchers in the file."""
        return (self.date, self.voucher, self.months, self.own_fen, self.upward_fen)

    def evidence(self, note: Text, amount_fen: int | None = None) -> Evidence:
        """Return this movement as a finding's evidence."""
        amount = abs(self.total_fen) if amount_fen is None else amount_fen
        return Evidence(note, self.voucher, self.date, self.account, amount, self.file, self.line)


def open_accruals(moved: Iterable[Movement]) -> tuple[Movement, ...]:
    """Return what was accrued and not yet received, oldest first."""
    moved = tuple(moved)
    settled: dict[tuple[str, ...], tuple[int, int]] = {}
    for m in moved:
        if m.settles:
            own, upward = settled.get(m.months, (0, 0))
            settled[m.months] = (own + m.own_fen, upward + m.upward_fen)
    left = []
    for m in moved:
        if m.kind is MovementKind.ACCRUAL:
            own, upward = settled.get(m.months, (0, 0))
            taken_own, taken_upward = min(own, m.own_fen), min(upward, m.upward_fen)
            settled[m.months] = (own - taken_own, upward - taken_upward)
            left.append(replace(m, own_fen=m.own_fen - taken_own, upward_fen=m.upward_fen - taken_upward))
    return tuple(m for m in left if m.total_fen)


class Pending:
    """Contributions accrued against a receivable and not yet received, per receivable account, oldest first."""

    def __init__(self) -> None:
        self._open: dict[str, list[Movement]] = {}

    def take(self, made: list[Movement], receivable: Mapping[str, int]) -> list[Movement]:
        """Turn what a voucher books against a receivable into accruals, and settle what it credits there."""
        out: list[Movement] = []
        for account, total in sorted(receivable.items()):
            left = total
            for i, movement in enumerate(made):
                if left <= 0 or movement.kind is not MovementKind.RECEIPT or movement.total_fen <= 0:
                    continue
                part, made[i] = _split(movement, min(left, movement.total_fen))
                left -= part.total_fen
                out.append(replace(part, kind=MovementKind.ACCRUAL))
                self._open.setdefault(account, []).append(part)
            if total < 0:
                out.extend(self._release(account, -total, made[0]))
        return [*out, *(m for m in made if m.own_fen or m.upward_fen)]

    def settle(self, receivable: Mapping[str, int], at: Movement) -> list[Movement]:
        """Return the receipts that a voucher crediting receivables against money makes of accruals.

        `at` gives the voucher's day and place, and the months it names, which are settled first.
        """
        out: list[Movement] = []
        for account, total in sorted(receivable.items()):
            if total < 0:
                out.extend(self._release(account, -total, at))
        return out

    def _release(self, account: str, amount: int, at: Movement) -> Iterable[Movement]:
        waiting = self._open.get(account, [])
        named = [m for m in waiting if not at.assumed and set(m.months) & set(at.months)]
        for accrued in [*named, *(m for m in waiting if m not in named)]:
            if amount <= 0:
                return
            part, rest = _split(accrued, min(amount, accrued.total_fen))
            at_index = waiting.index(accrued)
            waiting[at_index : at_index + 1] = [rest] if rest.total_fen else []
            amount -= part.total_fen
            yield replace(
                part, settles=True, date=at.date, voucher=at.voucher, account=at.account, file=at.file, line=at.line
            )


def _split(movement: Movement, amount: int) -> tuple[Movement, Movement]:
    """Divide a movement into one of that many fen, in the proportion of its parts, and the rest."""
    own = round_half_up(Decimal(movement.own_fen) * amount / movement.total_fen) if movement.total_fen else 0
    part = replace(movement, own_fen=own, upward_fen=amount - own)
    rest = replace(movement, own_fen=movement.own_fen - own, upward_fen=movement.upward_fen - (amount - own))
    return part, rest
