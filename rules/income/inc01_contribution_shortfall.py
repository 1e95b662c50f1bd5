"""单位少拨工会经费：某月拨缴少于当月全部职工工资总额按法定比例计算的数额。

检查内容
按工资所属月，逐月计算应拨数（工资总额 × 比例，四舍五入到分），与记入该月的拨缴经费比较。自主拨缴的，比较全额
（402 加 211）；账内从未贷记 211 的、税务代收或财政划拨的，比较本级留成（402）。一笔跨几个月的，按月份先后补足。
依据
《中华人民共和国工会法》第四十三条：用人单位按每月全部职工工资总额的百分之二向工会拨缴经费；第四十四条：拖延或者
拒不拨缴的，可以申请支付令。工资总额按国家统计部门的口径。
危害
职工应得的活动和帮扶经费被截在单位行政账上；上级工会的分成同时减少。
反例
3 月全部职工工资总额 1,000,000.00 元，应拨 20,000.00 元，只按编内工资拨了 15,000.00 元。
正例
每月按全部职工（含合同制、返聘等）工资总额的 2% 拨缴，凭证注明所属月。
参数
contribution.rate（比例）、contribution.retained_share（本级留成）、contribution.due_day（到期日，有规定的地区）、
contribution.late_fee_daily 与 contribution.late_fee_cap_share（滞纳金，有规定的地区）。
局限
工资总额表是单位提供的：表外的奖金、津贴不在其内，须另与劳资、个税资料核对。凭证未注明所属月的，按入账日的上月
计算，此时各月只列疑点。年末按通知挂应收的部分视同已确认。
收缴方式改变过的，各月按当月的方式比较（union.toml 的 funds.earlier）。摘要写明小微、小额缴费的返还款，
其他入账已到应收一半的，视为上级退回的上缴部分，不抵少拨。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text
from rules.gather import shown_month
from rules.income.contribution import (
    LAW,
    PARAMETERS,
    SYSTEM,
    Months,
    of_months,
    payroll_evidence,
    receipt_evidence,
    regional_citations,
)
from rules.law import ParameterValue, ValueStatus
from rules.remittance.schedule import MonthDue
from rules.rule import Case, rule


@rule(
    code="INC01",
    name="contribution-shortfall",
    title=Text("单位少拨工会经费", "Employer's contribution short"),
    severity=Severity.HIGH,
    citations=(
        Citation(LAW, "第四十三条"),
        Citation(LAW, "第四十四条"),
        Citation(SYSTEM, "附录1 第402号科目 三(一)"),
    ),
    needs=("payroll",),
    parameters=PARAMETERS,
)
def check(case: Case) -> Checked:
    """Report every month for which less came than was due."""
    return of_months(case, _checked)


def _checked(case: Case, months: Months) -> Checked:
    findings: list[Finding] = []
    unknown: list[Text] = []
    for month in months.due:
        missing = _missing(month, months)
        if missing is None:
            zh = f"{shown_month(month.month)}：账内未贷记 211，也没有 contribution.retained_share 的值，无法判定"
            unknown.append(Text(zh, f"{month.month}: no retained share, and nothing on 211; cannot be decided"))
        elif missing > 0:
            findings.append(_finding(case, month, months, missing))
    return months.checked(findings, unknown)


def own_part_only(month: MonthDue, months: Months) -> bool:
    """Tell whether only the retained part is known to arrive in these books."""
    return month.collection != "direct" or not months.gross_in_books


def _missing(month: MonthDue, months: Months) -> int | None:
    came = month.received_fen + month.accrued_fen
    if not own_part_only(month, months):
        return month.due_fen - came
    if month.own_due_fen is None:
        return month.due_fen if came == 0 else (None if came < month.due_fen else 0)
    return month.own_due_fen - came


def _finding(case: Case, month: MonthDue, months: Months, missing: int) -> Finding:
    own_only = own_part_only(month, months) and month.own_due_fen is not None
    due = month.own_due_fen if own_only and month.own_due_fen is not None else month.due_fen
    part = "本级留成部分" if own_only else "全额"
    name, came = shown_month(month.month), month.received_fen + month.accrued_fen
    excess = sum(m.excess_fen for m in months.due)
    elsewhere = f"；同期其他月份多拨 {shown_yuan(excess)} 元，是否误记所属月请核实" if excess else ""
    fee_zh, fee_en, fee = _fee(month)
    parameters = [month.rate, *([month.retained_share] if own_only and month.retained_share else []), *fee]
    return case.finding(
        month.month,
        message=Text(
            f"{name}少拨工会经费 {shown_yuan(missing)} 元（{part}）：{month.formula.zh}；"
            f"已入账 {shown_yuan(came)} 元{fee_zh}{elsewhere}",
            f"{month.month}: {shown_yuan(missing)} yuan short ({'own part' if own_only else 'gross'}): "
            f"{month.formula.en}; booked {shown_yuan(came)}{fee_en}",
        ),
        expected=Text(f"{name}{part}应拨 {shown_yuan(due)} 元", f"{shown_yuan(due)} yuan for {month.month}"),
        found=Text(f"入账 {shown_yuan(came)} 元，少 {shown_yuan(missing)} 元", f"{shown_yuan(came)} yuan booked"),
        remedy=Text(
            "向单位行政核对工资总额并书面催缴少拨部分；确无正当理由的，依法申请支付令",
            "reconcile the payroll with the employer and demand the rest in writing; else apply for a payment order",
        ),
        evidence=[*payroll_evidence(case, month.month), *receipt_evidence(month)],
        amount_fen=missing,
        parameters=parameters,
        certainty=Certainty.LEAD if months.assumed else Certainty.ESTABLISHED,
        citations=(*case.rule.citations, *regional_citations(case, month.as_of)),
        related=("INC02", "INC03"),
    )


def _fee(month: MonthDue) -> tuple[str, str, list[ParameterValue]]:
    rate = month.late_fee_daily
    if rate is None or rate.status is ValueStatus.UNVERIFIED or not month.missing_fee_fen:
        return "", "", []
    used = [rate, *([month.late_fee_cap] if month.late_fee_cap else [])]
    shown = shown_yuan(month.missing_fee_fen)
    return f"；截至 {month.as_of} 滞纳金 {shown} 元", f"; late fee to {month.as_of}: {shown} yuan", used
