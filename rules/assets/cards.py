"""Asset cards (assets.csv) as values, and the class of the regulation's table of lives each belongs to."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType

from ledger.register_rows import AssetRow
from rules.finding import Evidence, Text
from rules.law import Law
from rules.remittance.months import day_in, month_of_day, shifted
from rules.rule import Case

GENERAL, SPECIAL = "general", "special"
_TABLE = ("accounting-system-2021", "附录2 工会固定资产折旧年限表")
_NOT_OWN = frozenset({"employer", "leased"})
_INTANGIBLE = ("无形", "软件")
# What 第三十五条 exempts from depreciation.
_EXEMPT = frozenset({"文物和陈列品", "文物", "陈列品", "动植物", "图书、档案", "图书", "档案", "土地"})
_CLASSES: Mapping[str, str] = MappingProxyType({"通用设备": GENERAL, "专用设备": SPECIAL})


class Card(AssetRow):
    """The card of one thing: its row of assets.csv, without blanks around category, keeper and source."""

    __slots__ = ()

    @property
    def own(self) -> bool:
        """Whether the thing is the union's: not lent by the employer, not leased."""
        return self.source not in _NOT_OWN

    @property
    def intangible(self) -> bool:
        """Whether the card is of software or another intangible asset."""
        return any(word in self.category for word in _INTANGIBLE)

    @property
    def exempt(self) -> bool:
        """Whether the regulation exempts the category from depreciation."""
        return self.category in _EXEMPT

    @property
    def shown(self) -> str:
        """The card as people read it: number and name."""
        return f"{self.asset_id} {self.name}".strip()

    def held_on(self, day: datetime.date) -> bool:
        """Tell whether the thing was there at the end of a day."""
        came = self.acquired is None or self.acquired <= day
        return came and (self.disposed is None or self.disposed > day)

    def count_due(self, months: int) -> datetime.date:
        """Return the last day on which the thing may be counted next; a card without any day is long due."""
        last = self.last_counted or self.acquired
        return day_in(shifted(month_of_day(last), months), last.day) if last else datetime.date.min

    def evidence(self, note: Text, amount_fen: int | None = None, date: datetime.date | None = None) -> Evidence:
        """Return the card as evidence, with its cost unless another amount is given."""
        amount = self.cost_fen if amount_fen is None else amount_fen
        return Evidence(note, date=date, amount_fen=amount, file="registers/assets.csv", line=self.line)


def cards(case: Case) -> tuple[Card, ...]:
    """Return every card in order of number; no cards where the book has no assets.csv."""
    if "assets" not in case.facts.registers:
        return ()
    return case.facts.once("cards", lambda: tuple(sorted(map(_card, case.rows(AssetRow)), key=_order)))


_order = attrgetter("asset_id", "name", "cost_fen", "line")


def _card(row: AssetRow) -> Card:
    told = row._replace(category=row.category.strip(), keeper=row.keeper.strip(), source=row.source.strip())
    return Card(*told)


def equipment_classes(law: Law) -> Mapping[str, str]:
    """Return the categories of the regulation's table that are general or special equipment, with which of them."""
    instrument, article = _TABLE
    return _classes(law.instruments[instrument].words(article))


@lru_cache
def _classes(table: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    group = ""
    for line in table.splitlines():
        *heads, category, _ = line.split("|")
        group = heads[0] if heads else group
        if group in _CLASSES:
            found[category] = _CLASSES[group]
    return MappingProxyType(found)
