"""年末手工调整：年末最后几天不动现金和银行存款、直接调整收入支出的凭证。

检查内容
12 月 27 日以后涉及收入或支出、而没有现金银行收付的凭证，年末结转除外。制度规定年末确认的应收上级经费、应收下级经费，
以及折旧、摊销，不算。一年并作一项。
依据
《工会会计制度》第八条：工会会计处理一般采用收付实现制；第五十九条：各项支出应当按照实际发生额入账。
危害
没有收付的年末调整是调节结余、虚列支出、凑预算执行率的主要手段。
反例
12 月 31 日，借：会员活动支出 50,000.00 元，贷：其他应付款 50,000.00 元。
正例
12 月 31 日根据上级通知，借：应收上级经费，贷：拨缴经费收入。
参数
无。方法常数：12 月 27 日起，即年末最后五天。
局限
年末核销备用金也会列出，一律为疑点。提前确认应收拨缴收入见 INC10，以预付款套取结余见 EXP51。
"""

from __future__ import annotations

import pandas as pd

from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.journal.method import Method
from rules.journal.population import MONEY, rows_of, sides, vouchers, years
from rules.rule import Case, rule

_MONTH, _DAY = 12, 27
_METHOD = Method(1, Text("12 月 27 日以后的凭证", "vouchers from 27 December on"))
_ACCRUED = ("due_from_higher_union", "due_from_lower_union")


@rule(
    code="JET15",
    name="year-end-adjustments",
    title=Text("年末手工调整", "Manual adjustments at the year's end"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-system-2021", "第八条"), Citation("accounting-system-2021", "第五十九条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report vouchers of the last days of December that change income or spending without money moving."""
    moved = vouchers(case)
    found = moved[(moved["date"].dt.month == _MONTH) & (moved["date"].dt.day >= _DAY)]
    if found.empty:
        return not_applicable("本期没有年末最后几天的凭证", "no voucher of the last days of a year in the period")
    rows = case.activity
    own = rows[rows["entry"].isin(found["entry"])]
    flowing = own.loc[own["element"].isin(("income", "expense")), "entry"]
    with_money = own.loc[own["group"].isin(MONEY), "entry"]
    debits = sides(own)["debit"].reindex(found["entry"].to_numpy()).fillna("")
    accrual = [bool(text) and set(text.split("+")) <= set(_ACCRUED) for text in debits]
    without_money = found["entry"].isin(flowing) & ~found["entry"].isin(with_money)
    adjusting = found[without_money & ~pd.Series(accrual, index=found.index, dtype=bool)]
    findings = []
    for year, these in years(adjusting):
        total = int(these["debit_fen"].sum())
        findings.append(
            _METHOD.lead(
                case,
                str(year),
                count=len(found),
                told=Text(
                    f"{year} 年末 {len(these)} 张凭证不动现金银行而调整收支，合计 {shown_yuan(total)} 元",
                    f"{len(these)} vouchers at the end of {year} adjust income or spending without money: "
                    f"{shown_yuan(total)} yuan",
                ),
                expected=Text("收支按实际收付入账", "income and spending as money moves"),
                evidence=rows_of(these, Text("没有收付的收支调整", "adjusts without money"), total=total),
                related=("EXP50", "EXP51", "INC10"),
            )
        )
    return examined(len(found), findings, note=_METHOD.said(len(found)))
