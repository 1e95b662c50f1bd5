"""生日慰问超标、重复或发现金：一次生日超过当地上限，一年领取两次，或以现金代替蛋糕等实物和蛋糕券。

检查内容
发放清单中事由为“生日”的：一、同一会员同一生日（event_key 相同；没有写的按年）的慰问累计，超过发放当天施行的上限；
二、没有超标而一个生日领取两次以上；三、以现金或转账发放；四、发放月份与名册上的出生月份相差超过容许的月数。
依据
《基层工会经费收支管理办法》：会员生日可以发放生日蛋糕等实物慰问品，也可以发放指定蛋糕店的蛋糕券；标准由省级工会规定。
危害
借生日名义变相发钱、重复发放。
反例
上限 300.00 元，某会员生日领取 300.01 元的蛋糕券；或者 3 月、9 月各领一次。
正例
生日当月领取一张 300.00 元、限兑蛋糕的蛋糕券。
参数
birthday.cap 会员生日慰问上限（元）；birthday.month_tolerance 生日慰问与生日相差的月数。都用发放当天施行的值。
局限
重复、现金、月份不符是否有正当原因须由人核对，都列为疑点。没有清单的生日慰问报告为未能检查。蛋糕券可否作他用见 EXP08。
"""

from __future__ import annotations

from collections import defaultdict

from ledger.register_rows import GrantRow
from rules.expenditure.gifts import Event, events, gift_evidence, list_name, over_or_again, people, unlisted
from rules.expenditure.grants import Given, grants_for, spent_on
from rules.expenditure.handouts import MONEY_FORMS, Handout, handouts, in_money
from rules.expenditure.membership import roll
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, joined, limited
from rules.rule import Case, rule

_BIRTHDAY = "生日"
_WHAT = Text("生日慰问", "birthday gifts")
_MONTHS = 12


@rule(
    code="EXP07",
    name="birthday-gift-irregular",
    title=Text("生日慰问超标、重复或发现金", "Birthday gift over the cap, repeated or in cash"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第八条"), Citation("grassroots-funds-2017", "第二十四条")),
    parameters=("birthday.cap", "birthday.month_tolerance"),
)
def check(case: Case) -> Checked:
    """Report birthday gifts beyond the cap, given twice, given as money, or given far from the birthday."""
    spent, registers = spent_on(case, _BIRTHDAY), case.facts.registers
    rows = case.rows(GrantRow) if "grants" in registers else None
    untested = list(unlisted(spent, rows, _WHAT))
    if rows is None:
        if not spent:
            return not_applicable("本期没有生日慰问", "no birthday gifts in the period")
        return examined(len(spent), (), untested)
    inside = grants_for(case, _BIRTHDAY, since=case.since)
    if not inside and not untested:
        return not_applicable("本期没有生日慰问", "no birthday gifts in the period")
    caps = Values(case, "birthday.cap")
    listed = events(grants_for(case, _BIRTHDAY))
    findings = over_or_again(case, _WHAT, listed, caps)
    findings += [_in_money(case, handout) for handout in handouts(inside, MONEY_FORMS)]
    if "members" in registers:
        findings += _far_from_birthday(case, listed, untested)
    else:
        zh = "缺少登记簿 registers/members.csv，发放月份与出生月份无法核对"
        untested.append(Text(zh, "missing registers/members.csv: the months of birth could not be compared"))
    return examined(len(inside), findings, (*untested, *caps.untested))


def _in_money(case: Case, one: Handout) -> Finding:
    return in_money(
        case,
        one,
        "money",
        one.day.isoformat(),
        one.list,
        expected=Text("生日蛋糕等实物或指定蛋糕店的蛋糕券", "a cake or a voucher of a named bakery"),
        remedy=Text("改发实物或蛋糕券；已发现金的按上级工会意见处理", "give goods or cake vouchers instead"),
        related=("EXP03",),
    )


def _far_from_birthday(case: Case, listed: tuple[Event, ...], untested: list[Text]) -> list[Finding]:
    tolerances, members = Values(case, "birthday.month_tolerance"), roll(case)
    far: dict[tuple[str, str], list[tuple[Given, int]]] = defaultdict(list)
    unknown: set[str] = set()
    for event in listed:
        month = next((s.birth_month for s in members.get(event.person, ()) if s.birth_month), None)
        for gift in event.gifts:
            if gift.date < case.since:
                continue
            if month is None:
                unknown.add(event.person)
                continue
            apart = abs(gift.date.month - month)
            tolerance = tolerances.on(gift.date)
            if tolerance is not None and min(apart, _MONTHS - apart) > tolerance.number:
                far[gift.date.isoformat(), gift.lists].append((gift, month))
    untested += tolerances.untested
    if unknown:
        zh = f"{joined(sorted(unknown))} 在会员名册没有出生月份，发放月份无法核对"
        untested.append(Text(zh, f"members.csv gives no month of birth for {len(unknown)} people"))
    findings = []
    for (day, lists), own in sorted(far.items()):
        who, who_en = people([gift.person for gift, _ in own])
        value = tolerances.on(own[0][0].date)
        assert value is not None
        notes = [Text(f"{g.person} 出生月份 {month} 月", f"{g.person} was born in month {month}") for g, month in own]
        evidence = [gift_evidence(gift, note) for (gift, _), note in zip(own, notes, strict=True)]
        told = Text(
            f"{day} {list_name(lists)}中{who}的出生月份与发放月份相差超过 {value.text} 个月",
            f"{day}: birthdays of {who_en} are more than {value.text} months away",
        )
        finding = case.finding(
            "month",
            day,
            lists,
            message=told,
            expected=Text("在生日当月前后发放", "given about the month of the birthday"),
            found=Text(f"{len(own)} 人月份不符", f"{len(own)} in another month"),
            remedy=Text("核对出生月份和签收日期，说明原因", "check the months and the signatures"),
            evidence=limited(evidence),
            parameters=(value,),
            certainty=Certainty.LEAD,
            severity=Severity.LOW,
        )
        findings.append(finding)
    return findings
