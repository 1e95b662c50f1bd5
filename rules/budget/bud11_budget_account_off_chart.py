"""预算科目与会计科目不一致：预算列在会计制度没有的科目上、不是收支的科目上，或与支出内容对应的科目不符。

检查内容
一、预算行的科目不在当日施行的会计科目表之内，或名称与代码不符。二、预算行列在资产、
负债类科目上（上缴上级经费是负债的偿还，不是支出）。三、预算行的明细名称或项目名称按 2017 年办法的口径，
应当对应另一个会计科目。四、上级科目的预算少于其下级科目预算之和。
依据
《工会会计制度》（财会〔2021〕7号）附录1总说明一：制度已规定的一级科目不得减并、自行增设。同一制度各科目的核算内容。
危害
预算、账簿和决算口径不一，执行情况无法对照，超支和无预算支出被掩盖。
反例
预算把“职工书屋购书”列在 50503 专项业务支出，而账上记在 50304 职工书屋活动支出。
正例
预算行与会计科目同名同码，明细按需要在其下设置。
参数
无。
局限
第三项按名称中的词判断，第四项可能是有意留待细化，都只列为疑点。
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ledger.accounts import chart_on, components
from ledger.money import shown_yuan
from rules.budget.lines import (
    FLOWS,
    BudgetVersion,
    LineKey,
    budget_years,
    covers,
    in_force,
    outermost,
    versions_of,
)
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_performed
from rules.rule import Case, rule

# What the measures of 2017 call a kind of spending, and the account of 财会〔2021〕7号 whose scope names it.
_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "春游": ("member_event_expense",),
        "秋游": ("member_event_expense",),
        "电影": ("member_event_expense",),
        "公园年票": ("member_event_expense",),
        "节日慰问": ("member_event_expense",),
        "生日": ("member_event_expense",),
        "疗休养": ("model_worker_retreat_expense",),
        "劳动竞赛": ("labour_competition_expense",),
        "技能竞赛": ("labour_competition_expense",),
        "建家": ("union_home_building_expense",),
        "创新工作室": ("worker_innovation_expense",),
        "职工书屋": ("worker_library_expense",),
        "互助保障": ("other_service_expense", "other_rights_expense"),
        "送温暖": ("warmth_relief_expense",),
        "夏送清凉": ("warmth_relief_expense",),
        "金秋助学": ("warmth_relief_expense",),
    }
)

_FACTS = ("off-chart", "no-flow")  # the others rest on words, or may be meant


@rule(
    code="BUD11",
    name="budget-account-off-chart",
    title=Text("预算科目与会计科目不一致", "Budget accounts at odds with the chart"),
    severity=Severity.LOW,
    citations=(Citation("accounting-system-2021", "附录1 总说明 一"),),
)
def check(case: Case) -> Checked:
    """Report budget lines on accounts that the chart does not hold, or that do not fit what they are for."""
    findings: list[Finding] = []
    tested = 0
    for year in budget_years(case.facts, case.since, case.until):
        lines = in_force(versions_of(case.facts, year), case.until)
        tested += len(lines)
        for key, version in sorted(lines.items()):
            findings += [f for f in (_account(case, year, version), _children(case, year, key, lines)) if f]
    if not tested:
        return not_performed("账套没有本期的预算", "the book holds no budget of the period")
    return examined(tested, findings)


def _account(case: Case, year: int, version: BudgetVersion) -> Finding | None:
    if not version.code:
        told = Text("不在当日施行的会计科目表之内，或名称与代码不符", "is not in the chart in force on that day")
        return _finding(case, year, version, "off-chart", told)
    if version.element not in (*FLOWS, "net_assets"):
        told = Text("不是收入、支出或结转结余科目", "is an account of neither income, expenditure nor surplus")
        return _finding(case, year, version, "no-flow", told)
    names = [name for _, name in components(version.key.account)]
    own = " ".join([*names[1:], version.key.project])
    chart = chart_on(version.date).by_meaning
    for word, meanings in _WORDS.items():
        fitting = [chart[m] for m in meanings if m in chart]
        if word not in own or not fitting or version.element != "expense":
            continue
        # A line on the level-1 account above the fitting one is only coarser, not wrong.
        if version.meaning not in meanings and version.code not in {a.parent_code for a in fitting}:
            shown = "或".join(f"{a.code} {a.name}" for a in fitting)
            told = Text(f"含“{word}”，按会计制度应列 {shown}", f"names {word}, which belongs to {shown}")
            return _finding(case, year, version, "misplaced", told)
    return None


def _children(case: Case, year: int, key: LineKey, lines: dict[LineKey, BudgetVersion]) -> Finding | None:
    inner = [k for k in lines if k != key and k.project == key.project and covers(key.account, k.account)]
    below = sum(lines[k].amount_fen for k in outermost(inner))
    if below <= lines[key].amount_fen:
        return None
    told = Text(f"少于其下级科目预算之和 {shown_yuan(below)} 元", f"is less than its sub-accounts' {shown_yuan(below)}")
    extra = [lines[k].evidence(Text("下级科目的预算", "a sub-account's budget")) for k in outermost(inner)]
    return _finding(case, year, lines[key], "children", told, *extra)


def _finding(case: Case, year: int, version: BudgetVersion, what: str, told: Text, *extra: Evidence) -> Finding:
    return case.finding(
        str(year),
        what,
        version.key.account,
        version.key.project,
        message=Text(
            f"{year} 年度预算行 {version.key.account} {told.zh}",
            f"budget line {version.key.account} of {year} {told.en}",
        ),
        expected=Text("预算科目与当日施行的会计科目一致", "budget lines on the accounts of the chart in force"),
        found=Text(f"该行{told.zh}", f"the line {told.en}"),
        remedy=Text("按会计科目表更正预算科目，并与账上的科目一致", "put the line on the account of the chart"),
        evidence=[version.evidence(told), *extra],
        certainty=Certainty.ESTABLISHED if what in _FACTS else Certainty.LEAD,
    )
