"""纪念品超标或发给未参加者：活动纪念品人均超过当地上限，或领取人数多于参加人数。

检查内容
支出凭证的摘要、活动、发票品名命中“活动纪念品用语”的（慰问和会议除外）：一、有发放清单的，逐人比较上限，并比较领取人数与凭证
所写参加人数；二、没有清单的，以支出与参加人数乘以上限比较。
依据
《基层工会经费收支管理办法》：文体活动不设奖项的，可以为参加人员发放少量纪念品；标准由省级工会规定。
危害
借活动给没有参加的人发物品，是变相发放福利。
反例
上限 100.00 元，50 人参加，买纪念品 5,000.01 元；或者 50 人参加，清单上 51 人领取。
正例
50 人参加，50 人各领取一份不超过 100.00 元的纪念品。
参数
souvenir.cap 活动纪念品人均上限（元），用活动当天施行的值。
局限
纪念品按用语认定，都为疑点。既无清单、又没有写参加人数的报告为未能检查。会议纪念品见 EXP42，与奖励并发见 EXP18。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.expenditure.grants import given_by_day, over_cap, rows_of_list
from rules.expenditure.souvenirs import souvenir_vouchers
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, joined, limited
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.text.search import Spoken

_REMEDY = Text("核对签到表和签收单；超出部分清退", "check attendance and signatures; recover what is beyond")


@rule(
    code="EXP17",
    name="souvenirs-beyond-limit",
    title=Text("纪念品超标或发给未参加者", "Souvenirs over the cap or to people who did not take part"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-funds-2017", "第八条"), Citation("grassroots-funds-2017", "第二十四条")),
    parameters=("souvenir.cap",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report souvenirs that cost more a head than the cap, or went to more people than took part."""
    found = souvenir_vouchers(case)
    if not found:
        return not_applicable("本期没有活动纪念品", "no souvenirs of activities in the period")
    caps = Values(case, "souvenir.cap")
    findings: list[Finding] = []
    silent: list[str] = []
    for one in found:
        heads = one.head.participants
        rows = rows_of_list(case, one.row.list)
        if heads is None:
            silent.append(one.voucher or "（无字号）")
        if heads is None and rows is None:
            continue
        if rows is not None:
            persons = len({row.member_id for row in rows})
            if heads is not None and persons > heads:
                findings.append(_too_many(case, one, persons, heads))
            over = [more for gift in given_by_day(rows) for more in over_cap([gift], caps.on, gift.date)]
            if over:
                excess = sum(more.excess_fen for more in over)
                findings += _over(case, one, over[0].cap, excess, [more.evidence for more in over])
        elif heads is not None and (cap := caps.on(one.day)) is not None:
            findings += _over(case, one, cap, one.amount_fen - cap.fen * heads, [], heads)
    untested = list(caps.untested)
    if silent:
        zh = f"纪念品凭证 {joined(silent)} 没有写参加人数"
        untested.append(Text(zh, f"{len(silent)} vouchers of souvenirs do not give the participants"))
    return examined(len(found), findings, untested)


def _over(
    case: Case, one: Spoken, cap: ParameterValue, excess: int, more: list[Evidence], heads: int | None = None
) -> list[Finding]:
    if excess <= 0:
        return []
    limit, money = shown_yuan(cap.fen), shown_yuan(one.amount_fen)
    how = f"{heads} 人参加，人均" if heads is not None else f"{len(more)} 人"
    how_en = f"on average of {heads} people" if heads is not None else f"for {len(more)} people"
    finding = case.finding(
        "over",
        one.voucher,
        message=Text(
            f"{one.day} 凭证 {one.voucher or '无字号'} 纪念品 {money} 元，{how}超过上限 {limit} 元，"
            f"合计超 {shown_yuan(excess)} 元",
            f"{one.day}, voucher {one.voucher}: souvenirs of {money} yuan, {how_en} over the cap of {limit}",
        ),
        expected=Text(f"每人不超过 {limit} 元", f"at most {limit} yuan each"),
        found=Text(f"共 {money} 元，超 {shown_yuan(excess)} 元", f"{money} yuan, {shown_yuan(excess)} too much"),
        remedy=_REMEDY,
        evidence=limited([one.evidence(), *more]),
        amount_fen=excess,
        parameters=(cap,),
        related=("EXP18",),
    )
    return [finding]


def _too_many(case: Case, one: Spoken, persons: int, heads: int) -> Finding:
    return case.finding(
        "people",
        one.voucher,
        message=Text(
            f"{one.day} 凭证 {one.voucher or '无字号'} 的活动 {heads} 人参加，纪念品清单上 {persons} 人领取",
            f"{one.day}, voucher {one.voucher}: {heads} took part, {persons} got souvenirs",
        ),
        expected=Text(f"只发给参加的 {heads} 人", f"for the {heads} who took part"),
        found=Text(f"{persons} 人领取", f"{persons} got one"),
        remedy=_REMEDY,
        evidence=(one.evidence(),),
        amount_fen=one.amount_fen - one.amount_fen * heads // persons,
        related=("EXP18",),
    )
