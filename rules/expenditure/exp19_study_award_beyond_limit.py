"""优秀学员奖励人数或金额超限：教育培训获奖人数超过参训人数的规定比例，或个人奖励超过当地上限。

检查内容
活动类型是教育、培训，或列支职工教育支出、培训支出的奖励：一、凭证写明参训人数和获奖人数的，按精确分数比较当天施行的比例；
二、有发放清单的逐人比较上限，没有清单的以支出除以获奖人数，只作疑点。
依据
《基层工会经费收支管理办法》：职工教育培训可以对优秀学员奖励，精神鼓励为主、物质激励为辅，标准由省级工会规定。
危害
借培训发奖，人人都是优秀学员。
反例
比例 15%，100 人参训，16 人获奖。
正例
100 人参训，15 人获奖，每人不超过上限。
参数
study_award.share 优秀学员奖励人数占参训人数的上限；study_award.cap 优秀学员奖励上限（元），用活动当天施行的值。
局限
人数以凭证所写为准，须与签到表核对。人人有奖的另见 EXP16。只写了两个人数之一的报告为未能检查。
"""

from __future__ import annotations

from rules.evidence import voucher_evidence
from rules.expenditure.activity import share_of
from rules.expenditure.awards import AwardKind, AwardVoucher, award_vouchers, caps_of_awards, in_period
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, joined
from rules.law import ParameterValue
from rules.rule import Case, rule


@rule(
    code="EXP19",
    name="study-award-beyond-limit",
    title=Text("优秀学员奖励人数或金额超限", "Trainee awards over the share or amount"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第八条"), Citation("grassroots-funds-2017", "第二十四条")),
    parameters=("study_award.share", "study_award.cap"),
)
def check(case: Case) -> Checked:
    """Report courses that rewarded more of their students, or each more highly, than the region allows."""
    vouchers = award_vouchers(case)
    own = [one for one in in_period(case, vouchers) if one.kind is AwardKind.LEARNING]
    if not own:
        return not_applicable("本期没有教育培训的学员奖励", "no study awards in the period")
    caps, shares = Values(case, "study_award.cap"), Values(case, "study_award.share")
    findings, untested, tested = caps_of_awards(case, vouchers, AwardKind.LEARNING, caps, caps)
    half: list[str] = []
    for one in own:
        participants, awarded = one.head.participants, one.head.awarded
        if participants is None or awarded is None:
            half.append(one.head.voucher or "（无字号）")
            continue
        share = shares.on(one.head.event_date)
        if share is not None:
            findings += _too_many(case, one, participants, awarded, share)
    if half:
        zh = f"学员奖励凭证 {joined(half)} 没有同时写明参训人数和获奖人数"
        untested.append(Text(zh, f"{len(half)} vouchers of study awards do not give both figures"))
    return examined(tested + len(own), findings, (*untested, *caps.untested, *shares.untested))


def _too_many(case: Case, one: AwardVoucher, participants: int, awarded: int, value: ParameterValue) -> list[Finding]:
    allowed = share_of(participants, value)
    if awarded <= allowed:
        return []
    finding = case.finding(
        "share",
        one.head.voucher,
        message=Text(
            f"{one.told}{participants} 人参训，{awarded} 人获奖，超过 {value.text} 即 {allowed} 人",
            f"{one.told}: {awarded} of {participants} students rewarded, at most {allowed} ({value.text})",
        ),
        expected=Text(f"获奖不超过 {allowed} 人", f"at most {allowed} rewarded"),
        found=Text(f"获奖 {awarded} 人", f"{awarded} rewarded"),
        remedy=Text("核对签到表和获奖名单；超出范围的奖励清退", "check the lists; recover awards beyond the share"),
        evidence=(voucher_evidence(one.head, Text("写明人数的凭证", "the voucher that gives the figures")),),
        parameters=(value,),
        related=("EXP16",),
    )
    return [finding]
