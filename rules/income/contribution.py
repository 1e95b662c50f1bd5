"""What the rules on contributions share: the months under audit, their evidence, and the regional clauses."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from types import MappingProxyType

from ledger.register_rows import PayrollRow
from rules.evidence import register_evidence
from rules.finding import NO_TEXT, Certainty, Checked, Citation, Evidence, Finding, Text, not_applicable
from rules.gather import shown_month
from rules.law import Law
from rules.remittance.gaps import missing_months, missing_texts, strays
from rules.remittance.months import last_day, month_of_day, shifted
from rules.remittance.movements import MovementKind, movements
from rules.remittance.schedule import MonthDue, book_end, schedule
from rules.rule import Case
from rules.vouchers import days_kept

LAW = "trade-union-law-2021"
SYSTEM = "accounting-system-2021"
PARAMETERS = (
    "contribution.rate",
    "contribution.retained_share",
    "contribution.due_day",
    "contribution.late_fee_daily",
    "contribution.late_fee_cap_share",
)

# The clause on contributions of each province whose regulation was read.
_REGIONAL: Mapping[str, Citation] = MappingProxyType(
    {
        "11": Citation("beijing-measures-2015", "第五十五条"),
        "31": Citation("shanghai-regulation", "第四十一条"),
        "41": Citation("henan-regulation-2004", "第三十条"),
        "50": Citation("chongqing-regulation-2011", "第三十六条"),
    }
)


def regional_citations(case: Case, day: datetime.date) -> tuple[Citation, ...]:
    """Return the clause on contributions of the union's own region, where one is known and in force on a day."""
    found = _REGIONAL.get(case.facts.union.region[:2])
    instrument = case.law.instruments.get(found.instrument) if found else None
    if found is None or instrument is None or (instrument.in_force_from and day < instrument.in_force_from):
        return ()
    return (found,)


@dataclass(frozen=True)
class Months:
    """The months that a rule looks at, those not yet due, and what could not be tested.

    `gross_in_books` tells whether some receipt of these books credits 211, so that the whole contribution, and
    not only the own part, is known to pass through them. `assumed` tells whether some receipt names no month, or
    one that the payroll register does not have.
    """

    due: tuple[MonthDue, ...]
    not_yet: tuple[str, ...]
    untested: tuple[Text, ...]
    gross_in_books: bool
    assumed: bool
    note: Text = NO_TEXT

    @property
    def certainty(self) -> Certainty:
        """A month's figures establish nothing while some receipt may belong to another month."""
        return Certainty.LEAD if self.assumed else Certainty.ESTABLISHED

    def checked(self, findings: Sequence[Finding], more: Sequence[Text] = ()) -> Checked:
        """Return the result of a rule over these months."""
        if not self.due and not findings:
            zh = "审计期间没有已到期的拨缴月份：工资总额表没有这些月份，或到期日在账簿最后一日之后"
            reason = Text(zh, "no month of the period is in the payroll register and due")
            return Checked(reason=_both(reason, self.note))
        return Checked(tuple(findings), len(self.due), (*self.untested, *more), self.note)


def _both(first: Text, second: Text) -> Text:
    return Text(f"{first.zh}；{second.zh}", f"{first.en}; {second.en}") if second.zh else first


def of_months(case: Case, look: Callable[[Case, Months], Checked]) -> Checked:
    """Return what a rule makes of the months under audit; only a grassroots union has any."""
    if case.facts.union.level != "grassroots":
        return not_applicable(*GRASSROOTS_ONLY)
    return look(case, months_under_audit(case))


def of_direct_months(case: Case, elsewhere: Text, look: Callable[[Case, Months], Checked]) -> Checked:
    """Return what a rule makes of the months under audit whose contribution the employer pays itself.

    `elsewhere` says why the rule is not applicable where that was never the way.
    """
    before = last_day(shifted(month_of_day(case.since), -1))
    if case.facts.union.level == "grassroots" and "direct" not in case.facts.union.collections(before, case.until):
        return not_applicable(elsewhere.zh, elsewhere.en)

    def narrowed(case: Case, months: Months) -> Checked:
        kept = tuple(month for month in months.due if month.collection == "direct")
        return look(case, replace(months, due=kept, note=_note(kept, months.not_yet)))

    return of_months(case, narrowed)


def months_under_audit(case: Case) -> Months:
    """Return the months whose contribution fell due: wages of the period, and of the month before it.

    The month before the period counts when its due day lies in the period and the books reach back to it.
    """

    def made() -> tuple[Law, Months]:
        return case.law, _months_under_audit(case)

    return case.facts.once(("months under audit", id(case.law), case.since, case.until), made)[1]


def _months_under_audit(case: Case) -> Months:
    first = month_of_day(case.since)
    before = shifted(first, -1)
    months = schedule(case.facts, case.law, last_day(before).replace(day=1), case.until)
    days = days_kept(case.facts)
    reaches_back = days is not None and days[0] <= last_day(before)
    kept = [m for m in months if m.month != before or (reaches_back and m.due_by is not None)]
    due = tuple(m for m in kept if m.overdue or m.shortfall_fen == 0)
    not_yet = tuple(m.month for m in kept if not m.overdue and m.shortfall_fen != 0)
    moved = movements(case.facts, max(case.until, book_end(case.facts)))
    receipts = [m for m in moved if m.kind is MovementKind.RECEIPT]
    lost = strays(case.facts, case.since, case.until)
    untested = list(missing_texts(missing_months(case.facts, case.since, case.until)))
    untested += [stray.text for stray in lost]
    untested += [text for m in due for text in m.untested]
    assumed = bool(lost) or any(r.assumed for r in receipts if r.own_fen > 0)
    return Months(due, not_yet, tuple(untested), any(r.upward_fen > 0 for r in receipts), assumed, _note(due, not_yet))


def _note(due: Sequence[MonthDue], not_yet: Sequence[str]) -> Text:
    zh, en = [], []
    if due:
        zh.append(f"已检查 {due[0].month} 至 {due[-1].month} 的 {len(due)} 个月")
        en.append(f"looked at {len(due)} months, {due[0].month} to {due[-1].month}")
    if not_yet:
        zh.append(f"{'、'.join(not_yet)} 尚未到期，留待下期")
        en.append(f"{', '.join(not_yet)} not yet due")
    return Text("；".join(zh), "; ".join(en))


GRASSROOTS_ONLY = Text(
    "县级以上工会的拨缴经费来自下级上缴，不按本单位工资总额计算",
    "only grassroots unions receive an employer's contribution",
)


def payroll_evidence(case: Case, month: str) -> list[Evidence]:
    """Return the rows of the payroll register of a month as evidence."""
    rows = [row for row in case.rows(PayrollRow) if row.month == month]
    return [
        register_evidence(
            row,
            Text(f"{shown_month(month)}工资总额（{row.category}）", f"payroll of {month} ({row.category})"),
            row.total_wages_fen,
        )
        for row in sorted(rows, key=attrgetter("category", "line"))
    ]


def receipt_evidence(month: MonthDue) -> list[Evidence]:
    """Return the receipts counted for a month as evidence."""
    note = Text(f"计入{shown_month(month.month)}的拨缴入账", f"receipt counted for {month.month}")
    return [r.evidence(note) for r in month.receipts]
