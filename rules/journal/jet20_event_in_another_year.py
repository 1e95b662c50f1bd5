"""业务跨年记账：业务发生日与凭证日期不在同一年度。

检查内容
写明业务发生日（occurred）的收支凭证，发生日与凭证日期分属两个年度，而相差不超过 30 天的，
按发生在先、在后一年各并作一项。按发票日期看的跨年入账由 BIL05 检查，相差 30 天以上的由 ACC08 检查，都不在此重复。
依据
《工会会计制度》第二十一条：对已经发生的经济业务或者事项及时进行会计处理和报告，不得提前或者延后。
危害
把 12 月的支出记到次年 1 月，或把次年的提前入账，可以调节预算执行和结余。
反例
12 月 29 日的活动费用 1 月 8 日才入账。
正例
12 月 29 日发生，12 月 31 日入账。
参数
无。方法常数：30 天以内，更久的是记账不及时的问题。
局限
收付实现制下按付款日入账是允许的，一律为疑点，供与预算执行一并判断。没有写发生日的凭证视为当日发生。
"""

from __future__ import annotations

import pandas as pd

from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.journal.method import Method
from rules.journal.population import rows_of, vouchers, years
from rules.rule import Case, rule

_DAYS = pd.Timedelta(days=30)
_METHOD = Method(1, Text("收入支出凭证", "vouchers of income and spending"), (Text("30 天以内", "within 30 days"),))


@rule(
    code="JET20",
    name="event-in-another-year",
    title=Text("业务跨年记账", "Booked in another year than it happened"),
    severity=Severity.LOW,
    citations=(Citation("accounting-system-2021", "第二十一条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report income and spending booked just over the year's end from the day it happened."""
    moved = vouchers(case)
    rows = case.activity
    flowing = rows.loc[rows["element"].isin(("income", "expense")), "entry"]
    found = moved[moved["entry"].isin(flowing)]
    if found.empty:
        return not_applicable("本期没有收入和支出", "neither income nor spending in the period")
    away = found["date"] - found["event_date"]
    other = found["date"].dt.year != found["event_date"].dt.year
    invoiced = _invoiced_elsewhere(case, found)
    kinds = {
        "late": ((away > pd.Timedelta(0)) & (away <= _DAYS), Text("业务发生在上一年度", "happened the year before")),
        "early": ((away < pd.Timedelta(0)) & (away >= -_DAYS), Text("业务发生在下一年度", "happened the year after")),
    }
    findings = []
    for kind, (near, said) in kinds.items():
        for year, own in years(found[near & other & ~invoiced]):
            total = int(own["debit_fen"].sum())
            notes = [Text(f"业务发生于 {at:%Y-%m-%d}", f"happened on {at:%Y-%m-%d}") for at in own["event_date"]]
            findings.append(
                _METHOD.lead(
                    case,
                    str(year),
                    kind,
                    count=len(found),
                    told=Text(
                        f"{year} 年 {len(own)} 张收支凭证的{said.zh}，合计 {shown_yuan(total)} 元",
                        f"{len(own)} vouchers of {year} {said.en}: {shown_yuan(total)} yuan",
                    ),
                    expected=Text("在业务发生的年度记账", "booked in the year it happened"),
                    evidence=rows_of(own, notes, total=total),
                    related=("ACC08", "BIL05"),
                )
            )
    return examined(len(found), findings, note=_METHOD.said(len(found)))


def _invoiced_elsewhere(case: Case, found: pd.DataFrame) -> pd.Series:
    """Tell which vouchers have an invoice of another year: those are BIL05's."""
    rows = case.activity[["entry", "date", "invoice", "invoice_date"]]
    if "invoices" in case.facts.registers:
        register = case.register("invoices")
        dates = dict(zip(register["invoice"].tolist(), register["date"].tolist(), strict=True))
        listed = pd.Series(
            [dates.get(name, pd.NaT) for name in rows["invoice"].tolist()], rows.index, dtype="datetime64[s]"
        )
        rows = rows.assign(invoice_date=rows["invoice_date"].fillna(listed))
    elsewhere = rows["invoice_date"].notna() & (rows["invoice_date"].dt.year != rows["date"].dt.year)
    return found["entry"].isin(rows.loc[elsewhere, "entry"])
