"""Gifts to members who had not paid the dues of an earlier month of the year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rules.expenditure.grants import Given
from rules.expenditure.membership import Roll
from rules.gather import Values
from rules.law import ParameterValue
from rules.remittance.months import first_day, month_of_day
from rules.rule import Case


class Owing(NamedTuple):
    """A gift to a member who had paid no dues for `month`; `limit` is the value that forbids it."""

    given: Given
    month: str
    limit: ParameterValue


def owing_gifts(case: Case, roll: Roll, gifts: Sequence[Given], limits: Values) -> list[Owing]:
    """Return the gifts that a member without dues must not get, each with the first month of the year left unpaid.

    Only months before the gift and after the month of joining count, and only such that the register of dues
    knows. A month paid late counts as paid.
    """
    dues = case.register("dues")
    paid = {
        (str(month), str(person))
        for month, person, fen in zip(dues["month"], dues["member_id"], dues["paid_fen"], strict=True)
        if fen > 0
    }
    kept = _by_year({month for month, _ in paid if month})
    found = []
    for gift in gifts:
        now = month_of_day(gift.date)
        before = (month for month in kept.get(gift.date.year, ()) if month < now)
        unpaid = next((m for m in before if (m, gift.person) not in paid and _owes(roll, gift.person, m)), None)
        limit = limits.on(gift.date) if unpaid else None
        if unpaid is not None and limit is not None and limit.number == 0:
            found.append(Owing(gift, unpaid, limit))
    return found


def _by_year(months: set[str]) -> Mapping[int, Sequence[str]]:
    by_year: dict[int, list[str]] = defaultdict(list)
    for month in sorted(months):
        by_year[int(month.split("-")[0])].append(month)
    return by_year


def _owes(roll: Roll, person: str, month: str) -> bool:
    """Tell whether a person was a member since before a month began, so that the month's dues were surely owed."""
    first = first_day(month)
    return any(s.covers(first) and (s.joined is None or s.joined < first) for s in roll[person])
