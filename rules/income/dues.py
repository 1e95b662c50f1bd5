"""Membership dues by month: what members owed, what the register of dues says, and what 401 was credited.

What a member owes is the wage on which dues are computed, without its tail where the law ignores one, times the
rate, half up to the fen.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from ledger.facts import Facts
from ledger.money import round_half_up, shown_yuan
from rules.finding import Evidence, Text
from rules.law import NoParameter, ParameterValue
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

    def owed(self, base_fen: int) -> int:
        """Return the dues on a wage, in fen."""
        tail = self.tail.fen if self.tail and self.tail.fen else 1
        return round_half_up(Decimal(base_fen // tail * tail) * self.rate.number)


def terms(case: Case, month: str) -> DuesTerms:
    """Return the terms of a month; raises NoParameter where there is no rate."""
    day = last_day(month)
    try:
        tail = case.value("dues.tail", day)
    except NoParameter:
        tail = None
    return DuesTerms(case.value("dues.rate", day), tail)


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


def member_dues(facts: Facts, month: str, of: DuesTerms) -> tuple[tuple[MemberDues, ...], int]:
    """Return every paying member of a month, and how many could not be computed for want of a wage.

    A member pays from the month of joining to the month of leaving; retired members do not.
    """
    paid = paid_by_month(facts).get(month, {})
    first, last = first_day(month), last_day(month)
    found, without = [], 0
    owed: dict[int, int] = {}  # many members have the same wage
    for name, base, line, joined, left in facts.once("members paying dues", lambda: _payers(facts)):
        if (joined is not None and joined > last) or (left is not None and left < first):
            continue
        if base is None:
            without += 1
            continue
        if base not in owed:
            owed[base] = of.owed(base)
        found.append(MemberDues(name, owed[base], paid.get(name, 0), line))
    return tuple(found), without


_Payer = tuple[str, int | None, int, datetime.date | None, datetime.date | None]


def _payers(facts: Facts) -> tuple[_Payer, ...]:
    """Return every member who pays dues, by number: wage, line, and the days of joining and leaving, if known."""
    members = facts.registers["members"]
    status = members["status"].astype(str)
    own = members[~(status.eq("retired") | (status.eq("left") & members["left"].isna()))]
    days = [own[name].to_numpy().astype("datetime64[D]").tolist() for name in ("joined", "left")]
    bases = [None if base is pd.NA else int(base) for base in own["dues_base_fen"].tolist()]
    rows = zip(map(str, own["member_id"].tolist()), bases, own["line"].tolist(), *days, strict=True)
    return tuple(sorted(rows, key=lambda row: row[0]))


def paid_by_month(facts: Facts) -> Mapping[str, Mapping[str, int]]:
    """Return what the register of dues says was paid: month → member → fen."""
    return facts.once("dues paid by month", lambda: _paid_by_month(facts))


def _paid_by_month(facts: Facts) -> dict[str, dict[str, int]]:
    frame = facts.registers["dues"]
    sums: dict[str, dict[str, int]] = {}
    columns = (frame[name].tolist() for name in ("month", "member_id", "paid_fen"))
    for month, member, fen in zip(*columns, strict=True):
        of_month = sums.setdefault(str(month), {})
        of_month[str(member)] = of_month.get(str(member), 0) + int(fen)
    return sums


@dataclass(frozen=True)
class Collection:
    """What was owed and collected for one month, in fen, with who fell short and the rows that show it."""

    month: str
    of: DuesTerms
    owed_fen: int
    paid_fen: int
    tested: int
    short: tuple[MemberDues, ...] = ()
    rows: tuple[Evidence, ...] = ()


def by_member(facts: Facts, month: str, of: DuesTerms) -> tuple[Collection, int]:
    """Return a month's dues member by member, and how many members have no wage; what one overpays helps nobody."""
    listed, without = member_dues(facts, month, of)
    short = tuple(m for m in listed if m.paid_fen < m.owed_fen)
    rows = tuple(m.evidence for m in short)
    paid = sum(min(m.paid_fen, m.owed_fen) for m in listed)
    return Collection(month, of, sum(m.owed_fen for m in listed), paid, len(listed), short, rows), without


def by_payroll(facts: Facts, month: str, of: DuesTerms, booked_fen: int) -> Collection | None:
    """Return a month's dues by the payroll's wages and what 401 was credited; None where a wage is missing."""
    frame = facts.registers["payroll"]
    rows = frame[frame["month"].astype(str) == month].sort_values(["category", "line"])
    if rows.empty or rows["dues_base_fen"].isna().any():
        return None
    evidence = tuple(
        Evidence(
            Text(f"计费工资（{row['category']}）", f"wages for dues ({row['category']})"),
            amount_fen=int(row["dues_base_fen"]),
            file="registers/payroll.csv",
            line=int(row["line"]),
        )
        for row in rows.to_dict("records")
    )
    return Collection(month, of, of.owed(int(rows["dues_base_fen"].sum())), booked_fen, 1, (), evidence)


def register_months(case: Case) -> tuple[str, ...]:
    """Return the months of the period that the payroll or the register of dues knows, in order."""
    first, last = month_of_day(case.since), month_of_day(case.until)
    known: set[str] = set()
    for name in ("payroll", "dues"):
        frame = case.facts.registers.get(name)
        if frame is not None:
            known |= {m for m in frame["month"].astype(str) if first <= m <= last}
    return tuple(sorted(known))


def wanted_by_month(case: Case, months: Sequence[str], *, by_register: bool) -> Mapping[str, int]:
    """Return what 401 should hold for each month, in fen: the register's payments, or the dues on the payroll."""
    if by_register:
        dues = case.register("dues")
        sums = dues.groupby(dues["month"].astype(str))["paid_fen"].sum()
        return {month: int(sums.get(month, 0)) for month in months}
    payroll = case.register("payroll")
    bases = payroll.groupby(payroll["month"].astype(str))["dues_base_fen"].sum()
    return {month: terms(case, month).owed(int(bases.get(month, 0))) for month in months}


def booked_by_month(facts: Facts, wanted: Mapping[str, int]) -> tuple[Mapping[str, int], bool]:
    """Return what 401 was credited by month of the dues, in fen, and whether some voucher names no month.

    Such vouchers count for the month of their day. One for a range of months fills what each month still wants,
    in order; what is left goes to the last month.
    """
    rows = facts.journal
    kept = (rows["group"] == "dues_income") & ~(rows["opening"] | rows["change_over"] | rows["carry_forward"])
    sums: dict[str, int] = {}
    ranges: dict[tuple[str, ...], int] = {}
    assumed = False
    for row in rows[kept].to_dict("records"):
        months, credit = parse_month_of(str(row["month_of"])), -int(row["amount_fen"])
        if not months:
            assumed = True
            months = (month_of_day(pd.Timestamp(row["date"]).date()),)
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
