"""The journal as typed rows: vouchers and their postings, for checks that read them one by one.

The attributes of a row are the columns of its contract (`ledger.contracts`): amounts in fen, debit positive, days as
dates, a missing text as "", any other missing value as None. A row is a tuple and never changes. Whoever needs the
lines of a few accounts asks a `Journal` for them, which knows where they stand, instead of looking through all.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd

Key = TypeVar("Key")


class VoucherRow(NamedTuple):
    """One voucher; the columns of `ledger.contracts.VOUCHERS`."""

    entry: int
    voucher: str
    word: str
    number: int | None
    period: str
    date: datetime.date
    event_date: datetime.date
    payee: str
    narration: str
    opening: bool
    carry_forward: bool
    change_over: bool
    attachments: int | None
    prepared_by: str
    reviewed_by: str
    posted_by: str
    cashier: str
    handled_by: str
    approved_by: str
    entered_at: str
    activity: str
    activity_type: str
    participants: int | None
    awarded: int | None
    days: int | None
    nights: int | None
    destination: str
    occasion: str
    list: str
    fund: str
    project: str
    payment: str
    invoice: str
    invoice_seller: str
    invoice_date: datetime.date | None
    invoice_type: str
    contract: str
    contract_date: datetime.date | None
    resolution: str
    quotes: int | None
    month_of: str
    documents: str
    reverses: str
    budget_override: str
    file: str
    line: int

    @property
    def business(self) -> bool:
        """Whether something happened: no opening, change-over or carry-forward."""
        return not (self.opening or self.change_over or self.carry_forward)


class PostingRow(NamedTuple):
    """One posting with the day and the voucher it belongs to; the columns of `ledger.contracts.POSTINGS`.

    Metadata that the posting does not carry itself is the voucher's.
    """

    date: datetime.date
    head: VoucherRow
    entry: int
    posting: int
    account: str
    code: str
    meaning: str
    group: str
    element: str
    amount_fen: int
    occasion: str
    list: str
    fund: str
    project: str
    payment: str
    invoice: str
    invoice_seller: str
    invoice_date: datetime.date | None
    invoice_type: str
    contract: str
    month_of: str
    file: str
    line: int

    @property
    def voucher(self) -> str:
        """Number of the voucher, "" when it has none."""
        return self.head.voucher


class Journal:
    """A stretch of the journal in order of day, voucher and posting, that finds the lines of an account at once."""

    def __init__(self, postings: Iterable[PostingRow]) -> None:
        self.postings = tuple(postings)
        self._places: dict[str, Mapping[str, list[int]]] = {}
        self._chosen: dict[tuple[str, tuple[str, ...]], Sequence[PostingRow]] = {}

    def __len__(self) -> int:
        return len(self.postings)

    def on(self, *groups: str) -> Sequence[PostingRow]:
        """Return the postings on some level-1 accounts, named by their meaning."""
        return self._kept("group", groups)

    def meaning(self, *meanings: str) -> Sequence[PostingRow]:
        """Return the postings on some statutory accounts, named by their meaning."""
        return self._kept("meaning", meanings)

    def of(self, *elements: str) -> Sequence[PostingRow]:
        """Return the postings of some elements: assets, liabilities, net_assets, income, expense."""
        return self._kept("element", elements)

    def whole(self, postings: Iterable[PostingRow]) -> Sequence[PostingRow]:
        """Return all postings here of the vouchers that some postings belong to."""
        by_entry = self.by_entry
        return tuple(chain.from_iterable(by_entry[entry] for entry in dict.fromkeys(p.entry for p in postings)))

    @property
    def groups(self) -> frozenset[str]:
        """The level-1 accounts that have a posting."""
        return frozenset(self._places_by("group"))

    @cached_property
    def by_entry(self) -> Mapping[int, Sequence[PostingRow]]:
        """The postings of each voucher, in order; none for a voucher that has none here."""
        return _Postings((entry, tuple(own)) for entry, own in groupby(self.postings, attrgetter("entry")))

    @cached_property
    def vouchers(self) -> Sequence[VoucherRow]:
        """The vouchers that the postings belong to, each once, in order of their first posting."""
        return tuple(own[0].head for own in self.by_entry.values())

    def _kept(self, column: str, names: tuple[str, ...]) -> Sequence[PostingRow]:
        """Return the postings with one of some names in a column; worked out once, because many ask the same."""
        if (column, names) not in self._chosen:
            by_name = self._places_by(column)
            known = [by_name[name] for name in dict.fromkeys(names) if name in by_name]
            places = known[0] if len(known) == 1 else sorted(chain.from_iterable(known))
            self._chosen[column, names] = tuple(map(self.postings.__getitem__, places))
        return self._chosen[column, names]

    def _places_by(self, column: str) -> Mapping[str, list[int]]:
        if column not in self._places:
            self._places[column] = _places(self.postings, attrgetter(column))
        return self._places[column]


class _Postings(dict[int, Sequence[PostingRow]]):
    def __missing__(self, entry: int) -> Sequence[PostingRow]:
        return ()


def _places(postings: Sequence[PostingRow], key: Callable[[PostingRow], str]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(map(key, postings)):
        found[name].append(place)
    return dict(found)


def sums_by(postings: Iterable[PostingRow], key: Callable[[PostingRow], Key]) -> dict[Key, int]:
    """Return the net of postings by what a function gives for each, in fen, debit positive."""
    sums: dict[Key, int] = defaultdict(int)
    rows = tuple(postings)
    for name, fen in zip(map(key, rows), map(attrgetter("amount_fen"), rows), strict=True):
        sums[name] += fen
    return dict(sums)


def net_fen(postings: Iterable[PostingRow]) -> int:
    """Return the net of postings in fen, debit positive."""
    return sum(posting.amount_fen for posting in postings)


def voucher_rows(vouchers: pd.DataFrame) -> tuple[VoucherRow, ...]:
    """Return the rows of a frame of vouchers, in its order."""
    return typed_rows(VoucherRow, {name: vouchers[name] for name in VoucherRow._fields})


def posting_rows(postings: pd.DataFrame, vouchers: pd.DataFrame, heads: Sequence[VoucherRow]) -> Journal:
    """Return the journal that frames of postings and vouchers make; `heads` are the vouchers in their frame's order.

    Raises ValueError where two vouchers have one entry, or a posting an entry that no voucher has.
    """
    entries = pd.Index(vouchers["entry"])
    if not entries.is_unique:
        raise ValueError("vouchers: entry is not unique")
    owners = entries.get_indexer(postings["entry"])
    if (owners < 0).any():
        raise ValueError("postings: an entry that no voucher has")
    days = vouchers["date"].to_numpy()[owners]
    order = np.lexsort((postings["posting"].to_numpy(), postings["entry"].to_numpy(), days))
    own = [heads[place] for place in owners[order].tolist()]
    told = {name: values_of(postings[name], order) for name in PostingRow._fields if name not in ("date", "head")}
    columns: dict[str, Iterable[Any]] = {"date": [head.date for head in own], "head": own, **told}
    return Journal(_made(PostingRow, [columns[name] for name in PostingRow._fields]))


Made = TypeVar("Made", bound=tuple[Any, ...])


def typed_rows(kind: type[Made], columns: Mapping[str, pd.Series]) -> tuple[Made, ...]:
    """Return the rows that columns of a frame make, as tuples of a kind whose fields are those columns in order."""
    return tuple(_made(kind, [values_of(column) for column in columns.values()]))


def _made(kind: type[Made], columns: Sequence[Iterable[Any]]) -> Iterable[Made]:
    return map(partial(tuple.__new__, kind), zip(*columns, strict=True))


def values_of(column: pd.Series, places: Any = None) -> list[Any]:
    """Return a column as a list of Python's own values: days as dates, None for what is missing.

    `places` chooses rows, in that order; None: all.
    """
    kind, count = column.dtype, len(column) if places is None else len(places)
    if isinstance(kind, pd.CategoricalDtype):
        names = kind.categories.to_numpy(dtype=object)
        if len(names) == 1:
            return [names[0]] * count
        codes = column.array.codes
        array = names[codes if places is None else codes[places]]
    else:
        array = _plain(column)
        array = array if places is None else array[places]
    listed: list[Any] = array.tolist()
    return listed


def _plain(column: pd.Series) -> Any:
    if isinstance(column.dtype, pd.StringDtype):
        return column.to_numpy(dtype=object)
    if isinstance(column.dtype, pd.Int64Dtype):
        missing = column.isna().to_numpy()
        if missing.all():
            return np.full(len(column), None)
        return column.array.to_numpy(dtype=object, na_value=None) if missing.any() else column.to_numpy(dtype="int64")
    return _days(column.to_numpy()) if column.dtype.kind == "M" else column.to_numpy()


def _days(moments: Any) -> Any:
    """Return moments as dates, one object for each different day: a book has few of them."""
    codes, different = pd.factorize(moments)
    days = np.full(len(different) + 1, None)
    days[:-1] = different.astype("datetime64[D]").astype(object)
    return days[codes]
