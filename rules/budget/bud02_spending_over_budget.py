"""超预算支出：某一预算行的支出超过凭证当日生效的预算。

检查内容
按凭证日期和字号逐张重放全年支出：每张凭证入账后，其预算行（按科目和项目，含下级科目）的累计支出与当日生效的预算比较。
每条超支的预算行列一项，写明最先超支的凭证、当时超出多少、期末超出多少、后来的预算调整是否补上。
依据
《中华人民共和国工会法》第四十五条：工会建立预算、决算和经费审查监督制度。《基层工会经费收支管理办法》：
严禁超预算使用工会经费。
危害
超支部分没有经过审议、审查和批准；事后调整预算补足，等于把审批变成追认。
反例
会员活动支出预算 420,000.00 元，9 月 20 日凭证入账后累计 425,300.00 元，11 月才调整预算。
正例
预计不够用时先调整预算，调整生效之日起在新预算内支出。
参数
无。
局限
总预算与其下级预算都有的，各自比较，下级超支同时使上级超支的列两项。收入多于或少于预算不在此列。
预算被调低到已支出数以下见 BUD12。同一版本有两种内容的预算行不比较，报告为未能检查。
"""

from __future__ import annotations

import datetime

from ledger.money import shown_yuan
from rules.budget.disputed import dispute_texts
from rules.budget.execution import BudgetLine, Exceeding, execution, replay
from rules.budget.lines import SPENDING, LineKey, budget_years, versions_of
from rules.budget.overruns import healing
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_performed
from rules.gather import limited
from rules.rule import Case, rule


@rule(
    code="BUD02",
    name="spending-over-budget",
    title=Text("超预算支出", "Spending over budget"),
    severity=Severity.HIGH,
    citations=(Citation("trade-union-law-2021", "第四十五条"), Citation("grassroots-funds-2017", "第十六条")),
)
def check(case: Case) -> Checked:
    """Report each line of expenditure that some voucher of the period took beyond its budget in force."""
    findings: list[Finding] = []
    tested = 0
    untested: list[Text] = []
    for year in budget_years(case.facts, case.since, case.until):
        until = min(case.until, datetime.date(year, 12, 31))
        lines = {
            LineKey(line.account, line.project): line
            for line in execution(case.facts, year, until)
            if line.in_force_fen is not None and line.element == SPENDING
        }
        tested += len(lines)
        doubts = dispute_texts(year, [v for v in versions_of(case.facts, year) if v.element == SPENDING])
        untested += doubts
        if not lines and not doubts:
            zh = f"账套没有 {year} 年度支出预算，无从比较（见 BUD05）"
            untested.append(Text(zh, f"the book holds no expenditure budget of {year} (see BUD05)"))
        for key, exceedings in sorted(replay(case.facts, year, until).items()):
            inside = [e for e in exceedings if e.movement.date >= case.since]
            if inside:
                findings.append(_finding(case, year, lines[key], exceedings, inside))
    if not tested and not untested:
        return not_performed("账套没有任何年度的预算", "the book holds no budget of any year")
    return examined(tested, findings, untested)


def _finding(
    case: Case, year: int, line: BudgetLine, exceedings: tuple[Exceeding, ...], inside: list[Exceeding]
) -> Finding:
    key, until = LineKey(line.account, line.project), min(case.until, datetime.date(year, 12, 31))
    first = exceedings[0]
    worst = max(e.excess_fen for e in inside)
    left = max(0, -line.remaining_fen)
    healed = healing(case.facts, year, until, key, first)
    if left:
        after = Text(f"截至 {until} 仍超出 {shown_yuan(left)} 元", f"still over by {shown_yuan(left)} on {until}")
    elif healed:
        after = Text(f"{healed.date} 调整预算后补上", f"covered by the revision of {healed.date}")
    else:
        after = Text("其后冲回或改列，期末不再超出", "reversed or moved later, no longer over at the end")
    when = f"{first.movement.voucher or '（无字号）'}（{first.movement.date}）"
    budget, excess = shown_yuan(first.budget.amount_fen), shown_yuan(first.excess_fen)
    evidence = [
        posting_evidence(first.movement, Text(f"最先超支的凭证，入账后超出 {excess} 元", "first over"), first.spent_fen)
    ]
    evidence.append(first.budget.evidence(Text("当日生效的预算", "the budget in force on that day")))
    evidence += [healed.evidence(Text("其后的预算调整", "later revision"))] if healed else []
    evidence += _others(inside, first)
    return case.finding(
        str(year),
        line.account,
        line.project,
        message=Text(
            f"{year} 年度{key.shown}超预算：{when}入账后累计 {shown_yuan(first.total_fen)} 元，"
            f"当日预算 {budget} 元，超出 {excess} 元；{after.zh}",
            f"{year}, {key.shown}: over its budget of {budget} yuan by {excess} from {when} on; {after.en}",
        ),
        expected=Text(f"累计支出不超过当日预算 {budget} 元", f"at most {budget} yuan in all"),
        found=Text(
            f"最先超出 {excess} 元，最多超出 {shown_yuan(worst)} 元，{after.zh}",
            f"first over by {excess}, at most by {shown_yuan(worst)}; {after.en}",
        ),
        remedy=Text(
            "说明超支原因和批准情况；今后在支出之前按程序调整预算",
            "explain the overspending and who approved it; revise the budget before spending",
        ),
        evidence=limited(evidence),
        amount_fen=left or worst,
    )


def _others(inside: list[Exceeding], first: Exceeding) -> list[Evidence]:
    note = Text("超预算之后的支出", "spent while over budget")
    return [posting_evidence(e.movement, note, e.spent_fen) for e in inside if e is not first]
