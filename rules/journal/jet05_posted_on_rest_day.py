"""休息日付款记账：支出或付款凭证的日期是周末或法定节假日，且不是调休上班日。

检查内容
支出或付款的凭证，日期落在国务院办公厅公布的放假日或没有调休的周末的，一年并作一项，逐张注明是哪个节假日或星期几。
收款、利息和折旧凭证不在内：银行在休息日也结息，月末可能正是周末。
依据
《中华人民共和国会计法》第九条：根据实际发生的经济业务事项进行会计核算，填制会计凭证。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
单位和对公结算在休息日一般不办公，休息日的付款凭证可能是补做或虚构的。
反例
10 月 3 日（国庆放假）付款 12,000.00 元购买办公用品。
正例
9 月 28 日（星期日，调休上班）付款。
参数
无。节假日和调休取自 chinesecalendar，其中没有的年份写在 rules/journal/workdays.toml；
两处都没有的年份不猜测，报告为未能检查。
局限
值班单位（医院、公安）和网银付款在休息日发生属正常，一律为疑点。只看凭证日期，不看业务日期：活动本来多在休息日。
"""

from __future__ import annotations

import datetime

from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE
from rules.journal.calendar import NoCalendar, Standing, standing
from rules.journal.method import Method
from rules.journal.population import by_day, population, rows_of
from rules.rule import Case, rule
from rules.vouchers import years

_METHOD = Method(1, Text("支出或付款凭证", "vouchers that spend or pay"))
_WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


def rest_days(days: set[datetime.date]) -> tuple[dict[datetime.date, Standing], tuple[Text, ...]]:
    """Return which of some days are days of rest, and why the others of an unknown year cannot be told."""
    found: dict[datetime.date, Standing] = {}
    unknown: dict[int, Text] = {}
    for one in sorted(days):
        try:
            what = standing(one)
        except NoCalendar as absent:
            unknown[absent.year] = absent.text
            continue
        if what.rest:
            found[one] = what
    return found, tuple(unknown[year] for year in sorted(unknown))


def said(one: datetime.date, what: Standing) -> Text:
    """Return what a day of rest is, in words: the holiday's name or the day of the week."""
    name = _WEEKDAYS[one.weekday()]
    return Text(f"{one} {what.holiday}放假" if what.holiday else f"{one} {name}", f"{one:%A} {one}, {what.kind}")


@rule(
    code="JET05",
    name="posted-on-rest-day",
    title=Text("休息日付款记账", "Payments dated on a day of rest"),
    severity=Severity.LOW,
    citations=(Citation("accounting-law-2024", "第九条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report vouchers of spending and payment that are dated on weekends and holidays."""
    found = population(case)
    count = len(found.outgoing)
    if not count:
        return not_applicable("本期没有支出或付款凭证", "no voucher of spending or payment in the period")
    days = by_day(found.outgoing)
    rest, untested = rest_days(set(days))
    words = {one: said(one, what) for one, what in rest.items()}
    named = {one for one, what in rest.items() if what.holiday}
    findings = []
    for year, own in years([voucher for day in rest for voucher in days[day]]):
        holidays = sum([voucher.date in named for voucher in own])
        total = found.debit_fen(*own)
        findings.append(
            _METHOD.lead(
                case,
                str(year),
                count=count,
                told=Text(
                    f"{year} 年 {len(own)} 张支出或付款凭证的日期是休息日（节假日 {holidays} 张，"
                    f"周末 {len(own) - holidays} 张），合计 {shown_yuan(total)} 元",
                    f"{len(own)} vouchers of {year} are dated on days of rest ({holidays} on holidays): "
                    f"{shown_yuan(total)} yuan",
                ),
                expected=Text("支出和付款在工作日记账", "spending and payment dated on working days"),
                evidence=rows_of(own, [words[voucher.date] for voucher in own[:MOST_EVIDENCE]], found.debit_fen, total),
            )
        )
    return examined(count, findings, untested, note=_METHOD.said(count))
