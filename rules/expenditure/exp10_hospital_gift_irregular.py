"""住院慰问超标、重复或无证明：一次住院慰问超过当地上限，或同一病种一年内慰问多次。

检查内容
发放清单中事由为“住院”的：一、一次慰问超过发放当天施行的上限，事件写明手术而当地另有手术标准的用手术标准；二、同一会员
同一病种（event_key 相同）在同一自然年领取的次数超过规定；清单没有写事件的，按同一会员同一年计算，只作疑点。
依据
《基层工会经费收支管理办法》：会员生病住院可以给予一定金额的慰问金，标准由省级工会规定；有的省规定同一病种一年一次。
危害
超标准、重复慰问侵占工会经费，也容易以虚假住院套取现金。
反例
上限 2,000.00 元，发 2,000.01 元；或者胆囊炎一年内住院两次，两次都领取。
正例
一次住院领取一次，不超过上限，附出院小结。
参数
hospital.cap 会员生病住院慰问上限；hospital.surgery_cap 住院手术慰问上限；hospital.max_per_illness 同一病种一年内次数。
局限
出院小结、病案首页须由人查看；凭证没有附件的见 ACC05。没有清单的住院慰问报告为未能检查。
"""

from __future__ import annotations

from ledger.register_rows import GrantRow
from rules.expenditure.gifts import events, over_findings, repeat_findings, repeats, unlisted
from rules.expenditure.grants import OverCap, grants_for, over_cap, spent_on
from rules.finding import Checked, Citation, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.rule import Case, rule

_HOSPITAL, _SURGERY = "住院", "手术"
_WHAT = Text("住院慰问", "hospital gifts")


@rule(
    code="EXP10",
    name="hospital-gift-irregular",
    title=Text("住院慰问超标、重复或无证明", "Hospital gift over the cap, repeated or unproven"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第八条"), Citation("grassroots-funds-2017", "第二十四条")),
    parameters=("hospital.cap", "hospital.surgery_cap", "hospital.max_per_illness"),
)
def check(case: Case) -> Checked:
    """Report hospital gifts beyond the cap, and more of them for one illness in a year than are allowed."""
    spent = spent_on(case, _HOSPITAL)
    rows = case.rows(GrantRow) if "grants" in case.facts.registers else None
    untested = unlisted(spent, rows, _WHAT)
    if rows is None:
        if not spent:
            return not_applicable("本期没有住院慰问", "no hospital gifts in the period")
        return examined(len(spent), (), untested)
    inside = grants_for(case, _HOSPITAL, since=case.since)
    if not inside and not untested:
        return not_applicable("本期没有住院慰问", "no hospital gifts in the period")
    caps, surgery = Values(case, "hospital.cap"), Values(case, "hospital.surgery_cap")
    over: list[OverCap] = []
    listed = events(grants_for(case, _HOSPITAL))
    for event in listed:
        for gift in event.gifts:
            if gift.date < case.since:
                continue
            # A region without a cap of its own for surgery has one cap for every stay.
            special = surgery.on(gift.date) if _SURGERY in event.name else None
            # Each stay alone: a second gift for the same illness is a finding of its own.
            over += over_cap([gift], surgery.on if special else caps.on, case.since)
    limits = Values(case, "hospital.max_per_illness")
    again = repeats(listed, case.since, limits)
    findings = over_findings(case, _WHAT, over) + repeat_findings(case, _WHAT, again)
    return examined(len(inside), findings, (*untested, *caps.untested, *limits.untested))
