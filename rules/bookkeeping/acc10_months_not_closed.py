"""未按月结账：有的月份一张凭证也没有，或整月凭证在下月过后才录入。

检查内容
本期每个自然月（建会以前的月份、账套开始以前的月份除外）：一、没有任何凭证；二、写有录入时间（entered-at）的凭证全部在次月
月末以后才录入，说明当月不可能按月结账。按年列为疑点。
依据
《工会会计制度》第六十二条：短于一个会计年度（如半年度、季度和月度）的财务报表为中期财务报表；第六十四条：财务报表根据登记
完整、核对无误的账簿记录编制，报送及时。
危害
平时不记账，年底补记，收支无人监督，数字容易凑。
反例
3 月至 6 月没有凭证，7 月一次补录。
正例
每月都有凭证，次月上旬录完并出月报。
参数
无；界限是次月月末。
局限
月报是否编制、签章，账上看不出来，须看报表。确无业务的月份须由人确认。单张凭证录入过迟的见 JET04。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from operator import itemgetter

from ledger.journal_rows import VoucherRow
from rules.evidence import voucher_evidence
from rules.finding import NO_TEXT, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined, limited, shown_month
from rules.indexes import openings, vouchers_by_day
from rules.remittance.months import first_day, last_day, month_of_day, shifted, span
from rules.rule import Case, rule

EMPTY, LATE = "empty", "late"


@rule(
    code="ACC10",
    name="months-not-closed",
    title=Text("未按月结账、未出月报", "No monthly closing or statements"),
    severity=Severity.LOW,
    citations=(Citation("accounting-system-2021", "第六十二条"), Citation("accounting-system-2021", "第六十四条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report months without a voucher, and months all of whose vouchers were keyed after the next month."""
    by_month = _by_month(case)
    if not by_month:
        return not_applicable("账上没有凭证", "the book holds no vouchers")
    first = min(voucher.date for voucher in by_month[min(by_month)])
    begins = max(case.since, first, case.facts.union.established or datetime.date.min)
    months = [m for m in span(month_of_day(begins), month_of_day(case.until)) if last_day(m) <= case.until]
    if not months:
        return not_applicable("本期没有完整的月份", "no whole month in the period")
    groups: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for month in months:
        key, evidence = _month(month, by_month.get(month, ()))
        if key:
            groups[month[:4], key].append(evidence)
            names[month[:4], key].append(shown_month(month))
    findings = [_finding(case, key, found, names[key]) for key, found in sorted(groups.items())]
    return examined(len(months), findings)


def _by_month(case: Case) -> dict[str, list[VoucherRow]]:
    """Return the vouchers of every month of the book, without opening and change-over vouchers."""
    found: dict[str, list[VoucherRow]] = defaultdict(list)
    brought = openings(case.facts)
    for day, own in vouchers_by_day(case.facts).items():
        if kept := [voucher for voucher in own if voucher.entry not in brought] if brought else own:
            found[month_of_day(day)] += kept
    return found


def _month(month: str, vouchers: Sequence[VoucherRow]) -> tuple[str, Evidence]:
    """Return what is wrong with a month, empty for nothing, and the row that shows it."""
    if not vouchers:
        return EMPTY, Evidence(Text(f"{shown_month(month)}没有凭证", f"no voucher in {month}"), date=first_day(month))
    latest, late = last_day(shifted(month, 1)), []
    # Carry-forward vouchers are made after the year's end: they do not say when the month was kept.
    for voucher in vouchers:
        keyed = None if voucher.carry_forward else _keyed_on(voucher)
        if keyed is not None and keyed <= latest:
            return "", Evidence(NO_TEXT)
        if keyed is not None:
            late.append((keyed, voucher.voucher, voucher))
    if not late:
        return "", Evidence(NO_TEXT)
    when, _, first = min(late, key=itemgetter(0, 1))
    note = Text(f"{shown_month(month)}的凭证最早 {when} 录入", f"the first voucher of {month} was keyed on {when}")
    return LATE, voucher_evidence(first, note)


def _keyed_on(voucher: VoucherRow) -> datetime.date | None:
    """Return the day on which a voucher was entered, None where what it says is none."""
    if not voucher.entered_at:
        return None
    try:
        return datetime.datetime.strptime(voucher.entered_at[:10], "%Y-%m-%d").date()
    except ValueError:
        return None


def _finding(case: Case, key: tuple[str, str], evidence: list[Evidence], months: list[str]) -> Finding:
    year, what = key
    told = {
        EMPTY: Text(
            f"{year} 年 {len(months)} 个月没有凭证：{joined(months, 12)}", f"{len(months)} months of {year} are empty"
        ),
        LATE: Text(
            f"{year} 年 {len(months)} 个月的凭证全部在次月以后才录入：{joined(months, 12)}",
            f"{len(months)} months of {year} were keyed after the next month's end",
        ),
    }[what]
    return case.finding(
        year,
        what,
        message=told,
        expected=Text("逐月记账、结账、出月报", "booked, closed and reported month by month"),
        found=told,
        remedy=Text(
            "确认各月有无业务，补记并按月结账，出具月报", "confirm what happened, book it, close month by month"
        ),
        evidence=limited(evidence),
        related=("JET04",),
    )
