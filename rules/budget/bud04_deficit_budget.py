"""赤字预算：预算收入加动用的以前年度结转结余，少于预算支出。

检查内容
年初预算（第 0 版）全部生效之时，和其后每次调整生效之时，把当时生效的各行相加：
收入预算＋动用以前年度结转结余＜支出预算，即为赤字。上下级科目都有预算的只加最上一级。差额比前一次扩大的，另列一项，
金额为扩大的部分。
依据
《中华人民共和国工会法》第四十五条：工会建立预算制度。工会预算须收支平衡，不得编制赤字预算；
当年收入不足的可以动用以前年度结余。
危害
没有来源的支出预算必然靠挪用、拖欠或挤占专项资金来兑现。
反例
收入预算 500,000.00 元，动用结余 60,000.00 元，支出预算 570,000.00 元，差 10,000.00 元。
正例
收入预算 500,000.00 元，动用结余 70,000.00 元，支出预算 570,000.00 元。
参数
无。
局限
只看预算自身是否平衡，不判断收入能否实现、结余是否够用。预算没有任何收入行时不判断。
“不得编制赤字预算”的文件原文尚未核对，所以只列为疑点。
"""

from __future__ import annotations

import datetime

from ledger.money import shown_yuan
from rules.budget.disputed import dispute_texts
from rules.budget.lines import (
    INCOME,
    SPENDING,
    BudgetVersion,
    LineKey,
    budget_years,
    in_force,
    outermost,
    versions_of,
)
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_performed
from rules.gather import limited
from rules.rule import Case, rule

_SURPLUS = "net_assets"


@rule(
    code="BUD04",
    name="deficit-budget",
    title=Text("编制赤字预算", "Deficit budget"),
    severity=Severity.HIGH,
    citations=(
        Citation("trade-union-law-2021", "第四十五条"),
        Citation("grassroots-budget-2020", "收支平衡（条号未核对）"),
    ),
)
def check(case: Case) -> Checked:
    """Report a budget, or a revised state of it, whose means do not cover its expenditure."""
    findings: list[Finding] = []
    untested: list[Text] = []
    tested = 0
    for year in budget_years(case.facts, case.since, case.until):
        versions = [v for v in versions_of(case.facts, year) if v.date <= case.until]
        if doubts := dispute_texts(year, versions):
            untested += doubts
            continue
        if not any(v.element == INCOME for v in versions):
            zh = f"{year} 年度预算没有收入行，无法判断是否赤字"
            untested.append(Text(zh, f"the budget of {year} has no line of income"))
            continue
        before = 0
        for day in _states(versions):
            tested += 1
            lines = in_force(versions, day)
            gap = _sum(lines, SPENDING) - _sum(lines, INCOME) - _sum(lines, _SURPLUS)
            if gap > max(before, 0):
                findings.append(_finding(case, year, day, lines, max(before, 0)))
            before = gap
    if not tested and not untested:
        return not_performed("账套没有任何年度的预算", "the book holds no budget of any year")
    return examined(tested, findings, untested)


def _states(versions: list[BudgetVersion]) -> list[datetime.date]:
    """Return the day on which the year's first budget was complete, and every later day that changed it."""
    first = max((v.date for v in versions if v.version == 0), default=min(v.date for v in versions))
    return sorted({first, *(v.date for v in versions if v.date > first)})


def _sum(lines: dict[LineKey, BudgetVersion], element: str) -> int:
    keys = [key for key, version in lines.items() if version.element == element]
    return sum(lines[key].amount_fen for key in outermost(keys))


def _finding(case: Case, year: int, day: datetime.date, lines: dict[LineKey, BudgetVersion], before: int) -> Finding:
    income, used, spending = (_sum(lines, element) for element in (INCOME, _SURPLUS, SPENDING))
    gap = spending - income - used
    more = Text(f"，比调整之前扩大 {shown_yuan(gap - before)} 元", ", more than before") if before else Text("", "")
    evidence = []
    for element, name in ((INCOME, "收入预算"), (_SURPLUS, "动用以前年度结转结余"), (SPENDING, "支出预算")):
        keys = outermost(k for k, v in lines.items() if v.element == element)
        evidence += [lines[key].evidence(Text(f"{name}：{key.shown}", f"budget line, {element}")) for key in keys]
    return case.finding(
        str(year),
        day.isoformat(),
        message=Text(
            f"{year} 年度预算（{day} 生效的状态）为赤字 {shown_yuan(gap)} 元{more.zh}：收入 {shown_yuan(income)} 元、"
            f"动用结余 {shown_yuan(used)} 元，支出 {shown_yuan(spending)} 元",
            f"the budget of {year} as of {day} has a deficit of {shown_yuan(gap)} yuan{more.en}",
        ),
        expected=Text("收入预算与动用的结转结余不少于支出预算", "income and surplus used cover the expenditure"),
        found=Text(f"少 {shown_yuan(gap)} 元", f"short by {shown_yuan(gap)} yuan"),
        remedy=Text("压减支出，或按程序动用以前年度结余补足", "cut expenditure, or cover it from earlier surplus"),
        evidence=limited(evidence),
        amount_fen=gap - before,
        certainty=Certainty.LEAD,
    )
