"""What a person sees before anything is saved: the lines by 借 and 贷, and what each budget would have left."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.entry.picking import label_of
from ledger.facts import Facts
from ledger.vouchers import Voucher
from rules.budget.execution import BudgetLine, execution
from rules.budget.lines import LineKey, covering

SPENDING, RECEIVING = "Expenses", "Income"


@dataclass(frozen=True)
class ShownLine:
    """One line of a voucher as it is shown; amounts in fen, zero where the side is empty."""

    label: str
    account: str
    debit_fen: int
    credit_fen: int


@dataclass(frozen=True)
class BudgetLeft:
    """What a voucher does to one budget line of its year, in fen.

    `budget_fen` is None where money is spent without any line. `before_fen` is what was spent or received until
    now, `this_fen` what the voucher adds.
    """

    name: str
    project: str
    income: bool
    budget_fen: int | None
    before_fen: int
    this_fen: int

    @property
    def left_fen(self) -> int:
        """What is left after the voucher; negative when the budget would be exceeded."""
        return (self.budget_fen or 0) - self.before_fen - self.this_fen

    @property
    def over(self) -> bool:
        """Whether money would be spent without or beyond a budget."""
        return not self.income and self.this_fen > 0 and self.left_fen < 0

    @property
    def share(self) -> int:
        """How much of the budget would be used, in whole percent, at most 100."""
        if not self.budget_fen:
            return 100 if self.this_fen + self.before_fen > 0 else 0
        return max(0, min(100, (self.before_fen + self.this_fen) * 100 // self.budget_fen))


def shown_lines(voucher: Voucher) -> tuple[ShownLine, ...]:
    """Return a voucher's lines as they are shown, debits first."""
    lines = [
        ShownLine(label_of(line.account), line.account, max(line.amount_fen, 0), max(-line.amount_fen, 0))
        for line in voucher.lines
    ]
    return tuple(sorted(lines, key=lambda line: line.debit_fen == 0))


def budget_left(facts: Facts, voucher: Voucher) -> tuple[BudgetLeft, ...]:
    """Return what a voucher would leave of each budget line that it touches, in order of account."""
    year = voucher.date.year
    moved = dict(_moved(voucher))
    if not moved:
        return ()
    lines = execution(facts, year, max(voucher.date, _last_day(facts, year)))
    budgeted = {LineKey(line.account, line.project): line for line in lines if line.in_force_fen is not None}
    touched: dict[LineKey, int] = {}
    without: dict[LineKey, int] = {}
    for (account, project), amount in moved.items():
        found = covering(budgeted, account, project)
        for key in found:
            touched[key] = touched.get(key, 0) + amount
        if not found:
            key = LineKey(account, project)
            without[key] = without.get(key, 0) + amount
    known = [_left(key, budgeted[key], amount) for key, amount in sorted(touched.items())]
    bare = [
        BudgetLeft(label_of(key.account), key.project, key.account.startswith(RECEIVING), None, 0, amount)
        for key, amount in sorted(without.items())
    ]
    return (*known, *bare)


def _left(key: LineKey, line: BudgetLine, amount: int) -> BudgetLeft:
    income = key.account.startswith(RECEIVING)
    return BudgetLeft(label_of(key.account), key.project, income, line.in_force_fen, line.actual_fen, amount)


def _moved(voucher: Voucher) -> Iterator[tuple[tuple[str, str], int]]:
    sums: dict[tuple[str, str], int] = {}
    for line in voucher.lines:
        root = line.account.split(":", 1)[0]
        if root in (SPENDING, RECEIVING):
            project = _own(line.metadata, voucher.metadata, "project")
            amount = line.amount_fen if root == SPENDING else -line.amount_fen
            sums[line.account, project] = sums.get((line.account, project), 0) + amount
    yield from sums.items()


def _own(line: Mapping[str, str], voucher: Mapping[str, str], key: str) -> str:
    return line.get(key) or voucher.get(key, "")


def _last_day(facts: Facts, year: int) -> datetime.date:
    days = facts.vouchers["date"]
    inside = days[days.dt.year == year]
    return inside.max().date() if len(inside) else datetime.date(year, 1, 1)
