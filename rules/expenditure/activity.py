"""Activities from the vouchers: what one activity cost in all, who took part, and which vouchers belong to it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import Row, records
from rules.finding import Evidence, Finding, Text
from rules.gather import day as date_of
from rules.gather import in_order, limited
from rules.law import ParameterValue
from rules.rule import Case


@dataclass(frozen=True)
class Activity:
    """One activity of one year: its vouchers up to the end of the audit in order, and what they spent, in fen.

    A voucher without the name of an activity is one of its own.
    """

    name: str
    day: datetime.date
    vouchers: tuple[Row, ...]
    amounts: tuple[int, ...]

    @property
    def amount_fen(self) -> int:
        """What it cost in all."""
        return sum(self.amounts)

    @property
    def key(self) -> tuple[str, ...]:
        """What names the activity in the id of a finding."""
        return (str(self.day.year), self.name) if self.vouchers[0]["activity"] else (str(self.vouchers[0]["voucher"]),)

    @property
    def told(self) -> str:
        """The activity as a sentence names it."""
        if self.vouchers[0]["activity"]:
            return f"“{self.name}”"
        return f"凭证 {self.vouchers[0]['voucher'] or '无字号'}（{self.name}）"

    def most(self, column: str) -> int | None:
        """Return the largest of a figure (participants, awarded, days, nights) of its vouchers, None if none has it."""
        figures = [int(row[column]) for row in self.vouchers if not pd.isna(row[column])]
        return max(figures) if figures else None

    def texts(self, column: str) -> tuple[str, ...]:
        """Return the different texts of a column over its vouchers."""
        return tuple(sorted({str(row[column]) for row in self.vouchers if str(row[column])}))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Its vouchers as evidence."""
        found = []
        for row, amount in zip(self.vouchers, self.amounts, strict=True):
            note = Text(f"{self.name}支出 {shown_yuan(amount)} 元", f"spent {shown_yuan(amount)} yuan")
            file, line = str(row["file"]), int(row["line"])
            found.append(Evidence(note, str(row["voucher"]), date_of(row["date"]), "", amount, file, line))
        return limited(found, self.amount_fen)


def past_vouchers(case: Case) -> pd.DataFrame:
    """Return the vouchers up to the end of the audit, also those of earlier years, in order; no carry-forward."""
    return case.facts.once(("past vouchers", case.until), lambda: _past_vouchers(case)).copy(deep=False)


def _past_vouchers(case: Case) -> pd.DataFrame:
    rows = case.facts.vouchers
    kept = rows["date"] <= pd.Timestamp(case.until)
    return in_order(rows[kept & ~(rows["opening"] | rows["change_over"] | rows["carry_forward"])])


def spent_by_voucher(case: Case) -> Mapping[int, int]:
    """Return what each voucher spent, in fen, by entry; what a later voucher took back by name is off the first one."""
    return case.facts.once(("spent by voucher", case.until), lambda: _spent_by_voucher(case))


def _spent_by_voucher(case: Case) -> Mapping[int, int]:
    rows = case.facts.journal
    kept = (rows["element"] == "expense") & (rows["date"] <= pd.Timestamp(case.until))
    sums = rows[kept & ~(rows["opening"] | rows["change_over"] | rows["carry_forward"])].groupby("entry")["amount_fen"]
    spent = {int(str(entry)): int(amount) for entry, amount in sums.sum().items()}
    vouchers = case.facts.vouchers
    back = vouchers[vouchers["reverses"] != ""]
    numbers = dict(zip(vouchers["voucher"].tolist(), vouchers["entry"].tolist(), strict=True)) if len(back) else {}
    for entry, target in zip(back["entry"], back["reverses"].astype(str), strict=True):
        if target in numbers and int(entry) in spent:
            spent[numbers[target]] = spent.get(numbers[target], 0) + spent.pop(int(entry))
    return spent


def activities(case: Case, vouchers: pd.DataFrame | Iterable[Row]) -> tuple[Activity, ...]:
    """Return the activities that vouchers make and that have one of them in the period, in order of day and name.

    The day of an activity is the first event day of its vouchers. What spent nothing in the end is left out.
    """
    spent = spent_by_voucher(case)
    groups: dict[tuple[int, str, str], list[Row]] = {}
    for row in records(vouchers) if isinstance(vouchers, pd.DataFrame) else vouchers:
        if spent.get(int(row["entry"]), 0) == 0:
            continue
        name = str(row["activity"])
        own = "" if name else str(row["voucher"]) or str(row["entry"])
        groups.setdefault((date_of(row["event_date"]).year, name or str(row["narration"]), own), []).append(row)
    since = pd.Timestamp(case.since)
    found = []
    for (_, name, _), rows in groups.items():
        amounts = tuple(spent[int(row["entry"])] for row in rows)
        if sum(amounts) > 0 and any(pd.Timestamp(row["date"]) >= since for row in rows):
            first = min(date_of(row["event_date"]) for row in rows)
            found.append(Activity(name, first, tuple(rows), amounts))
    return tuple(sorted(found, key=lambda one: (one.day, one.name, one.key)))


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
