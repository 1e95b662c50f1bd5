"""Rows are a frame like any other: whatever is asked of them, a plain frame of all columns answers the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.rows import chosen, records, rows_of

Frame = pd.DataFrame

ROWS = st.lists(
    st.tuples(
        st.integers(0, 6), st.sampled_from(["a", "b", ""]), st.integers(-500, 500), st.sampled_from(["晚餐", "", "x"])
    ),
    max_size=12,
)


def plain_of(rows: list[tuple[int, str, int, str]]) -> Frame:
    """Return a frame with a column of every kind that the journal has."""
    frame = pd.DataFrame(rows, columns=["entry", "account", "amount_fen", "narration"])
    frame = frame.astype({"entry": "int64", "amount_fen": "int64", "account": "category", "narration": "str"})
    frame["date"] = pd.to_datetime(frame["entry"] + 1, unit="D").astype("datetime64[s]")
    frame["number"] = frame["entry"].where(frame["entry"] > 2).astype("Int64")
    return frame.assign(opening=frame["amount_fen"] > 400)


def spent(frame: Frame) -> Frame:
    """Choose rows by a flag, as rules do."""
    return frame[frame["amount_fen"] > 0]


ASKED: dict[str, Callable[[Frame], Any]] = {
    "choice": spent,
    "choice of a choice": lambda f: spent(f)[spent(f)["account"] == "a"],
    "column": lambda f: spent(f)["narration"],
    "columns": lambda f: spent(f)[["date", "account"]],
    "flags and column": lambda f: f.loc[f["opening"], "entry"],
    "label": lambda f: f.loc[f.index[:1]],
    "sums": lambda f: spent(f).groupby("entry")["amount_fen"].sum(),
    "sums by two": lambda f: spent(f).groupby(["account", "entry"], observed=True)["amount_fen"].sum().reset_index(),
    "order": lambda f: spent(f).sort_values(["date", "account", "amount_fen"]),
    "order, numbered anew": lambda f: f.sort_values("amount_fen", kind="stable", ignore_index=True),
    "first of each": lambda f: f.drop_duplicates("entry"),
    "head": lambda f: spent(f).head(2),
    "own column": lambda f: spent(f.assign(twice=lambda g: g["amount_fen"] * 2, one=1)),
    "own column, copied": lambda f: spent(f).assign(account=spent(f)["account"].astype("object")).copy(),
    "join": lambda f: spent(f).merge(f[["entry", "opening"]].drop_duplicates("entry"), on="entry"),
    "below each other": lambda f: pd.concat([spent(f), f.head(1)]),
    "without a column": lambda f: f.drop(columns="account"),
    "size": lambda f: (len(spent(f)), spent(f).shape, spent(f).empty, list(f.columns)),
    "rows": lambda f: [dict(row.items()) for row in records(spent(f)[["entry", "account", "date"]])],
    "places": lambda f: chosen(spent(f), np.arange(len(spent(f)))[::-1]),
}


@pytest.mark.parametrize("name", ASKED)
@settings(max_examples=10, deadline=None)
@given(rows=ROWS)
def test_rows_answer_like_a_plain_frame(name: str, rows: list[tuple[int, str, int, str]]) -> None:
    plain = plain_of(rows)
    expected, found = ASKED[name](plain), ASKED[name](rows_of(plain))
    if isinstance(expected, pd.DataFrame):
        pd.testing.assert_frame_equal(pd.DataFrame(found), expected)
    elif isinstance(expected, pd.Series):
        pd.testing.assert_series_equal(found, expected)
    else:
        assert found == expected


def test_what_is_set_in_a_copy_stays_its_own() -> None:
    plain = plain_of([(1, "a", 100, "x"), (2, "b", -100, "")])
    shared = rows_of(plain)
    copy = shared.copy(deep=False)
    copy["amount_fen"] = [1, 2]
    copy.loc[copy["entry"] == 1, "narration"] = "changed"
    copy.insert(0, "new", 5)
    column = shared.copy(deep=False)["amount_fen"]
    column += 7
    assert shared["amount_fen"].tolist() == plain["amount_fen"].tolist() == [100, -100]
    assert shared["narration"].tolist() == ["x", ""]
    assert copy["amount_fen"].tolist() == [1, 2]
    assert copy["narration"].tolist() == ["changed", ""]
    assert next(iter(copy.columns)) == "new"
    assert "new" not in shared.columns


def test_records_keep_missing_numbers_missing() -> None:
    frame = rows_of(plain_of([(1, "a", 100, "x"), (5, "b", -100, "")]))
    assert [row["number"] is pd.NA for row in records(frame)] == [True, False]
    assert [("number" in row, "nothing" in row, row.get("nothing")) for row in records(frame)] == [
        (True, False, None)
    ] * 2
