"""裁判评委费超标或付给内部职工：活动的裁判、评委费付给本单位会员，或超过每人每天上限。

检查内容
支出命中“裁判评委费用语”的：一、收款方与在册会员同名，或者收款方写明是本单位职工；二、收款方是个人，每人每天（没有写天数的
按一天）的金额超过当地或本单位规定的上限。一张凭证一项。
依据
《基层工会经费收支管理办法》第八条：文体活动的支出范围；第二十四条：开支标准由省级工会规定。
危害
职工参加本单位活动的组织工作再领一份酬劳，是变相发放补贴。
反例
运动会裁判费 6,000.00 元付给 12 名本院职工。
正例
外请裁判 2 名，每人每天 300.00 元，凭劳务费发放表和身份信息支付。
参数
referee.day_cap 裁判、评委费每人每天上限（元），由省级工会或本单位规定。
局限
同名不等于同一人，只凭用语，一律为疑点。没有规定上限的不核对金额，收款方不是个人的无法按人核对，都报告为未能检查。
"""

from __future__ import annotations

from dataclasses import replace

from ledger.money import shown_yuan
from rules.expenditure.fees import TEXTS, all_of, insiders, people_paid
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.invoices.parties import known_people
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.text.search import Spoken, pointed_out, search

_OWN = ("本院职工", "本单位职工", "本校教职工", "本公司职工", "内部职工", "本院", "职工裁判", "职工评委")


@rule(
    code="EXP40",
    name="referee-fee-irregular",
    title=Text("裁判评委费超标或付给内部职工", "Referee fees over cap or to own staff"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-funds-2017", "第八条"), Citation("grassroots-funds-2017", "第二十四条")),
    parameters=("referee.day_cap",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report fees for referees and judges that went to members or over the cap for a person and day."""
    paid = search(case, ("referee_fees",), TEXTS)
    if not paid:
        return not_applicable("本期没有裁判、评委费", "no fees for referees or judges in the period")
    caps, people = Values(case, "referee.day_cap"), known_people(case.facts)
    findings: list[Finding] = []
    groups = 0
    for one in paid:
        names = people_paid(one.head.payee, people)
        groups += not names
        cap = caps.on(one.day)
        if found := _finding(case, one, names, cap):
            findings.append(found)
    untested = list(caps.untested)
    if groups:
        zh = f"{groups} 笔裁判、评委费的收款方不是个人，无法按人核对"
        untested.append(Text(zh, f"{groups} fees were not paid to named persons"))
    if "members" not in case.facts.registers:
        zh = "缺少登记簿 registers/members.csv，收款人是否会员无法检查"
        untested.append(Text(zh, "missing registers/members.csv: members among the payees not looked for"))
    return examined(len(paid), findings, untested)


def _finding(case: Case, one: Spoken, names: tuple[str, ...], cap: ParameterValue | None) -> Finding | None:
    faults: list[Text] = []
    amount = 0
    used: tuple[ParameterValue, ...] = ()
    if cap is not None and names:
        over = one.amount_fen - cap.fen * len(names) * max(1, one.head.days or 1)
        if over > 0:
            amount, used = over, (cap,)
            zh = f"超过每人每天 {shown_yuan(cap.fen)} 元，多 {shown_yuan(over)} 元"
            faults.append(Text(zh, f"{shown_yuan(over)} yuan over {shown_yuan(cap.fen)} for a person and day"))
    own = [word for word in _OWN if word in f"{one.head.payee}{one.head.narration}"]
    if inside := insiders(case, one, names):
        faults.append(Text(f"收款人{'、'.join(inside)}与在册会员同名", f"{len(inside)} payees bear a member's name"))
    elif own:
        faults.append(Text(f"写明付给“{own[0]}”", "said to be paid to own staff"))
    if not faults:
        return None
    found = pointed_out(
        case,
        one,
        Text("裁判、评委费可能不合规定", "the fee may be irregular"),
        Text("外请裁判、评委按标准支付，不付给内部职工", "only outsiders are paid, within the rate"),
        Text("核对发放表和身份；付给内部职工和超标的退回", "check who got it; recover what went to own staff or over"),
        parameters=used,
        related=("EXP39", "EXP27"),
        why=all_of(faults),
    )
    return replace(found, amount_fen=one.amount_fen if inside or own else amount)
