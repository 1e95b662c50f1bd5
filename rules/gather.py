"""What many checks share: values looked up day by day, evidence kept to a readable length, spending by voucher."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from ledger.rows import Row, chosen, records
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
        self._missing: dict[datetime.date, NoParameter] = {}
        self._known: dict[datetime.date, ParameterValue | None] = {}

    def on(self, day: datetime.date) -> ParameterValue | None:
        """Return the value in force on a day, or None where there is none."""
        if day not in self._known:
            try:
                self._known[day] = self._case.value(self._key, day)
            except NoParameter as absent:
                self._missing[day] = absent
                self._known[day] = None
        return self._known[day]

    @property
    def untested(self) -> tuple[Text, ...]:
        """What could not be decided: the first day without a value, and how many there were."""
        if not self._missing:
            return ()
        first = self._missing[min(self._missing)]
        days = len(self._missing)
        more_zh, more_en = (f"（共 {days} 天）", f" ({days} days)") if days > 1 else ("", "")
        return (Text(first.zh + more_zh, first.en + more_en),)


def limited(evidence: Sequence[Evidence], total_fen: int | None = None) -> tuple[Evidence, ...]:
    """Return the evidence, cut after `MOST_EVIDENCE` rows with a last row that says how many were left out."""
    return cut(evidence, len(evidence), total_fen)


def cut(evidence: Sequence[Evidence], count: int, total_fen: int | None = None) -> tuple[Evidence, ...]:
    """Return what `limited` does of `count` rows of evidence of which at least the first `MOST_EVIDENCE` are given."""
    first = tuple(evidence[:MOST_EVIDENCE])
    return first if count <= MOST_EVIDENCE else (*first, _rest(count, total_fen))


def limited_vouchers(rows: pd.DataFrame, note: Text) -> tuple[Evidence, ...]:
    """Return vouchers as evidence, cut like `limited`; the rows that are not listed cost nothing."""
    listed = tuple(voucher_evidence(row, note) for row in records(rows.head(MOST_EVIDENCE)))
    return listed if len(rows) <= MOST_EVIDENCE else (*listed, _rest(len(rows), None))


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


def months_of(dates: pd.Series) -> pd.Series:
    """Return the month of each day as `2025-03`."""
    return pd.Series(dates.to_numpy().astype("datetime64[M]").astype(str), dates.index, "object")


def working_vouchers(case: Case) -> pd.DataFrame:
    """Return the vouchers of the audited period, without opening, change-over and carry-forward vouchers.

    In order of day, word and number, so that the place of a voucher in the files is without effect.
    """
    name = ("working vouchers", case.since, case.until)
    return case.facts.once(name, lambda: _working_vouchers(case)).copy(deep=False)


def _working_vouchers(case: Case) -> pd.DataFrame:
    rows = case.facts.vouchers
    inside = (rows["date"] >= pd.Timestamp(case.since)) & (rows["date"] <= pd.Timestamp(case.until))
    kept = rows[inside & ~(rows["opening"] | rows["change_over"] | rows["carry_forward"])]
    return in_order(kept)


def ranks(names: pd.Series) -> Any:
    """Return an array that sorts as the texts of a column of names do."""
    column = names.astype("category").array
    places = np.asarray(column.categories.astype("object").argsort().argsort())
    return places[column.codes] if len(places) else column.codes


def in_order(vouchers: pd.DataFrame) -> pd.DataFrame:
    """Return vouchers in order of day, word, number and text of the number."""
    words, days = ranks(vouchers["word"]), vouchers["date"].to_numpy()
    numbers = vouchers["number"].fillna(0).to_numpy()
    found = np.lexsort((numbers, words, days))
    quick = np.stack([days.astype("int64"), words, numbers.astype("int64")])[:, found]
    if (quick[:, 1:] != quick[:, :-1]).any(axis=0).all():
        return chosen(vouchers, found)
    # Numbers used twice or missing: the text of the number and the entry decide.
    keys = vouchers[["date", "word", "number", "voucher", "entry"]].reset_index(drop=True)
    keys = keys.assign(word=keys["word"].astype("str"), number=keys["number"].fillna(0))
    return chosen(vouchers, keys.sort_values(["date", "word", "number", "voucher", "entry"]).index.to_numpy())


def spending_by_entry(case: Case, elements: Sequence[str] = ("expense",)) -> Mapping[int, int]:
    """Return the net debit of each voucher of the period on accounts of those elements, in fen, by entry."""

    def summed() -> Mapping[int, int]:
        rows = case.activity
        return net_by_entry(rows[rows["element"].isin(elements)])

    return case.facts.once(("net by entry", tuple(elements), case.since, case.until), summed)


def debits_by_entry(case: Case) -> Mapping[int, int]:
    """Return the total of debits of each voucher of the period, in fen, by entry."""

    def summed() -> Mapping[int, int]:
        rows = case.activity
        return net_by_entry(rows[rows["amount_fen"] > 0])

    return case.facts.once(("debits by entry", case.since, case.until), summed)


def net_by_entry(rows: pd.DataFrame) -> Mapping[int, int]:
    """Return the net of rows of the journal by entry, in fen, debit positive."""
    sums = rows.groupby("entry")["amount_fen"].sum()
    return MappingProxyType(dict(zip(sums.index.tolist(), sums.tolist(), strict=True)))


def voucher_evidence(row: Row, note: Text, amount_fen: int | None = None) -> Evidence:
    """Return the evidence that one voucher is, at its own line in the book."""
    return Evidence(
        note=note,
        voucher=str(row["voucher"]),
        date=day(row["date"]),
        amount_fen=amount_fen,
        file=str(row["file"]),
        line=int(row["line"]),
    )


def register_evidence(name: str, row: Row, note: Text, amount_fen: int | None = None) -> Evidence:
    """Return the evidence that one row of a register is; its `date` is the row's where it has one."""
    date = day(row["date"]) if "date" in row and not pd.isna(row["date"]) else None
    return Evidence(note, date=date, amount_fen=amount_fen, file=f"registers/{name}.csv", line=int(row["line"]))


def day(value: object) -> datetime.date:
    """Return a frame's day as a date."""
    return value.date() if isinstance(value, pd.Timestamp) else pd.Timestamp(str(value)).date()
