"""人人有奖，变相发放：一项活动的获奖人数达到甚至超过参与人数。

检查内容
把同一活动的凭证合在一起，获奖人数取获奖凭证所写的最大数与发放清单领奖人数中较大的一个，与所写的最大参与人数比较；
获奖人数不少于参与人数的列出，并说明清单上各人金额是否相同。所有活动都检查，包括劳动竞赛和教育培训。
依据
《基层工会经费收支管理办法》第二十二条：不准违反工会经费使用规定，滥发奖金、津贴、补贴。
危害
借活动之名给每个人发钱。
反例
趣味运动会 90 人参加，90 人领奖，每人 200.00 元。
正例
90 人参加，60 人获奖，按名次分等。
参数
无。
局限
获奖超过规定比例而没有人人有奖的见 EXP14。一项活动分几次评奖、各张凭证写不同人数而没有清单的，取最大的一次，可能少算。
只有一人参加的不判断。只写了两个人数之一的报告为未能检查。办法原文未核，都列为疑点。
"""

from __future__ import annotations

from collections.abc import Mapping

from ledger.money import shown_yuan
from rules.expenditure.activity import Activity, activities
from rules.expenditure.awards import award_vouchers, persons_by_list
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined
from rules.rule import Case, rule


@rule(
    code="EXP16",
    name="award-for-everyone",
    title=Text("人人有奖，变相发放", "An award for everyone: a hand-out in disguise"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第二十二条"),),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report activities that gave a prize to everybody who took part."""
    found = activities(case, [one.head for one in award_vouchers(case)])
    if not found:
        return not_applicable("本期没有评奖的活动", "no activity with awards in the period")
    persons, attendance = persons_by_list(case), _attendance(case)
    findings: list[Finding] = []
    half: list[str] = []
    for one in found:
        names: dict[str, int] = {}
        for name in one.texts("list"):
            for person, amount in persons.get(name, {}).items():
                names[person] = names.get(person, 0) + amount
        awarded = max(one.most("awarded") or 0, len(names))
        participants = attendance.get((one.name, one.day.year), one.most("participants"))
        if not awarded or participants is None:
            half.append(one.name)
        elif participants > 1 and awarded >= participants:
            findings.append(_finding(case, one, awarded, participants, names))
    untested: tuple[Text, ...] = ()
    if half:
        zh = f"活动 {joined(sorted(half))} 没有写明参与人数或获奖人数"
        untested = (Text(zh, f"{len(half)} activities do not give both participants and awarded"),)
    return examined(len(found), findings, untested)


def _attendance(case: Case) -> Mapping[tuple[str, int], int]:
    """Return the largest number of participants that any voucher of an activity gives, by its name and year."""
    found: dict[tuple[str, int], int] = {}
    for voucher in case.facts.listed:
        if voucher.participants is not None and voucher.activity and voucher.business and voucher.date <= case.until:
            key = (voucher.activity, voucher.event_date.year)
            found[key] = max(found.get(key, 0), voucher.participants)
    return found


def _finding(case: Case, one: Activity, awarded: int, participants: int, names: Mapping[str, int]) -> Finding:
    same = len(set(names.values())) == 1
    alike = Text("，每人金额相同", ", each the same amount") if same and len(names) > 1 else Text("", "")
    money = shown_yuan(one.amount_fen)
    return case.finding(
        *one.key,
        message=Text(
            f"{one.told}{participants} 人参加，{awarded} 人获奖{alike.zh}，奖励支出 {money} 元",
            f"{one.name}: {awarded} awarded of {participants} participants{alike.en}, {money} yuan",
        ),
        expected=Text("奖励优胜者，不是人人有奖", "prizes for the best, not for everyone"),
        found=Text(f"获奖 {awarded} 人，参加 {participants} 人", f"{awarded} awarded, {participants} took part"),
        remedy=Text("核对签到表和获奖名单；属于普发的清退", "check the lists; recover what was a hand-out"),
        evidence=one.evidence,
        amount_fen=one.amount_fen,
        related=("EXP14", "EXP19"),
    )
