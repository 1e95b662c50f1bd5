"""The festivals that follow the moon and the sun, 2000 to 2050: data, one row a year.

`festivals.csv` is made by `tests/rules/journal/almanac.py` from the positions of moon and sun (GB/T 33661-2017).
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from rules.law_loader import data_texts

NAMES: Mapping[str, str] = MappingProxyType(
    {"spring": "春节", "qingming": "清明", "dragon_boat": "端午", "mid_autumn": "中秋"}
)


class NoFestivals(LookupError):
    """A year outside the table."""


@cache
def _table() -> Mapping[int, Mapping[str, datetime.date]]:
    rows = csv.DictReader(data_texts("journal")["journal/festivals.csv"].splitlines())
    return MappingProxyType(
        {
            int(row["year"]): MappingProxyType(
                {name: datetime.date.fromisoformat(row[column]) for column, name in NAMES.items()}
            )
            for row in rows
        }
    )


def festivals(year: int) -> Mapping[str, datetime.date]:
    """Return 春节, 清明, 端午 and 中秋 of a year; raises NoFestivals outside 2000 to 2050."""
    try:
        return _table()[year]
    except KeyError:
        raise NoFestivals(f"节日表没有 {year} 年") from None
