"""What can be wrong between the books and a bank statement: months without one, broken balances, gaps, old items."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ledger.accounts import components
from ledger.money import shown_yuan
from rules.bookkeeping.bank_gaps import missing_months, month_ends, unexplained
from rules.bookkeeping.statements_of_bank import Item, Reconciled, items_evidence
from rules.finding import Certainty, Evidence, Text
from rules.gather import joined, shown_month
from rules.law import ParameterValue
from rules.remittance.months import first_day, month_of_day
from rules.rule import Case


@dataclass(frozen=True)
class Fault:
    """One fault of an account: a word for the key, what is wrong, the rows, fen at risk, and how sure it is."""

    what: str
    told: Text
    evidence: tuple[Evidence, ...]
    amount_fen: int
    parameters: tuple[ParameterValue, ...] = ()
    certainty: Certainty = Certainty.LEAD


def shown(account: str) -> str:
    """Return an account as people read it: its names from level 1 down."""
    return "—".join(name for _, name in components(account))


def missing(case: Case, found: Reconciled, value: ParameterValue) -> Iterator[Fault]:
    """Yield the fault that months with movements have no statement: a lead, the register may be incomplete."""
    if bare := missing_months(case, found, int(value.number)):
        names = joined([shown_month(month) for month in bare], 12)
        evidence = [
            Evidence(Text("没有对账单", "no statement"), date=first_day(m), account=found.account) for m in bare
        ]
        told = Text(
            f"“{shown(found.account)}”{names}有收付，没有银行对账单",
            f"{found.account}: no statement for {len(bare)} months with movements",
        )
        yield Fault("missing", told, tuple(evidence), 0, (value,))


def broken(found: Reconciled) -> Iterator[Fault]:
    """Yield the fault that printed balances do not follow from one another: a lead."""
    if found.broken:
        told = Text(
            f"“{shown(found.account)}”对账单有 {len(found.broken)} 处余额不连续，可能缺行或被改动",
            f"{found.account}: {len(found.broken)} printed balances do not follow from the row before",
        )
        yield Fault("broken", told, found.broken, 0)


def gaps(case: Case, found: Reconciled, value: ParameterValue) -> Iterator[Fault]:
    """Yield the gaps at month ends: unexplained ones as one finding, else what is long outstanding at the end."""
    allowed = datetime.timedelta(days=int(value.number))
    days = month_ends(case, found)
    strange = [(at, rest) for at in days if (rest := unexplained(found, at, allowed))]
    if strange:
        yield _strange(found, strange)
        return
    at = days[-1] if days else None
    old = _not_batched([item for item in found.in_transit(at) if item.date < at - allowed]) if at else []
    if at and sum(item.signed_fen for item in old):
        yield _outstanding(found, at, old, value)


def _not_batched(items: Sequence[Item]) -> list[Item]:
    """Return the items without the days on which several of one side are in all what the other side has."""
    sums: dict[datetime.date, int] = defaultdict(int)
    for item in items:
        sums[item.date] += item.signed_fen
    return [item for item in items if sums[item.date]]


def _strange(found: Reconciled, strange: Sequence[tuple[datetime.date, int]]) -> Fault:
    last, rest = strange[-1]
    gap, left = found.gap_fen(last), shown_yuan(abs(rest))
    evidence = [
        Evidence(
            Text(f"{shown_month(month_of_day(at))}末调节后仍差 {shown_yuan(abs(fen))} 元", "not explained"),
            date=at,
            account=found.account,
            amount_fen=abs(fen),
        )
        for at, fen in strange
    ]
    told = Text(
        f"{last}“{shown(found.account)}”账面余额比对账单{'多' if gap > 0 else '少'} {shown_yuan(abs(gap))} 元，"
        f"未达账项调节后仍差 {left} 元（{len(strange)} 个月末不符）",
        f"{last}, {found.account}: {left} yuan between books and statement not explained",
    )
    items = items_evidence(found.in_transit(last))
    certain = Certainty.LEAD if found.broken else Certainty.ESTABLISHED
    return Fault("unexplained", told, (*evidence, *items), abs(rest), (), certain)


def _outstanding(found: Reconciled, at: datetime.date, old: Sequence[Item], value: ParameterValue) -> Fault:
    total = sum(abs(item.amount_fen) for item in old)
    told = Text(
        f"{at}“{shown(found.account)}”有 {len(old)} 笔未达账项超过 {value.text} 日，合计 {shown_yuan(total)} 元，"
        f"最早 {old[0].date}",
        f"{at}, {found.account}: {len(old)} items in transit for more than {value.text} days, {shown_yuan(total)} yuan",
    )
    return Fault("outstanding", told, tuple(items_evidence(old)), total, (value,))
