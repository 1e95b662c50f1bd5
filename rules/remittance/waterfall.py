"""The contribution as it runs down: due → received → retained → due upward → passed on → not passed on.

Each step is the one above less what was left there, so that the table adds up both ways in every month: down
from what was due to what is still owed upward, and up again. Months of wages outside the period and the opening
balance stand in one row of their own; with it, what is owed is the balance of 211.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from rules.remittance.schedule import MonthDue
from rules.remittance.upward import Bucket

DIRECT = "direct"


@dataclass(frozen=True)
class Step:
    """One month of wages, or a sum of months, in fen; `month` is empty for what belongs to no month shown.

    `due_fen` is what was to arrive in the books, `short_fen` and `over_fen` how far `received_fen` fell short of
    it or went beyond; `retained_fen` is what 402 was credited, `payable_fen` what 211 was credited by receipts,
    `other_fen` what else moved 211 (credits positive), `passed_fen` what was paid upward, `owed_fen` what is
    still owed. `outside_fen` is the part of `payable_fen` that never counted as received: under collection by tax
    or treasury the higher union's part does not pass through the books.
    """

    month: str
    due_fen: int
    short_fen: int
    over_fen: int
    received_fen: int
    retained_fen: int
    payable_fen: int
    outside_fen: int
    other_fen: int
    passed_fen: int
    owed_fen: int

    @property
    def breaks(self) -> tuple[int, int, int]:
        """What is missing at each step: due to received, received to payable, payable to owed; zeros when it holds."""
        return (
            self.due_fen - self.short_fen + self.over_fen - self.received_fen,
            self.received_fen - self.retained_fen - (self.payable_fen - self.outside_fen),
            self.payable_fen + self.other_fen - self.passed_fen - self.owed_fen,
        )

    @property
    def upward_again_fen(self) -> int:
        """What was due, added up from the bottom: equal to `due_fen` when the table adds up."""
        payable = self.owed_fen + self.passed_fen - self.other_fen
        received = payable - self.outside_fen + self.retained_fen
        return received + self.short_fen - self.over_fen


@dataclass(frozen=True)
class Waterfall:
    """The steps of every month of the period, what belongs to no month of it, and the sum of all."""

    months: tuple[Step, ...]
    outside: Step | None
    total: Step

    @property
    def adds_up(self) -> bool:
        """Whether every row and the total add up, down and up."""
        rows = (*self.months, *([self.outside] if self.outside else []), self.total)
        return all(not any(row.breaks) and row.upward_again_fen == row.due_fen for row in rows)

    @property
    def years(self) -> tuple[Step, ...]:
        """The months added up by calendar year, `month` holding the year: for periods too long to list by month."""
        names = dict.fromkeys(step.month[:4] for step in self.months)
        return tuple(
            replace(_sum([step for step in self.months if step.month[:4] == year]), month=year) for year in names
        )


def waterfall(months: Sequence[MonthDue], position: Sequence[Bucket]) -> Waterfall:
    """Return the waterfall of a schedule; `position` is 211 by month (`upward_position`) on the schedule's day."""
    buckets = {bucket.month: bucket for bucket in position}
    steps = tuple(_step(month, buckets.get(month.month)) for month in months)
    shown = {month.month for month in months}
    left = [bucket for bucket in position if bucket.month not in shown]
    outside = _outside(left) if left else None
    return Waterfall(steps, outside, _sum([*steps, *([outside] if outside else [])]))


def _step(month: MonthDue, bucket: Bucket | None) -> Step:
    booked = bucket.booked_fen if bucket else 0
    return Step(
        month=month.month,
        due_fen=month.expected_fen,
        short_fen=month.shortfall_fen,
        over_fen=month.excess_fen,
        received_fen=month.received_fen,
        retained_fen=month.own_received_fen,
        payable_fen=month.upward_booked_fen,
        outside_fen=0 if month.collection == DIRECT else month.upward_booked_fen,
        other_fen=booked - month.upward_booked_fen,
        passed_fen=bucket.paid_fen if bucket else 0,
        owed_fen=bucket.outstanding_fen if bucket else 0,
    )


def _outside(left: Sequence[Bucket]) -> Step:
    booked = sum(bucket.booked_fen for bucket in left)
    return Step(
        month="",
        due_fen=0,
        short_fen=0,
        over_fen=0,
        received_fen=0,
        retained_fen=0,
        payable_fen=booked,
        outside_fen=booked,
        other_fen=0,
        passed_fen=sum(bucket.paid_fen for bucket in left),
        owed_fen=sum(bucket.outstanding_fen for bucket in left),
    )


def _sum(steps: Sequence[Step]) -> Step:
    names = [field.name for field in fields(Step) if field.name != "month"]
    return Step("", **{name: sum(getattr(step, name) for step in steps) for name in names})
