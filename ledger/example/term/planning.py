"""What spending rests on: each year's budget with its revision, and contracts, resolutions and quotations.

Contracts and resolutions are not drawn: a purchase that reaches the union's own thresholds gets them, dated before it.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from ledger.example.budget import LineKey, flows
from ledger.example.draft import Draft
from ledger.example.term import chart
from ledger.example.term.calendar import YEARS, workday_until
from ledger.vouchers import BudgetEntry

QUOTES_FROM_FEN = 3_000_00
CONTRACT_FROM_FEN = 3_000_00
RESOLUTION_FROM_FEN = 5_000_00
RAISED_FEN = 3_000_00
_STEP_FEN = 1_000_00
_MARGIN = (108, 100)
_NOTHING: Mapping[str, frozenset[str]] = MappingProxyType({})


@dataclass(frozen=True)
class Paper:
    """A contract or a resolution that a purchase rests on: number, day, other party ("" for a resolution), fen."""

    number: str
    day: datetime.date
    party: str
    topic: str
    amount_fen: int


@dataclass(frozen=True)
class Planned:
    """Drafts with their terms, and the contracts and resolutions that these name."""

    drafts: tuple[Draft, ...]
    contracts: tuple[Paper, ...]
    resolutions: tuple[Paper, ...]


def with_terms(drafts: Iterable[Draft], spared: Mapping[str, frozenset[str]] = _NOTHING) -> Planned:
    """Return the drafts with the terms that their amounts ask for; `spared` names terms that a draft must not get."""
    done, contracts, resolutions = [], [], []
    counts: Counter[tuple[str, int]] = Counter()
    for draft in sorted(drafts, key=lambda d: (d.date, d.key)):
        spent = sum(line.amount_fen for line in draft.lines if line.account.startswith("Expenses:"))
        without = spared.get(draft.key, frozenset())
        year = draft.date.year
        told: dict[str, str] = {}
        if spent >= QUOTES_FROM_FEN and "quotes" not in without and draft.item:
            told["quotes"] = "3"
        if spent >= CONTRACT_FROM_FEN and "contract" not in without and draft.item:
            number = f"合同-{year}-{1 + counts['contract', year]:02d}"
            day = workday_until(draft.date - datetime.timedelta(days=5))
            contracts.append(Paper(number, day, draft.payee, draft.narration, _above(spent)))
            told["contract"] = number
            counts["contract", year] += 1
        if spent >= RESOLUTION_FROM_FEN and "resolution" not in without:
            number = f"工委〔{year}〕{20 + counts['resolution', year]}号"
            day = workday_until(draft.date - datetime.timedelta(days=8))
            resolutions.append(Paper(number, day, "", f"同意{draft.narration}", _above(spent)))
            told["resolution"] = number
            counts["resolution", year] += 1
        done.append(replace(draft, metadata={**draft.metadata, **told}) if told else draft)
    return Planned(tuple(done), tuple(contracts), tuple(resolutions))


def budgets(drafts: Iterable[Draft]) -> tuple[BudgetEntry, ...]:
    """Return every year's budget: version 0 with all lines, version 1 with the two lines that July changed."""
    drafts = tuple(drafts)
    made: list[BudgetEntry] = []
    for year in YEARS:
        adopted = _adopted(year, [d for d in drafts if d.date.year == year])
        by_key = {LineKey(entry.account, entry.project): entry for entry in adopted}
        changed = (
            (chart.account(year, "culture_sports_expense"), "职工运动会规模扩大"),
            (surplus_line(year), "动用以前年度结余弥补文体活动增支"),
        )
        made += [*adopted, *(revised(by_key[LineKey(account, "")], RAISED_FEN, why) for account, why in changed)]
    return tuple(made)


def _adopted(year: int, drafts: Iterable[Draft]) -> tuple[BudgetEntry, ...]:
    spent, received = flows(drafts)
    plan = {key: _step(amount * _MARGIN[0] // _MARGIN[1]) for key, amount in spent.items()}
    income = {key: amount // 100_00 * 100_00 for key, amount in received.items()}
    drawn = sum(plan.values()) - sum(income.values())
    plan[LineKey(surplus_line(year), "")] = max(drawn, 0)
    if drawn < 0:
        plan[LineKey(chart.account(year, "culture_sports_expense"), "")] -= drawn
    return tuple(
        BudgetEntry(
            date=datetime.date(year, 1, 1),
            year=year,
            account=key.account,
            amount_fen=amount,
            version=0,
            project=key.project,
            committee=datetime.date(year - 1, 12, 5),
            audit_review=datetime.date(year - 1, 12, 12),
            approved=datetime.date(year - 1, 12, 20),
            reason="年初预算",
        )
        for key, amount in sorted([*plan.items(), *income.items()])
    )


def surplus_line(year: int) -> str:
    """Return the budget line for drawing on earlier years' surplus."""
    return chart.account(year, "union_surplus")


def revised(entry: BudgetEntry, by_fen: int, reason: str) -> BudgetEntry:
    """Return a line as July's revision changed it: the new whole total, adopted, reviewed and approved."""
    return replace(
        entry,
        date=datetime.date(entry.year, 7, 28),
        version=1,
        amount_fen=entry.amount_fen + by_fen,
        committee=datetime.date(entry.year, 7, 14),
        audit_review=datetime.date(entry.year, 7, 18),
        approved=datetime.date(entry.year, 7, 25),
        reason=reason,
    )


def _step(amount_fen: int) -> int:
    return -(-amount_fen // 100_00) * 100_00


def _above(amount_fen: int) -> int:
    return -(-amount_fen // _STEP_FEN) * _STEP_FEN
