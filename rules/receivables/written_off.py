"""Vouchers that take a receivable off the books as a loss: directly, by way of 182, or out of 182 as expenditure."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from rules.gather import day
from rules.rule import Case

RECEIVABLE, PENDING, LOSS = "other_receivables", "assets_pending_disposal", "other_expense"


class Step(StrEnum):
    """What a voucher does with a receivable."""

    DIRECT = "direct"  # receivable straight to expenditure or net assets
    TRANSFER = "transfer"  # receivable to 182
    LOSS = "loss"  # what came to 182 from receivables, to expenditure


@dataclass(frozen=True)
class WriteOff:
    """One voucher's step: its first row, the accounts credited, the amount in fen, and the voucher's texts."""

    step: Step
    row: pd.Series
    accounts: tuple[str, ...]
    amount_fen: int
    said: str

    @property
    def date(self) -> datetime.date:
        """The voucher's day."""
        return day(self.row["date"])


def write_offs(case: Case) -> Iterator[WriteOff]:
    """Yield every step of the period, in order of day and number."""
    rows = case.facts.journal
    rows = rows[~(rows["opening"] | rows["change_over"] | rows["carry_forward"])]
    rows = rows[(rows["date"] <= pd.Timestamp(case.until)) & rows["group"].isin((RECEIVABLE, PENDING))]
    entries = rows["entry"].unique()
    whole = case.facts.journal
    whole = whole[whole["entry"].isin(entries)].assign(
        group=lambda f: f["group"].astype(str), account=lambda f: f["account"].astype(str)
    )
    pending: set[str] = set()
    found = []
    for _, own in whole.sort_values(["date", "voucher", "account", "amount_fen", "line"]).groupby("date", sort=True):
        # On one day a transfer into 182 comes before the loss out of it, whatever their numbers.
        for _, voucher in own.groupby("entry"):
            raised = _on(voucher, PENDING, below=False)
            if raised and _on(voucher, RECEIVABLE, below=True):
                pending |= set(raised)
        for _, voucher in own.groupby("entry"):
            found += list(_steps(voucher, pending))
    for step in sorted(found, key=lambda s: (s.date, str(s.row["voucher"]), s.step)):
        if step.date >= case.since:
            yield step


def _steps(voucher: pd.DataFrame, pending: set[str]) -> Iterator[WriteOff]:
    element = voucher["element"].astype(str)
    lost = int(voucher.loc[(voucher["group"] == LOSS) | (element == "net_assets"), "amount_fen"].sum())
    moved = int(voucher.loc[voucher["group"] == PENDING, "amount_fen"].sum())
    credited = _on(voucher, RECEIVABLE, below=True)
    if credited and lost > 0:
        yield _step(Step.DIRECT, voucher, credited, min(lost, sum(credited.values())))
    if credited and moved > 0:
        yield _step(Step.TRANSFER, voucher, credited, min(moved, sum(credited.values())))
    released = {a: f for a, f in _on(voucher, PENDING, below=True).items() if a in pending}
    if released and lost > 0:
        yield _step(Step.LOSS, voucher, released, min(lost, sum(released.values())))


def _on(voucher: pd.DataFrame, group: str, *, below: bool) -> dict[str, int]:
    """Return the accounts of a group that a voucher credits (`below`) or debits in the end, with the amount."""
    nets = voucher[voucher["group"] == group].groupby("account")["amount_fen"].sum()
    sums = {str(account): int(fen) for account, fen in nets.items()}
    return {account: abs(fen) for account, fen in sums.items() if (fen < 0 if below else fen > 0)}


def _step(step: Step, voucher: pd.DataFrame, accounts: dict[str, int], amount: int) -> WriteOff:
    own = voucher[voucher["account"].isin(accounts)]
    first = own.iloc[0]
    said = f"{first['narration']} {first['payee']}"
    return WriteOff(step, first, tuple(sorted(accounts)), amount, said)
