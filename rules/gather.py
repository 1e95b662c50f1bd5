"""What many checks share: values looked up day by day, evidence kept to a readable length, spending by voucher."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType

from ledger.journal_rows import sums_by
from rules.finding import Evidence, Text
from rules.law import NoParameter, ParameterValue
from rules.rule import Case

MOST_EVIDENCE = 50  # rows a finding lists; more are counted, so that a report stays readable


class Values:
    """One value of law looked up on many days; days without a value are remembered for `untested`.

    A check goes on where other days have a value: what could not be decided is said, not dropped.
    """

    def __init__(self, case: Case, key: str) -> None:
        self._case, self._key = case, key
        self._turns = case.law.turns(key, case.facts.union)
        self._known: dict[int, ParameterValue | None] = {}  # by stretch of days between two turns
        self._missing: set[datetime.date] = set()

    def on(self, day: datetime.date) -> ParameterValue | None:
        """Return the value in force on a day, or None where there is none."""
        stretch = bisect_right(self._turns, day)
        if stretch not in self._known:
            self._known[stretch] = self._looked_up(day)
        value = self._known[stretch]
        if value is None:
            self._missing.add(day)
        return value

    def _looked_up(self, day: datetime.date) -> ParameterValue | None:
        try:
            return self._case.value(self._key, day)
        except NoParameter:
            return None

    @property
    def untested(self) -> tuple[Text, ...]:
        """What could not be decided: the first day without a value and the last one, however many were asked for."""
        if not self._missing:
            return ()
        since, until = min(self._missing), max(self._missing)
        more = Text("", "")
        if until > since:
            more = Text(f"（首次缺值 {since}，末次 {until}）", f" (missing first on {since}, last on {until})")
        try:
            self._case.value(self._key, since)
        except NoParameter as first:
            return (Text(first.zh + more.zh, first.en + more.en),)
        raise AssertionError(f"{self._key}: a day without a value has one")


def limited(evidence: Sequence[Evidence], total_fen: int | None = None) -> tuple[Evidence, ...]:
    """Return the evidence, cut after `MOST_EVIDENCE` rows with a last row that says how many were left out."""
    return cut(evidence, len(evidence), total_fen)


def cut(evidence: Sequence[Evidence], count: int, total_fen: int | None = None) -> tuple[Evidence, ...]:
    """Return what `limited` does of `count` rows of evidence of which at least the first `MOST_EVIDENCE` are given."""
    first = tuple(evidence[:MOST_EVIDENCE])
    return first if count <= MOST_EVIDENCE else (*first, _rest(count, total_fen))


def _rest(count: int, total_fen: int | None) -> Evidence:
    left = count - MOST_EVIDENCE
    return Evidence(
        Text(f"另有 {left} 项同类情形未逐一列出，合计 {count} 项", f"{left} more, {count} in all"),
        amount_fen=total_fen,
    )


def joined(names: Sequence[str], most: int = 10) -> str:
    """Return names in a Chinese list, the first `most` of them with the number of all where there are more."""
    shown = "、".join(names[:most])
    return f"{shown} 等 {len(names)} 项" if len(names) > most else shown


def shown_month(month: str) -> str:
    """Return a month `2025-03` as people read it: `2025年3月`."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def spending_by_entry(case: Case) -> Mapping[int, int]:
    """Return the net debit of expenditure of each voucher of the period, in fen, by entry."""

    def summed() -> Mapping[int, int]:
        return MappingProxyType(sums_by(case.booked.of("expense"), attrgetter("entry")))

    return case.facts.once(("net by entry", case.since, case.until), summed)


def taken_back(case: Case) -> Mapping[str, int]:
    """Return what vouchers up to the period's end took back from the spending of a voucher that they name, in fen.

    By the number of the voucher that is named, never above zero.
    """

    def summed() -> Mapping[str, int]:
        if not any(voucher.reverses for voucher in case.facts.listed):
            return MappingProxyType({})
        spent = case.facts.booked_in(datetime.date.min, case.until).of("expense")
        sums = sums_by((posting for posting in spent if posting.head.reverses), attrgetter("head.reverses"))
        return MappingProxyType({voucher: min(0, fen) for voucher, fen in sums.items()})

    return case.facts.once(("taken back", case.until), summed)


def debits_by_entry(case: Case) -> Mapping[int, int]:
    """Return the total of debits of each voucher of the period, in fen, by entry."""

    def summed() -> Mapping[int, int]:
        debits = (posting for posting in case.booked.postings if posting.amount_fen > 0)
        return MappingProxyType(sums_by(debits, attrgetter("entry")))

    return case.facts.once(("debits by entry", case.since, case.until), summed)
