"""What the money went for: the shares of the level-1 groups of expenditure, and how much of it at the year's end.

Groups are level-1 accounts by meaning, so that one row holds what the systems of 2009 and 2021 number differently.
Earlier years count up to the same day of the year, so that like is compared with like.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from ledger.accounts import charts
from ledger.facts import Facts
from ledger.journal_rows import net_fen, sums_by
from rules.budget.execution import flows
from rules.budget.lines import SPENDING
from rules.remittance.months import day_in

_LAST_DAYS = 10
_DECEMBER = 12


@dataclass(frozen=True)
class Group:
    """One group of expenditure: what it came to in each year, in fen, in the order of the years asked."""

    meaning: str
    name: str
    amounts_fen: tuple[int, ...]


@dataclass(frozen=True)
class YearEnd:
    """The spending of a whole year and of its end, in fen: December, and the year's last ten days."""

    year: int
    spent_fen: int
    last_month_fen: int
    last_days_fen: int

    def share(self, part_fen: int) -> Decimal | None:
        """Return a part as a share of the year's spending; None where nothing was spent."""
        return Decimal(part_fen) / Decimal(self.spent_fen) if self.spent_fen else None


def years_kept(facts: Facts, until: datetime.date, most: int) -> tuple[int, ...]:
    """Return the year of a day and the years before it that the book kept, newest first, at most so many."""
    kept = [
        year
        for year in facts.years()
        if year < until.year and _between(facts, datetime.date(year, 1, 1), same_day(year, until))
    ]
    return (until.year, *sorted(kept, reverse=True))[:most]


def groups(facts: Facts, years: Sequence[int], until: datetime.date) -> tuple[Group, ...]:
    """Return each group's spending in some years, each from January to the day of the year of `until`."""
    sums = {year: _by_group(facts, year, until) for year in years}
    names = group_names(SPENDING)
    order = {meaning: place for place, meaning in enumerate(names)}
    meanings = {meaning for of_year in sums.values() for meaning, fen in of_year.items() if fen}
    return tuple(
        Group(meaning, names.get(meaning, meaning), tuple(sums[year].get(meaning, 0) for year in years))
        for meaning in sorted(meanings, key=lambda m: (order.get(m, len(order)), m))
    )


def shares(found: Sequence[Group], place: int) -> tuple[Decimal | None, ...]:
    """Return each group's share of all spending of the year at that place; None where nothing was spent."""
    whole = sum(group.amounts_fen[place] for group in found)
    return tuple(Decimal(group.amounts_fen[place]) / Decimal(whole) if whole else None for group in found)


def year_ends(facts: Facts, years: Sequence[int], until: datetime.date) -> tuple[YearEnd, ...]:
    """Return the year's end of every one of some years that was over on a day."""
    made = []
    for year in years:
        last = datetime.date(year, _DECEMBER, 31)
        if last <= until:
            since = (
                datetime.date(year, 1, 1),
                last.replace(day=1),
                last - datetime.timedelta(days=_LAST_DAYS - 1),
            )
            made.append(YearEnd(year, *(_between(facts, first, last) for first in since)))
    return tuple(made)


def same_day(year: int, day: datetime.date) -> datetime.date:
    """Return that day of another year, the last of the month where it is shorter."""
    return day_in(f"{year:04d}-{day.month:02d}", day.day)


def _between(facts: Facts, since: datetime.date, until: datetime.date) -> int:
    return net_fen(facts.booked_in(since, until).of(SPENDING))


def _by_group(facts: Facts, year: int, until: datetime.date) -> Mapping[str, int]:
    return sums_by(flows(facts, year, same_day(year, until), SPENDING), attrgetter("group"))


def group_names(element: str) -> Mapping[str, str]:
    """Return the names of an element's level-1 accounts by meaning: the newest chart's, then older ones'."""
    names: dict[str, str] = {}
    for chart in reversed(charts()):
        for account in chart.accounts:
            if account.element == element and account.code == account.parent_code:
                names.setdefault(account.meaning, account.name)
    return names
