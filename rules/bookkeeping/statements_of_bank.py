"""A bank account in the books beside its statements: balances on a day, and items that only one of the two has.

Book items and rows of the statement of one amount are paired, the nearest days first; what is left, or met by its
counterpart later, is in transit. All amounts are fen, money in positive.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ledger.facts import Facts
from ledger.rows import Row
from rules.finding import Evidence, Text
from rules.gather import day, register_evidence
from rules.rule import evidence_of

BANK = "bank_deposit"
_MOST_PAIRS = 10_000  # beyond this many combinations items of one amount are paired in order of day


@dataclass(frozen=True)
class Item:
    """One voucher's net on the account, or one row of the statement.

    `row` is its place in the journal or in the register, `met` the day of its counterpart, if any.
    """

    date: datetime.date
    amount_fen: int
    booked: bool
    row: int
    met: datetime.date | None = None

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


def evidence_for(facts: Facts, items: Sequence[Item]) -> list[Evidence]:
    """Return the rows that items are: postings of the book, or rows of the statement."""
    note = Text("账上已记，对账单没有", "in the books, not on the statement")
    found = []
    for item in items:
        amount = abs(item.amount_fen)
        if item.booked:
            found.append(evidence_of(facts.journal.iloc[item.row], note, amount_fen=amount))
        else:
            found.append(row_evidence(facts.registers["bank"].iloc[item.row], item.amount_fen))
    return found


def row_evidence(row: Row, amount_fen: int) -> Evidence:
    """Return the evidence that a row of a statement is."""
    side = "付" if amount_fen < 0 else "收"
    zh = f"对账单{side} {row['payer_payee']} {row['summary']}".rstrip()
    return register_evidence("bank", row, Text(zh, "a row of the bank statement"), abs(amount_fen))


def bank_accounts(facts: Facts, until: datetime.date) -> tuple[str, ...]:
    """Return the ledger's accounts of bank deposits with any line up to a day."""
    rows = facts.journal
    used = rows.loc[(rows["group"] == BANK) & (rows["date"] <= pd.Timestamp(until)), "account"].astype(str)
    return tuple(sorted(set(used.unique())))


def statement_of(facts: Facts, account: str, until: datetime.date) -> pd.DataFrame:
    """Return the statement's rows of an account up to a day, oldest first, with `amount_fen`, money in positive.

    Banks print either the oldest or the newest row first: within a day the order with fewer breaks is taken.
    """
    return facts.once(("bank statement", account, until), lambda: _statement_of(facts, account, until))


def _statement_of(facts: Facts, account: str, until: datetime.date) -> pd.DataFrame:
    bank = facts.registers["bank"]
    own = bank[(bank["account"] == account) & bank["date"].notna()]
    own = own[own["date"] <= pd.Timestamp(until)]
    amounts = own["credit_fen"].fillna(0).astype("int64") - own["debit_fen"].fillna(0).astype("int64")
    own = own.assign(amount_fen=amounts)
    orders = [own.sort_values(["date", "line"], ascending=[True, up]) for up in (True, False)]
    return min(orders, key=lambda rows: len(_breaks(rows)))


def _breaks(rows: pd.DataFrame) -> list[int]:
    """Return the places of rows whose printed balance is not that of the row before plus the amount."""
    found, before, between = [], None, 0
    for place, (balance, amount) in enumerate(
        zip(rows["balance_fen"].tolist(), rows["amount_fen"].tolist(), strict=True)
    ):
        between += amount
        if balance is pd.NA:
            continue
        if before is not None and before + between != balance:
            found.append(place)
        before, between = balance, 0
    return found


def reconciled(facts: Facts, account: str, until: datetime.date) -> Reconciled | None:
    """Return an account beside its statements, None where bank.csv has no row of it with a balance."""
    return facts.once(("bank reconciled", account, until), lambda: _reconciled(facts, account, until))


def _reconciled(facts: Facts, account: str, until: datetime.date) -> Reconciled | None:
    rows = statement_of(facts, account, until)
    printed = rows["balance_fen"].notna()
    if rows.empty or not printed.any():
        return None
    first = int(printed.to_numpy().argmax())
    opening = int(rows["balance_fen"].iloc[first]) - int(rows["amount_fen"].iloc[: first + 1].sum())
    begins = day(rows["date"].iloc[0]) - datetime.timedelta(days=1)
    books = _book_items(facts, account, until)
    after = books[books["date"] > pd.Timestamp(begins)]
    ours, theirs = _apart(after, rows[rows["amount_fen"] != 0])
    paired = _paired(ours, theirs)
    rest = [item for item in paired if not item.booked and item.met is None]
    late = _paired(_items(books[books["date"] <= pd.Timestamp(begins)], booked=True), rest) if rest else []
    explained = [item for item in late if item.met is not None]
    gap = _balance(facts, account, begins) - opening - sum(item.amount_fen for item in explained if item.booked)
    kept = [item for item in paired if item.booked or item.met is not None]
    items = [*kept, *explained, *(item for item in late if not item.booked and item.met is None)]
    return Reconciled(
        account,
        begins,
        day(rows["date"].iloc[-1]),
        gap,
        tuple(sorted(items, key=lambda i: (i.date, not i.booked, i.amount_fen, i.row))),
        _months(rows),
        _months(after),
        tuple(row_evidence(row, int(row["amount_fen"])) for row in (rows.iloc[n] for n in _breaks(rows))),
    )


def _months(rows: pd.DataFrame) -> frozenset[str]:
    return frozenset(str(month) for month in rows["date"].dt.strftime("%Y-%m").unique())


def _balance(facts: Facts, account: str, at: datetime.date) -> int:
    rows = facts.journal
    # Opening balances of the statement's first day are balances, not items of that day.
    upto = (rows["date"] <= pd.Timestamp(at)) | (rows["opening"] | rows["change_over"])
    return int(rows.loc[(rows["account"] == account) & upto, "amount_fen"].sum())


def _book_items(facts: Facts, account: str, until: datetime.date) -> pd.DataFrame:
    """Return the first line of each voucher that moved the account in the end, with the net as `amount_fen`."""
    rows = facts.journal
    own = rows[(rows["account"] == account) & (rows["date"] <= pd.Timestamp(until))]
    own = own[~(own["opening"] | own["change_over"])]
    sums = own.groupby("entry")["amount_fen"].sum()
    first = own.sort_values(["date", "voucher", "amount_fen", "line"]).drop_duplicates("entry")
    nets = first.assign(amount_fen=first["entry"].map(sums))
    return nets[nets["amount_fen"] != 0]


def _apart(books: pd.DataFrame, bank: pd.DataFrame) -> tuple[list[Item], list[Item]]:
    """Return the items of both sides without those that met on one day."""
    keys = ["date", "amount_fen"]
    sides = [side.assign(nth=side.groupby(keys).cumcount())[[*keys, "nth"]] for side in (books, bank)]
    tuples = [pd.MultiIndex.from_frame(side) for side in sides]
    ours, theirs = books[~tuples[0].isin(tuples[1])], bank[~tuples[1].isin(tuples[0])]
    return _items(ours, booked=True), _items(theirs, booked=False)


def _items(rows: pd.DataFrame, *, booked: bool) -> list[Item]:
    columns = zip(rows.index, rows["date"].dt.date, rows["amount_fen"], strict=True)
    return [Item(at, int(amount), booked, int(str(label))) for label, at, amount in columns]


def _paired(books: Sequence[Item], bank: Sequence[Item]) -> list[Item]:
    """Return all items, each with the day of its counterpart where it has one."""
    groups: dict[int, tuple[list[Item], list[Item]]] = defaultdict(lambda: ([], []))
    for item in (*books, *bank):
        groups[item.amount_fen][0 if item.booked else 1].append(item)
    found: list[Item] = []
    for ours, theirs in groups.values():
        found += _pairs_of(ours, theirs)
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
    made = [_met(item, theirs[met[n]].date if n in met else None) for n, item in enumerate(ours)]
    return made + [_met(item, ours[back[m]].date if m in back else None) for m, item in enumerate(theirs)]


def _met(item: Item, when: datetime.date | None) -> Item:
    return Item(item.date, item.amount_fen, item.booked, item.row, when)
