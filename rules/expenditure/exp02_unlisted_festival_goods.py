"""规定节日以外的节日发放：以妇女节、教师节、护士节等不在规定之列的节日名义发放慰问品。

检查内容
一、发放清单（grants.csv）的事由是词表“规定节日以外的节日”里的节日；二、凭证的事由（occasion）是这样的节日，或者摘要、
活动、发票品名既有这样的节日、又有慰问发放用语，而活动类型是慰问、采购或没有写明。同一张清单同一天只作一项，清单管到的
凭证不再另列。当地给女职工节规定了上限的，发放不超过上限不列。
依据
《基层工会经费收支管理办法》：逢年过节的年节是指国家规定的法定节日（新年、春节、清明节、劳动节、端午节、中秋节、
国庆节）和经自治区以上人民政府批准设立的少数民族节日。
危害
借其他节日名义增发福利，绕开节日慰问的次数和上限。
反例
护士节给全体护理人员每人发放慰问品 200.00 元。
正例
护士节举办护理技能竞赛，按规定奖励优胜者；制作护士节宣传展板。
参数
womens_day.cap 女职工节活动用品人均上限（元），当地有规定时用发放当天施行的值。
局限
只凭节日名称，一律为疑点：以节日为名的竞赛、宣传、文体活动可以开支。少数民族节日不在词表内。没有发放清单时不能核对
女职工节是否超过当地上限，报告为未能检查。
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from operator import attrgetter

from ledger.money import shown_yuan
from rules.expenditure.grants import given_by_day
from rules.expenditure.handouts import Handout, granted, handouts
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.match import match
from rules.text.search import Spoken, pointed_out, search, vouchers_spent

_LIST, _WOMEN = "other_festivals", "womens_day"
_TEXTS = (Field.NARRATION, Field.ACTIVITY, Field.ITEM)
_HANDING_OUT = ("welfare", "purchase", "other", "")
EXPECTED = Text("只在规定的节日发放慰问品", "goods on the listed festivals only")
REMEDY = Text("说明依据；没有依据的停止发放并清退", "show the ground for it, or stop and recover")


@rule(
    code="EXP02",
    name="goods-on-unlisted-festival",
    title=Text("规定节日以外的节日发放", "Goods handed out on a day that is no listed festival"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-funds-2017", "第八条"),),
    parameters=("womens_day.cap",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report goods whose occasion is a festival outside the list of 2017."""
    caps = Values(case, "womens_day.cap")
    findings, lists, tested = _by_list(case, caps)
    untested: list[Text] = []
    for one in _vouchers(case):
        if one.row.list in lists:
            continue
        value = caps.on(one.day) if _of_women(one) else None
        if value is None:
            looks = Text("以规定以外的节日名义发放", "handed out on an unlisted festival")
            findings.append(pointed_out(case, one, looks, EXPECTED, REMEDY, related=("EXP03",)))
        else:
            limit = f"当地上限每人 {shown_yuan(value.fen)} 元"
            zh = f"凭证 {one.voucher or one.day} 是女职工节支出，{limit}，没有清单可按人核对"
            untested.append(Text(zh, f"voucher {one.voucher}: goods of Women's Day without a list of recipients"))
    tested += vouchers_spent(case)
    if not tested:
        return not_applicable("本期没有支出和发放", "no spending and no grants in the period")
    return examined(tested, findings, untested)


def _vouchers(case: Case) -> list[Spoken]:
    """Return vouchers whose occasion is such a festival, or whose words join one with handing out."""
    named = search(case, (_LIST,), (Field.OCCASION,))
    handed = search(
        case, (_LIST,), _TEXTS, beside=("welfare",), among=lambda line: line.head.activity_type in _HANDING_OUT
    )
    both = {one.entry: one for one in handed if one.of("welfare")}
    return [*both.values(), *(one for one in named if one.entry not in both)]


def _names_festival(occasion: str) -> bool:
    return bool(occasion) and bool(match(occasion, _LIST, datetime.date.max))


def _of_women(one: Spoken) -> bool:
    return all(found.means == _WOMEN for found in one.of(_LIST))


def _by_list(case: Case, caps: Values) -> tuple[list[Finding], set[str], int]:
    rows = granted(case)
    if rows is None:
        return [], set(), 0
    festivals = {occasion for occasion in {row.occasion for row in rows} if _names_festival(occasion)}
    findings, lists = [], set()
    made = handouts([row for row in rows if row.occasion in festivals])
    for one in sorted(made, key=attrgetter("list", "day", "occasion")):
        lists.add(one.list)
        women = all(found.means == _WOMEN for found in match(one.occasion, _LIST, one.day))
        cap = caps.on(one.day) if women else None
        over = {gift.person for gift in given_by_day(one.rows) if cap is None or gift.amount_fen > cap.fen}
        if over:
            beyond = tuple(row for row in one.rows if row.member_id in over)
            findings.append(_list_finding(case, replace(one, rows=beyond), cap))
    return findings, lists - {""}, len(rows)


def _list_finding(case: Case, one: Handout, cap: ParameterValue | None) -> Finding:
    total, occasion, heads = one.total_fen, one.occasion, one.heads
    excess = total - (cap.fen * heads if cap else 0)
    beyond = Text(f"，超过当地上限每人 {shown_yuan(cap.fen)} 元", ", over the regional cap") if cap else Text("", "")
    told = Text(
        f"{one.day} {one.name}以“{occasion}”名义向 {heads} 人发放 {shown_yuan(total)} 元{beyond.zh}",
        f"{one.day}: {shown_yuan(total)} yuan handed to {heads} people for “{occasion}”{beyond.en}",
    )
    note = Text(f"事由“{occasion}”不在规定的节日之列", f"“{occasion}” is no listed festival")
    return case.finding(
        "list",
        one.list,
        one.day.isoformat(),
        occasion,
        message=told,
        expected=EXPECTED,
        found=told,
        remedy=REMEDY,
        evidence=one.evidence(note),
        amount_fen=excess,
        parameters=(cap,) if cap else (),
    )
