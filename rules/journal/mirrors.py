"""Vouchers that mirror each other: the same accounts, the same amounts, the other way round."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import NamedTuple

import pandas as pd

from rules.gather import day
from rules.journal.population import netted


class Pair(NamedTuple):
    """Two vouchers that mirror each other, the earlier first, by their entries and days."""

    first: int
    second: int
    begun: datetime.date
    ended: datetime.date

    @property
    def crosses(self) -> bool:
        """Whether a year's end lies between them."""
        return self.begun.year != self.ended.year


class Image(NamedTuple):
    """What a voucher does to its accounts, in order of account, and what its mirror image would do."""

    own: tuple[tuple[str, int], ...]
    mirror: tuple[tuple[str, int], ...]


def images(rows: pd.DataFrame) -> Mapping[int, Image]:
    """Return the image of each voucher of a journal, by entry; amounts are netted by account first."""
    net = netted(rows)
    parts: dict[int, list[tuple[str, int]]] = {}
    for entry, account, fen in zip(*(net[c].tolist() for c in ("entry", "account", "amount_fen")), strict=True):
        parts.setdefault(entry, []).append((account, fen))
    found = {}
    for entry, lines in parts.items():
        lines.sort()  # an account stands in a voucher once, so that its image has the same order
        found[entry] = Image(tuple(lines), tuple([(account, -fen) for account, fen in lines]))
    return found


def pairs(vouchers: pd.DataFrame, made: Mapping[int, Image], entries: Collection[int], days: int) -> list[Pair]:
    """Return the pairs among some vouchers that lie within so many days, each voucher used once, in order of day."""
    mirrors = {made[entry].mirror for entry in entries}
    both = {entry for entry in entries if made[entry].own in mirrors}
    rows = vouchers[vouchers["entry"].isin(both)].sort_values(["date", "voucher", "narration"])
    waiting: dict[tuple[tuple[str, int], ...], list[tuple[datetime.date, int]]] = {}
    found = []
    for entry, at in zip(rows["entry"].tolist(), map(day, rows["date"].tolist()), strict=True):
        earlier = waiting.get(made[entry].mirror, [])
        while earlier and (at - earlier[0][0]).days > days:
            earlier.pop(0)
        if earlier:
            begun, first = earlier.pop(0)
            found.append(Pair(first, entry, begun, at))
        else:
            waiting.setdefault(made[entry].own, []).append((at, entry))
    return found
