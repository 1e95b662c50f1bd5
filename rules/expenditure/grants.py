"""What was given to members, from the distribution lists: sums by person and day, and what of them is over a cap."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import Row, records
from rules.finding import Evidence, Text
from rules.law import ParameterValue

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


def given_by_day(rows: pd.DataFrame) -> tuple[Given, ...]:
    """Return what each person got on each day, in order of person and day, whatever the order of the rows."""
    sums: dict[tuple[str, datetime.date], list[Row]] = defaultdict(list)
    dated = rows[rows["date"].notna()]
    for row, person, at in zip(records(dated), dated["member_id"].tolist(), dated["date"].tolist(), strict=True):
        sums[person, at.date()].append(row)
    return tuple(
        Given(
            person=person,
            date=date,
            lists="、".join(sorted({str(row["list"]) for row in own if row["list"]})),
            amount_fen=sum(int(row["amount_fen"]) for row in own),
            line=min(int(row["line"]) for row in own),
        )
        for (person, date), own in sorted(sums.items(), key=lambda item: item[0])
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
