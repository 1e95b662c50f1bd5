"""拨缴经费全额计入收入：自主拨缴的工会没有把应上缴的部分贷记应付上级经费。

检查内容
自主拨缴的，按工资所属月：已有拨缴入账、而 211 没有贷方的月份，402 入账数超过本级留成的，超出部分（以应上缴数为
限）列为问题；恰等于本级留成的，上级部分没有经过本账，列为疑点。
依据
《工会会计制度》附录1第402号科目三(一)、第211号科目二(一)：按实际收到的总金额，属于本级的贷记拨缴经费收入，应上缴
上级的贷记应付上级经费。
危害
把上级的钱当作自己的收入花掉，收入虚增，形成隐性欠缴。
反例
收到 2,000.00 元全部贷记拨缴经费收入，211 没有发生额。
正例
收到 2,000.00 元：贷记拨缴经费收入 1,200.00 元、应付上级经费 800.00 元。
参数
contribution.rate、contribution.retained_share；到期日另用 contribution.due_day。
局限
入账数少于本级留成的月份归 INC01。单位把上级部分直接缴给上级的，须取得上级收据才能排除疑点。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text
from rules.gather import shown_month
from rules.income.contribution import (
    PARAMETERS,
    SYSTEM,
    Months,
    of_direct_months,
    payroll_evidence,
    receipt_evidence,
)
from rules.remittance.months import last_day
from rules.remittance.schedule import MonthDue
from rules.rule import Case, rule

ELSEWHERE = Text(
    "税务代收或财政划拨：上级部分由上级直接留下，不经本账",
    "collected by tax or treasury: the higher union's part never arrives",
)


@rule(
    code="INC12",
    name="contribution-not-split",
    title=Text("拨缴经费未分出应上缴部分", "Contribution not split with the higher union"),
    severity=Severity.HIGH,
    citations=(Citation(SYSTEM, "附录1 第402号科目 三(一)"), Citation(SYSTEM, "附录1 第211号科目 二(一)")),
    needs=("payroll",),
    parameters=PARAMETERS,
)
def check(case: Case) -> Checked:
    """Report every month whose contribution went to 402 with nothing to 211."""
    return of_direct_months(case, ELSEWHERE, _checked)


def _checked(case: Case, months: Months) -> Checked:
    findings = []
    for month in months.due:
        if month.retained_share is None:
            # Raises NoParameter, which names the missing value: without it nothing here can be judged.
            case.value("contribution.retained_share", last_day(month.month))
        elif _suspect(month):
            findings.append(_finding(case, month, months))
    return months.checked(findings)


def _suspect(month: MonthDue) -> bool:
    own_due = month.own_due_fen or 0
    has_upper_part = bool(month.upward_due_fen)
    return has_upper_part and not month.upward_booked_fen and month.own_received_fen >= own_due > 0


def _finding(case: Case, month: MonthDue, months: Months) -> Finding:
    own_due, upward_due = month.own_due_fen or 0, month.upward_due_fen or 0
    over = min(month.own_received_fen - own_due, upward_due)
    name, own, due = shown_month(month.month), shown_yuan(month.own_received_fen), shown_yuan(own_due)
    if over:
        what = Text(
            f"{name}拨缴经费 {own} 元全部记入 402，超过本级留成 {due} 元，211 没有贷方，应上缴 {shown_yuan(over)} 元"
            "被当作收入",
            f"{month.month}: all {own} yuan on 402, above the own part of {due}; nothing on 211",
        )
    else:
        what = Text(
            f"{name}只见本级留成 {own} 元入账，应上缴的 {shown_yuan(upward_due)} 元没有经过本账",
            f"{month.month}: only the own part of {own} yuan is booked; {shown_yuan(upward_due)} never passed here",
        )
    share = [month.retained_share] if month.retained_share else []
    sure = over and not months.assumed
    return case.finding(
        month.month,
        message=Text(f"{what.zh}（{month.formula.zh}）", f"{what.en} ({month.formula.en})"),
        expected=Text(
            f"402 贷记 {due} 元，211 贷记 {shown_yuan(upward_due)} 元",
            f"{due} yuan on 402 and {shown_yuan(upward_due)} on 211",
        ),
        found=Text(f"402 贷记 {own} 元，211 贷记 0.00 元", f"{own} yuan on 402, none on 211"),
        remedy=Text(
            "把应上缴的部分由 402 转入 211 并上缴；单位已直接缴给上级的，取得上级收据",
            "move the higher union's part from 402 to 211 and remit it, or obtain the higher union's receipt",
        ),
        evidence=[*receipt_evidence(month), *payroll_evidence(case, month.month)],
        amount_fen=over or upward_due,
        parameters=[month.rate, *share],
        certainty=Certainty.ESTABLISHED if sure else Certainty.LEAD,
        related=("INC01", "CUR10"),
    )
