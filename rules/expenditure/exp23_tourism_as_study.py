"""以考察、疗休养名义公款旅游：考察学习由旅行社承办或去了风景名胜区，疗休养超天数超标准，亲属费用入账。

检查内容
一、活动类型是 retreat 或列支劳模职工疗休养支出的，天数、每人每天费用与活动当日施行的规定比较；
二、命中“考察交流用语”的支出，收款方或销售方命中“旅行社”词表，或目的地命中“明令禁止的风景名胜区”的；三、考察、疗休养、春游秋游的支出命中“亲属随行用语”的。
依据
《基层工会经费收支管理办法》第二十二条：不准用工会经费报销与工会活动无关的费用。各地疗休养规定：天数、标准，家属自费。
危害
公款旅游，亲属搭车。
反例
“赴某地考察学习”由旅行社开票；疗休养规定不超过 2 天，实际 3 天；疗休养名单有家属。
正例
疗休养 2 天，在指定基地，每人每天不超过标准，家属自费。
参数
retreat.max_days 职工疗休养天数上限；retreat.day_cap 职工疗休养每人每天上限，用活动当天施行的值。
局限
二、三两项凭用语，都为疑点。疗休养没有写天数、参加人数的报告为未能检查。旅行社合同和家属名单须由人查看。
"""

from __future__ import annotations

from ledger.journal_rows import PostingRow
from rules.expenditure.activity import activities, beyond, over_rate, vouchers_of_activities
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, joined
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.search import pointed_out, search, spending, vouchers_spent
from rules.vouchers import business

_RETREAT = "model_worker_retreat_expense"
_TRIPS = ("outing", "retreat")
_WORDS = (Field.NARRATION, Field.ACTIVITY, Field.ITEM)
_EXPECTED = Text("为工会工作或疗休养所必需，亲属自费", "what the work or the retreat needs; families pay themselves")
_REMEDY = Text(
    "查看行程、合同和名单；属于旅游或亲属费用的退回", "look at itinerary, contract and names; recover tourism"
)


@rule(
    code="EXP23",
    name="tourism-as-study",
    title=Text("以考察、疗休养名义公款旅游", "Tourism under the name of study or retreat"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第二十二条"),),
    parameters=("retreat.max_days", "retreat.day_cap"),
)
def check(case: Case) -> Checked:
    """Report retreats beyond the days or the rate, study tours that look like tourism, and families' costs."""
    if not spending(case):
        return not_applicable("本期没有支出", "no spending in the period")
    told = [voucher for voucher in vouchers_of_activities(case) if voucher.activity_type == "retreat"]
    booked = [line.head for line in business(case).meaning(_RETREAT)]
    retreats = activities(case, {voucher.entry: voucher for voucher in (*told, *booked)}.values())
    longest, rates = Values(case, "retreat.max_days"), Values(case, "retreat.day_cap")
    findings: list[Finding] = []
    silent: list[str] = []
    for one in retreats:
        days, heads = one.most("days"), one.most("participants")
        if days is None or not heads:
            silent.append(one.name)
        if days is not None and (limit := longest.on(one.day)) is not None and days > limit.number:
            findings.append(beyond(case, one, ("days", Text("天", "days")), days, limit, _REMEDY))
        if days and heads and (rate := rates.on(one.day)) is not None:
            findings += over_rate(case, one, heads, days, rate, _REMEDY)
    findings += _by_words(case)
    untested = [*longest.untested, *rates.untested]
    if silent:
        zh = f"疗休养 {joined(sorted(silent))} 没有写天数或参加人数"
        untested.append(Text(zh, f"{len(silent)} retreats do not give days or participants"))
    return examined(vouchers_spent(case), findings, untested)


def _by_words(case: Case) -> list[Finding]:
    tours = search(case, ("study_tours",), beside=("travel_agencies", "scenic_spots"))
    tours = tuple(one for one in tours if one.of("travel_agencies", "scenic_spots"))
    looks = Text("像是以考察、学习名义旅游", "looks like tourism under the name of study")
    findings = [pointed_out(case, one, looks, _EXPECTED, _REMEDY, key=("tour",), related=("EXP22",)) for one in tours]
    study = {one.entry for one in search(case, ("study_tours",), _WORDS)}

    def of_trips(line: PostingRow) -> bool:
        return line.head.activity_type in _TRIPS or line.meaning == _RETREAT or line.entry in study

    beside = Text("像是列支亲属随行的费用", "looks like the costs of families coming along")
    found = search(case, ("families",), _WORDS, among=of_trips)
    return findings + [pointed_out(case, one, beside, _EXPECTED, _REMEDY, key=("family",)) for one in found]
