"""消费券无规则或超次数发放：一年发放消费券超过规定的次数，超过自定标准，或者没有标准也没有集体决定就发放。

检查内容
一、发放清单事由为“消费券”的，同一会员一年内领取的天数超过领取当天施行的次数；二、一年累计超过本单位或当地定的上限；
三、没有定上限，而对应凭证也没有写决议编号的，列为没有规则。
依据
《关于加大工会经费投入力度 助力职工文化旅游消费十项措施》（2025年）：基层工会每年可发放一次工会消费券；
标准由各地各级自定。
危害
没有规则地发券，等于变相发放购物卡。
反例
5 月、10 月各向会员发放一次消费券；或者没有标准、没有委员会决议就发放。
正例
工会委员会决议确定每人 300.00 元，5 月发放一次。
参数
coupon.max_per_year 工会消费券每年发放次数；coupon.cap 工会消费券每人每年上限（元），用领取当天施行的值。
局限
措施原文未读到，次数一项除本单位自有标准外都为疑点。措施施行以前的消费券见 EXP03。没有清单的报告为未能检查。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from ledger.register_rows import GrantRow
from rules.expenditure.gifts import events, over_or_again, people, unlisted
from rules.expenditure.grants import grants_for, spent_on
from rules.expenditure.handouts import COUPON, Handout, handouts
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.rule import Case, rule

_WHAT = Text("消费券", "coupons")


@rule(
    code="EXP52",
    name="coupons-beyond-rules",
    title=Text("消费券无规则或超次数发放", "Consumption vouchers without rules or too often"),
    severity=Severity.MEDIUM,
    citations=(Citation("ten-measures-2025", "工会消费券（条款未读到）"),),
    parameters=("coupon.max_per_year", "coupon.cap"),
)
def check(case: Case) -> Checked:
    """Report coupons that members got too often in a year, beyond the cap, or without any rule for them."""
    spent = spent_on(case, COUPON)
    rows = case.rows(GrantRow) if "grants" in case.facts.registers else None
    untested = unlisted(spent, rows, _WHAT)
    if rows is None:
        if not spent:
            return not_applicable("本期没有发放消费券", "no coupons in the period")
        return examined(len(spent), (), untested)
    inside = grants_for(case, COUPON, since=case.since)
    if not inside and not untested:
        return not_applicable("本期没有发放消费券", "no coupons in the period")
    times, caps = Values(case, "coupon.max_per_year"), Values(case, "coupon.cap")
    # Coupons count by the year; what a list calls the event does not make a second round allowed.
    listed = events(row._replace(event_key=f"{row.date:%Y} 年消费券") for row in grants_for(case, COUPON))
    findings = over_or_again(case, _WHAT, listed, caps, times)
    # A day on which no rule allowed coupons at all is untested here.
    allowed = [one for one in handouts(inside) if times.on(one.day) is not None]
    findings += _without_rule(case, [one for one in allowed if caps.on(one.day) is None])
    return examined(len(inside), findings, (*untested, *times.untested))


def _without_rule(case: Case, found: list[Handout]) -> list[Finding]:
    decided = {posting.list for posting in case.facts.booked.postings if posting.head.resolution} if found else set()
    findings = []
    for one in found:
        if one.list and one.list in decided:
            continue
        who, who_en = people([row.member_id for row in one.rows])
        finding = case.finding(
            "no-rule",
            one.day.isoformat(),
            one.list,
            message=Text(
                f"{one.day} {one.name}向{who}发放消费券 {shown_yuan(one.total_fen)} 元，"
                f"没有发放标准，凭证也没有集体决议",
                f"{one.day}: coupons of {shown_yuan(one.total_fen)} yuan for {who_en}, no standard and no resolution",
            ),
            expected=Text("有标准或者工会委员会的决议", "a standard or a resolution of the committee"),
            found=Text("没有标准，没有决议", "neither standard nor resolution"),
            remedy=Text("补充集体决定，把标准写入 union.toml 的 [[standards]]", "decide it and adopt a standard"),
            evidence=one.evidence(Text("清单所列的消费券", "coupons on the list")),
            amount_fen=one.total_fen,
            certainty=Certainty.LEAD,
            related=("EXP03", "CTL01"),
        )
        findings.append(finding)
    return findings
