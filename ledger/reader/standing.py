"""Where the accounts of a book stand in the statutory chart on the days they are used."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from ledger.accounts import ELEMENTS, chart_on, charts, resolve
from ledger.reader import columns


class Place(NamedTuple):
    """An account with its deepest statutory code and meaning, its level-1 meaning and its element."""

    account: str
    code: str
    meaning: str
    group: str
    element: str


def place_of(account: str, day: datetime.date, *, change_over: bool = False) -> Place:
    """Return where an account stands on a day; code, meaning and group are "" where the chart has no such account."""
    element = ELEMENTS.get(account.split(":", 1)[0], "")
    found = resolve(account, day, change_over=change_over)
    if found is None:
        return Place(account, "", "", "", element)
    chart = next(c for c in charts() if found in c.accounts)
    return Place(account, found.code, found.meaning, chart.by_code[found.parent_code].meaning, element)


class Standing:
    """Numbers each account in each chart once, so that a posting costs one look-up."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._numbers: dict[tuple[str, datetime.date, bool], int] = {}

    def on(self, day: datetime.date, change_over: bool) -> Callable[[str], int]:
        """Return the function from an account to the number of its place on that day."""
        since = chart_on(day).since
        numbers, places = self._numbers, self._places

        def number_of(account: str) -> int:
            key = (account, since, change_over)
            number = numbers.get(key)
            if number is None:
                number = numbers[key] = len(places)
                places.append(place_of(account, day, change_over=change_over))
            return number

        return number_of

    def columns(self, numbers: np.ndarray) -> dict[str, pa.Array]:
        """Return account, code, meaning, group and element of the places with those numbers."""
        rows = pa.array(numbers)
        return {
            field: columns.names([getattr(place, field) for place in self._places]).take(rows)
            for field in Place._fields
        }
