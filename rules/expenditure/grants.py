"""What was given to members, from the distribution lists: sums by person and day, and what of them is over a cap."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from ledger.register_rows import GrantRow
from rules.finding import Evidence, Text
from rules.law import ParameterValue
from rules.rule import Case
from rules.text.lists import Field
from rules.text.search import by_text

FILE = "registers/grants.csv"

# The festivals of the measures of 2017 on which a union may give goods to all its members.
FESTIVALS = ("元旦", "春节", "清明", "劳动节", "端午", "中秋", "国庆")


class Given(NamedTuple):
    """What one person got on one day, all lists together; `line` is the first row's in grants.csv."""

    person: str
    date: datetime.date
    lists: str
    amount_fen: int
    line: int


class OverCap(NamedTuple):
    """A gift that took a person over a cap: what was given so far, and how much of this gift is beyond."""

    given: Given
    total_fen: int
    cap: ParameterValue
    excess_fen: int

    @property
    def evidence(self) -> Evidence:
        """The gift as evidence."""
        note = Text(
            f"{self.given.person}：本次 {shown_yuan(self.given.amount_fen)} 元，累计 {shown_yuan(self.total_fen)} 元，"
            f"超 {shown_yuan(self.excess_fen)} 元",
            f"{self.given.person}: {shown_yuan(self.total_fen)} in all, over by {shown_yuan(self.excess_fen)}",
        )
        return Evidence(note, date=self.given.date, amount_fen=self.excess_fen, file=FILE, line=self.given.line)


def grants_for(
    case: Case, *occasions: str, since: datetime.date = datetime.date.min, until: datetime.date | None = None
) -> Sequence[GrantRow]:
    """Return the rows of grants.csv for some occasions within some days, none without register.

    They reach to the period's end where no last day is given.
    """
    told = _by_occasion(case)
    found = [row for occasion in dict.fromkeys(occasions) for row in told.get(occasion, ())]
    last = case.until if until is None else until
    return [row for row in found if row.date is not None and since <= row.date <= last]


def occasions_of_grants(case: Case) -> Collection[str]:
    """Return the occasions that grants.csv has, none without register."""
    return _by_occasion(case).keys()


def lists_for(case: Case, occasion: str) -> frozenset[str]:
    """Return the distribution lists of grants.csv that have a row for an occasion, with a day or without."""
    return frozenset(row.list for row in _by_occasion(case).get(occasion, ())) - {""}


def _by_occasion(case: Case) -> Mapping[str, Sequence[GrantRow]]:
    def made() -> Mapping[str, Sequence[GrantRow]]:
        found: dict[str, list[GrantRow]] = defaultdict(list)
        for row in case.rows(GrantRow) if "grants" in case.facts.registers else ():
            found[row.occasion].append(row)
        return dict(found)

    return case.facts.once("grants by occasion", made)


def grants_by_list(case: Case) -> Mapping[str, Sequence[GrantRow]]:
    """Return the rows of grants.csv by list, in the register's order; raises KeyError without register."""

    def made() -> Mapping[str, Sequence[GrantRow]]:
        found: dict[str, list[GrantRow]] = defaultdict(list)
        for row in case.rows(GrantRow):
            found[row.list].append(row)
        return dict(found)

    return case.facts.once("grants by list", made)


def rows_of_list(case: Case, name: str) -> Sequence[GrantRow] | None:
    """Return the rows of a list in grants.csv, None where no list is named or the register has none of it."""
    if not name or "grants" not in case.facts.registers:
        return None
    return grants_by_list(case).get(name)


def spent_on(case: Case, *occasions: str) -> Sequence[PostingRow]:
    """Return the postings of spending of the period for some occasions."""
    told = by_text(case, Field.OCCASION)
    return [posting for occasion in dict.fromkeys(occasions) for posting in told.get(occasion, ())]


def given_by_day(rows: Iterable[GrantRow]) -> tuple[Given, ...]:
    """Return what each person got on each day, in order of person and day, whatever the order of the rows."""
    by_day: dict[tuple[str, datetime.date], list[GrantRow]] = defaultdict(list)
    for row in rows:
        if row.date is not None:
            by_day[row.member_id, row.date].append(row)
    return tuple(given_on(day, own) for (_, day), own in sorted(by_day.items(), key=itemgetter(0)))


def given_on(day: datetime.date, rows: Sequence[GrantRow]) -> Given:
    """Return what one person got on a day, as the rows of that day say."""
    first = rows[0]
    if len(rows) == 1:
        return Given(first.member_id, day, first.list, first.amount_fen, first.line)
    return Given(
        person=first.member_id,
        date=day,
        lists="、".join(sorted({row.list for row in rows} - {""})),
        amount_fen=sum(row.amount_fen for row in rows),
        line=min(row.line for row in rows),
    )


def over_cap(
    given: Iterable[Given], cap_on: Callable[[datetime.date], ParameterValue | None], since: datetime.date
) -> tuple[OverCap, ...]:
    """Return the gifts from a day on that went over the cap in force on their own day.

    `given` is everything that counts together, a person's gifts in order. A gift is judged by the sum up to and
    including it; beyond the cap is at most the gift itself, so that what an earlier, higher cap allowed is not
    held against it, and a later, higher cap heals nothing.
    """
    totals: dict[str, int] = defaultdict(int)
    found = []
    for gift in given:
        totals[gift.person] += gift.amount_fen
        cap = cap_on(gift.date) if gift.date >= since else None
        if cap is None:
            continue
        excess = min(gift.amount_fen, totals[gift.person] - cap.fen)
        if excess > 0:
            found.append(OverCap(gift, totals[gift.person], cap, excess))
    return tuple(found)
