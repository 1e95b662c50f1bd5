"""Vouchers that take a receivable off the books as a loss: directly, by way of 182, or out of 182 as expenditure."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from ledger.journal_rows import PostingRow, net_fen, sums_by
from rules.rule import Case
from rules.vouchers import first_line, net_on, vouchers_of

RECEIVABLE, PENDING, LOSS = "other_receivables", "assets_pending_disposal", "other_expense"


class Step(StrEnum):
    """What a voucher does with a receivable."""

    DIRECT = "direct"  # receivable straight to expenditure or net assets
    TRANSFER = "transfer"  # receivable to 182
    LOSS = "loss"  # what came to 182 from receivables, to expenditure


@dataclass(frozen=True)
class WriteOff:
    """One voucher's step: its first line, the accounts credited, the amount in fen, and the voucher's texts."""

    step: Step
    line: PostingRow
    accounts: tuple[str, ...]
    amount_fen: int
    said: str

    @property
    def date(self) -> datetime.date:
        """The voucher's day."""
        return self.line.date


def write_offs(case: Case) -> Iterator[WriteOff]:
    """Yield every step of the period, in order of day and number."""
    booked = case.facts.booked
    touched = [p for p in booked.on(RECEIVABLE, PENDING) if p.date <= case.until and p.head.business]
    pending: set[str] = set()
    found: list[WriteOff] = []
    for _, lines in groupby(touched, key=attrgetter("date")):
        vouchers = vouchers_of(booked, lines)
        # On one day a transfer into 182 comes before the loss out of it, whatever their numbers.
        for voucher in vouchers:
            raised = _on(voucher, PENDING, below=False)
            if raised and _on(voucher, RECEIVABLE, below=True):
                pending |= set(raised)
        for voucher in vouchers:
            found += _steps(voucher, pending)
    for step in sorted(found, key=lambda s: (s.date, s.line.voucher, s.step)):
        if step.date >= case.since:
            yield step


def _steps(voucher: Sequence[PostingRow], pending: Collection[str]) -> Iterator[WriteOff]:
    credited = _on(voucher, RECEIVABLE, below=True)
    released = {a: f for a, f in _on(voucher, PENDING, below=True).items() if a in pending}
    if not credited and not released:
        return
    lost = net_fen(line for line in voucher if line.group == LOSS or line.element == "net_assets")
    moved = net_on(voucher, PENDING)
    if credited and lost > 0:
        yield _step(Step.DIRECT, voucher, credited, min(lost, sum(credited.values())))
    if credited and moved > 0:
        yield _step(Step.TRANSFER, voucher, credited, min(moved, sum(credited.values())))
    if released and lost > 0:
        yield _step(Step.LOSS, voucher, released, min(lost, sum(released.values())))


def _on(voucher: Sequence[PostingRow], group: str, *, below: bool) -> dict[str, int]:
    """Return the accounts of a group that a voucher credits (`below`) or debits in the end, with the amount."""
    sums = sums_by((line for line in voucher if line.group == group), attrgetter("account"))
    return {account: abs(fen) for account, fen in sums.items() if (fen < 0 if below else fen > 0)}


def _step(step: Step, voucher: Sequence[PostingRow], accounts: dict[str, int], amount: int) -> WriteOff:
    first = first_line([line for line in voucher if line.account in accounts])
    said = f"{first.head.narration} {first.head.payee}"
    return WriteOff(step, first, tuple(sorted(accounts)), amount, said)
