"""The budget of 2025: as adopted before the year began, and as revised in July with the whole procedure.

Lines follow what the year really spent, a little above it, the way a committee plans by last year's figures.
Income, with the earlier years' surplus drawn on, covers expenditure in every version.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from ledger.example import chart
from ledger.example.draft import Draft
from ledger.example.workdays import FIRST_DAY, YEAR
from ledger.vouchers import BudgetEntry

_STEP_FEN = 1_000_00
_MARGIN = (106, 100)
REVISED_ON = datetime.date(2025, 7, 28)
RAISED_FEN = 20_000_00


class LineKey(NamedTuple):
    """What a budget line is per: account and project."""

    account: str
    project: str


def budget(drafts: Iterable[Draft]) -> tuple[BudgetEntry, ...]:
    """Return version 0 with all lines and version 1 with the lines that the revision of July changed."""
    spent, received = flows(drafts)
    plan = {key: _above(amount) for key, amount in spent.items()}
    income = {key: amount // _STEP_FEN * _STEP_FEN for key, amount in received.items()}
    surplus = sum(plan.values()) - sum(income.values())
    lines = [*plan.items(), *income.items(), (LineKey(chart.SURPLUS_LINE, ""), surplus)]
    adopted = tuple(
        BudgetEntry(
            date=FIRST_DAY,
            year=YEAR,
            account=key.account,
            amount_fen=amount,
            version=0,
            project=key.project,
            committee=datetime.date(2024, 12, 5),
            audit_review=datetime.date(2024, 12, 12),
            approved=datetime.date(2024, 12, 20),
            reason="年初预算",
        )
        for key, amount in sorted(lines)
    )
    by_key = {LineKey(entry.account, entry.project): entry for entry in adopted}
    changed = (
        (chart.account("culture_sports_expense"), RAISED_FEN, "职工运动会规模扩大"),
        (chart.SURPLUS_LINE, RAISED_FEN, "动用以前年度结余弥补文体活动增支"),
    )
    return (*adopted, *(revised(by_key[LineKey(account, "")], by, why) for account, by, why in changed))


def revised(entry: BudgetEntry, by_fen: int, reason: str) -> BudgetEntry:
    """Return a line as the revision of July changed it: the new whole total, adopted, reviewed and approved."""
    return replace(
        entry,
        date=REVISED_ON,
        version=1,
        amount_fen=entry.amount_fen + by_fen,
        committee=datetime.date(2025, 7, 14),
        audit_review=datetime.date(2025, 7, 18),
        approved=datetime.date(2025, 7, 25),
        reason=reason,
    )


def flows(drafts: Iterable[Draft]) -> tuple[Mapping[LineKey, int], Mapping[LineKey, int]]:
    """Return expenditure and income of the drafts in fen, by statutory account and project."""
    spent: dict[LineKey, int] = defaultdict(int)
    received: dict[LineKey, int] = defaultdict(int)
    for draft in drafts:
        for line in draft.lines:
            key = LineKey(_statutory(line.account), draft.metadata.get("project", ""))
            if line.account.startswith("Expenses:"):
                spent[key] += line.amount_fen
            elif line.account.startswith("Income:"):
                received[key] -= line.amount_fen
    return spent, received


def _statutory(account: str) -> str:
    # Local sub-accounts have two digits; a budget line stands on the statutory account above them.
    return ":".join(part for part in account.split(":") if not part[:3].endswith("-"))


def _above(amount_fen: int) -> int:
    wanted = amount_fen * _MARGIN[0] // _MARGIN[1]
    return -(-wanted // _STEP_FEN) * _STEP_FEN
