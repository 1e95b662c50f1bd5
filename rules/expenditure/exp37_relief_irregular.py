"""送温暖、帮扶重复、超标、无档案或平均发放：困难慰问发给没有档案的人，同一困难多次，超过上限，或不分困难程度普发。

检查内容
发放清单中事由为“困难”“大病”“送温暖”的：一、领取当天在困难职工档案中没有开着的档案；
二、同一会员同一事件（event_key 相同；没有写的按年）累计
超过发放当天的上限；三、同一事件领取次数超过规定；四、一份清单的人数超过会员的规定比例，或者清单上困难类别
不同而金额全部相同。
依据
《送温暖资金使用管理办法（试行）》：先建档后帮扶、实名制、不得重复。各省实施办法：困难帮扶的上限和次数。
危害
帮扶资金没有用到困难职工身上，变成平均福利。
反例
上限 2,000.00 元，一次帮扶 2,000.01 元；领取人没有困难档案；三分之一以上的会员都领“困难慰问”。
正例
有档案的困难职工领取一次 2,000.00 元，深度困难与相对困难的金额不同。
参数
hardship.cap 会员困难帮扶上限（元）；hardship.max_grants 同一困难事由的帮扶次数；
hardship.list_share 一次慰问人数占会员的提示线。
局限
无档案、平均发放所依据的办法原文未核，都列为疑点。大病、突发意外可以先慰问后建档，须由人核对。
没有清单的困难慰问报告为未能检查。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ledger.money import shown_yuan
from ledger.register_rows import GrantRow, HardshipRow
from rules.expenditure.gifts import events, gift_evidence, list_name, over_or_again, people, unlisted
from rules.expenditure.grants import given_by_day, grants_for, spent_on
from rules.expenditure.handouts import Handout, handouts
from rules.expenditure.relief import Files, evenly_spread, files_of, kinds_on
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, limited
from rules.law import ParameterValue
from rules.rule import Case, rule

_RELIEF = ("困难", "大病", "送温暖")
_AID = "hardship_aid_expense"
_WHAT = Text("困难慰问", "relief")


@rule(
    code="EXP37",
    name="relief-irregular",
    title=Text(
        "送温暖、帮扶重复、超标、无档案或平均发放", "Relief repeated, over the cap, without file or spread evenly"
    ),
    severity=Severity.HIGH,
    citations=(
        Citation("grassroots-funds-2017", "第九条"),
        Citation("relief-funds-2018", "帮扶对象和档案（条款未读到）"),
    ),
    parameters=("hardship.cap", "hardship.max_grants", "hardship.list_share"),
)
def check(case: Case) -> Checked:
    """Report relief beyond the cap, given again, given without a file, or spread over the members."""
    registers = case.facts.registers
    aid = [posting for posting in case.booked.meaning(_AID) if posting.occasion not in _RELIEF]
    spent = [*spent_on(case, *_RELIEF), *aid]
    rows = case.rows(GrantRow) if "grants" in registers else None
    untested = list(unlisted(spent, rows, _WHAT))
    if rows is None:
        if not spent:
            return not_applicable("本期没有困难慰问", "no relief in the period")
        return examined(len(spent), (), untested)
    inside = grants_for(case, *_RELIEF, since=case.since)
    if not inside and not untested:
        return not_applicable("本期没有困难慰问", "no relief in the period")
    caps, limits = Values(case, "hardship.cap"), Values(case, "hardship.max_grants")
    listed = events(grants_for(case, *_RELIEF))
    findings = over_or_again(case, _WHAT, listed, caps, limits)
    untested += [*caps.untested, *limits.untested]
    files: Files = {}
    if "hardship" in registers:
        files = files_of(case.rows(HardshipRow))
        findings += _without_file(case, files, inside)
    else:
        zh = "缺少登记簿 registers/hardship.csv，领取人有没有困难档案无法检查"
        untested.append(Text(zh, "missing registers/hardship.csv: files of hardship could not be checked"))
    spread, more = evenly_spread(case, files, handouts(inside))
    findings += [_even(case, *one) for one in spread]
    untested += more
    return examined(len(inside), findings, untested)


def _without_file(case: Case, files: Files, rows: Sequence[GrantRow]) -> list[Finding]:
    groups = defaultdict(list)
    for gift in given_by_day(rows):
        if not kinds_on(files, [gift.person], gift.date):
            groups[gift.date, gift.lists].append(gift)
    findings = []
    for (day, lists), own in sorted(groups.items(), key=lambda pair: pair[0]):
        total = sum(gift.amount_fen for gift in own)
        who, who_en = people([gift.person for gift in own])
        finding = case.finding(
            "no-file",
            day.isoformat(),
            lists,
            message=Text(
                f"{day} {list_name(lists)}中没有困难档案的{who}领取困难慰问 {shown_yuan(total)} 元",
                f"{day}: {who_en} without a file of hardship got {shown_yuan(total)} yuan of relief",
            ),
            expected=Text("先建档后帮扶", "a file first, relief after"),
            found=Text(f"{len(own)} 人没有档案", f"{len(own)} without a file"),
            remedy=Text("核实困难情况，补建档案；不属困难的收回", "look into each case; open a file or recover"),
            evidence=limited(
                [gift_evidence(g, Text(f"{g.person} 没有档案", f"{g.person} has no file")) for g in own], total
            ),
            amount_fen=total,
            certainty=Certainty.LEAD,
        )
        findings.append(finding)
    return findings


def _even(case: Case, one: Handout, how: Text, values: tuple[ParameterValue, ...]) -> Finding:
    return case.finding(
        "even",
        one.day.isoformat(),
        one.list,
        one.occasion,
        message=Text(f"{one.told.zh}，{how.zh}，像是平均发放", f"{one.told.en}, {how.en}: looks evenly spread"),
        expected=Text("按困难程度帮扶", "relief by need"),
        found=how,
        remedy=Text("说明评定困难程度的办法，纠正平均发放", "show how need was judged; stop even spreading"),
        evidence=one.evidence(Text("清单所列", "on the list")),
        parameters=values,
        certainty=Certainty.LEAD,
        severity=Severity.MEDIUM if values else Severity.LOW,
    )
