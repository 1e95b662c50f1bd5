"""慰问只覆盖部分会员或厚此薄彼：节日慰问漏发一部分会员，或者同一节日有人多发、少发。

检查内容
按发放清单把同一年同一节日的慰问品按会员合计（上年下半年发放的元旦、春节慰问品算在新的一年）。一、从第一次到最后一次发放
都是会员、却没有领到的，列为漏发；二、与多数会员领取的金额不同的，列为多发或少发，其中登记为工会干部的另计人数。
依据
《基层工会经费收支管理办法》：逢年过节可以向全体会员发放少量的节日慰问品。
危害
节日慰问成了少数人的福利，损害会员的平等权利。
反例
春节慰问品发给 97 名会员，另有 3 名会员没有；或者委员每人 500.00 元，其余会员 300.00 元。
正例
全体会员每人一份，金额相同。
参数
无。
局限
会员因调离、长期不在岗没有领取，或者按不同地方的标准发放的，须看说明，所以都列为疑点。生日、婚育等慰问因人而异，不比较。
最后一次发放不在本期的，在发完的那一期检查。多发的金额由 EXP01 等计列，这里不计。没有清单的节日慰问报告为未能检查。
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from ledger.money import shown_yuan
from ledger.register_rows import GrantRow
from rules.expenditure.gifts import people, season_of, unlisted
from rules.expenditure.grants import FESTIVALS, FILE, grants_for, spent_on
from rules.expenditure.membership import Roll, members_between, officers_of, roll
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.rule import Case, rule

_REMEDY = Text(
    "说明未发或金额不同的原因，应发的补发，多发的收回", "give the reasons; hand out what is due, recover the rest"
)


@rule(
    code="EXP04",
    name="members-left-out-or-favoured",
    title=Text("慰问只覆盖部分会员或厚此薄彼", "Some members left out or favoured"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-funds-2017", "第八条"),),
    needs=("grants", "members"),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report festivals whose goods some members did not get, or got more or less of than most."""
    grants = grants_for(case, *FESTIVALS)
    untested = unlisted(spent_on(case, *FESTIVALS), grants, Text("节日慰问", "holiday goods"))
    seasons: dict[tuple[str, int], list[GrantRow]] = defaultdict(list)
    for row in grants:
        if row.date is not None:
            seasons[row.occasion, season_of(row.date, row.occasion)].append(row)
    findings: list[Finding] = []
    tested = 0
    for (festival, season), own in sorted(seasons.items()):
        days = {row.date for row in own if row.date is not None}
        if max(days) < case.since:
            continue
        tested += len(own)
        amounts: dict[str, int] = defaultdict(int)
        lines: dict[str, int] = {}
        for row in own:
            amounts[row.member_id] += row.amount_fen
            lines[row.member_id] = min(row.line, lines.get(row.member_id, row.line))
        findings += _left_out(case, festival, season, min(days), max(days), roll(case), amounts)
        findings += _uneven(case, festival, season, amounts, lines)
    if tested or untested:
        return examined(tested, findings, untested)
    return not_applicable("本期没有节日慰问", "no holiday goods in the period")


def _left_out(
    case: Case,
    festival: str,
    season: int,
    first: datetime.date,
    last: datetime.date,
    members: Roll,
    given: Collection[str],
) -> list[Finding]:
    entitled = members_between(members, first, last)
    left = sorted(entitled - set(given))
    if not left:
        return []
    notes = {name: Text(f"{name}：期间是会员，没有领取", f"{name}: a member, got nothing") for name in left}
    evidence = [Evidence(notes[name], file="registers/members.csv", line=members[name][0].line) for name in left]
    who, who_en = people(left)
    found = case.finding(
        "left-out",
        festival,
        str(season),
        message=Text(
            f"{season} 年{festival}慰问发给 {len(given)} 人，{first} 至 {last} 都是会员的{who}没有领取",
            f"{festival} {season}: goods for {len(given)} people, {who_en} of the members got none",
        ),
        expected=Text(f"发给全体会员（{len(entitled)} 人）", f"goods for all {len(entitled)} members"),
        found=Text(f"漏发 {len(left)} 人", f"{len(left)} left out"),
        remedy=_REMEDY,
        evidence=limited(evidence),
    )
    return [found]


def _uneven(
    case: Case, festival: str, season: int, amounts: Mapping[str, int], lines: Mapping[str, int]
) -> list[Finding]:
    counted = Counter(amounts.values())
    usual = max(counted, key=lambda amount: (counted[amount], -amount))
    other = sorted(person for person, amount in amounts.items() if amount != usual)
    if not other:
        return []
    more = [person for person in other if amounts[person] > usual]
    excess = shown_yuan(sum(amounts[person] - usual for person in more))
    evidence = [
        Evidence(
            Text(f"{person} 领取 {shown_yuan(amounts[person])} 元", f"{person} got {shown_yuan(amounts[person])}"),
            amount_fen=amounts[person],
            file=FILE,
            line=lines[person],
        )
        for person in other
    ]
    officers = len(officers_of(case) & set(more))
    extra = Text(f"，其中工会干部 {officers} 人", f", {officers} of them officers") if officers else Text("", "")
    told = Text(
        f"{season} 年{festival}慰问多数会员每人 {shown_yuan(usual)} 元，{len(more)} 人多领共 {excess} 元"
        f"{extra.zh}，{len(other) - len(more)} 人少领",
        f"{festival} {season}: {shown_yuan(usual)} for most, {len(more)} people got more{extra.en}, "
        f"{len(other) - len(more)} less",
    )
    finding = case.finding(
        "uneven",
        festival,
        str(season),
        message=told,
        expected=Text("同一节日会员之间金额相同", "the same for every member at one festival"),
        found=Text(f"{len(other)} 人与多数不同", f"{len(other)} differ from most"),
        remedy=_REMEDY,
        evidence=limited(evidence),
        related=("EXP01",),
    )
    return [finding]
