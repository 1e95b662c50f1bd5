"""录入时间与凭证日期相差过远：凭证日期以前就已录入，或凭证日期之后一个多月才录入。

检查内容
逐张凭证比较录入时间（entered-at）和凭证日期：一、录入早于凭证日期（预先填制）；二、录入晚于凭证日期 31 天以上
（倒签）。该年度结转以后才录入的由 ACC11 报告，凭证日期不在所属月份的由 ACC01 报告，业务日期与凭证日期相差过远的由 ACC08
检查，都不在此重复。
依据
《工会会计制度》第二十一条：对已经发生的经济业务或者事项及时进行会计处理和报告，不得提前或者延后。
危害
倒签凭证可以把后来的决定做成当时的记录，预先填制的凭证没有真实业务。
反例
日期为 3 月 5 日的凭证，7 月 20 日才录入。
正例
次月结账时补录上月末的凭证，相差十来天。
参数
无。方法常数：31 天，按月记账、次月结账的工会最多跨一个月。
局限
录入时间由记账软件写入，可以伪造；没有录入时间的凭证报告为未能检查。
"""

from __future__ import annotations

import datetime

from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.indexes import transfers
from rules.journal.keyed import keyed, keyed_in_period, unkeyed
from rules.journal.method import Method
from rules.journal.population import population, rows_of
from rules.rule import Case, rule
from rules.vouchers import names_of, years

_LATE = datetime.timedelta(days=31)
_METHOD = Method(1, Text("有录入时间的凭证", "vouchers with a time of keying"), (Text("晚 31 天以上", "over 31 days"),))


@rule(
    code="JET04",
    name="keyed-far-from-date",
    title=Text("录入时间与凭证日期相差过远", "Keyed long after or before the voucher's date"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-system-2021", "第二十一条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report vouchers keyed before their date, or over a month after it."""
    if not case.vouchers:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    timed = keyed_in_period(case)
    closed = _closed(case)
    early = [one for one in timed if one.at.date() < one.voucher.date]
    late = [
        one
        for one in timed
        if one.at.date() - one.voucher.date > _LATE and not one.at > closed.get(one.voucher.date.year, one.at)
    ]
    kinds = {
        "before": (early, Text("在凭证日期之前就已录入", "were keyed before their date")),
        "after": (late, Text("在凭证日期 31 天以后才录入", "were keyed over 31 days later")),
    }
    findings = []
    for kind, (these, said) in kinds.items():
        at = {one.voucher.entry: one for one in these}
        for year, own in years([one.voucher for one in these]):
            findings.append(
                _METHOD.lead(
                    case,
                    str(year),
                    kind,
                    count=len(timed),
                    told=Text(
                        f"{year} 年 {len(own)} 张凭证{said.zh}：{names_of(own)}",
                        f"{len(own)} vouchers of {year} {said.en}",
                    ),
                    expected=Text("业务发生后及时填制和录入", "vouchers made and keyed soon after the event"),
                    evidence=rows_of(own, [at[voucher.entry].note for voucher in own], population(case).debit_fen),
                    related=("ACC08", "ACC11"),
                )
            )
    return examined(len(timed), findings, unkeyed(case), note=_METHOD.said(len(timed)))


def _closed(case: Case) -> dict[int, datetime.datetime]:
    """Return when each year's carry-forward was keyed, as far as that is known."""
    found: dict[int, datetime.datetime] = {}
    for voucher, at in keyed(voucher for voucher in transfers(case.facts) if voucher.carry_forward):
        found[voucher.date.year] = max(at, found.get(voucher.date.year, at))
    return found
