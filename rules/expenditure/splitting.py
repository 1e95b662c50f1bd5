"""Purchases from one supplier that belong together: on one day, for one activity, within some days."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple, TypeVar

from ledger.journal_rows import PostingRow
from rules.gather import Values
from rules.law import ParameterValue

LIMITS = {
    "quotes": "control.quote_threshold",
    "contract": "control.contract_threshold",
    "resolution": "control.resolution_threshold",
}
WINDOW = "control.split_window_days"
LEAST_QUOTES = 2  # a comparison takes two

Places = Sequence[int]
Key = TypeVar("Key")


class Small(NamedTuple):
    """A purchase that stays below thresholds without what they ask for; `kinds` are those thresholds."""

    line: PostingRow
    kinds: tuple[str, ...]


class Evaded(NamedTuple):
    """A threshold that purchases stay below one by one and reach together, without what it asks for.

    `places` are the purchases' places among those of their supplier.
    """

    kind: str
    value: ParameterValue
    places: Places


def undocumented(line: PostingRow, kind: str) -> bool:
    """Tell whether what a threshold asks for is missing from a purchase."""
    if kind == "quotes":
        return (line.head.quotes or 0) < LEAST_QUOTES
    return not (line.contract if kind == "contract" else line.head.resolution)


def below(lines: Sequence[PostingRow], limits: Mapping[str, Values]) -> Sequence[Small]:
    """Return the purchases with missing papers under a threshold of their day."""
    days = {line.date for line in lines}
    amounts = {kind: {at: value.fen for at in days if (value := values.on(at))} for kind, values in limits.items()}
    amounts = {kind: of_days for kind, of_days in amounts.items() if of_days}
    found = []
    for line in lines if amounts else ():
        kinds = tuple(
            kind
            for kind, of_days in amounts.items()
            if line.amount_fen < of_days.get(line.date, 0) and undocumented(line, kind)
        )
        if kinds:
            found.append(Small(line, kinds))
    return found


def together(purchases: Sequence[Small], window: int | None, least_fen: int) -> Iterator[Places]:
    """Yield the sets of a supplier's purchases that may be one: of a day, of an activity, of a window of days.

    The purchases are in order of day. Sets of one purchase and sets below the least threshold are left out.
    """
    amounts = [one.line.amount_fen for one in purchases]
    days = [one.line.date for one in purchases]
    activities = [one.line.head.activity for one in purchases]
    for groups in (_places(days), {name: places for name, places in _places(activities).items() if name}):
        for _, places in sorted(groups.items()):
            if len(places) > 1 and sum(amounts[place] for place in places) >= least_fen:
                yield places
    if window is not None:
        sums = [0, *accumulate(amounts)]
        last = 0
        for start, first in enumerate(days):
            end = bisect_left(days, first + datetime.timedelta(days=window))
            if end > last and end - start > 1 and sums[end] - sums[start] >= least_fen:
                yield range(start, end)
            last = end


def _places(keys: Sequence[Key]) -> Mapping[Key, Places]:
    """Return the places of each different key."""
    found: dict[Key, list[int]] = {}
    for place, key in enumerate(keys):
        found.setdefault(key, []).append(place)
    return found


def evaded(purchases: Sequence[Small], places: Places, limits: Mapping[str, Values]) -> tuple[Evaded, ...]:
    """Return the thresholds that a set of purchases evades: several below it, together at or over it."""
    found = []
    last = max(purchases[place].line.date for place in places)
    for kind, values in limits.items():
        own = [place for place in places if kind in purchases[place].kinds]
        value = values.on(last)
        if value is not None and len(own) > 1 and sum(purchases[place].line.amount_fen for place in own) >= value.fen:
            found.append(Evaded(kind, value, own))
    return tuple(found)
