"""结转结余过大：年末工会资金结转结余超过当年收入的规定倍数。

检查内容
年末工会资金结转（321）与工会资金结余（322）之和，加上尚未结转的本年收支差额，与当年收入乘以规定倍数比较。
依据
《中华人民共和国工会法》第四十三条：经费主要用于为职工服务和工会活动。倍数不是法律规定，由上级工会或本单位的标准确定。
危害
经费长期沉淀，没有用于职工，预算编制脱离实际。
反例
年末结转结余 1,500,000.00 元，当年收入 500,000.00 元，本单位标准为不超过 2 倍。
正例
年末结转结余 900,000.00 元，当年收入 500,000.00 元，标准为 2 倍。
参数
budget.surplus_multiple 年末结转结余不超过当年收入的倍数（法律没有规定，须在账套的 [[standards]] 写明）。
局限
结余多不等于违规，只列为疑点，须结合跨年项目和收入波动判断。本期不含 12 月 31 日的不适用。
"""

from __future__ import annotations

import datetime

from ledger.balances import CURRENT, account_balances
from ledger.journal_rows import net_fen
from ledger.money import shown_yuan
from rules.budget.execution import flows
from rules.budget.lines import INCOME
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.indexes import year_ends
from rules.law import ParameterValue
from rules.rule import Case, rule

# The surplus of a year, under the names of both charts.
_FUNDS = ("union_carry_forward", "union_surplus", "surplus", "reserve_fund")


@rule(
    code="BUD08",
    name="surplus-too-large",
    title=Text("结转结余过大", "Surplus too large"),
    severity=Severity.LOW,
    citations=(Citation("trade-union-law-2021", "第四十三条"),),
    parameters=("budget.surplus_multiple",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report a year's end at which the accumulated surplus is beyond the multiple of the year's income."""
    kept = case.facts.years()
    ends = [day for day in year_ends(case) if day.year in kept]
    if not ends:
        return not_applicable("本期不含年末，或该年没有账", "no year's end with books in the period")
    findings: list[Finding] = []
    for day in ends:
        value = case.value("budget.surplus_multiple", day)
        found = _year(case, day, value)
        if found is not None:
            findings.append(found)
    return examined(len(ends), findings)


def _year(case: Case, day: datetime.date, value: ParameterValue) -> Finding | None:
    income = -net_fen(flows(case.facts, day.year, day, INCOME))
    # What is not yet carried forward still belongs to the surplus of this day.
    kept = [b for b in account_balances(case.facts, day) if b.group in _FUNDS or b.element in CURRENT]
    surplus = -sum(balance.amount_fen for balance in kept)
    if surplus <= 0 or surplus <= income * value.number:
        return None
    limit = int(income * value.number)
    evidence = [
        Evidence(
            Text("年末余额", "balance at year end"),
            date=day,
            account=balance.account,
            amount_fen=abs(balance.amount_fen),
        )
        for balance in kept
        if balance.amount_fen
    ]
    return case.finding(
        str(day.year),
        message=Text(
            f"{day} 结转结余 {shown_yuan(surplus)} 元，为当年收入 {shown_yuan(income)} 元的 {value.text} 倍以上",
            f"surplus of {shown_yuan(surplus)} yuan on {day}, more than {value.text} times the year's income",
        ),
        expected=Text(f"不超过 {shown_yuan(limit)} 元", f"at most {shown_yuan(limit)} yuan"),
        found=Text(f"{shown_yuan(surplus)} 元", f"{shown_yuan(surplus)} yuan"),
        remedy=Text("分析沉淀原因，编入下年预算用于职工", "find out why, and budget it for the members"),
        evidence=limited(evidence, surplus),
        amount_fen=surplus - limit,
        parameters=(value,),
    )
