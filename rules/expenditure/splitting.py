"""Purchases from one supplier that belong together: on one day, for one activity, within some days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from rules.gather import Values, day
from rules.law import ParameterValue

LIMITS = {
    "quotes": "control.quote_threshold",
    "contract": "control.contract_threshold",
    "resolution": "control.resolution_threshold",
}
WINDOW = "control.split_window_days"
LEAST_QUOTES = 2  # a comparison takes two


Places = npt.NDArray[np.intp]


class Evaded(NamedTuple):
    """A threshold that purchases stay below one by one and reach together, without what it asks for.

    `places` are the purchases' rows in the frame of their supplier.
    """

    kind: str
    value: ParameterValue
    places: Places


def undocumented(rows: pd.DataFrame, kind: str) -> pd.Series:
    """Tell, purchase by purchase, whether what a threshold asks for is missing."""
    if kind == "quotes":
        return rows["quotes"].fillna(0) < LEAST_QUOTES
    return rows[kind] == ""


def below(rows: pd.DataFrame, limits: dict[str, Values]) -> pd.DataFrame:
    """Return purchases with columns `quotes_below …`: missing papers, under the threshold of their day."""
    found = rows.copy()
    for kind, values in limits.items():
        amounts = {stamp: value.fen for stamp in rows["date"].unique() if (value := values.on(day(stamp)))}
        limit = rows["date"].map(amounts)
        found[f"{kind}_below"] = undocumented(rows, kind) & (rows["amount_fen"] < limit.fillna(-1))
    kept = found[[f"{kind}_below" for kind in limits]].any(axis=1)
    return found[kept]


def together(rows: pd.DataFrame, window: int | None, least_fen: int) -> Iterator[Places]:
    """Yield the sets of a supplier's purchases that may be one: of a day, of an activity, of a window of days.

    `rows` are in order of day. Sets of one purchase and sets below the least threshold are left out.
    """
    amounts, days = rows["amount_fen"].to_numpy(), rows["date"].to_numpy()
    for name, own in (("date", rows), ("activity", rows[rows["activity"] != ""])):
        groups = own.groupby(name)["amount_fen"]
        near = own[(groups.transform("sum") >= least_fen) & (groups.transform("size") > 1)]
        for _, one in near.groupby(name, sort=True):
            yield rows.index.get_indexer(one.index)
    if window is not None:
        ends = np.searchsorted(days, days + np.timedelta64(window, "D"), side="left")
        sums = np.concatenate([[0], amounts.cumsum()])
        for start, end in enumerate(ends):
            grown = start == 0 or end > ends[start - 1]
            if grown and end - start > 1 and sums[end] - sums[start] >= least_fen:
                yield np.arange(start, end)


def evaded(rows: pd.DataFrame, places: Places, limits: dict[str, Values]) -> tuple[Evaded, ...]:
    """Return the thresholds that a set of purchases evades: several below it, together at or over it."""
    found = []
    amounts = rows["amount_fen"].to_numpy()
    last = day(rows["date"].to_numpy()[places].max())
    for kind, values in limits.items():
        own = places[rows[f"{kind}_below"].to_numpy()[places]]
        value = values.on(last)
        if value is not None and len(own) > 1 and int(amounts[own].sum()) >= value.fen:
            found.append(Evaded(kind, value, own))
    return tuple(found)
