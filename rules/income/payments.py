"""What the register of dues says was paid, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from ledger.facts import Facts
from ledger.journal_rows import values_of


@dataclass(frozen=True)
class Payments:
    """What the register of dues says of one month, row by row: who paid, how many fen, and the row's line."""

    members: Sequence[str]
    fen: Sequence[int]
    lines: Sequence[int]

    @cached_property
    def total_fen(self) -> int:
        """What was paid in all."""
        return sum(self.fen)

    @cached_property
    def by_member(self) -> Mapping[str, int]:
        """What each member paid, in fen."""
        sums = dict(zip(self.members, self.fen, strict=True))
        if len(sums) == len(self.members):
            return sums
        sums = defaultdict(int)
        for member, fen in zip(self.members, self.fen, strict=True):
            sums[member] += fen
        return sums

    @cached_property
    def above_zero(self) -> Payments:
        """The rows that say something was paid, without refunds and empty ones."""
        if min(self.fen, default=1) > 0:
            return self
        rows = [row for row in zip(self.members, self.fen, self.lines, strict=True) if row[1] > 0]
        return Payments([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])


NOTHING_PAID = Payments((), (), ())


def payments_by_month(facts: Facts) -> Mapping[str, Payments]:
    """Return the register of dues by month, oldest first."""
    return facts.once("dues paid by month", lambda: _payments_by_month(facts))


def _payments_by_month(facts: Facts) -> Mapping[str, Payments]:
    # The longest register of all: its columns are read as they are, a month at a time.
    frame = facts.registers["dues"]
    months, members, fen, lines = (values_of(frame[name]) for name in ("month", "member_id", "paid_fen", "line"))
    found: dict[str, tuple[list[Any], ...]] = {}
    begin = 0
    for month, run in groupby(months):
        end = begin + len(list(run))
        of_month = found.setdefault(month, ([], [], []))
        for own, column in zip(of_month, (members, fen, lines), strict=True):
            own.extend(column[begin:end])
        begin = end
    return {month: Payments(*found[month]) for month in sorted(found)}
