"""摘要期间与记账期间不符：摘要写的年份或月份，与凭证日期相差过远。

检查内容
支出凭证摘要里写明的“2024年12月”“2024年度”“3月份”等期间，早于凭证月份 3 个月以上、或晚于凭证月份 2 个月以上的，
一年并作一项。只写日期（3月5日）的不看；写了几个期间的，有一个相近就不列；只写月份的取最近的那个月。
依据
《工会会计制度》第二十一条：对已经发生的经济业务或者事项及时进行会计处理和报告，不得提前或者延后。
危害
补报久远的费用、提前列支以后的费用，常是调节年度支出或重复报销的痕迹。
反例
2025 年 9 月的凭证，摘要“2024年3月场地租金”。
正例
2025 年 4 月的凭证，摘要“3月活动场地租金”；所属月份（month-of）已写明的经费拨缴。
参数
无。方法常数：早 3 个月、晚 2 个月以内为正常的结算期。
局限
只认数字写的年月，不认“上年”“一季度”“上半年”。写“2024年度”的在次年 3 月前结算视为正常。只看摘要，一律为疑点。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.journal.method import Method
from rules.journal.periods import months_between, named_periods
from rules.journal.population import population, rows_of
from rules.rule import Case, rule
from rules.vouchers import years

_BEFORE, _AFTER = 3, 2
_METHOD = Method(
    1,
    Text("摘要写明期间的支出凭证", "vouchers of spending whose narration names a period"),
    (Text("早 3 个月以上或晚 2 个月以上", "over 3 months before or over 2 after"),),
)


@rule(
    code="JET25",
    name="narration-names-another-period",
    title=Text("摘要期间与记账期间不符", "Narration names another period"),
    severity=Severity.LOW,
    citations=(Citation("accounting-system-2021", "第二十一条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report spending whose narration names a month or year far from the voucher's."""
    spent, spent_fen = population(case).spending, population(case).spent_fen
    if not spent:
        return not_applicable("本期没有支出", "no spending in the period")
    named = {text: names for text in {voucher.narration for voucher in spent} if (names := named_periods(text))}
    found = [voucher for voucher in spent if voucher.narration in named and not voucher.month_of] if named else []
    notes = {}
    for voucher in found:
        text, date = voucher.narration, voucher.date
        away = [months_between(one, date.year, date.month) for one in named[text]]
        if all(months is not None and not -_AFTER <= months <= _BEFORE for months in away):
            words = "、".join(dict.fromkeys(one.words for one in named[text]))
            notes[voucher.entry] = Text(f"摘要“{text}”写的是{words}", f"the narration “{text}” names {words}")
    findings = []
    for year, own in years([voucher for voucher in found if voucher.entry in notes]):
        total = sum(map(spent_fen, own))
        findings.append(
            _METHOD.lead(
                case,
                str(year),
                count=len(found),
                told=Text(
                    f"{year} 年 {len(own)} 张支出凭证的摘要写的是别的期间，合计 {shown_yuan(total)} 元",
                    f"the narrations of {len(own)} vouchers of {year} name another period: {shown_yuan(total)} yuan",
                ),
                expected=Text("费用在所属期间前后及时结算", "settled soon before or after its period"),
                evidence=rows_of(own, [notes[voucher.entry] for voucher in own], spent_fen, total),
                related=("ACC08", "BIL05"),
            )
        )
    return examined(len(spent), findings, note=_METHOD.said(len(found)))
