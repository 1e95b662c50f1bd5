"""Several lines on one side that are one or more on the other: one voucher paid in parts, or days booked as a sum.

Only sums that leave no choice are taken: all lines of a voucher, all lines of a party or of everybody within a few
days, or the one smallest set of lines that adds up. Two sets as good as each other match nothing.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations
from typing import TypeVar

from ledger.matching.model import BankItem, BookItem, Match, Reason
from ledger.matching.pairs import alike

SUM_DAYS = 5  # lines of one sum lie so many days apart from the other side at most
_MOST_PARTS = 4
_MOST_CANDIDATES = 18

Item = TypeVar("Item", BookItem, BankItem)


class Pools:
    """What is left of both sides while sums are taken out of them."""

    def __init__(self, book: Iterable[BookItem], bank: Iterable[BankItem]) -> None:
        self.book = sorted(book)
        self.bank = sorted(bank)
        self.matches: list[Match] = []

    def take(self, book: Sequence[BookItem], bank: Sequence[BankItem], reason: Reason) -> None:
        """Match lines and leave them out from now on."""
        for own in book:
            self.book.remove(own)
        for other in bank:
            self.bank.remove(other)
        self.matches.append(Match(tuple(book), tuple(bank), reason))


def take_cancelled(pools: Pools) -> None:
    """Match red corrections with what they correct, and returned payments with their return, on one side each."""
    by_voucher: dict[str, list[BookItem]] = defaultdict(list)
    for own in pools.book:
        by_voucher[own.voucher].append(own)
    for own in [item for item in pools.book if item.reverses]:
        wrong = next((w for w in by_voucher[own.reverses] if w.amount_fen == -own.amount_fen and w in pools.book), None)
        if wrong is not None and own in pools.book:
            pools.take((wrong, own), (), Reason.REVERSED_IN_BOOK)
    for back in list(pools.bank):
        if back in pools.bank and any(word in back.text for word in ("冲正", "退汇", "退票", "撤销", "退回")):
            first = [
                o
                for o in pools.bank
                if o.amount_fen == -back.amount_fen
                and datetime.timedelta() <= back.date - o.date <= datetime.timedelta(days=SUM_DAYS)
                and o != back
                and alike(o.party, back.party) is not False
            ]
            if first:
                pools.take((), (first[-1], back), Reason.RETURNED_BY_BANK)


def take_sums(pools: Pools) -> None:
    """Match sums: of vouchers first, then of parties and days, then the one smallest set."""
    _vouchers(pools)
    for key in (lambda i: (i.date, i.amount_fen > 0, i.party), lambda i: (i.date, i.amount_fen > 0)):
        _groups(pools, key)
    _subsets(pools)


def _vouchers(pools: Pools) -> None:
    """Match all lines of one voucher with one line of the bank."""
    groups: dict[str, list[BookItem]] = defaultdict(list)
    for own in pools.book:
        groups[own.voucher].append(own)
    for voucher in sorted(groups):
        lines = groups[voucher]
        if len(lines) > 1 and voucher:
            other = _nearest(lines[0].date, sum(i.amount_fen for i in lines), pools.bank)
            if other is not None:
                pools.take(lines, (other,), Reason.SUM_OF_VOUCHER)


def _groups(pools: Pools, key: Callable[[BookItem | BankItem], Hashable]) -> None:
    """Match all lines of a day (and party) on one side with one line, or all of a day, on the other."""
    book, bank = _grouped(pools.book, key), _grouped(pools.bank, key)
    for lines in book:
        if len(lines) > 1 and all(i in pools.book for i in lines):
            other = _nearest(lines[0].date, sum(i.amount_fen for i in lines), pools.bank)
            if other is not None:
                pools.take(lines, (other,), Reason.SUM_OF_DAYS)
    for others in bank:
        if len(others) > 1 and all(i in pools.bank for i in others):
            own = _nearest(others[0].date, sum(i.amount_fen for i in others), pools.book)
            if own is not None:
                pools.take((own,), others, Reason.SUM_OF_VOUCHER)
    for lines in book:
        if len(lines) > 1 and all(i in pools.book for i in lines):
            total = sum(i.amount_fen for i in lines)
            fitting = [
                others
                for others in bank
                if len(others) > 1
                and sum(i.amount_fen for i in others) == total
                and abs((others[0].date - lines[0].date).days) <= SUM_DAYS
                and all(i in pools.bank for i in others)
            ]
            if len(fitting) == 1:
                pools.take(lines, fitting[0], Reason.SUM_OF_DAYS)


def _grouped(items: Sequence[Item], key: Callable[[BookItem | BankItem], Hashable]) -> list[list[Item]]:
    groups: dict[Hashable, list[Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return list(groups.values())


def _nearest(day: datetime.date, amount_fen: int, items: Sequence[Item]) -> Item | None:
    """Return the one item of an amount within the days, None where there is none or two are equally near."""
    near = [(abs((i.date - day).days), i) for i in items if i.amount_fen == amount_fen]
    near = sorted((n, i) for n, i in near if n <= SUM_DAYS)
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return None
    return near[0][1]


def _subsets(pools: Pools) -> None:
    for other in list(pools.bank):
        parts = _only_subset(other, pools.book)
        if parts and other in pools.bank:
            pools.take(parts, (other,), Reason.SUM_OF_DAYS)
    for own in list(pools.book):
        others = _only_subset(own, pools.bank)
        if others and own in pools.book:
            pools.take((own,), others, Reason.SUM_OF_VOUCHER)


def _only_subset(whole: BookItem | BankItem, items: Sequence[Item]) -> tuple[Item, ...]:
    """Return the smallest set of items that adds up to a line, if there is just one of its size."""
    sign = whole.amount_fen > 0
    near = [
        item
        for item in items
        if (item.amount_fen > 0) == sign
        and abs(item.amount_fen) < abs(whole.amount_fen)
        and abs((item.date - whole.date).days) <= SUM_DAYS
    ]
    if len(near) > _MOST_CANDIDATES:
        return ()
    for size in range(2, _MOST_PARTS + 1):
        found = [c for c in combinations(near, size) if sum(i.amount_fen for i in c) == whole.amount_fen]
        if found:
            return found[0] if len(found) == 1 else ()
    return ()
