"""Open items of receivables and payables, one sub-account a counterparty, settled first in, first out.

A sub-account that the change-over of 2022-01-01 carried whole to another one keeps its entries and their days there.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ledger.accounts import components
from ledger.facts import Facts
from ledger.journal_rows import PostingRow
from rules.evidence import posting_evidence
from rules.finding import Evidence, Text


@dataclass(frozen=True)
class OpenItem:
    """What one sub-account still holds at the end of a day, in fen on its ordinary side.

    `oldest` is the day of the oldest entry that is not settled; `parts` are the unsettled entries, oldest first.
    """

    account: str
    balance_fen: int
    oldest: datetime.date
    parts: tuple[Evidence, ...]

    @property
    def name(self) -> str:
        """The counterparty: the last component's name."""
        return _name(self.account)

    def days(self, day: datetime.date) -> int:
        """Calendar days that the oldest entry has been open on a day."""
        return (day - self.oldest).days


def open_items(
    facts: Facts, groups: Collection[str], day: datetime.date, *, credit: bool
) -> tuple[tuple[OpenItem, ...], int]:
    """Return the sub-accounts of some groups with a balance on their ordinary side, and how many there were.

    `credit` tells whether the ordinary side is credit. Sums of a voucher on a sub-account are netted first.
    """
    name = ("open items", frozenset(groups), day, credit)
    return facts.once(name, lambda: _open_items(facts, groups, day, -1 if credit else 1))


def _open_items(
    facts: Facts, groups: Collection[str], day: datetime.date, side: int
) -> tuple[tuple[OpenItem, ...], int]:
    postings = [posting for posting in facts.booked.on(*groups) if posting.date <= day]
    heirs = _heirs(postings, side)
    carried = {*heirs, *heirs.values()}
    lines: dict[str, list[PostingRow]] = {}
    for posting in postings:
        account = posting.account
        if not (posting.head.change_over and account in carried):
            lines.setdefault(heirs.get(account, account), []).append(posting)
    found = [_item(account, own, side) for account, own in sorted(lines.items())]
    return tuple(item for item in found if item is not None), len(lines)


def _heirs(postings: Sequence[PostingRow], side: int) -> Mapping[str, str]:
    """Return the sub-accounts that the change-over closed, with the one that took the whole balance over.

    Only where one name and one amount answer each other; where a balance was split its parts begin anew, for
    which entry went where is not in the books.
    """
    moved = [posting for posting in postings if posting.head.change_over]
    if not moved:
        return {}
    sums: dict[str, int] = {}
    for posting in moved:
        sums[posting.account] = sums.get(posting.account, 0) + side * posting.amount_fen
    known = {posting.account for posting in postings if not posting.head.change_over}
    older = {posting.account for posting in postings if posting.date < moved[0].date}
    closed = {name: -fen for name, fen in sums.items() if fen < 0 and name in known}
    opened = {name: fen for name, fen in sums.items() if fen > 0 and name not in older}
    heirs: dict[str, str] = {}
    for account, fen in sorted(closed.items()):
        alike = [a for a, f in opened.items() if f == fen and _name(a) == _name(account)]
        rivals = [a for a, f in closed.items() if f == fen and _name(a) == _name(account)]
        if len(alike) == 1 and len(rivals) == 1:
            heirs[account] = alike[0]
    return heirs


def _name(account: str) -> str:
    parts = components(account)
    return parts[-1][1] if parts else account


def _item(account: str, postings: Sequence[PostingRow], side: int) -> OpenItem | None:
    sums: dict[int, int] = {}
    firsts: dict[int, PostingRow] = {}
    for posting in sorted(postings, key=lambda p: (p.date, p.voucher, p.line)):
        sums[posting.entry] = sums.get(posting.entry, 0) + side * posting.amount_fen
        firsts.setdefault(posting.entry, posting)
    settled = -sum(amount for amount in sums.values() if amount < 0)
    left = []
    for entry, amount in sums.items():
        if amount > 0:
            paid = min(settled, amount)
            settled -= paid
            if amount > paid:
                left.append((amount - paid, firsts[entry]))
    balance = sum(amount for amount, _ in left) - settled
    if balance <= 0:
        return None
    return OpenItem(account, balance, left[0][1].date, tuple(_part(account, amount, first) for amount, first in left))


def _part(account: str, amount: int, first: PostingRow) -> Evidence:
    note = Text(f"未结清：{first.head.narration}", "not settled")
    return dataclasses.replace(posting_evidence(first, note, amount), account=account)
