"""没有预算的支出：凭证当日没有任何预算行管到的支出。

检查内容
把本期每张支出凭证与凭证当日已生效的预算行逐行对照（科目按级次匹配，项目按项目匹配），
没有任何预算行管到的支出即为无预算支出。按“全年都没有预算行”“先支出、
后来调整才补上预算”“年初预算生效之前已经支出”三种原因分别列出。
依据
《中华人民共和国工会法》第四十五条：工会建立预算、决算和经费审查监督制度。《基层工会经费收支管理办法》：
各项收支全部纳入预算，严禁无预算使用工会经费。
危害
预算失去约束，支出绕开工会委员会审议和经审会审查，先花后补使审批流于形式。
反例
全年预算没有“会议支出”，10 月列支会议支出 3,000.00 元。
正例
10 月需要开会，先按程序调整预算增加“会议支出”一行，批准生效后再支出。
参数
无。
局限
账套里完全没有该年度预算时不判断（见 BUD05）。年初预算生效之前的支出，各地多允许按上年水平预安排，只列为疑点。
红字冲销按凭证抵减。预算行的科目不在科目表或没有启用（多半是科目写错）的年度，只列为疑点。
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from operator import attrgetter

from ledger.money import shown_yuan
from rules.budget.disputed import slips
from rules.budget.execution import Moved, movements
from rules.budget.lines import SPENDING, budget_years, versions_of
from rules.budget.unlined import Unlined, Why, unlined
from rules.evidence import posting_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.rule import Case, rule

_WHY = {
    Why.NEVER: Text("该年度始终没有管到它的预算行", "no budget line of the year covers it"),
    Why.BY_REVISION: Text("先支出，后来调整预算才补上这一行", "the line was added by a later revision only"),
    Why.BEFORE: Text("年初预算生效之前已经支出", "spent before the year's budget came into force"),
}


@rule(
    code="BUD01",
    name="spending-without-budget",
    title=Text("无预算支出", "Spending without budget"),
    severity=Severity.HIGH,
    citations=(Citation("trade-union-law-2021", "第四十五条"), Citation("grassroots-funds-2017", "第十六条")),
)
def check(case: Case) -> Checked:
    """Report spending that no budget line covered on the voucher's day."""
    findings: list[Finding] = []
    untested: list[Text] = []
    tested = 0
    for year in budget_years(case.facts, case.since, case.until):
        spent = _from(case.since, movements(case.facts, year, case.until))
        tested += sum(map(len, spent.values()))
        versions = versions_of(case.facts, year)
        if versions:
            doubtful = slips(case.facts, [v for v in versions if v.element == SPENDING])
            found = unlined(spent, versions)
            findings += [_finding(case, year, one, sure=not doubtful) for one in found]
            if found and doubtful:
                names = "、".join(key.shown for key in doubtful)
                zh = f"{year} 年度预算行{names}的科目不在科目表或没有启用，可能是科目写错：无预算支出先按疑点列示"
                untested.append(Text(zh, f"budget lines of {year} on accounts off the chart or never opened: {names}"))
        elif spent:
            zh = f"账套没有 {year} 年度预算，支出无从与预算对照（见 BUD05）"
            untested.append(Text(zh, f"the book holds no budget of {year} to compare the spending with (see BUD05)"))
    if not tested:
        return not_applicable("本期没有支出", "no spending in the period")
    return examined(tested, findings, untested)


def _from(day: datetime.date, moved: Moved) -> Moved:
    kept = {pair: own[bisect_left(own, day, key=attrgetter("date")) :] for pair, own in moved.items()}
    return {pair: own for pair, own in kept.items() if own}


def _finding(case: Case, year: int, of: Unlined, *, sure: bool) -> Finding:
    why, key, amount, vouchers = of.why, of.key, of.amount_fen, of.vouchers
    what = key.shown if key.account else "各项"
    return case.finding(
        str(year),
        why,
        key.account,
        key.project,
        message=Text(
            f"{year} 年度{what}支出 {shown_yuan(amount)} 元没有预算：{_WHY[why].zh}（{vouchers} 张凭证）",
            f"{shown_yuan(amount)} yuan spent in {year} without budget: {_WHY[why].en} ({vouchers} vouchers)",
        ),
        expected=Text("支出之日已有管到该科目（和项目）的生效预算", "a budget line in force on the day of spending"),
        found=Text(f"{_WHY[why].zh}，{shown_yuan(amount)} 元", f"{_WHY[why].en}: {shown_yuan(amount)} yuan"),
        remedy=Text(
            "说明支出依据；确有必要的按预算调整程序（委员会通过、经审会审查、上级批准）补报，不应列支的追回",
            "account for the spending; submit a revision through the full procedure, or recover the money",
        ),
        evidence=limited([posting_evidence(m, _WHY[why]) for m in of.moves], amount),
        amount_fen=amount,
        certainty=Certainty.ESTABLISHED if sure and why is not Why.BEFORE else Certainty.LEAD,
        severity=Severity.MEDIUM if why is Why.BEFORE else None,
    )
