"""节日慰问超过年度人均上限：会员一年内领取的全部节日慰问品超过当地规定的金额。

检查内容
按发放清单（grants.csv）把每位会员一个自然年内元旦、春节、清明、劳动节、端午、中秋、国庆的慰问品逐次累加。每一次发放，
以截至当天的累计数与当天施行的上限比较，超过的部分列为超标。同一份清单、同一标准的会员并作一项。没有发放清单的，
以凭证上的节日慰问支出除以会员人数得出人均数，只作疑点。
依据
《基层工会经费收支管理办法》：逢年过节可以向全体会员发放少量节日慰问品，标准由省级工会规定。
各省实施办法的年度人均上限。
危害
节日慰问变成变相发钱，挤占职工活动和服务的经费。
反例
上限 2,000.00 元，春节 800.00 元、端午 500.00 元、中秋 700.01 元。
正例
三次合计 2,000.00 元。
参数
holiday.annual_cap 全年节日慰问品人均上限（元），用发放当天施行的值。
局限
少数民族节日和按节日分别定额的地方（如重庆、贵州）不在此列。没有清单时的人均数掩盖了人与人的差别。消费券、
生日等其他慰问不计入。凭证写了清单号而 grants.csv 没有该清单的，报告为未能检查。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence

from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from rules.expenditure.average import average_over_cap
from rules.expenditure.gifts import list_name, without_list
from rules.expenditure.grants import FESTIVALS, OverCap, given_by_day, grants_for, over_cap, spent_on
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable, not_performed
from rules.gather import Values, joined, limited
from rules.rule import Case, rule


@rule(
    code="EXP01",
    name="holiday-goods-over-cap",
    title=Text("节日慰问超过年度人均上限", "Holiday goods over the yearly cap"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第八条"), Citation("grassroots-funds-2017", "第二十四条")),
    parameters=("holiday.annual_cap",),
)
def check(case: Case) -> Checked:
    """Report members whose holiday goods of a year went over the cap in force on the day they were given."""
    caps = Values(case, "holiday.annual_cap")
    spent = spent_on(case, *FESTIVALS)
    if "grants" not in case.facts.registers:
        return _by_average(case, spent, caps)
    untested = _unlisted(without_list(spent, grants_for(case, *FESTIVALS, until=datetime.date.max)))
    inside = len(grants_for(case, *FESTIVALS, since=case.since))
    if not inside and not untested:
        return not_applicable("本期没有节日慰问", "no holiday goods in the period")
    findings: list[Finding] = []
    for year in range(case.since.year, case.until.year + 1):
        own = grants_for(
            case, *FESTIVALS, since=datetime.date(year, 1, 1), until=min(case.until, datetime.date(year, 12, 31))
        )
        groups: dict[tuple[datetime.date, str], list[OverCap]] = defaultdict(list)
        for found in over_cap(given_by_day(own), caps.on, case.since):
            groups[found.given.date, found.given.lists].append(found)
        findings += [_finding(case, year, lists, found) for (_, lists), found in sorted(groups.items())]
    return examined(inside, findings, (*untested, *caps.untested))


def _finding(case: Case, year: int, lists: str, found: Sequence[OverCap]) -> Finding:
    day, cap = found[0].given.date, found[0].cap
    total = sum(one.excess_fen for one in found)
    worst = max(one.total_fen for one in found)
    return case.finding(
        str(year),
        day.isoformat(),
        lists,
        message=Text(
            f"{day} {list_name(lists)}使 {len(found)} 位会员的 {year} 年节日慰问超过上限 {shown_yuan(cap.fen)} 元，"
            f"最多累计 {shown_yuan(worst)} 元，共超 {shown_yuan(total)} 元",
            f"{day}: {len(found)} members went over the cap of {shown_yuan(cap.fen)} yuan for {year}, "
            f"by {shown_yuan(total)} yuan in all",
        ),
        expected=Text(
            f"全年累计每人不超过 {shown_yuan(cap.fen)} 元", f"at most {shown_yuan(cap.fen)} yuan each a year"
        ),
        found=Text(
            f"{len(found)} 人超过，最多累计 {shown_yuan(worst)} 元",
            f"{len(found)} over it, up to {shown_yuan(worst)} yuan",
        ),
        remedy=Text("停止超标准发放，超出部分按上级工会意见清退", "stop, and settle what was given beyond the cap"),
        evidence=limited([one.evidence for one in found], total),
        amount_fen=total,
        parameters=(cap,),
    )


def _unlisted(vouchers: Sequence[str]) -> tuple[Text, ...]:
    if not vouchers:
        return ()
    return (
        Text(
            f"节日慰问凭证 {joined(vouchers)} 在 grants.csv 中没有对应的发放清单，无法按人核对",
            f"no distribution list in grants.csv for {len(vouchers)} vouchers of holiday goods",
        ),
    )


def _by_average(case: Case, spent: Sequence[PostingRow], caps: Values) -> Checked:
    if not spent:
        return not_applicable("本期没有节日慰问支出", "no spending on holiday goods in the period")
    if "members" not in case.facts.registers:
        return not_performed(
            "缺少登记簿 registers/grants.csv（发放清单），也没有 registers/members.csv 可算人均",
            "missing registers/grants.csv, and no registers/members.csv to make an average",
        )
    findings, untested = average_over_cap(case, caps)
    without = Text("缺少 registers/grants.csv，只按人均估算，未能按人核对", "no registers/grants.csv: averages only")
    return examined(len(spent), findings, (without, *untested, *caps.untested))
