"""非会员或未缴会费者享受福利：发放清单上有不是会员的人，或者欠缴会费的会员照样领取集体福利。

检查内容
看发放清单中节日、生日、婚育、住院、亲属去世慰问和消费券。一、领取人不在会员名册，或者领取当天还没有入会、已经离会的；
二、本年内领取之前的月份会费登记中没有他的缴费（入会当月不算），而当地规定未缴会费不得享受的。
依据
《工会会计制度》（第501号科目）会员活动支出用于会员的慰问和活动。各省实施办法规定未缴会费的会员不得享受集体福利。
危害
会员缴费、非会员受益，会费和工会经费用到了会员以外。
反例
3 月已经调离的职工，9 月仍领取中秋慰问品；某会员 10 月没有缴会费，11 月领取生日慰问。
正例
领取人当天都是会员，此前各月都缴了会费。
参数
welfare.unpaid_max 未缴会费的会员可享受集体福利的次数（零即不得享受），用领取当天施行的值。
局限
离会后的会员去世和退休慰问、困难帮扶、竞赛奖励不在此列。退休人员另见 EXP06。名册没有写离会日的不判断。
不在名册的编号也可能是登记错误，列为疑点。派遣、借调人员只能享受一处，工资未入拨缴基数的，账上看不到个人，须由人核对。
"""

from __future__ import annotations

import datetime
from collections import defaultdict

from ledger.money import shown_yuan
from rules.expenditure.gifts import WELFARE, gift_evidence, list_name, people
from rules.expenditure.grants import Given, given_by_day, grants_for
from rules.expenditure.membership import member_on, retired_on, roll
from rules.expenditure.unpaid import Owing, owing_gifts
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, limited, shown_month
from rules.remittance.months import month_of_day
from rules.rule import Case, rule

# Given when membership ends or has ended; who got them wrongly is the matter of other rules.
_AT_THE_END = ("会员去世", "退休")
_SCOPE = (Citation("accounting-system-2021", "附录1 第501号科目 二"), Citation("grassroots-funds-2017", "第八条"))
_DUES = (Citation("grassroots-funds-2017", "第二十四条"),)  # the province's own rule comes with the value


@rule(
    code="EXP05",
    name="benefits-to-outsiders",
    title=Text("非会员或未缴会费者享受福利", "Benefits to non-members or members without dues"),
    severity=Severity.HIGH,
    citations=_SCOPE,
    needs=("grants", "members"),
    parameters=("welfare.unpaid_max",),
)
def check(case: Case) -> Checked:
    """Report benefits that went to people outside the union or to members who had paid no dues."""
    occasions = [occasion for occasion in WELFARE if occasion not in _AT_THE_END]
    gifts = given_by_day(grants_for(case, *occasions, since=case.since))
    if not gifts:
        return not_applicable("本期没有集体福利的发放清单", "no benefits in the distribution lists of the period")
    listed = roll(case)
    outside: dict[tuple[datetime.date, str, bool], list[Given]] = defaultdict(list)
    members: list[Given] = []
    open_ends: set[str] = set()
    for gift in gifts:
        spells = listed.get(gift.person, ())
        member = member_on(spells, gift.date)
        if member:
            members.append(gift)
        elif retired_on(spells, gift.date):
            continue  # the matter of EXP06
        elif member is None:
            open_ends.add(gift.person)
        else:
            outside[gift.date, gift.lists, bool(spells)].append(gift)
    findings = [_outside(case, *key, own) for key, own in sorted(outside.items(), key=lambda pair: pair[0])]
    untested: list[Text] = []
    if open_ends:
        names = "、".join(sorted(open_ends)[:10])
        zh = f"会员 {names} 等 {len(open_ends)} 人已离会而名册没有离会日，不能判断领取时是否会员"
        untested.append(Text(zh, f"{len(open_ends)} people left on a day that members.csv does not give"))
    if "dues" in case.facts.registers:
        limits = Values(case, "welfare.unpaid_max")
        owing = owing_gifts(case, members, limits)
        months: dict[tuple[str, str], list[Owing]] = defaultdict(list)
        for one in owing:
            months[month_of_day(one.given.date), one.limit.id].append(one)
        findings += [_unpaid(case, month, own) for (month, _), own in sorted(months.items(), key=lambda pair: pair[0])]
        untested += limits.untested
    else:
        zh = "缺少登记簿 registers/dues.csv，领取人是否缴纳会费无法检查"
        untested.append(Text(zh, "missing registers/dues.csv: whether they paid dues could not be tested"))
    return examined(len(gifts), findings, untested)


def _outside(case: Case, day: datetime.date, lists: str, known: bool, gifts: list[Given]) -> Finding:
    total = sum(gift.amount_fen for gift in gifts)
    who, who_en = people([gift.person for gift in gifts])
    why = Text("当天不是会员", "no members on that day") if known else Text("不在会员名册", "not in members.csv")
    return case.finding(
        "outside",
        day.isoformat(),
        lists,
        "known" if known else "unknown",
        message=Text(
            f"{day} {list_name(lists)}中{who}{why.zh}，领取 {shown_yuan(total)} 元",
            f"{day}: {who_en}, {why.en}, got {shown_yuan(total)} yuan",
        ),
        expected=Text("集体福利只发给会员", "benefits for members only"),
        found=Text(f"{who.strip()}{why.zh}", f"{who_en}: {why.en}"),
        remedy=Text("核对会员身份；确非会员的，由领取人退回", "check the membership; recover what outsiders got"),
        evidence=limited([gift_evidence(g, Text(f"{g.person}：{why.zh}", f"{g.person}: {why.en}")) for g in gifts]),
        amount_fen=total,
        certainty=Certainty.ESTABLISHED if known else Certainty.LEAD,
    )


def _unpaid(case: Case, month: str, owing: list[Owing]) -> Finding:
    total = sum(one.given.amount_fen for one in owing)
    who, who_en = people([one.given.person for one in owing])
    evidence = [
        gift_evidence(
            one.given,
            Text(
                f"{one.given.person}：{shown_month(one.month)}会费没有缴纳",
                f"{one.given.person}: no dues for {one.month}",
            ),
        )
        for one in owing
    ]
    return case.finding(
        "unpaid",
        month,
        message=Text(
            f"{shown_month(month)}，此前欠缴会费的{who}领取集体福利 {shown_yuan(total)} 元",
            f"{month}: {who_en} without dues for an earlier month got {shown_yuan(total)} yuan",
        ),
        expected=Text("未缴会费的会员不享受集体福利", "no benefits without dues"),
        found=Text(f"欠缴会费仍领取 {len(owing)} 次", f"{len(owing)} gifts without dues"),
        remedy=Text("催缴会费；拒不缴纳的停止享受", "collect the dues; stop the benefits of those who refuse"),
        evidence=limited(evidence, total),
        amount_fen=total,
        severity=Severity.MEDIUM,
        parameters=(owing[0].limit,),
        citations=_DUES,
        related=("INC05",),
    )
