"""非工作时间录入凭证：深夜、清晨或休息日录入。

检查内容
录入时间（entered-at）在 21 点以后、7 点以前的，或录入那天是休息日（周末、法定节假日，调休上班日除外）的凭证，
每人每年并作一项。凭证日期本身就是休息日的由 JET05 报告。
依据
《中华人民共和国会计法》第二十五条：单位应当建立、健全内部会计监督制度。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
无人在场时录入的凭证绕开了复核，是补做和盗用账号的常见时间。
反例
2025 年 5 月 20 日 23:40 录入支出凭证。
正例
工作日 16:30 录入。
参数
无。方法常数：7 点至 21 点为正常时间，含加班；节假日见 JET05。
局限
没有录入时间、或只写日期没有时刻的凭证不能检查。结账前加班属正常，一律为疑点。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping

from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable, not_performed
from rules.journal.calendar import Standing
from rules.journal.jet05_posted_on_rest_day import rest_days, said
from rules.journal.keyed import Keyed, keyed_in_period, unkeyed
from rules.journal.method import Method
from rules.journal.population import population, rows_of
from rules.rule import Case, rule
from rules.vouchers import names_of

_OPENS, _CLOSES = 7, 21
_DATE_ONLY = len("2025-01-31")
_METHOD = Method(
    1, Text("有录入时刻的凭证", "vouchers with a time of day"), (Text("正常时间 7—21 点", "office hours 7 to 21"),)
)


@rule(
    code="JET06",
    name="keyed-outside-hours",
    title=Text("非工作时间录入凭证", "Vouchers keyed outside working hours"),
    severity=Severity.LOW,
    citations=(Citation("accounting-law-2024", "第二十五条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report vouchers keyed at night or on days of rest, by person and year."""
    if not case.vouchers:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    keyed = keyed_in_period(case)
    timed = [one for one in keyed if len(one.voucher.entered_at) > _DATE_ONLY]
    if not timed:
        return not_performed("凭证都没有写录入时刻（entered-at）", "no voucher says at what time it was keyed")
    untested = list(unkeyed(case))
    if without := len(keyed) - len(timed):
        untested.append(Text(f"{without} 张凭证的录入时间没有时刻", f"{without} vouchers give a day without a time"))
    rest, unknown = rest_days({one.at.date() for one in timed})
    odd: dict[tuple[int, str], list[Keyed]] = defaultdict(list)
    for one in timed:
        night = not _OPENS <= one.at.hour < _CLOSES
        if night or (one.at.date() in rest and one.voucher.date not in rest):
            odd[one.voucher.date.year, one.voucher.prepared_by].append(one)
    findings = []
    for (year, who), these in sorted(odd.items()):
        own = [one.voucher for one in these]
        findings.append(
            _METHOD.lead(
                case,
                str(year),
                who,
                count=len(timed),
                told=Text(
                    f"{year} 年 {len(own)} 张凭证在非工作时间录入（{who or '制单人不详'}）：{names_of(own)}",
                    f"{len(own)} vouchers of {year} were keyed outside working hours ({who or '制单人不详'})",
                ),
                expected=Text("工作时间录入", "keyed in working hours"),
                evidence=rows_of(own, [_note(one.at, rest) for one in these], population(case).debit_fen),
            )
        )
    return examined(len(timed), findings, (*untested, *unknown), note=_METHOD.said(len(timed)))


def _note(keyed: datetime.datetime, rest: Mapping[datetime.date, Standing]) -> Text:
    when = Text(f"{keyed:%Y-%m-%d %H:%M} 录入", f"keyed {keyed:%Y-%m-%d %H:%M}")
    what = rest.get(keyed.date())
    return when if what is None else Text(f"{when.zh}（{said(keyed.date(), what).zh}）", when.en)
