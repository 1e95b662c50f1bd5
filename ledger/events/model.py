"""What a business event is: its few facts, the entries it makes, and what composing it gives back.

An event is data (`ledger/events/data/*.toml`): the treatments of 财会〔2021〕7号, part three of appendix one, each
named by account and paragraph. Ledger knows no law: shares and other figures of law are passed in by the caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from ledger.vouchers import Voucher, VoucherNumber

NO_TEXT: Mapping[str, str] = MappingProxyType({})
NO_VALUES: Mapping[str, Decimal] = MappingProxyType({})
NO_VOUCHERS: Mapping[str, Voucher] = MappingProxyType({})


class Words(NamedTuple):
    """One text for people, in Chinese and in English."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh


NO_WORDS = Words("", "")


class Level(StrEnum):
    """Whose books an event belongs in: of a grassroots union, of a union at county level and above, or of both."""

    GRASSROOTS = "grassroots"
    COUNTY = "county"
    BOTH = "both"

    @classmethod
    def of(cls, union_level: str) -> Level:
        """Return whose books a union keeps: city, province and national unions keep them as county ones do."""
        return cls.GRASSROOTS if union_level == cls.GRASSROOTS else cls.COUNTY


class Kind(StrEnum):
    """What an answer to a field is.

    `amount` is yuan above zero, `percent` 0 to 100, `month` `2025-02` or `2025-01..2025-03`, `account` a full account
    name of the book or the meaning of a statutory account, `yes-no` `yes` or `no`.
    """

    AMOUNT = "amount"
    DATE = "date"
    TEXT = "text"
    CHOICE = "choice"
    ACCOUNT = "account"
    MONTH = "month"
    PERSON = "person"
    COUNT = "count"
    YES_NO = "yes-no"
    PERCENT = "percent"


class Choice(NamedTuple):
    """One possible answer: its value and how people read it."""

    value: str
    label: Words


@dataclass(frozen=True)
class Field:
    """One fact that an event asks for.

    `accounts` are the meanings that an account field may stand under; `prefer` is a word that picks an open
    sub-account as the default, `named` a sub-account that the regulation demands (made when the book has none).
    `metadata` is the voucher's metadata key that the answer is written to, "" for none; an account field with the
    key `payment` writes the way of payment. `required_when` lists (field, value) pairs that make it required.
    `zero` allows an amount of nothing.
    """

    key: str
    label: Words
    kind: Kind
    required: bool = True
    choices: tuple[Choice, ...] = ()
    help: Words = NO_WORDS
    default: str = ""
    metadata: str = ""
    accounts: tuple[str, ...] = ()
    prefer: str = ""
    named: str = ""
    required_when: tuple[tuple[str, str], ...] = ()
    zero: bool = False


class Term(NamedTuple):
    """One term of an amount: a field or a part of a split, added (1) or taken off (-1)."""

    sign: int
    name: str


class Split(NamedTuple):
    """A sum divided by a share of the context: `part` is sum x share, half a fen upwards; `rest` is what is left.

    So the two always make the sum, and the own part is rounded as the schedule of contributions rounds it.
    """

    of: str
    share: str
    part: str
    rest: str


@dataclass(frozen=True)
class EntryLine:
    """One line of the entry, before the facts are known.

    `account` is a meaning of the chart, or `@field` for the account answered there; `below` a template of a local
    sub-account. Lines whose amount is nothing are left out; one below nothing is a problem, unless it `flips` to
    the other side. `when` are (field, value) pairs that must all hold. `treasury` names the account field whose
    answer, when it is the treasury's money, puts the expenditure under its sub-account 财政拨款.
    """

    debit: bool
    account: str
    amount: tuple[Term, ...]
    below: str = ""
    when: tuple[tuple[str, str], ...] = ()
    flips: bool = False
    treasury: str = ""


@dataclass(frozen=True)
class Event:
    """A business event: what it is called, what it asks, and the voucher it writes.

    `sources` are the treatments of the regulation it carries out (`402-三-(一)-a`: account, part, paragraph, and a
    letter where one paragraph holds several). `narration` and line sub-accounts are templates over the fields.
    `copies` names the field that holds the number of a voucher whose lines are repeated with the signs turned.
    """

    key: str
    title: Words
    group: str
    level: Level
    sources: tuple[str, ...]
    fields: tuple[Field, ...]
    lines: tuple[EntryLine, ...]
    narration: str
    help: Words = NO_WORDS
    aliases: tuple[str, ...] = ()
    splits: tuple[Split, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=lambda: NO_TEXT)
    copies: str = ""

    @property
    def source(self) -> str:
        """The treatment it carries out first of all."""
        return self.sources[0]

    def asked(self, key: str) -> Field:
        """Return the field of that key; raise KeyError for another."""
        for asked in self.fields:
            if asked.key == key:
                return asked
        raise KeyError(key)


@dataclass(frozen=True)
class EventContext:
    """What composing needs beside the answers: the book and the law's values on the day of the voucher.

    `number` is the voucher's (None for a preview). `values` are shares and sums of law by key, such as
    `contribution.retained_share`. `accounts` are the open accounts of the book, `bank` and `cash` the accounts used
    where the answer says none. `vouchers` are those that a reversal may name, by number.
    """

    number: VoucherNumber | None = None
    level: Level = Level.GRASSROOTS
    values: Mapping[str, Decimal] = field(default_factory=lambda: NO_VALUES)
    accounts: tuple[str, ...] = ()
    bank: str = ""
    cash: str = ""
    vouchers: Mapping[str, Voucher] = field(default_factory=lambda: NO_VOUCHERS)


class EventProblem(NamedTuple):
    """One thing that keeps an event from being a voucher: key of the field ("" for the whole), and a sentence."""

    field: str
    message: Words


@dataclass(frozen=True)
class Composition:
    """The voucher of an event, or else every problem: one of the two is always empty."""

    voucher: Voucher | None
    problems: tuple[EventProblem, ...] = ()


@dataclass(frozen=True)
class EventPage:
    """An event as a page shows it: title, group, help, source, and its fields with labels and help."""

    key: str
    title: Words
    group: Words
    help: Words
    sources: tuple[str, ...]
    fields: tuple[Field, ...]
