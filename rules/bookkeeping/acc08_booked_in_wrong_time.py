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

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import records
from rules.finding import NO_TEXT, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import (
    MOST_EVIDENCE,
    Values,
    cut,
    debits_by_entry,
    joined,
    months_of,
    shown_month,
    voucher_evidence,
    working_vouchers,
)
from rules.law import ParameterValue
from rules.rule import Case, rule

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
    vouchers = working_vouchers(case)
    vouchers = vouchers[vouchers["reverses"] == ""]
    if vouchers.empty:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    event = vouchers["event_date"].where(vouchers["event_date"] != vouchers["date"])
    known = event.notna() | vouchers["invoice_date"].notna()
    values = Values(case, "booking.delay_days")
    # The earliest of both is how long the booking waited; only the event itself can be booked too early.
    first = pd.concat([event, vouchers["invoice_date"]], axis=1).min(axis=1)
    waited = (vouchers["date"] - first).dt.days.fillna(0).astype("int64")
    ahead = (event - vouchers["date"]).dt.days.fillna(0).astype("int64")
    aged = vouchers[known].assign(waited=waited[known], ahead=ahead[known], first=first[known])
    findings = []
    for month, own in aged.groupby(months_of(aged["date"]), sort=True):
        value = values.on(own["date"].min().date())
        if value is None:
            continue
        days = int(value.number)
        for what, rows in ((LATE, own[own["waited"] > days]), (EARLY, own[own["ahead"] > days])):
            if not rows.empty:
                findings.append(_finding(case, what, str(month), rows, value))
    untested = list(values.untested)
    bare = int((~known).sum())
    if bare == len(vouchers):
        zh = f"{bare} 张凭证都没有写业务日期或发票日期，无法判断是否及时"
        untested.append(Text(zh, f"none of {bare} vouchers has the day of its event or invoice"))
    note = Text(f"{bare} 张凭证没有另写业务日期或发票日期", f"{bare} vouchers have no other date") if bare else NO_TEXT
    return examined(len(aged), findings, untested, note=note)


def _finding(case: Case, what: str, month: str, rows: pd.DataFrame, value: ParameterValue) -> Finding:
    debits = debits_by_entry(case)
    total = sum(debits.get(int(entry), 0) for entry in rows["entry"])
    days = rows["waited"] if what == LATE else rows["ahead"]
    years = int((rows["first"].dt.year != rows["date"].dt.year).sum()) if what == LATE else 0
    crossed = f"，其中 {years} 张跨年" if years else ""
    word = (
        Text("晚于业务或发票日期", "after event or invoice")
        if what == LATE
        else Text("早于业务日期", "before the event")
    )
    evidence: list[Evidence] = []
    for row, gap in zip(records(rows.head(MOST_EVIDENCE)), days.head(MOST_EVIDENCE), strict=True):
        note = Text(f"{word.zh} {gap} 日", f"{gap} days {word.en}")
        evidence.append(voucher_evidence(row, note, debits.get(int(row["entry"]))))
    names = joined([str(v) or "（无字号）" for v in rows["voucher"]])
    return case.finding(
        what,
        month,
        message=Text(
            f"{shown_month(month)} {len(rows)} 张凭证{word.zh}超过 {value.text} 日{crossed}，"
            f"最长 {int(days.max())} 日，合计 {shown_yuan(total)} 元：{names}",
            f"{len(rows)} vouchers of {month} more than {value.text} days {word.en}, {shown_yuan(total)} yuan",
        ),
        expected=Text(f"{value.text} 日内入账，不提前", f"booked within {value.text} days, not before"),
        found=Text(
            f"{len(rows)} 张{word.zh}，最长 {int(days.max())} 日", f"{len(rows)} vouchers, up to {days.max()} days"
        ),
        remedy=Text(
            "说明原因；跨年的核对当年预算、标准和往来挂账", "account for it; check budgets and caps of the right year"
        ),
        evidence=cut(evidence, len(rows), total),
        parameters=(value,),
        related=("JET04", "BIL05", "CUR05"),
    )
