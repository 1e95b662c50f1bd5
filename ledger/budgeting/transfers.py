"""Transfers between budget lines (调剂): lines of one version whose changes add up to nothing, for one reason."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ledger.budgeting.lines import SPENDING, LineKey, key_of
from ledger.money import shown_yuan
from ledger.vouchers import BudgetEntry


@dataclass(frozen=True)
class Approval:
    """The days of a version's procedure, the day it comes into force, and why it is made."""

    date: datetime.date
    committee: datetime.date | None
    audit_review: datetime.date | None
    approved: datetime.date | None
    reason: str = ""


@dataclass(frozen=True)
class Transfer:
    """Money moved between lines of spending by one version, in fen, always positive."""

    version: int
    date: datetime.date
    given: tuple[tuple[LineKey, int], ...]
    taken: tuple[tuple[LineKey, int], ...]
    reason: str

    @property
    def amount_fen(self) -> int:
        """How much was moved."""
        return sum(fen for _, fen in self.given)


def transfers(entries: Iterable[BudgetEntry]) -> tuple[Transfer, ...]:
    """Return the transfers among the versions of one year: lines of one version and reason that net to nothing."""
    amounts: dict[LineKey, int] = {}
    changes: dict[tuple[int, datetime.date, str], list[tuple[LineKey, int]]] = defaultdict(list)
    for entry in sorted(entries, key=lambda e: (e.date, e.version, e.account, e.project)):
        key = key_of(entry)
        if entry.version and key.element == SPENDING:
            change = entry.amount_fen - amounts.get(key, 0)
            changes[entry.version, entry.date, entry.reason].append((key, change))
        amounts[key] = entry.amount_fen
    found = []
    for (version, date, reason), parts in changes.items():
        given = tuple((key, -fen) for key, fen in parts if fen < 0)
        taken = tuple((key, fen) for key, fen in parts if fen > 0)
        if given and sum(fen for _, fen in given) == sum(fen for _, fen in taken):
            found.append(Transfer(version, date, given, taken, reason))
    return tuple(found)


def transfer_entries(
    year: int,
    version: int,
    amounts: tuple[int, int],
    lines: tuple[LineKey, LineKey],
    fen: int,
    approval: Approval,
) -> tuple[BudgetEntry, BudgetEntry]:
    """Return the two lines of a version that move `fen` from the first line to the second.

    `amounts` are what the two lines stand at now. The reason says what was moved, and why where the approval does.
    """
    source, target = lines
    told = f"从{_name(source)}调剂到{_name(target)} {shown_yuan(fen)} 元"
    reason = f"{told}：{approval.reason}" if approval.reason else told
    made = [
        BudgetEntry(
            date=approval.date,
            year=year,
            account=key.account,
            amount_fen=amount,
            version=version,
            project=key.project,
            committee=approval.committee,
            audit_review=approval.audit_review,
            approved=approval.approved,
            reason=reason,
        )
        for key, amount in ((source, amounts[0] - fen), (target, amounts[1] + fen))
    ]
    return made[0], made[1]


def _name(key: LineKey) -> str:
    name = key.account.rsplit(":", 1)[-1].replace("-", " ", 1)
    return f"{name}（{key.project}）" if key.project else name
