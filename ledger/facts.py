"""The facts of a book: frames with a written contract, made from the reader's tables, and the typed rows they make.

Checks read typed rows (`booked`, `listed`); statements and reports that add up whole columns read frames.
Every amount is int64 fen, debit positive and credit negative in `amount_fen` of postings (people are shown 借
and 贷, never signs). Days are `datetime64[s]`, names categorical. What a frame must hold stands in
`ledger.contracts`; `check_frame` lists every breach of a contract at once. A register that the book does not have
is absent from `registers`, which is not the same as an empty one.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

import pandas as pd

from ledger.contracts import (
    ACCOUNTS,
    BUDGETS,
    CONTRACTS,
    KINDS,
    POSTING_METADATA,
    POSTINGS,
    REGISTERS,
    VOUCHERS,
    Integrity,
    register_columns,
)
from ledger.journal_rows import Journal, VoucherRow, posting_rows, voucher_rows
from ledger.union import UnionProfile

__all__ = [
    "ACCOUNTS",
    "BUDGETS",
    "CONTRACTS",
    "KINDS",
    "POSTINGS",
    "POSTING_METADATA",
    "REGISTERS",
    "VOUCHERS",
    "ContractBreach",
    "Facts",
    "Integrity",
    "check_frame",
    "register_columns",
]


Made = TypeVar("Made")


class ContractBreach(TypeError):
    """A frame that does not keep its contract; `breaches` lists every one."""

    def __init__(self, frame: str, breaches: list[str]) -> None:
        self.breaches = tuple(breaches)
        super().__init__(f"{frame}: {'; '.join(breaches)}")


def check_frame(name: str, frame: pd.DataFrame, contract: Mapping[str, str]) -> None:
    """Raise ContractBreach unless the frame has just the columns of its contract, each of its dtype."""
    breaches = [f"missing column {c}" for c in contract if c not in frame.columns]
    breaches += [f"unknown column {c}" for c in frame.columns if c not in contract]
    for column, kind in contract.items():
        if column in frame.columns and str(frame[column].dtype) != KINDS[kind]:
            breaches.append(f"{column} is {frame[column].dtype}, not {KINDS[kind]}")
    if breaches:
        raise ContractBreach(name, breaches)


def view_name(name: Hashable, make: Callable[[], Any]) -> Hashable:
    """Return the name of a view that checks share: what it is called, and where it is made."""
    return (make.__module__, make.__qualname__, name)


@dataclass(frozen=True)
class Facts:
    """Everything an audit knows of one book.

    `digest` is the SHA-256 over the book's files; it names the snapshot in every report.
    """

    union: UnionProfile
    vouchers: pd.DataFrame
    postings: pd.DataFrame
    accounts: pd.DataFrame
    budgets: pd.DataFrame
    registers: Mapping[str, pd.DataFrame]
    integrity: tuple[Integrity, ...] = ()
    digest: str = ""
    documents: frozenset[str] = field(default=frozenset())  # attachments that the snapshot really holds

    def __post_init__(self) -> None:
        for name, contract in CONTRACTS.items():
            check_frame(name, getattr(self, name), contract)
        for name, frame in self.registers.items():
            check_frame(name, frame, register_columns(name))

    @cached_property
    def journal(self) -> pd.DataFrame:
        """Postings with their voucher's columns: one row a posting, in order of date, voucher and posting.

        Columns that both have (`fund`, `invoice` …) are the posting's, which fall back on the voucher's.
        `file` and `line` are the posting's. Carry-forward, opening and change-over rows are included; use
        `activity_of` for what happened in a period.
        """
        own = [c for c in self.vouchers.columns if c not in POSTINGS]
        entries = pd.Index(self.vouchers["entry"])
        if not entries.is_unique:
            raise ContractBreach("vouchers", ["entry is not unique"])
        keys = self.postings[["entry", "posting"]].assign(place=entries.get_indexer(self.postings["entry"]))
        if (keys["place"] < 0).any():
            raise ContractBreach("postings", ["an entry that no voucher has"])
        keys["date"] = self.vouchers["date"].array.take(keys["place"].to_numpy())
        order = keys.sort_values(["date", "entry", "posting"]).index.to_numpy()
        postings = self.postings.take(order).reset_index(drop=True)
        vouchers = self.vouchers[own].take(keys["place"].to_numpy()[order]).reset_index(drop=True)
        return pd.concat([postings, vouchers], axis=1)

    @cached_property
    def listed(self) -> tuple[VoucherRow, ...]:
        """Every voucher as a typed row, in the order of the frame."""
        return voucher_rows(self.vouchers)

    @cached_property
    def booked(self) -> Journal:
        """The whole journal as typed rows, in order of date, voucher and posting; what `journal` is as a frame."""
        try:
            return posting_rows(self.postings, self.vouchers, self.listed)
        except ValueError as fault:
            raise ContractBreach("journal", [str(fault)]) from None

    def booked_in(self, since: datetime.date, until: datetime.date) -> Journal:
        """Return the typed journal of a period (both days inclusive); what `activity_of` gives as a frame."""
        postings = self.booked.postings
        first = bisect_left(postings, since, key=attrgetter("date"))
        last = bisect_right(postings, until, key=attrgetter("date"))
        # Named by its rows, so that periods that hold the same rows share one journal and its indexes.
        return self.once(("booked", first, last), lambda: self._without_transfers(first, last))

    def _without_transfers(self, first: int, last: int) -> Journal:
        transfers = self.transfers
        if not transfers and (first, last) == (0, len(self.booked)):
            return self.booked
        return Journal(posting for posting in self.booked.postings[first:last] if posting.entry not in transfers)

    @cached_property
    def transfers(self) -> frozenset[int]:
        """The entries of the vouchers in which nothing happened: opening, change-over and carry-forward."""
        return frozenset([v.entry for v in self.listed if v.opening or v.change_over or v.carry_forward])

    def once(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """Return what `make` gives, worked out at the first call under that name and kept with these facts.

        For views that many checks share. `make` must depend on these facts and on what the name holds alone, and
        what it gives must never be changed in place. Where it is defined is part of the name, so that two views
        that happen to be called alike stay two.
        """
        whole = view_name(name, make)
        if whole not in self._worked_out:
            self._worked_out[whole] = make()
        made: Made = self._worked_out[whole]
        return made

    @cached_property
    def _worked_out(self) -> dict[Hashable, Any]:
        return {}

    def activity_of(self, since: datetime.date, until: datetime.date) -> pd.DataFrame:
        """Return the journal of a period (both days inclusive) without opening, change-over and carry-forward."""
        # A shallow copy shares the columns, and a column that somebody sets in it stays his own.
        return self.once(("activity", since, until), lambda: self._activity_of(since, until)).copy(deep=False)

    def _activity_of(self, since: datetime.date, until: datetime.date) -> pd.DataFrame:
        rows = self.journal
        inside = (rows["date"] >= pd.Timestamp(since)) & (rows["date"] <= pd.Timestamp(until))
        return rows[inside & ~(rows["opening"] | rows["change_over"] | rows["carry_forward"])]

    def balances_on(self, day: datetime.date, *, closed: bool = True) -> pd.DataFrame:
        """Return the balance of every account at the end of a day.

        Columns `account code meaning group element amount_fen`, debit positive. With `closed=False`
        carry-forward vouchers of that day's year are left out, so that income and expenditure still stand.
        """
        return self.once(("balances", day, closed), lambda: self._balances_on(day, closed)).copy(deep=False)

    def _balances_on(self, day: datetime.date, closed: bool) -> pd.DataFrame:
        rows = self.journal
        kept = rows["date"] <= pd.Timestamp(day)
        if not closed:
            kept &= ~(rows["carry_forward"] & (rows["date"].dt.year == day.year))
        keys = ["account", "code", "meaning", "group", "element"]
        return rows[kept].groupby(keys, observed=True, sort=True)["amount_fen"].sum().reset_index()

    def years(self) -> tuple[int, ...]:
        """Return every calendar year in which the book has vouchers, oldest first."""
        return self.once("years", lambda: tuple(sorted({voucher.date.year for voucher in self.listed})))
