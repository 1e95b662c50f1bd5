"""Activities from the vouchers: what one activity cost in all, who took part, and which vouchers belong to it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from operator import attrgetter

from ledger.journal_rows import VoucherRow, sums_by
from ledger.money import shown_yuan
from rules.evidence import voucher_evidence
from rules.finding import Evidence, Finding, Text
from rules.gather import MOST_EVIDENCE, cut
from rules.law import ParameterValue
from rules.rule import Case, voucher_order
from rules.vouchers import business


@dataclass(frozen=True)
class Activity:
    """One activity of one year: its vouchers up to the end of the audit in order, and what they spent, in fen.

    A voucher without the name of an activity is one of its own.
    """

    name: str
    day: datetime.date
    vouchers: tuple[VoucherRow, ...]
    amounts: tuple[int, ...]

    @property
    def amount_fen(self) -> int:
        """What it cost in all."""
        return sum(self.amounts)

    @property
    def key(self) -> tuple[str, ...]:
        """What names the activity in the id of a finding."""
        first = self.vouchers[0]
        return (str(self.day.year), self.name) if first.activity else (first.voucher,)

    @property
    def told(self) -> str:
        """The activity as a sentence names it."""
        if self.vouchers[0].activity:
            return f"“{self.name}”"
        return f"凭证 {self.vouchers[0].voucher or '无字号'}（{self.name}）"

    def most(self, column: str) -> int | None:
        """Return the largest of a figure (participants, awarded, days, nights) of its vouchers, None if none has it."""
        return max((told for told in map(attrgetter(column), self.vouchers) if told is not None), default=None)

    def texts(self, column: str) -> tuple[str, ...]:
        """Return the different texts of a column over its vouchers."""
        return tuple(sorted(set(map(attrgetter(column), self.vouchers)) - {""}))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Its vouchers as evidence."""
        listed = list(zip(self.vouchers, self.amounts, strict=True))[:MOST_EVIDENCE]
        found = [
            voucher_evidence(
                voucher, Text(f"{self.name}支出 {shown_yuan(fen)} 元", f"spent {shown_yuan(fen)} yuan"), fen
            )
            for voucher, fen in listed
        ]
        return cut(found, len(self.vouchers), self.amount_fen)


def vouchers_of_activities(case: Case) -> tuple[VoucherRow, ...]:
    """Return the vouchers up to the period's end that tell the type of an activity or how many were awarded.

    Those of earlier years too, but no opening, change-over and carry-forward, in the order of the book.
    """

    def told() -> tuple[VoucherRow, ...]:
        telling = [voucher for voucher in case.facts.listed if voucher.activity_type or voucher.awarded is not None]
        return tuple(voucher for voucher in telling if voucher.date <= case.until and voucher.business)

    return case.facts.once(("vouchers of activities", case.until), told)


def spent_by_voucher(case: Case) -> Mapping[int, int]:
    """Return what each voucher spent, in fen, by entry; what a later voucher took back by name is off the first one."""
    return case.facts.once(("spent by voucher", case.until), lambda: _spent_by_voucher(case))


def _spent_by_voucher(case: Case) -> Mapping[int, int]:
    spent = sums_by(business(case).of("expense"), attrgetter("entry"))
    vouchers = case.facts.listed
    back = [voucher for voucher in vouchers if voucher.reverses]
    numbers = {voucher.voucher: voucher.entry for voucher in vouchers} if back else {}
    for voucher in back:
        target = numbers.get(voucher.reverses)
        if target is not None and voucher.entry in spent:
            spent[target] = spent.get(target, 0) + spent.pop(voucher.entry)
    return spent


def activities(case: Case, vouchers: Iterable[VoucherRow]) -> tuple[Activity, ...]:
    """Return the activities that vouchers make and that have one of them in the period, in order of day and name.

    The day of an activity is the first event day of its vouchers. What spent nothing in the end is left out.
    """
    chosen = sorted(vouchers, key=voucher_order)
    spent = spent_by_voucher(case) if chosen else {}
    groups: dict[tuple[int, str, str], list[VoucherRow]] = {}
    for voucher in chosen:
        if spent.get(voucher.entry, 0) == 0:
            continue
        name = voucher.activity
        own = "" if name else voucher.voucher or str(voucher.entry)
        groups.setdefault((voucher.event_date.year, name or voucher.narration, own), []).append(voucher)
    found = []
    for (_, name, _), rows in groups.items():
        amounts = tuple(spent[voucher.entry] for voucher in rows)
        if sum(amounts) > 0 and any(voucher.date >= case.since for voucher in rows):
            first = min(voucher.event_date for voucher in rows)
            found.append(Activity(name, first, tuple(rows), amounts))
    return tuple(sorted(found, key=lambda one: (one.day, one.name, one.key)))


def share_of(people: int, share: ParameterValue) -> int:
    """Return how many whole people a share of some people is, exact where the law writes it as a fraction."""
    return floor(people * (share.fraction if share.fraction is not None else Fraction(share.number)))


def over_rate(case: Case, one: Activity, heads: int, days: int, rate: ParameterValue, remedy: Text) -> list[Finding]:
    """Return the finding that an activity cost more than a rate for each of its people and days allows, or none."""
    excess = one.amount_fen - rate.fen * heads * days
    if excess <= 0:
        return []
    limit, money = shown_yuan(rate.fen), shown_yuan(one.amount_fen)
    finding = case.finding(
        "over",
        *one.key,
        message=Text(
            f"{one.day} {one.told}支出 {money} 元，超过 {heads} 人 × {days} × {limit} 元，超 {shown_yuan(excess)} 元",
            f"{one.day} {one.name}: {money} yuan, over {heads} people × {days} × {limit} yuan",
        ),
        expected=Text(f"不超过 {heads} 人 × {days} × {limit} 元", f"at most {heads} × {days} × {limit} yuan"),
        found=Text(f"{money} 元", f"{money} yuan"),
        remedy=remedy,
        evidence=one.evidence,
        amount_fen=excess,
        parameters=(rate,),
    )
    return [finding]


def beyond(
    case: Case, one: Activity, what: tuple[str, Text], figure: int, limit: ParameterValue, remedy: Text
) -> Finding:
    """Return the finding that a figure of an activity is beyond its limit; `what` is its key and its unit in words."""
    key, unit = what
    return case.finding(
        key,
        *one.key,
        message=Text(
            f"{one.day} {one.told}{figure} {unit.zh}，规定不超过 {limit.text} {unit.zh}",
            f"{one.day} {one.name}: {figure} {unit.en}, at most {limit.text} allowed",
        ),
        expected=Text(f"不超过 {limit.text} {unit.zh}", f"at most {limit.text} {unit.en}"),
        found=Text(f"{figure} {unit.zh}", f"{figure} {unit.en}"),
        remedy=remedy,
        evidence=one.evidence,
        parameters=(limit,),
    )
