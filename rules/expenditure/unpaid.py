"""Gifts to members who had not paid the dues of an earlier month of the year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from ledger.facts import Facts
from ledger.register_rows import MemberRow
from rules.expenditure.grants import Given
from rules.expenditure.membership import covers, roll
from rules.gather import Values
from rules.income.payments import payments_by_month
from rules.law import ParameterValue
from rules.remittance.months import first_day, month_of_day
from rules.rule import Case


class Owing(NamedTuple):
    """A gift to a member who had paid no dues for `month`; `limit` is the value that forbids it."""

    given: Given
    month: str
    limit: ParameterValue


def owing_gifts(case: Case, gifts: Sequence[Given], limits: Values) -> list[Owing]:
    """Return the gifts that a member without dues must not get, each with the first month of the year left unpaid.

    Only months before the gift and after the month of joining count, and only such that the register of dues
    knows. A month paid late counts as paid.
    """
    if all(gift.date.month == 1 for gift in gifts):
        return []  # the year has no earlier month
    paid, members = _paid_by_month(case.facts), roll(case)
    kept = _by_year(paid)
    found = []
    for gift in gifts:
        now = month_of_day(gift.date)
        before = (month for month in kept.get(gift.date.year, ()) if month < now and gift.person not in paid[month])
        unpaid = next((month for month in before if _owes(members[gift.person], month)), None)
        limit = limits.on(gift.date) if unpaid else None
        if unpaid is not None and limit is not None and limit.number == 0:
            found.append(Owing(gift, unpaid, limit))
    return found


def _paid_by_month(facts: Facts) -> Mapping[str, Collection[str]]:
    """Return who paid dues for each month for which anybody did."""
    paid = {month: rows.above_zero.by_member for month, rows in payments_by_month(facts).items() if month}
    return {month: payers for month, payers in paid.items() if payers}


def _by_year(months: Collection[str]) -> Mapping[int, Sequence[str]]:
    by_year: dict[int, list[str]] = defaultdict(list)
    for month in sorted(months):
        by_year[int(month.split("-")[0])].append(month)
    return by_year


def _owes(spells: Sequence[MemberRow], month: str) -> bool:
    """Tell whether a person was a member since before a month began, so that the month's dues were surely owed."""
    first = first_day(month)
    return any(covers(spell, first) and (spell.joined is None or spell.joined < first) for spell in spells)
