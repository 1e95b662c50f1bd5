"""单位迟拨工会经费：拨缴款在规定的到期日之后才入账。

检查内容
按工资所属月，逐月比较拨缴入账日与到期日（工资所属月的次月，日由地区规定）。迟到的部分按部分分别计算天数，地区
规定滞纳金的，列出应加收数。至今未到的部分归 INC01，不在此重复计算。
依据
《中华人民共和国工会法》第四十三条、第四十四条；到期日和滞纳金依所在地区的条例或实施办法（在每项发现中注明）。
危害
经费不能按时用于职工；长期迟拨往往是少拨的前奏，滞纳金不收等于放弃工会的债权。
反例
规定每月 15 日前拨缴，1 月工资对应的经费 2 月 25 日才到账，迟 10 日。
正例
2 月 15 日（含）以前到账。
参数
contribution.due_day、contribution.late_fee_daily、contribution.late_fee_cap_share；计算应拨数另用 contribution.rate 和
contribution.retained_share。
局限
以凭证日期为入账日，到账日与凭证日不同的须看银行回单。税务代收、财政划拨的，单位缴款日不在本账，不适用。滞纳金
按日历天数算到到账日，是否先经催缴由地区规定，实际加收前须核实。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Finding, Severity, Text
from rules.gather import shown_month
from rules.income.contribution import LAW, PARAMETERS, Months, of_direct_months, regional_citations
from rules.law import NoParameter, ValueStatus
from rules.remittance.months import first_day, shifted
from rules.remittance.schedule import MonthDue
from rules.rule import Case, rule

ELSEWHERE = Text(
    "税务代收或财政划拨：单位缴款日在税务或财政的记录里，不在本账",
    "collected by tax or treasury: the employer's day of payment is not in these books",
)


@rule(
    code="INC02",
    name="contribution-late",
    title=Text("单位迟拨工会经费", "Employer's contribution late"),
    severity=Severity.MEDIUM,
    citations=(Citation(LAW, "第四十三条"), Citation(LAW, "第四十四条")),
    needs=("payroll",),
    parameters=PARAMETERS,
)
def check(case: Case) -> Checked:
    """Report every month of which some part came after its due day."""
    return of_direct_months(case, ELSEWHERE, _checked)


def _checked(case: Case, months: Months) -> Checked:
    untested = []
    for month in months.due:
        if month.due_by is None:
            try:
                case.value("contribution.due_day", first_day(shifted(month.month, 1)))
            except NoParameter as absent:
                untested.append(Text(f"{shown_month(month.month)}：{absent.zh}", f"{month.month}: {absent.en}"))
    findings = [_finding(case, month, months) for month in months.due if month.late]
    if untested and len(untested) == len(months.due):
        untested = [Text(f"{untested[0].zh}（共 {len(untested)} 个月）", f"{untested[0].en} ({len(untested)} months)")]
    return months.checked(findings, untested)


def _finding(case: Case, month: MonthDue, months: Months) -> Finding:
    name, due_by = shown_month(month.month), month.due_by
    fee_known = month.late_fee_daily is not None and month.late_fee_daily.status is not ValueStatus.UNVERIFIED
    fee_zh = f"；应加收滞纳金 {shown_yuan(month.late_fee_fen)} 元" if fee_known else ""
    fee_en = f"; late fee {shown_yuan(month.late_fee_fen)} yuan" if fee_known else ""
    parts = "、".join(f"{p.until} 到 {shown_yuan(p.amount_fen)} 元迟 {p.days} 日" for p in month.late)
    used = [month.rate, month.due_day, *((month.late_fee_daily, month.late_fee_cap) if fee_known else ())]
    if month.collection != "direct":
        used.append(month.retained_share)
    last = max(p.until for p in month.late)
    note = Text(f"计入{name}的拨缴，到期日 {due_by}", f"receipt for {month.month}, due by {due_by}")
    late_days = {p.until for p in month.late}
    return case.finding(
        month.month,
        message=Text(
            f"{name}工会经费应于 {due_by} 前拨缴，{parts}，最后一笔 {last}{fee_zh}",
            f"{month.month}: due by {due_by}, {shown_yuan(month.late_fen)} yuan came late, "
            f"by up to {month.days_late} days{fee_en}",
        ),
        expected=Text(f"{due_by}（含）以前到账 {shown_yuan(month.expected_fen)} 元", f"all received by {due_by}"),
        found=Text(
            f"到期日已到 {shown_yuan(month.received_by_due_fen)} 元，迟到 {shown_yuan(month.late_fen)} 元，"
            f"最多迟 {month.days_late} 日",
            f"{shown_yuan(month.received_by_due_fen)} yuan on time, {shown_yuan(month.late_fen)} late",
        ),
        remedy=Text(
            "催告单位按期拨缴，并按地区规定处理滞纳金",
            "ask the employer to pay in time, and settle the late fee as the region provides",
        ),
        evidence=[r.evidence(note) for r in month.receipts if r.date in late_days],
        amount_fen=month.late_fen,
        parameters=[value for value in used if value is not None],
        certainty=months.certainty,
        citations=(*case.rule.citations, *regional_citations(case, last)),
        related=("INC01",),
    )
