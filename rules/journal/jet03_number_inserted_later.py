"""凭证号事后插入：号在前的凭证，比号在后的凭证晚录入好几天。

检查内容
同一凭证字、同一月份内，按号排列；某号的录入时间晚于任何一个更大的号的录入时间 3 天以上的，视为事后插入。
断号、重号、日期倒号由 ACC01 检查，不在此重复。
依据
《会计基础工作规范》：记账凭证应当连续编号。《工会会计制度》第六十五条：填制会计凭证按该规范执行。
危害
预留空号、事后插入，是补做和倒签凭证的痕迹。
反例
记-6 于 6 月 10 日录入，记-5 于 7 月 2 日才录入。
正例
号按录入的先后递增。
参数
无。方法常数：3 天，容许成批录入和退回修改的正常先后颠倒。
局限
录入时间取自凭证的 entered-at；全无录入时间的账套不能检查。修改凭证时录入时间改变的软件会多报。
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable, not_performed
from rules.journal.keyed import Keyed, keyed_in_period, unkeyed
from rules.journal.method import Method
from rules.journal.population import population, rows_of
from rules.rule import Case, rule, voucher_order
from rules.vouchers import names_of, years

_LATE = datetime.timedelta(days=3)
_METHOD = Method(
    1, Text("有号且有录入时间的凭证", "numbered vouchers with a time of keying"), (Text("晚 3 天以上", "over 3 days"),)
)


@rule(
    code="JET03",
    name="number-inserted-later",
    title=Text("凭证号事后插入", "Voucher numbers inserted later"),
    severity=Severity.LOW,
    citations=(
        Citation("bookkeeping-standards", "记账凭证连续编号（条号未核对）"),
        Citation("accounting-system-2021", "第六十五条"),
    ),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report vouchers keyed days later than a higher number of their series."""
    if not case.vouchers:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    keyed = [one for one in keyed_in_period(case) if one.voucher.number is not None]
    if not keyed:
        return not_performed(
            "没有一张有号的凭证写了录入时间（entered-at）", "no numbered voucher says when it was keyed"
        )
    inserted = _inserted(keyed)
    at = {one.voucher.entry: one for one in inserted}
    findings = []
    for year, own in years([one.voucher for one in inserted]):
        findings.append(
            _METHOD.lead(
                case,
                str(year),
                count=len(keyed),
                told=Text(
                    f"{year} 年 {len(own)} 张凭证比号在其后的凭证晚录入 3 天以上：{names_of(own)}",
                    f"{len(own)} vouchers of {year} were keyed over 3 days after higher numbers",
                ),
                expected=Text("凭证号按录入先后递增", "numbers rise with the time of keying"),
                evidence=rows_of(own, [at[voucher.entry].note for voucher in own], population(case).debit_fen),
                related=("ACC01", "JET04"),
            )
        )
    return examined(len(keyed), findings, unkeyed(case), note=_METHOD.said(len(keyed)))


def _inserted(keyed: Sequence[Keyed]) -> list[Keyed]:
    """Return what was keyed days later than a higher number of its word and month, in order of day and number."""
    found = []
    earliest: dict[tuple[str, str], datetime.datetime] = {}  # of the higher numbers of a series
    falling = sorted(keyed, key=lambda one: (one.voucher.number or 0, one.at), reverse=True)
    for one in sorted(falling, key=lambda one: (one.voucher.word, one.voucher.period)):
        series = (one.voucher.word, one.voucher.period)
        if one.at - earliest.get(series, one.at) > _LATE:
            found.append(one)
        earliest[series] = min(one.at, earliest.get(series, one.at))
    return sorted(found, key=lambda one: voucher_order(one.voucher)[:-1])
