"""预算调整后小于已发生数：预算调整生效时，调整后的支出预算已经低于此前的累计支出。

检查内容
每次调整（第 1 版起）的每一支出行，与该行在生效日之前已入账的累计支出比较；调整后预算小于累计支出的列出。
依据
《中华人民共和国工会法》第四十五条：工会建立预算制度。《基层工会经费收支管理办法》（原文未核）：严禁超预算使用工会经费。
“调整后预算数不得小于已发生金额”是预算编制系统的校验关系，没有读到法规条文，所以列为疑点。
危害
预算一生效就已超支，说明调整没有依据执行情况编制，或有意把支出推给别的科目。
反例
会议支出已入账 8,000.01 元，7 月 18 日生效的调整把预算改为 8,000.00 元。
正例
会议支出已入账 8,000.00 元，调整后预算为 8,000.00 元或更多。
参数
无。
局限
生效当日的支出不计入“此前”。收入预算不在此列。其后再支出的同时见 BUD02。
"""

from __future__ import annotations

import datetime

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.budget.disputed import dispute_texts, disputed
from rules.budget.execution import movements, oldest_first
from rules.budget.lines import SPENDING, BudgetVersion, budget_years, covering, in_force, versions_of
from rules.evidence import posting_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.rule import Case, rule


@rule(
    code="BUD12",
    name="revised-below-spent",
    title=Text("预算调整后小于已发生数", "Budget revised below what was spent"),
    severity=Severity.MEDIUM,
    citations=(Citation("trade-union-law-2021", "第四十五条"), Citation("grassroots-funds-2017", "第十六条")),
)
def check(case: Case) -> Checked:
    """Report revised lines of expenditure whose new total was already spent when they came into force."""
    findings: list[Finding] = []
    untested: list[Text] = []
    tested = 0
    for year in budget_years(case.facts, case.since, case.until):
        versions = versions_of(case.facts, year)
        unknown = disputed(versions)
        untested += dispute_texts(year, [v for v in versions if v.version and v.element == SPENDING])
        moved = movements(case.facts, year, case.until)
        for version in versions:
            inside = case.since <= version.date <= case.until
            if version.version == 0 or version.element != SPENDING or not inside or version.key in unknown:
                continue
            tested += 1
            lines = in_force(versions, version.date)
            before = [
                m
                for pair, own in moved.items()
                if version.key in covering(lines, *pair)
                for m in own
                if m.date < version.date
            ]
            spent = net_fen(before)
            if lines[version.key] == version and spent > version.amount_fen:
                findings.append(_finding(case, year, version, before))
    if not tested and not untested:
        return not_applicable("本期没有调整支出预算", "no expenditure line was revised in the period")
    return examined(tested, findings, untested)


def _finding(case: Case, year: int, version: BudgetVersion, before: list[PostingRow]) -> Finding:
    spent = net_fen(before)
    short = spent - version.amount_fen
    eve = version.date - datetime.timedelta(days=1)
    evidence = [version.evidence(Text("调整后的预算", "the revised line"))]
    evidence += [
        posting_evidence(m, Text("生效之前的支出", "spent before it came into force"))
        for m in reversed(oldest_first(before))
    ]
    shown, budget = version.key.shown, shown_yuan(version.amount_fen)
    return case.finding(
        str(year),
        version.key.account,
        version.key.project,
        version.date.isoformat(),
        message=Text(
            f"{year} 年度{shown}的预算 {version.date} 调整为 {budget} 元，"
            f"而截至 {eve} 已支出 {shown_yuan(spent)} 元，少 {shown_yuan(short)} 元",
            f"{year}, {shown}: revised to {budget} yuan on {version.date}, when {shown_yuan(spent)} was already spent",
        ),
        expected=Text(f"调整后预算不小于已发生的 {shown_yuan(spent)} 元", f"at least {shown_yuan(spent)} yuan"),
        found=Text(f"{budget} 元", f"{budget} yuan"),
        remedy=Text("按实际执行情况重新核定该行预算，说明调整依据", "set the line anew from what was really spent"),
        evidence=limited(evidence),
        amount_fen=short,
        certainty=Certainty.LEAD,  # no text that was read forbids it
        related=("BUD02",),
    )
