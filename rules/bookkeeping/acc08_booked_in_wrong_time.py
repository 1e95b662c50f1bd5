"""记账不及时或提前延后：业务日期、发票日期与凭证日期相差过久，或跨了年度。

检查内容
写有业务日期（occurred）或发票日期的凭证：一、凭证晚于业务或发票日期超过惯例日数；二、凭证早于业务日期超过惯例日数（提前
记账）。相差过久的按月列出，跨年的注明张数。
依据
《工会会计制度》第二十一条：工会应当对已经发生的经济业务或者事项及时进行会计处理和报告，不得提前或者延后。
危害
跨期记账使各年收支不实，躲过当年预算和人均标准。
反例
2024 年 11 月的活动，2025 年 3 月才入账。
正例
活动结束、取得发票后一个月内入账。
参数
booking.delay_days。
局限
工会会计一般按收付实现制，付款晚于活动的，晚记不一定有错，所以只列疑点。没有业务日期和发票日期的凭证报告为未能检查。录入时间
与凭证日期相差过久的见 JET04，跨年发票见 BIL05。
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ledger.journal_rows import VoucherRow
from ledger.money import shown_yuan
from rules.evidence import voucher_evidence
from rules.finding import NO_TEXT, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE, Values, cut, debits_by_entry, shown_month
from rules.indexes import originals
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.vouchers import by_month, numbers_of

LATE, EARLY = "late", "early"


@rule(
    code="ACC08",
    name="booked-in-wrong-time",
    title=Text("记账不及时或提前延后", "Booked late or in the wrong period"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-system-2021", "第二十一条"),),
    parameters=("booking.delay_days",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report vouchers dated too long after or before their event or invoice, month by month."""
    vouchers = originals(case)
    if not vouchers:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    values = Values(case, "booking.delay_days")
    aged = [v for v in vouchers if v.invoice_date is not None or v.event_date != v.date]
    findings = []
    for month, own in by_month(aged):
        value = values.on(own[0].date)
        if value is None:
            continue
        days = int(value.number)
        apart = [v for v in own if v.event_date != v.date or v.invoice_date != v.date]
        late = [voucher for voucher in apart if (voucher.date - _first(voucher)).days > days]
        early = [voucher for voucher in apart if (voucher.event_date - voucher.date).days > days]
        findings += [_finding(case, what, month, own, value) for what, own in ((LATE, late), (EARLY, early)) if own]
    untested = list(values.untested)
    bare = len(vouchers) - len(aged)
    if not aged:
        zh = f"{bare} 张凭证都没有写业务日期或发票日期，无法判断是否及时"
        untested.append(Text(zh, f"none of {bare} vouchers has the day of its event or invoice"))
    note = Text(f"{bare} 张凭证没有另写业务日期或发票日期", f"{bare} vouchers have no other date") if bare else NO_TEXT
    return examined(len(aged), findings, untested, note=note)


def _first(voucher: VoucherRow) -> datetime.date:
    """Return the earlier of event and invoice: it is how long the booking waited."""
    if voucher.event_date == voucher.date:
        return voucher.invoice_date or voucher.date
    return min(voucher.event_date, voucher.invoice_date or voucher.event_date)


def _finding(case: Case, what: str, month: str, vouchers: Sequence[VoucherRow], value: ParameterValue) -> Finding:
    debits = debits_by_entry(case)
    total = sum(debits.get(voucher.entry, 0) for voucher in vouchers)
    if what == LATE:
        days = [(voucher.date - _first(voucher)).days for voucher in vouchers]
        years = sum(_first(voucher).year != voucher.date.year for voucher in vouchers)
    else:
        # Only the event itself can be booked too early.
        days, years = [(voucher.event_date - voucher.date).days for voucher in vouchers], 0
    crossed = f"，其中 {years} 张跨年" if years else ""
    word = (
        Text("晚于业务或发票日期", "after event or invoice")
        if what == LATE
        else Text("早于业务日期", "before the event")
    )
    evidence = [
        voucher_evidence(voucher, Text(f"{word.zh} {gap} 日", f"{gap} days {word.en}"), debits.get(voucher.entry))
        for voucher, gap in zip(vouchers[:MOST_EVIDENCE], days, strict=False)
    ]
    names = numbers_of(vouchers)
    return case.finding(
        what,
        month,
        message=Text(
            f"{shown_month(month)} {len(vouchers)} 张凭证{word.zh}超过 {value.text} 日{crossed}，"
            f"最长 {max(days)} 日，合计 {shown_yuan(total)} 元：{names}",
            f"{len(vouchers)} vouchers of {month} more than {value.text} days {word.en}, {shown_yuan(total)} yuan",
        ),
        expected=Text(f"{value.text} 日内入账，不提前", f"booked within {value.text} days, not before"),
        found=Text(
            f"{len(vouchers)} 张{word.zh}，最长 {max(days)} 日", f"{len(vouchers)} vouchers, up to {max(days)} days"
        ),
        remedy=Text(
            "说明原因；跨年的核对当年预算、标准和往来挂账", "account for it; check budgets and caps of the right year"
        ),
        evidence=cut(evidence, len(vouchers), total),
        parameters=(value,),
        related=("JET04", "BIL05", "CUR05"),
    )
