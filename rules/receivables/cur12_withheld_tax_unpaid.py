"""代扣个人所得税未缴：代扣的个人所得税过了缴库期限仍挂在其他应付款。

检查内容
其他应付款（215）中名称为个人所得税、代扣税的明细，期末按先发生先冲销未结清的部分，凡次月缴库期限日早于期末的，列为疑点。
依据
《工会会计制度》附录1第215号科目三（二）：按照税法规定应代扣代缴个人所得税的，贷记其他应付款，实际缴纳时借记。
《个人所得税扣缴申报管理办法（试行）》（原文和条号未核）：代扣的税款在次月十五日内缴入国库。
危害
代扣不缴是占用国家税款，会产生滞纳金和罚款。
反例
3 月讲课费代扣个税 80.00 元，6 月末仍未缴纳。
正例
4 月 15 日以前申报缴纳。
参数
withholding.due_day。
局限
税款没有单设明细的看不出来；期限遇节假日顺延未计。应扣未扣的不在此列。
"""

from __future__ import annotations

import datetime

from ledger.money import shown_yuan
from rules.departure.open_items import OpenItem, open_items
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, limited
from rules.law import ParameterValue
from rules.receivables.ages import total
from rules.receivables.parties import holder, said
from rules.remittance.months import day_in, month_of_day, shifted
from rules.rule import Case, rule

GROUPS = frozenset({"other_payables"})


@rule(
    code="CUR12",
    name="withheld-tax-unpaid",
    title=Text("代扣个人所得税未缴", "Withheld income tax not paid over"),
    severity=Severity.MEDIUM,
    citations=(
        Citation("accounting-system-2021", "附录1 第215号科目 三(二)"),
        Citation("withholding-2018", "缴库期限（条号未核对）"),
    ),
    parameters=("withholding.due_day",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report withheld tax that is open at the period's end after the day it was due."""
    accounts = {posting.account for posting in case.facts.booked.on(*GROUPS)}
    accounts = {account for account in accounts if said(holder(account), case.until, "tax_withheld")}
    if not accounts:
        return not_applicable("账上没有代扣个人所得税", "the books hold no withheld income tax")
    days = Values(case, "withholding.due_day")
    items, _ = open_items(case.facts, GROUPS, case.until, credit=True)
    findings = []
    for item in items:
        if item.account not in accounts:
            continue
        late: list[Evidence] = []
        value = None
        for part in item.parts:
            own = None if part.date is None else days.on(part.date)
            if part.date and own and _due(part.date, own) < case.until:
                late.append(part)
                value = value or own
        if value is not None:
            findings.append(_finding(case, item, late, value))
    return examined(len(accounts), findings, days.untested)


def _due(withheld: datetime.date, value: ParameterValue) -> datetime.date:
    return day_in(shifted(month_of_day(withheld), 1), int(value.number))


def _finding(case: Case, item: OpenItem, late: list[Evidence], value: ParameterValue) -> Finding:
    money = shown_yuan(total(late))
    first = min(part.date for part in late if part.date)
    due = _due(first, value)
    return case.finding(
        item.account,
        message=Text(
            f"{case.until}“{item.name}”有 {money} 元过了缴库期限未缴，最早 {first} 代扣，应于 {due} 前缴纳",
            f"{item.account}: {money} yuan withheld from {first} on not paid over by {case.until}",
        ),
        expected=Text(f"次月 {value.text} 日内缴纳", f"paid over by day {value.text} of the next month"),
        found=Text(f"{len(late)} 笔 {money} 元未缴", f"{len(late)} entries, {money} yuan, not paid"),
        remedy=Text("核对扣缴申报表和完税凭证，补缴税款", "compare with the returns and pay the tax"),
        evidence=limited(late, total(late)),
        amount_fen=total(late),
        parameters=(value,),
        related=("DEP04",),
    )
