"""A bank account in the books beside its statements: balances on a day, and items that only one of the two has.

Book items and rows of the statement of one amount are paired, the nearest days first; what is left, or met by its
counterpart later, is in transit. All amounts are fen, money in positive.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, groupby
from operator import attrgetter
from typing import NamedTuple

from ledger.facts import Facts
from ledger.journal_rows import PostingRow, net_fen
from ledger.register_rows import BankRow, rows_of_register
from rules.evidence import posting_evidence, register_evidence
from rules.finding import Evidence, Text
from rules.indexes import line_order, lines_by_account, openings, upto
from rules.remittance.months import month_of_day

BANK = "bank_deposit"
_MOST_PAIRS = 10_000  # beyond this many combinations items of one amount are paired in order of day


@dataclass(frozen=True)
class Item:
    """One voucher's net on the account, or one row of the statement.

    `row` is the voucher's first line on the account, or the row; `met` the day of its counterpart, if any.
    """

    amount_fen: int
    row: PostingRow | BankRow
    date: datetime.date
    met: datetime.date | None = None

    @property
    def booked(self) -> bool:
        """Whether the item is the books'."""
        return isinstance(self.row, PostingRow)

    @property
    def order(self) -> tuple[datetime.date, bool, int, int, int]:
        """What items are sorted by: day, books first, amount, place in the journal or on the statement."""
        row = self.row
        place = (row.entry, row.posting) if isinstance(row, PostingRow) else (row.line, 0)
        return (self.date, not self.booked, self.amount_fen, *place)

    def open_on(self, at: datetime.date) -> bool:
        """Tell whether the item is there on a day and its counterpart is not."""
        return self.date <= at and (self.met is None or self.met > at)

    @property
    def signed_fen(self) -> int:
        """What the item makes the books differ from the statement by."""
        return self.amount_fen if self.booked else -self.amount_fen


@dataclass(frozen=True)
class Reconciled:
    """One account with its statements up to a day.

    `opening_gap_fen` is books less statement where the statement begins, less what later rows of the statement
    explain. `items` are those that were in transit for a day at least. `stated` and `booked` are the months with rows
    of the statement, and with items of the books since it begins. `broken` are rows whose printed balance does not
    follow from the row before.
    """

    account: str
    begins: datetime.date
    ends: datetime.date
    opening_gap_fen: int
    items: tuple[Item, ...]
    stated: frozenset[str]
    booked: frozenset[str]
    broken: tuple[Evidence, ...]

    def gap_fen(self, at: datetime.date) -> int:
        """Books less statement at the end of a day."""
        return self.opening_gap_fen + sum(item.signed_fen for item in self.items if item.open_on(at))

    def in_transit(self, at: datetime.date) -> tuple[Item, ...]:
        """Return the items in transit at the end of a day, oldest first."""
        return tuple(item for item in self.items if item.open_on(at))


@dataclass(frozen=True)
class Statement:
    """The rows of an account's statement, oldest first, and what each moved, money in positive.

    `broken` are the places of rows whose printed balance is not that of the row before plus the amount.
    """

    rows: Sequence[BankRow]
    moved: Sequence[int]
    broken: Sequence[int]

    def after(self, count: int) -> Statement:
        """Return the statement without its first rows."""
        broken = [place - count for place in self.broken if place >= count]
        return Statement(self.rows[count:], self.moved[count:], broken)

    @cached_property
    def by_day(self) -> Mapping[datetime.date, Sequence[BankRow]]:
        """The rows of each day."""
        return {day: list(own) for day, own in groupby(self.rows, attrgetter("date"))}


def items_evidence(items: Iterable[Item]) -> list[Evidence]:
    """Return the rows that items are: postings of the book, or rows of the statement."""
    note = Text("账上已记，对账单没有", "in the books, not on the statement")
    return [
        posting_evidence(item.row, note, abs(item.amount_fen))
        if isinstance(item.row, PostingRow)
        else row_evidence(item.row, item.amount_fen)
        for item in items
    ]


def row_evidence(row: BankRow, amount_fen: int) -> Evidence:
    """Return the evidence that a row of a statement is."""
    side = "付" if amount_fen < 0 else "收"
    zh = f"对账单{side} {row.payer_payee} {row.summary}".rstrip()
    return register_evidence(row, Text(zh, "a row of the bank statement"), abs(amount_fen))


def bank_accounts(facts: Facts, until: datetime.date) -> tuple[str, ...]:
    """Return the ledger's accounts of bank deposits with any line up to a day."""
    return tuple(sorted(set(map(attrgetter("account"), upto(facts.booked.on(BANK), until)))))


def statement_of(facts: Facts, account: str, until: datetime.date) -> Statement:
    """Return the statement of an account up to a day.

    Banks print either the oldest or the newest row first: within a day the order with fewer breaks is taken.
    """
    printed = _printed(facts).get(account, ())
    found = _statement(printed, until)
    return found if not found.broken else min(found, _statement(printed[::-1], until), key=_breaks)


def _printed(facts: Facts) -> Mapping[str, Sequence[BankRow]]:
    """Return the rows of every account that have a day, as bank.csv has them."""

    def gathered() -> Mapping[str, Sequence[BankRow]]:
        found: dict[str, list[BankRow]] = defaultdict(list)
        for row in rows_of_register(facts, BankRow):
            if row.date is not None:
                found[row.account].append(row)
        return dict(found)

    return facts.once("bank rows by account", gathered)


def _statement(printed: Sequence[BankRow], until: datetime.date) -> Statement:
    rows = sorted(printed, key=attrgetter("date"))
    rows = rows[: bisect_right(rows, until, key=attrgetter("date"))]
    moved = [(row.credit_fen or 0) - (row.debit_fen or 0) for row in rows]
    balances = [row.balance_fen for row in rows]
    if rows and balances == list(accumulate(moved[1:], initial=balances[0])):
        return Statement(rows, moved, ())
    broken, before, between = [], None, 0
    for place, (balance, fen) in enumerate(zip(balances, moved, strict=True)):
        between += fen
        if balance is None:
            continue
        if before is not None and before + between != balance:
            broken.append(place)
        before, between = balance, 0
    return Statement(rows, moved, broken)


def _breaks(statement: Statement) -> int:
    return len(statement.broken)


def reconciled(facts: Facts, account: str, until: datetime.date) -> Reconciled | None:
    """Return an account beside its statements, None where bank.csv has no row of it with a balance."""
    return facts.once(("bank reconciled", account, until), lambda: _reconciled(facts, account, until))


def _reconciled(facts: Facts, account: str, until: datetime.date) -> Reconciled | None:
    statement = statement_of(facts, account, until)
    lines, brought = upto(lines_by_account(facts)[account], until), openings(facts)
    early = _before_the_book(statement.rows, lines, brought)
    if early:
        statement = statement.after(early)
    rows, moved = statement.rows, statement.moved
    first = next((place for place, row in enumerate(rows) if row.balance_fen is not None), None)
    if first is None:
        return None
    opening = (rows[first].balance_fen or 0) - sum(moved[: first + 1])
    begins = (lines[0].date if early else _on(rows[0])) - datetime.timedelta(days=1)
    # Opening balances of the first day compared are balances, not items of that day; later ones are items.
    first_day = upto(lines, begins + datetime.timedelta(days=1))
    balances = {line.entry for line in first_day if line.entry in brought}
    dealings = [line for line in lines if line.entry not in balances] if balances else lines
    old = bisect_right(dealings, begins, key=attrgetter("date"))
    ours, theirs, booked = _apart(dealings[old:], statement)
    paired = _paired([*ours, *theirs])
    rest = [item for item in paired if not item.booked and item.met is None]
    late = _paired([*_book_items(dealings[:old]), *rest]) if rest else []
    explained = [item for item in late if item.met is not None]
    balance = net_fen(line for line in first_day if line.date <= begins or line.entry in balances)
    kept = [item for item in paired if item.booked or item.met is not None]
    items = [*kept, *explained, *(item for item in late if not item.booked and item.met is None)]
    return Reconciled(
        account,
        begins,
        _on(rows[-1]),
        balance - opening - sum(item.amount_fen for item in explained if item.booked),
        tuple(sorted(items, key=attrgetter("order"))),
        _months(statement.by_day),
        _months(booked),
        tuple(row_evidence(rows[place], moved[place]) for place in statement.broken),
    )


def _before_the_book(rows: Sequence[BankRow], lines: Sequence[PostingRow], brought: Collection[int]) -> int:
    """Return how many rows are of days before the account's opening balance, 0 where no balance is printed later."""
    if not lines or lines[0].entry not in brought:
        return 0
    early = bisect_left(rows, lines[0].date, key=_on)
    return early if any(row.balance_fen is not None for row in rows[early:]) else 0


def _on(row: BankRow) -> datetime.date:
    return row.date or datetime.date.min


def _months(days: Iterable[datetime.date]) -> frozenset[str]:
    return frozenset(map(month_of_day, days))


def _book_items(lines: Iterable[PostingRow]) -> list[Item]:
    """Return the vouchers that moved the account in the end, each by its first line and with its net."""
    nets: dict[int, int] = defaultdict(int)
    first: dict[int, PostingRow] = {}
    for line in sorted(lines, key=line_order):
        nets[line.entry] += line.amount_fen
        first.setdefault(line.entry, line)
    return [Item(nets[entry], line, line.date) for entry, line in first.items() if nets[entry]]


class _Day(NamedTuple):
    """What one day has on both sides: lines of the account, rows of its statement and what each row moved."""

    date: datetime.date
    lines: Sequence[PostingRow]
    rows: Sequence[BankRow]
    moved: Sequence[int]

    @property
    def all_met(self) -> bool:
        """Whether every voucher has one line, and these are the rows of the statement."""
        if len(self.lines) != len(self.rows) or 0 in self.moved:
            return False
        amounts = map(attrgetter("amount_fen"), self.lines)
        return sorted(amounts) == sorted(self.moved) and len({line.entry for line in self.lines}) == len(self.lines)


def _days(lines: Sequence[PostingRow], statement: Statement) -> Iterator[_Day]:
    """Yield every day that either side has, oldest first."""
    booked = {day: list(own) for day, own in groupby(lines, attrgetter("date"))}
    start = 0
    for day in sorted({*booked, *statement.by_day}):
        rows = statement.by_day.get(day, [])
        yield _Day(day, booked.get(day, []), rows, statement.moved[start : start + len(rows)])
        start += len(rows)


def _apart(
    lines: Sequence[PostingRow], statement: Statement
) -> tuple[list[Item], list[Item], frozenset[datetime.date]]:
    """Return the items of both sides without those that met on one day, and the days with items of the books."""
    ours: list[Item] = []
    theirs: list[Item] = []
    booked = set()
    for day in _days(lines, statement):
        if day.all_met:
            booked.add(day.date)
            continue
        items = _book_items(day.lines)
        if items:
            booked.add(day.date)
        stated = [Item(fen, row, day.date) for row, fen in zip(day.rows, day.moved, strict=True) if fen]
        ours += _beyond(items, Counter(item.amount_fen for item in stated))
        theirs += _beyond(stated, Counter(item.amount_fen for item in items))
    return ours, theirs, frozenset(booked)


def _beyond(items: Sequence[Item], met: Counter[int]) -> list[Item]:
    """Return the items beyond as many of each amount as the other side has on that day."""
    left = []
    for item in items:
        if met[item.amount_fen] > 0:
            met[item.amount_fen] -= 1
        else:
            left.append(item)
    return left


def _paired(items: Iterable[Item]) -> list[Item]:
    """Return all items, each with the day of its counterpart where it has one."""
    groups: dict[int, tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
    for item in items:
        groups[item.amount_fen][0 if item.booked else 1].append(item)
    found: list[Item] = []
    for ours, theirs in groups.values():
        found += _pairs_of(ours, theirs) if ours and theirs else [*ours, *theirs]
    return found


def _pairs_of(ours: Sequence[Item], theirs: Sequence[Item]) -> list[Item]:
    if len(ours) * len(theirs) > _MOST_PAIRS:
        pairs = list(zip(range(len(ours)), range(len(theirs)), strict=False))
    else:
        near = sorted(
            (abs((own.date - other.date).days), n, m) for n, own in enumerate(ours) for m, other in enumerate(theirs)
        )
        taken: tuple[set[int], set[int]] = (set(), set())
        pairs = []
        for _, n, m in near:
            if n not in taken[0] and m not in taken[1]:
                taken[0].add(n)
                taken[1].add(m)
                pairs.append((n, m))
    met = dict(pairs)
    back = {m: n for n, m in pairs}
    made = [replace(item, met=theirs[met[n]].date if n in met else None) for n, item in enumerate(ours)]
    return made + [replace(item, met=ours[back[m]].date if m in back else None) for m, item in enumerate(theirs)]
