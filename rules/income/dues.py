"""Membership dues by month: what members owed, what the register of dues says, and what 401 was credited.

What a member owes is the wage on which dues are computed, without its tail where the law ignores one, times the
rate, half up to the fen.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from ledger.facts import Facts
from ledger.money import round_half_up, shown_yuan
from ledger.register_rows import MemberRow, PayrollRow, rows_of_register
from rules.finding import Evidence, Text
from rules.gather import MOST_EVIDENCE, cut
from rules.income.payments import NOTHING_PAID, payments_by_month
from rules.law import Law, NoParameter, ParameterValue
from rules.remittance.months import first_day, last_day, month_of_day, parse_month_of
from rules.rule import Case


@dataclass(frozen=True)
class DuesTerms:
    """The values of law by which dues are computed on a day; `tail` None: no tail is ignored."""

    rate: ParameterValue
    tail: ParameterValue | None

    @property
    def values(self) -> tuple[ParameterValue, ...]:
        """Both values, as a finding names them."""
        return (self.rate, *([self.tail] if self.tail else []))

    @property
    def numbers(self) -> tuple[Decimal, int]:
        """The rate, and the tail in fen (1: none is ignored)."""
        return self.rate.number, self.tail.fen if self.tail and self.tail.fen else 1

    def owed(self, base_fen: int) -> int:
        """Return the dues on a wage, in fen."""
        rate, tail = self.numbers
        return round_half_up(Decimal(base_fen // tail * tail) * rate)


def terms(case: Case, month: str) -> DuesTerms:
    """Return the terms of a month; raises NoParameter where there is no rate."""
    return terms_of(case.facts, case.law, month)


def terms_of(facts: Facts, law: Law, month: str) -> DuesTerms:
    """Return the terms of a month for a union; raises NoParameter where there is no rate."""
    day = last_day(month)
    try:
        tail = law.value("dues.tail", day, facts.union)
    except NoParameter:
        tail = None
    return DuesTerms(law.value("dues.rate", day, facts.union), tail)


def owed_on_wages(facts: Facts, of: DuesTerms) -> Mapping[int, int]:
    """Return what is owed on every wage in the register of members, in fen: many members have the same."""

    def made() -> Mapping[int, int]:
        bases = {member.dues_base_fen for member in rows_of_register(facts, MemberRow)}
        return {base: of.owed(base) for base in bases if base is not None}

    return facts.once(("dues owed on wages", *of.numbers), made)


@dataclass(frozen=True)
class MemberDues:
    """What one member owed and paid for one month, in fen; `line` is the row in members.csv."""

    member_id: str
    owed_fen: int
    paid_fen: int
    line: int

    @property
    def evidence(self) -> Evidence:
        """The member's row as evidence."""
        owed, paid = shown_yuan(self.owed_fen), shown_yuan(self.paid_fen)
        note = Text(f"会员 {self.member_id} 应缴 {owed}，已缴 {paid}", f"{self.member_id}: owed {owed}, paid {paid}")
        short = max(0, self.owed_fen - self.paid_fen)
        return Evidence(note, amount_fen=short, file="registers/members.csv", line=self.line)


class Payer(NamedTuple):
    """A member who pays dues from the month of joining to the month of leaving; `line` is the row in members.csv."""

    member_id: str
    base_fen: int | None
    line: int
    joined: datetime.date
    left: datetime.date


def payers(facts: Facts) -> Sequence[Payer]:
    """Return every member who pays dues at some time, by number; retired members do not."""

    def found() -> Sequence[Payer]:
        members = rows_of_register(facts, MemberRow)
        paying = (m for m in members if not (m.status == "retired" or (m.status == "left" and m.left is None)))
        never, ever = datetime.date.min, datetime.date.max
        made = (Payer(m.member_id, m.dues_base_fen, m.line, m.joined or never, m.left or ever) for m in paying)
        return sorted(made, key=attrgetter("member_id"))

    return facts.once("members paying dues", found)


def payers_of(facts: Facts, month: str) -> Sequence[Payer]:
    """Return the members who pay dues for a month, by number."""
    first, last = first_day(month), last_day(month)
    return [payer for payer in payers(facts) if payer.joined <= last and payer.left >= first]


@dataclass(frozen=True)
class Collection:
    """What was owed and collected for one month, in fen, with who fell short or the rows that show it.

    `without` is how many members have no wage, so that what they owe cannot be reckoned.
    """

    month: str
    of: DuesTerms
    owed_fen: int
    paid_fen: int
    tested: int
    without: int = 0
    short: tuple[MemberDues, ...] = ()
    rows: tuple[Evidence, ...] = ()

    def evidence(self, total_fen: int) -> tuple[Evidence, ...]:
        """Return the rows, or those of the members who fell short, cut like all long evidence."""
        shown = self.rows or tuple(member.evidence for member in self.short[:MOST_EVIDENCE])
        return cut(shown, len(self.rows or self.short), total_fen)


def by_member(facts: Facts, month: str, of: DuesTerms) -> Collection:
    """Return a month's dues member by member; what one overpays helps nobody."""
    owed_on, paid = owed_on_wages(facts, of), payments_by_month(facts).get(month, NOTHING_PAID).by_member
    total = tested = without = 0
    short: list[MemberDues] = []
    for member_id, base, line, _, _ in payers_of(facts, month):
        if base is None:
            without += 1
            continue
        due, came = owed_on[base], paid.get(member_id, 0)
        total += due
        tested += 1
        if came < due:
            short.append(MemberDues(member_id, due, came, line))
    missing = sum(one.owed_fen - one.paid_fen for one in short)
    return Collection(month, of, total, total - missing, tested, without, tuple(short))


def by_payroll(facts: Facts, month: str, of: DuesTerms, booked_fen: int) -> Collection | None:
    """Return a month's dues by the payroll's wages and what 401 was credited; None where a wage is missing."""
    rows = [row for row in rows_of_register(facts, PayrollRow) if row.month == month]
    bases = [row.dues_base_fen for row in rows if row.dues_base_fen is not None]
    if not rows or len(bases) < len(rows):
        return None
    evidence = tuple(
        Evidence(
            Text(f"计费工资（{row.category}）", f"wages for dues ({row.category})"),
            amount_fen=row.dues_base_fen,
            file="registers/payroll.csv",
            line=row.line,
        )
        for row in sorted(rows, key=attrgetter("category", "line"))
    )
    return Collection(month, of, of.owed(sum(bases)), booked_fen, 1, rows=evidence)


def register_months(case: Case) -> tuple[str, ...]:
    """Return the months of the period that the payroll or the register of dues knows, in order."""
    first, last = month_of_day(case.since), month_of_day(case.until)
    known: set[str] = set()
    if "payroll" in case.facts.registers:
        known.update(row.month for row in case.rows(PayrollRow))
    if "dues" in case.facts.registers:
        known.update(payments_by_month(case.facts))
    return tuple(sorted(month for month in known if first <= month <= last))


def wanted_by_month(case: Case, months: Sequence[str], *, by_register: bool) -> Mapping[str, int]:
    """Return what 401 should hold for each month, in fen: the register's payments, or the dues on the payroll."""
    if by_register:
        paid = payments_by_month(case.facts)
        return {month: paid.get(month, NOTHING_PAID).total_fen for month in months}
    bases: dict[str, int] = defaultdict(int)
    for row in case.rows(PayrollRow):
        bases[row.month] += row.dues_base_fen or 0
    return {month: terms(case, month).owed(bases.get(month, 0)) for month in months}


def booked_by_month(facts: Facts, wanted: Mapping[str, int]) -> tuple[Mapping[str, int], bool]:
    """Return what 401 was credited by month of the dues, in fen, and whether some voucher names no month.

    Such vouchers count for the month of their day. One for a range of months fills what each month still wants,
    in order; what is left goes to the last month.
    """
    sums: dict[str, int] = {}
    ranges: dict[tuple[str, ...], int] = {}
    assumed = False
    for line in facts.booked.on("dues_income"):
        if not line.head.business:
            continue
        months, credit = parse_month_of(line.month_of), -line.amount_fen
        if not months:
            assumed = True
            months = (month_of_day(line.date),)
        if len(months) > 1:
            ranges[months] = ranges.get(months, 0) + credit
        else:
            sums[months[0]] = sums.get(months[0], 0) + credit
    for months, credit in sorted(ranges.items()):
        left = credit
        for month in months[:-1]:
            part = max(0, min(left, wanted.get(month, 0) - sums.get(month, 0)))
            sums[month] = sums.get(month, 0) + part
            left -= part
        sums[months[-1]] = sums.get(months[-1], 0) + left
    return sums, assumed
