"""Membership dues of a period: by month, and how far members are behind, in numbers and sums, never by name.

What is owed follows `rules.income.dues`. With registers of members and dues the months are computed member by
member; without them from the payroll's wages for dues, and nothing is known of single members.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass

from ledger.facts import Facts
from ledger.register_rows import PayrollRow, rows_of_register
from rules.finding import Text
from rules.income.dues import DuesTerms, booked_by_month, by_member, by_payroll, terms_of
from rules.income.payments import payments_by_month
from rules.law import Law, NoParameter
from rules.remittance.months import month_of_day, span

_CLASSES = ((1, 1), (2, 3), (4, 6), (7, 12))


@dataclass(frozen=True)
class DuesMonth:
    """One month of dues, in fen; None where it cannot be known.

    `registered_fen` is what dues.csv says was paid, `booked_fen` what 401 was credited, `short_fen` what members
    paid too little (what one overpays helps nobody), `behind` how many members, `without_wage` how many members
    could not be computed.
    """

    month: str
    owed_fen: int | None
    registered_fen: int | None
    booked_fen: int
    behind: int | None
    short_fen: int | None
    without_wage: int


@dataclass(frozen=True)
class BehindClass:
    """Members who are behind by so many months (both ends included; `most` None: or more), and by how much."""

    least: int
    most: int | None
    members: int
    short_fen: int


@dataclass(frozen=True)
class Dues:
    """The dues of a period; `by_member` tells whether single members are known, `untested` what could not be."""

    months: tuple[DuesMonth, ...]
    behind: tuple[BehindClass, ...]
    by_member: bool
    untested: tuple[Text, ...]

    @property
    def members_behind(self) -> int:
        """How many members are behind by any month."""
        return sum(one.members for one in self.behind)

    @property
    def short_fen(self) -> int:
        """What all members together paid too little, in fen."""
        return sum(one.short_fen for one in self.behind)


def dues(facts: Facts, law: Law, since: datetime.date, until: datetime.date) -> Dues:
    """Return the dues of the months of a period that a register or 401 knows, oldest first."""
    known = _paid_by_month(facts)
    single = known is not None and "members" in facts.registers
    first, last = month_of_day(since), month_of_day(until)
    listed = set(known or {})
    if "payroll" in facts.registers:
        listed.update(row.month for row in rows_of_register(facts, PayrollRow))
    wanted = {month: fen for month, fen in (known or {}).items() if first <= month <= last}
    booked, _ = booked_by_month(facts, wanted)
    untested: dict[str, Text] = {}
    behind: dict[str, list[int]] = defaultdict(list)
    made = []
    for month in span(first, last):
        if month not in listed and not booked.get(month):
            continue
        try:
            terms: DuesTerms | None = terms_of(facts, law, month)
        except NoParameter as absent:
            terms = None
            untested.setdefault(absent.key, Text(absent.zh, absent.en))
        owed, short, count, without = _month(facts, month, terms, booked.get(month, 0), behind, single=single)
        registered = None if known is None else known.get(month, 0)
        made.append(DuesMonth(month, owed, registered, booked.get(month, 0), count, short, without))
    return Dues(tuple(made), _classes(behind), single, tuple(untested.values()))


def _paid_by_month(facts: Facts) -> dict[str, int] | None:
    if "dues" not in facts.registers:
        return None
    return {month: rows.total_fen for month, rows in payments_by_month(facts).items()}


def _month(
    facts: Facts,
    month: str,
    terms: DuesTerms | None,
    booked_fen: int,
    behind: dict[str, list[int]],
    *,
    single: bool,
) -> tuple[int | None, int | None, int | None, int]:
    """Return what was owed, what is short, how many members are behind, and how many have no wage."""
    if terms is None:
        return None, None, None, 0
    if not single:
        found = by_payroll(facts, month, terms, booked_fen) if "payroll" in facts.registers else None
        return (None if found is None else found.owed_fen), None, None, 0
    of_month = by_member(facts, month, terms)
    for one in of_month.short:
        behind[one.member_id].append(one.owed_fen - one.paid_fen)
    return of_month.owed_fen, of_month.owed_fen - of_month.paid_fen, len(of_month.short), of_month.without


def _classes(behind: dict[str, list[int]]) -> tuple[BehindClass, ...]:
    made = []
    for least, most in (*_CLASSES, (_CLASSES[-1][1] + 1, None)):
        own = [gaps for gaps in behind.values() if least <= len(gaps) and (most is None or len(gaps) <= most)]
        if own:
            made.append(BehindClass(least, most, len(own), sum(sum(gaps) for gaps in own)))
    return tuple(made)
