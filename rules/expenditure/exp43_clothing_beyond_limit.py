"""服装购置超标、过频或超出参赛人数：活动服装人均超过当地年度上限，领取人数多于参加人数，或者全体会员人人一套。

检查内容
支出凭证的摘要、活动、发票品名命中“服装用语”的：一、有发放清单的，把会员一年内的服装累计，与发放当天的上限比较；没有清单的，
以支出与参加人数乘以上限比较，一年内购置几次的合计另与全体会员人数乘以上限比较；二、清单人数多于凭证所写参加人数的；
三、参加（领取）人数不少于当天全体会员人数的。
依据
《基层工会经费收支管理办法》：文体活动所需服装可以购置。各省实施办法：确需统一着装的，每人每年有上限。
危害
以活动为名人人发服装，变相发放福利。
反例
上限 600.00 元，360 人参赛，运动服支出 216,000.01 元。
正例
360 人参赛，全院会员 980 人，运动服每人 120.00 元。
参数
clothing.annual_cap 活动服装每人每年上限（元），用购置或发放当天施行的值。
局限
服装按用语认定，都为疑点。参加上级活动的服装当地可以另有较高上限（clothing.higher_event_cap），须由人核对。
既无清单、又没有写参加人数的报告为未能检查。
"""

from __future__ import annotations

from collections import defaultdict

from ledger.money import shown_yuan
from ledger.register_rows import GrantRow
from rules.expenditure.gifts import over_findings
from rules.expenditure.grants import given_by_day, over_cap, rows_of_list
from rules.expenditure.membership import members_between, roll
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, joined, limited
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.text.search import Spoken, search

_REMEDY = Text("核对参赛名单和签收单；不必要的收回", "check the names and signatures; recover what was not needed")


@rule(
    code="EXP43",
    name="clothing-beyond-limit",
    title=Text("服装购置超标、过频或超出参赛人数", "Clothing over the cap, too often or for too many"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-funds-2017", "第八条"), Citation("grassroots-funds-2017", "第二十四条")),
    parameters=("clothing.annual_cap",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report clothing that cost more a head than the cap, or went to more people than took part."""
    found = search(case, ("clothing",))
    if not found:
        return not_applicable("本期没有服装支出", "no clothing in the period")
    caps = Values(case, "clothing.annual_cap")
    people = roll(case)
    findings: list[Finding] = []
    silent: list[str] = []
    lists: dict[int, GrantRow] = {}
    by_year: dict[int, list[Spoken]] = defaultdict(list)
    for one in found:
        heads = one.head.participants
        rows = rows_of_list(case, one.row.list)
        persons = None if rows is None else len({row.member_id for row in rows})
        if rows is not None:
            lists |= {row.line: row for row in rows}
        elif heads is None:
            silent.append(one.voucher or "（无字号）")
        elif (cap := caps.on(one.day)) is not None:
            over = _average(case, one, heads, cap)
            findings += over
            if not over:
                by_year[one.day.year].append(one)
        members = len(members_between(people, one.day, one.day))
        most = max(heads or 0, persons or 0)
        if heads is not None and most > heads:
            findings.append(_people(case, one, "more", most, f"参加 {heads} 人", f"{heads} took part"))
        elif members > 1 and most >= members:
            findings.append(_people(case, one, "all", most, f"全体会员 {members} 人", f"{members} members in all"))
    if lists:
        by_years: dict[int, list[GrantRow]] = defaultdict(list)
        for row in lists.values():
            if row.date is not None:
                by_years[row.date.year].append(row)
        given = [given_by_day(own) for _, own in sorted(by_years.items())]
        over_all = [more for own in given for more in over_cap(own, caps.on, case.since)]
        findings += over_findings(case, Text("活动服装", "clothing"), over_all)
    for year, own in sorted(by_year.items()):
        findings += _year(case, year, own, len(members_between(people, own[-1].day, own[-1].day)), caps)
    untested = list(caps.untested)
    if silent:
        zh = f"服装凭证 {joined(silent)} 没有发放清单，也没有写参加人数"
        untested.append(Text(zh, f"{len(silent)} vouchers of clothing have neither a list nor participants"))
    return examined(len(found), findings, untested)


def _average(case: Case, one: Spoken, heads: int, cap: ParameterValue) -> list[Finding]:
    excess = one.amount_fen - cap.fen * heads
    if excess <= 0:
        return []
    limit, money = shown_yuan(cap.fen), shown_yuan(one.amount_fen)
    finding = case.finding(
        "average",
        one.voucher,
        message=Text(
            f"{one.day} 凭证 {one.voucher or '无字号'} 服装 {money} 元，{heads} 人参加，人均超过上限 {limit} 元，"
            f"合计超 {shown_yuan(excess)} 元",
            f"{one.day}, voucher {one.voucher}: clothing of {money} yuan for {heads} people, over {limit} a head",
        ),
        expected=Text(f"不超过 {heads} 人 × {limit} 元", f"at most {heads} times {limit} yuan"),
        found=Text(f"{money} 元", f"{money} yuan"),
        remedy=_REMEDY,
        evidence=(one.evidence(),),
        amount_fen=excess,
        parameters=(cap,),
    )
    return [finding]


def _year(case: Case, year: int, own: list[Spoken], members: int, caps: Values) -> list[Finding]:
    cap, total = caps.on(own[-1].day), sum(one.amount_fen for one in own)
    if cap is None or members == 0 or len(own) == 1 or total <= cap.fen * members:
        return []
    limit, money, times = shown_yuan(cap.fen), shown_yuan(total), len(own)
    evidence = [one.evidence() for one in own]
    finding = case.finding(
        "year",
        str(year),
        message=Text(
            f"{year} 年 {times} 次购置服装共 {money} 元，超过会员 {members} 人 × {limit} 元",
            f"clothing bought {times} times in {year}: {money} yuan, over {limit} for each of {members} members",
        ),
        expected=Text(f"全年每人不超过 {limit} 元", f"at most {limit} yuan each a year"),
        found=Text(f"{money} 元", f"{money} yuan"),
        remedy=_REMEDY,
        evidence=limited(evidence, total),
        amount_fen=total - cap.fen * members,
        parameters=(cap,),
    )
    return [finding]


def _people(case: Case, one: Spoken, key: str, persons: int, than: str, than_en: str) -> Finding:
    return case.finding(
        key,
        one.voucher,
        message=Text(
            f"{one.day} 凭证 {one.voucher or '无字号'} 服装 {shown_yuan(one.amount_fen)} 元，"
            f"{persons} 人领取或参加，{than}",
            f"{one.day}, voucher {one.voucher}: clothing for {persons} people, {than_en}",
        ),
        expected=Text("只给确需统一着装的参赛人员配备", "only for those who need it to take part"),
        found=Text(f"{persons} 人，{than}", f"{persons} people, {than_en}"),
        remedy=_REMEDY,
        evidence=(one.evidence(),),
    )
