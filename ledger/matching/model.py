"""What a reconciliation is made of: items of the book and of the statement, matches with their reason, open items."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum


class Unreconcilable(ValueError):
    """An account that cannot be reconciled; `zh` and `en` say why and the way out."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en
        super().__init__(zh)


class Reason(StrEnum):
    """Why lines of the book and of the statement are one event, the surest first."""

    REFERENCE = "reference"  # one names the other's number
    SAME_DAY = "same_day"  # amount, day and party agree
    NEAR_PARTY = "near_party"  # amount and party agree, the day is near
    NEAR_DAY = "near_day"  # the amount agrees, the day is near, the party is not told or written otherwise
    LATE_PARTY = "late_party"  # amount and party agree, the day is far
    SUM_OF_VOUCHER = "sum_of_voucher"  # one side of one voucher or payment is several lines on the other
    SUM_OF_DAYS = "sum_of_days"  # several lines within some days add up to those of the other side
    REVERSED_IN_BOOK = "reversed_in_book"  # a line and its red correction, both in the book
    RETURNED_BY_BANK = "returned_by_bank"  # a payment and its return, both on the statement
    BEFORE_STATEMENT = "before_statement"  # accounts for what book and bank differed by where the statement begins


class Kind(StrEnum):
    """The four kinds of items in transit."""

    BANK_RECEIVED = "bank_received"  # 银行已收企业未收
    BANK_PAID = "bank_paid"  # 银行已付企业未付
    BOOK_RECEIVED = "book_received"  # 企业已收银行未收
    BOOK_PAID = "book_paid"  # 企业已付银行未付


@dataclass(frozen=True, order=True)
class BookItem:
    """One posting to the account: day, fen (money in positive), voucher, party, narration, and where it stands."""

    date: datetime.date
    amount_fen: int
    voucher: str
    party: str
    text: str
    reverses: str = ""
    file: str = ""
    line: int = 0


@dataclass(frozen=True, order=True)
class BankItem:
    """One line of the statement: day, fen (money in positive), serial, party, texts, and its line in the register."""

    date: datetime.date
    amount_fen: int
    serial: str
    party: str
    text: str
    line: int = 0


@dataclass(frozen=True)
class Match:
    """Lines of both sides that are one event: their sums are equal. One side may be empty where they cancel out."""

    book: tuple[BookItem, ...]
    bank: tuple[BankItem, ...]
    reason: Reason

    @property
    def last(self) -> datetime.date:
        """The day of its last line: from then on nothing of it is open."""
        return max([*(i.date for i in self.book), *(i.date for i in self.bank)])

    @property
    def gap_fen(self) -> int:
        """Book less bank: what the match explains of a difference that was there before the statement."""
        return sum(i.amount_fen for i in self.book) - sum(i.amount_fen for i in self.bank)


@dataclass(frozen=True)
class OpenItem:
    """An item that only one side has on the day, of fen above zero; `cleared` is the later day it was cleared, if any.

    A red line counts as money the other way.
    """

    kind: Kind
    item: BookItem | BankItem
    amount_fen: int
    cleared: datetime.date | None


@dataclass(frozen=True)
class Reconciliation:
    """The reconciliation of an account at the end of a day; all amounts are fen.

    `begins` is the day before the statement's first line, `ends` its last line's. `stated` says whether the statement
    reaches the month of `until`, `moved` whether the book has a line after the statement's last.
    """

    account: str
    until: datetime.date
    begins: datetime.date
    ends: datetime.date
    stated: bool
    moved: bool
    book_balance_fen: int
    bank_balance_fen: int
    matched: tuple[Match, ...]
    open_items: tuple[OpenItem, ...]

    def of(self, kind: Kind) -> tuple[OpenItem, ...]:
        """Return the open items of a kind, oldest first."""
        return tuple(item for item in self.open_items if item.kind is kind)

    def total_fen(self, kind: Kind) -> int:
        """Return the sum of the open items of a kind."""
        return sum(item.amount_fen for item in self.of(kind))

    @property
    def book_only(self) -> tuple[OpenItem, ...]:
        """What the book has and the bank has not."""
        return self.of(Kind.BOOK_RECEIVED) + self.of(Kind.BOOK_PAID)

    @property
    def bank_only(self) -> tuple[OpenItem, ...]:
        """What the bank has and the book has not."""
        return self.of(Kind.BANK_RECEIVED) + self.of(Kind.BANK_PAID)

    @property
    def adjusted_book_fen(self) -> int:
        """The book's balance with what the bank has already."""
        return self.book_balance_fen + self.total_fen(Kind.BANK_RECEIVED) - self.total_fen(Kind.BANK_PAID)

    @property
    def adjusted_bank_fen(self) -> int:
        """The bank's balance with what the book has already."""
        return self.bank_balance_fen + self.total_fen(Kind.BOOK_RECEIVED) - self.total_fen(Kind.BOOK_PAID)

    @property
    def unexplained_fen(self) -> int:
        """Adjusted balance of the book less that of the bank: zero where the items in transit explain everything."""
        return self.adjusted_book_fen - self.adjusted_bank_fen

    @property
    def clean(self) -> bool:
        """Say whether nothing is open, the balances agree, and no line of the book lacks a statement of its month."""
        return not self.open_items and not self.unexplained_fen and (self.stated or not self.moved)
