"""春游秋游超次数、过夜、跨区域或超标：次数、过夜数、每人每天的费用超过行程当日施行的规定，或目的地在外省。

检查内容
活动类型是 outing 的凭证按活动名称合并。一、过夜数（nights）超过规定；二、费用超过“参加人数 × 天数 × 每人每天上限”，
过夜行程当地另有每人次上限的用该上限；三、一年的次数（同一名称的各批次算一次）超过规定；四、目的地是外省地名的，列为疑点。
依据
《基层工会经费收支管理办法》：春游秋游应当日往返。2025年全国放宽，次数和过夜由各省规定；2026年意见：每年最多四次。
危害
春游秋游变成公款旅游。
反例
上限每人每天 200.00 元，50 人当日往返，支出 10,000.01 元；2025年3月19日组织过夜的春游。
正例
50 人当日往返，支出 10,000.00 元。
参数
outing.max_nights 过夜数上限；outing.day_cap 每人每天上限；outing.overnight_cap 过夜行程每人次上限；
outing.max_per_year 每年次数上限。
局限
次数按活动名称计，各部门分别组织、每人只参加一次的须由人核对，所以次数和目的地都为疑点。没有写参加人数、天数、过夜数的报告为未能检查。
禁止的风景名胜区见 EXP22。
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections import defaultdict

from rules.expenditure.activity import Activity, activities, beyond, over_rate, vouchers_of_activities
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, joined, limited
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.match import match

_BATCH = re.compile(r"[（(]?第[0-9一二三四五六七八九十]+[批期组次][）)]?")
_REMEDY = Text(
    "说明依据；超出规定的费用由参加人承担或清退", "show the ground; what is beyond is borne by those who went"
)


@rule(
    code="EXP21",
    name="outing-beyond-limit",
    title=Text("春游秋游超次数、过夜、跨区域或超标", "Outing too often, overnight, too far or over the cap"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第八条"), Citation("grassroots-funds-2017", "第二十四条")),
    parameters=("outing.max_nights", "outing.day_cap", "outing.overnight_cap", "outing.max_per_year"),
)
def check(case: Case) -> Checked:
    """Report outings with too many nights, at too high a cost a head, too many in a year, or in another province."""
    vouchers = [voucher for voucher in vouchers_of_activities(case) if voucher.activity_type == "outing"]
    found = activities(case, vouchers)
    if not found:
        return not_applicable("本期没有春游秋游", "no outings in the period")
    nights, trips = Values(case, "outing.max_nights"), Values(case, "outing.max_per_year")
    days, stays = Values(case, "outing.day_cap"), Values(case, "outing.overnight_cap")
    findings: list[Finding] = []
    silent: list[str] = []
    for one in found:
        nights_told, days_told = one.most("nights"), one.most("days")
        slept = nights_told or 0
        limit = nights.on(one.day) if slept else None
        if limit is not None and slept > limit.number:
            findings.append(beyond(case, one, ("nights", Text("晚过夜", "nights")), slept, limit, _REMEDY))
        heads, length = one.most("participants"), days_told or (slept + 1 if slept else None)
        special = stays.on(one.day) if slept else None
        if not heads or not length or (nights_told is None and length > 1):
            silent.append(one.name)
        if not heads or not length:
            pass
        elif special is not None:
            findings += over_rate(case, one, heads, 1, special, _REMEDY)
        elif (cap := days.on(one.day)) is not None:
            findings += over_rate(case, one, heads, length, cap, _REMEDY)
        findings += _far(case, one)
    # How often is counted from the year's first day, also where the audit begins later.
    year_so_far = dataclasses.replace(case, since=datetime.date(case.since.year, 1, 1))
    findings += _often(case, activities(year_so_far, vouchers), trips)
    untested = [*nights.untested, *days.untested, *trips.untested]
    if silent:
        zh = f"春游秋游 {joined(sorted(silent))} 没有写参加人数、天数或过夜数，过夜和每人每天的费用不能全部检查"
        untested.append(Text(zh, f"{len(silent)} outings do not give participants, days or nights"))
    return examined(len(found), findings, untested)


def _far(case: Case, one: Activity) -> list[Finding]:
    words = [
        word
        for place in one.texts("destination")
        for word in match(place, "provinces", one.day, Field.DESTINATION)
        if word.means != case.facts.union.region[:2]
    ]
    if not words:
        return []
    places = "、".join(dict.fromkeys(word.text for word in words))
    finding = case.finding(
        "far",
        *one.key,
        message=Text(f"{one.day} {one.told}目的地“{places}”在外省", f"{one.day} {one.name}: {places} is elsewhere"),
        expected=Text("在当地规定的区域以内", "within the region that the rules allow"),
        found=Text(f"目的地“{places}”", f"destination {places}"),
        remedy=Text("核对当地关于活动区域的规定", "check how far the region allows"),
        evidence=one.evidence,
        certainty=Certainty.LEAD,
        severity=Severity.MEDIUM,
        related=("EXP22",),
    )
    return [finding]


def _often(case: Case, found: tuple[Activity, ...], limits: Values) -> list[Finding]:
    by_year: dict[int, dict[str, list[Activity]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        by_year[one.day.year][_BATCH.sub("", one.name).strip()].append(one)
    findings = []
    for year, trips in sorted(by_year.items()):
        last = max(one.day for own in trips.values() for one in own)
        limit = limits.on(last) if len(trips) > 1 else None
        if limit is None or len(trips) <= limit.number:
            continue
        names = joined(sorted(trips))
        evidence: list[Evidence] = [row for _, own in sorted(trips.items()) for one in own for row in one.evidence]
        finding = case.finding(
            "often",
            str(year),
            message=Text(
                f"{year} 年组织春游秋游 {len(trips)} 次（{names}），规定不超过 {limit.text} 次",
                f"{len(trips)} outings in {year}, at most {limit.text} allowed",
            ),
            expected=Text(f"每年不超过 {limit.text} 次", f"at most {limit.text} a year"),
            found=Text(f"{len(trips)} 次", f"{len(trips)} outings"),
            remedy=Text("核对每名会员参加的次数", "check how often each member went"),
            evidence=limited(evidence),
            parameters=(limit,),
            certainty=Certainty.LEAD,
        )
        findings.append(finding)
    return findings
