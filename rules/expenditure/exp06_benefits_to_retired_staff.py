"""工会经费慰问离退休人员：已经退休的人员仍从工会经费领取慰问品、慰问金。

检查内容
一、发放清单中，领取人在会员名册上已经退休、领取日晚于退休日的（退休离岗纪念品除外），按当地规定判断；二、支出凭证的摘要、
活动、发票品名命中“离退休人员用语”的，列为疑点。
依据
各省实施办法：离退休人员的待遇由单位行政列支，不得在工会经费中开支；《基层工会经费收支管理办法》规定的集体福利对象是会员。
危害
单位行政应承担的费用挤占工会经费。
反例
职工 3 月 31 日退休，9 月从工会经费领取中秋慰问品。
正例
退休当月领取一份退休离岗纪念品，此后由单位离退休部门慰问。
参数
welfare.retired_max 离退休人员可享受工会经费慰问的次数（零即禁止），用领取当天施行的值。
局限
名册没有写退休日的，只作疑点。单凭用语的都为疑点。退休返聘后重新入会的，名册须另有一行。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence

from ledger.money import shown_yuan
from ledger.register_rows import GrantRow
from rules.expenditure.gifts import gift_evidence, list_name, people
from rules.expenditure.grants import Given, given_by_day
from rules.expenditure.handouts import granted
from rules.expenditure.membership import Roll, retired_on, roll
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE, Values, cut
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.search import pointed_out, search, spending, vouchers_spent

_RETIREMENT = "退休"
_FIELDS = (Field.NARRATION, Field.ACTIVITY, Field.ITEM)
_EXPECTED = Text("离退休人员由单位行政慰问", "retired staff are the employer's matter")
_REMEDY = Text("由单位行政承担，归还工会经费", "let the employer bear it and give the money back")


@rule(
    code="EXP06",
    name="benefits-to-retired-staff",
    title=Text("工会经费慰问离退休人员", "Benefits to retired staff out of union funds"),
    severity=Severity.HIGH,
    citations=(Citation("grassroots-funds-2017", "第八条"), Citation("grassroots-funds-2017", "第二十四条")),
    parameters=("welfare.retired_max",),
)
def check(case: Case) -> Checked:
    """Report gifts to people who had retired before, and spending whose words say that it is for the retired."""
    registers = case.facts.registers
    if not spending(case) and "grants" not in registers:
        return not_applicable("本期没有支出和发放", "no spending and no grants in the period")
    findings: list[Finding] = []
    untested: list[Text] = []
    tested = vouchers_spent(case)
    listed: set[str] = set()
    missing = [f"registers/{name}.csv" for name in ("grants", "members") if name not in registers]
    if missing:
        zh = f"缺少登记簿 {'、'.join(missing)}，领取人是否已经退休无法检查"
        untested.append(Text(zh, f"missing {', '.join(missing)}: retired recipients could not be found"))
    else:
        rows = [row for row in granted(case) or () if row.occasion != _RETIREMENT]
        limits = Values(case, "welfare.retired_max")
        found = _listed(roll(case), rows, limits)
        listed = {name for gift, _ in found for name in gift.lists.split("、") if name}
        findings += _findings(case, found)
        untested += limits.untested
        tested += len({(row.member_id, row.date) for row in rows})
    looks = Text("像是用于离退休人员", "looks like spending on retired staff")
    for one in search(case, ("retired_staff",), _FIELDS, among=lambda line: line.occasion != _RETIREMENT):
        if one.row.list not in listed:  # the list says better than words who got it
            findings.append(pointed_out(case, one, looks, _EXPECTED, _REMEDY))
    return examined(tested, findings, untested)


def _listed(
    people_on: Roll, rows: Sequence[GrantRow], limits: Values
) -> list[tuple[Given, tuple[ParameterValue, bool]]]:
    """Return forbidden gifts to the retired, with the value that forbids each and if their last day is known."""
    retired = {person for person, spells in people_on.items() if any(s.status == "retired" for s in spells)}
    found = []
    for gift in given_by_day(row for row in rows if row.member_id in retired):
        spells = people_on[gift.person]
        if not retired_on(spells, gift.date):
            continue
        limit = limits.on(gift.date)
        if limit is not None and limit.number == 0:
            found.append((gift, (limit, all(s.left is not None for s in spells))))
    return found


def _findings(case: Case, found: list[tuple[Given, tuple[ParameterValue, bool]]]) -> list[Finding]:
    groups: dict[tuple[datetime.date, str, bool], list[tuple[Given, ParameterValue]]] = defaultdict(list)
    for gift, (limit, dated) in found:
        groups[gift.date, gift.lists, dated].append((gift, limit))
    findings = []
    for (day, lists, dated), own in sorted(groups.items(), key=lambda pair: pair[0]):
        gifts = [gift for gift, _ in own]
        total = sum(gift.amount_fen for gift in gifts)
        who, who_en = people([gift.person for gift in gifts])
        findings.append(
            case.finding(
                "listed",
                day.isoformat(),
                lists,
                "dated" if dated else "undated",
                message=Text(
                    f"{day} {list_name(lists)}中已退休的{who}领取 {shown_yuan(total)} 元",
                    f"{day}: {who_en}, retired before, got {shown_yuan(total)} yuan",
                ),
                expected=_EXPECTED,
                found=Text(f"已退休的{who}领取", f"{who_en}, retired, got gifts"),
                remedy=_REMEDY,
                evidence=cut([_evidence(gift) for gift in gifts[:MOST_EVIDENCE]], len(gifts)),
                amount_fen=total,
                parameters=(own[0][1],),
                certainty=Certainty.ESTABLISHED if dated else Certainty.LEAD,
            )
        )
    return findings


def _evidence(gift: Given) -> Evidence:
    return gift_evidence(gift, Text(f"{gift.person} 已退休", f"{gift.person}: retired"))
