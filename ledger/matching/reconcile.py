"""The reconciliation of a bank account at the end of a day.

Lines are matched once over everything known, and then looked at as of the day: a payment of March that the bank
carries out in April is in transit at the end of March, and is known to have been cleared in April.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from ledger.facts import Facts
from ledger.matching.model import BankItem, BookItem, Kind, Match, OpenItem, Reason, Reconciliation, Unreconcilable
from ledger.matching.opening import explaining
from ledger.matching.pairs import pairs
from ledger.matching.statement import BankSide, BookSide, bank_side, book_side
from ledger.matching.sums import Pools, take_cancelled, take_sums

Item = TypeVar("Item", BookItem, BankItem)


def match_bank(facts: Facts, account: str, until: datetime.date) -> Reconciliation:
    """Return the reconciliation of an account of the book with its statement at the end of a day.

    Raises Unreconcilable where registers/bank.csv has no statement of the account, one without a balance or with
    a broken one, or one that begins after the day.
    """
    return Matcher.of(facts, account).on(until)


class Matcher:
    """Both sides of one account, matched once; `on` gives the reconciliation of any day."""

    def __init__(self, bank: BankSide, book: BookSide, account: str = "") -> None:
        self.bank = bank
        self.book = book
        self.account = account
        begins = bank.begins
        after = [item for item in book.items if item.date > begins]
        earlier = [item for item in book.items if item.date <= begins]
        matches = pairs(after, bank.items)
        pools = Pools(_rest(after, _booked(matches)), _rest(bank.items, _banked(matches)))
        take_cancelled(pools)
        take_sums(pools)
        # Sums come first: an equal amount of another party is the weakest sign of one event.
        for match in pairs(pools.book, pools.bank, unlike=True):
            pools.take(match.book, match.bank, match.reason)
        matches += pools.matches
        gap = book.balance_fen(begins) - bank.opening_fen
        opening = explaining(gap, earlier, pools.book, pools.bank, begins)
        matches += opening
        self.matches: tuple[Match, ...] = tuple(sorted(matches, key=lambda m: (m.last, m.reason, m.book, m.bank)))
        self.left_book: tuple[BookItem, ...] = tuple(_rest(pools.book, _booked(opening)))
        self.left_bank: tuple[BankItem, ...] = tuple(_rest(pools.bank, _banked(opening)))

    @classmethod
    def of(cls, facts: Facts, account: str) -> Matcher:
        """Return the matcher of an account of a book; raises Unreconcilable as `match_bank` does."""
        return cls(bank_side(facts, account), book_side(facts, account), account)

    def on(self, until: datetime.date) -> Reconciliation:
        """Return the reconciliation at the end of a day; raises Unreconcilable for one before the statement."""
        if until < self.bank.begins:
            first = self.bank.items[0].date
            raise Unreconcilable(
                f"对账单从 {first} 开始，没有 {until} 的余额；请导入更早的对账单",
                f"the statement begins on {first}: no balance for {until}",
            )
        found = [item for match in self.matches for item in _open_of(match, until)]
        left: list[BookItem | BankItem] = [*self.left_book, *self.left_bank]
        found += [item for alone in left for item in _open(alone, until, None)]
        ends = self.bank.items[-1].date
        return Reconciliation(
            account=self.account,
            until=until,
            begins=self.bank.begins,
            ends=ends,
            stated=(until.year, until.month) <= (ends.year, ends.month),
            moved=any(ends < item.date <= until for item in self.book.items),
            book_balance_fen=self.book.balance_fen(until),
            bank_balance_fen=self.bank.balance_fen(until),
            matched=tuple(match for match in self.matches if match.last <= until),
            open_items=tuple(sorted(found, key=_place)),
        )


def _place(item: OpenItem) -> tuple[datetime.date, str, int, str, str]:
    name = item.item.voucher if isinstance(item.item, BookItem) else item.item.serial
    return (item.item.date, item.kind, item.amount_fen, name, item.item.text)


def _open_of(match: Match, until: datetime.date) -> Iterator[OpenItem]:
    if match.last <= until:
        return
    if match.reason is not Reason.BEFORE_STATEMENT:
        items: list[BookItem | BankItem] = [*match.book, *match.bank]
        for item in items:
            yield from _open(item, until, match.last)
        return
    # What one side holds in its opening balance and the other shows only later is in transit until then.
    for own in match.book:
        yield OpenItem(_kind(own.amount_fen, booked=False), own, abs(own.amount_fen), own.date)
    for other in match.bank:
        yield OpenItem(_kind(other.amount_fen, booked=True), other, abs(other.amount_fen), other.date)


def _open(item: BookItem | BankItem, until: datetime.date, cleared: datetime.date | None) -> Iterator[OpenItem]:
    if item.date <= until:
        kind = _kind(item.amount_fen, booked=isinstance(item, BookItem))
        yield OpenItem(kind, item, abs(item.amount_fen), cleared)


def _kind(amount_fen: int, *, booked: bool) -> Kind:
    if booked:
        return Kind.BOOK_RECEIVED if amount_fen > 0 else Kind.BOOK_PAID
    return Kind.BANK_RECEIVED if amount_fen > 0 else Kind.BANK_PAID


def _booked(matches: Sequence[Match]) -> list[BookItem]:
    return [item for match in matches for item in match.book]


def _banked(matches: Sequence[Match]) -> list[BankItem]:
    return [item for match in matches for item in match.bank]


def _rest(items: Sequence[Item], taken: Sequence[Item]) -> list[Item]:
    """Return the items without those taken, each as often as it is there."""
    counts = Counter(taken)
    left = []
    for item in items:
        if counts[item]:
            counts[item] -= 1
        else:
            left.append(item)
    return left
