"""A year in the making and the book that it becomes: events with what they know, then numbers, registers, facts.

Injections change the events and the rows of registers before the book is built, so that numbers, bank statement,
lists and carry-forward stay consistent with what they changed; `tampers` change the finished book.
"""

from __future__ import annotations

import datetime
import hashlib
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType

from ledger.facts import Facts
from ledger.money import plain_yuan
from ledger.reader.build import facts_from
from ledger.reader.core import tables_of
from ledger.reader.folder import Survey
from ledger.reader.limits import Limits
from ledger.union import Standard, UnionProfile
from ledger.vouchers import BudgetEntry, Line, Voucher, VoucherNumber
from ledger.writer import accounts_text, book_texts, main_text, profile_text
from rules.law import Law, NoParameter
from tests.years import chart, days

Row = dict[str, str]
WORD = "记"


@dataclass(eq=False)
class Event:
    """One voucher to be; `item` is its invoice's item (empty: no invoice), `grants` the rows of its list."""

    date: datetime.date
    payee: str
    narration: str
    lines: list[Line]
    meta: dict[str, str] = field(default_factory=dict)
    grants: list[Row] = field(default_factory=list)
    item: str = ""
    number: VoucherNumber | None = None

    def __post_init__(self) -> None:
        self.lines, self.meta = list(self.lines), dict(self.meta)  # events made of the same words share nothing

    @property
    def spent_fen(self) -> int:
        """What it puts on accounts of expenditure."""
        return sum(line.amount_fen for line in self.lines if line.account.startswith("Expenses:"))

    def moved_fen(self, account: str) -> int:
        """What it moves on one account, debit positive."""
        return sum(line.amount_fen for line in self.lines if line.account == account)


@dataclass(eq=False)
class Built:
    """A finished book, before it becomes text: tampers change it in place."""

    vouchers: list[Voucher]
    budgets: list[BudgetEntry]
    registers: dict[str, list[Row]]
    closing: list[Voucher]
    documents: set[str] = field(default_factory=set)  # paths of scans that the book's folder holds

    def texts(self, profile: UnionProfile) -> dict[str, str]:
        """Return every file of the book."""
        texts = book_texts(self.vouchers, self.budgets, self.registers, self.closing)
        used = [(line.account, v.date) for v in (*self.vouchers, *self.closing) for line in v.lines]
        used += [(b.account, b.date) for b in self.budgets]
        opened: dict[str, datetime.date] = {}
        for account, day in used:
            opened[account] = min(day, opened.get(account, datetime.date(2009, 12, 31)))
        ledgers = sorted(path for path in texts if path.endswith(".beancount"))
        texts["accounts.beancount"] = accounts_text(opened)
        texts["main.beancount"] = main_text(profile.name, ["accounts.beancount", *ledgers])
        texts["union.toml"] = profile_text(profile)
        return texts

    def facts(self, profile: UnionProfile) -> Facts:
        """Return the facts as the reader makes them, without a folder and without a child process."""
        return facts_of(self.texts(profile), self.documents)


@dataclass(eq=False)
class Year:
    """A union's year in the making."""

    seed: int
    year: int
    law: Law
    profile: UnionProfile
    rng: random.Random
    members: list[Row] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    registers: dict[str, list[Row]] = field(default_factory=dict)
    budgets: list[BudgetEntry] = field(default_factory=list)
    opening: dict[str, int] = field(default_factory=dict)
    older: list[Event] = field(default_factory=list)  # vouchers of earlier years, numbered in their own months
    tampers: list[Callable[[Built], None]] = field(default_factory=list)
    close: bool = True

    def account(self, meaning: str, *below: str) -> str:
        """Return the account with a meaning in this year's chart."""
        return chart.account(self.year, meaning, *below)

    @property
    def bank(self) -> str:
        """The union's own account at the bank."""
        return chart.bank(self.year)

    @property
    def cash(self) -> str:
        """The till."""
        return chart.cash(self.year)

    def day(self, month: int, day: int) -> datetime.date:
        """Return a working day of the year."""
        return days.workday(self.year, month, day)

    def any_day(self, first_month: int = 1, last_month: int = 12) -> datetime.date:
        """Return a drawn working day of the year, not in its last days."""
        return self.day(self.rng.randint(first_month, last_month), self.rng.randint(3, 24))

    def cap(self, key: str, day: datetime.date) -> int | None:
        """Return a cap in fen on a day, None where neither law nor standard sets one."""
        try:
            return self.law.value(key, day, self.profile).fen
        except NoParameter:
            return None

    def add(self, event: Event) -> Event:
        """Add an event and return it."""
        self.events.append(event)
        return event

    def spend(
        self,
        day: datetime.date,
        payee: str,
        narration: str,
        account: str,
        fen: int,
        *,
        source: str = "",
        item: str = "",
        **meta: str,
    ) -> Event:
        """Add an expenditure paid from the bank (or `source`); underscores in names stand for hyphens."""
        told = {"fund": "retained", **{key.replace("_", "-"): text for key, text in meta.items()}}
        paid = source or self.bank
        told.setdefault("payment", "cash" if paid == self.cash else "transfer")
        event = Event(day, payee, narration, [Line(account, fen), Line(paid, -fen)], told, item=item)
        return self.add(event)

    def row(self, register: str, **cells: str) -> Row:
        """Add a row to a register and return it; a trailing underscore frees Python's own words."""
        made = {key.rstrip("_"): text for key, text in cells.items()}
        self.registers.setdefault(register, []).append(made)
        return made

    def standard(self, key: str, value: str) -> None:
        """Let the union adopt a standard of its own, from long ago, in place of any it has for the key."""
        kept = tuple(s for s in self.profile.standards if s.key != key)
        made = Standard(key, Decimal(value), datetime.date(2010, 1, 1), None, "某市第一医院工会〔2010〕1号", "第三条")
        self.profile = replace(self.profile, standards=(*kept, made))


def yuan(fen: int) -> str:
    """Return fen as registers write yuan."""
    return plain_yuan(fen)


def facts_of(texts: Mapping[str, str], documents: Iterable[str] = ()) -> Facts:
    """Return the facts of a book that exists as texts only."""
    contents = {path: text.encode() for path, text in texts.items()}
    hashes = {path: hashlib.sha256(content).hexdigest() for path, content in contents.items()}
    hashes |= {path: hashlib.sha256(path.encode()).hexdigest() for path in documents}
    digest = hashlib.sha256("".join(sorted(hashes.values())).encode()).hexdigest()
    survey = Survey(MappingProxyType(contents), MappingProxyType(hashes), (), digest)
    return facts_from(tables_of(survey, Limits()))


def numbered(events: Sequence[Event]) -> None:
    """Give every event its number, in order of date within each month."""
    counts: dict[tuple[int, int], int] = {}
    for event in sorted(events, key=lambda e: e.date):
        month = (event.date.year, event.date.month)
        counts[month] = counts.get(month, 0) + 1
        event.number = VoucherNumber(WORD, *month, counts[month])
