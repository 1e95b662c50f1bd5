"""大额项目无目标、无验收：达到规定金额的预算项目没有写明目标，年末也没有验收或绩效材料。

检查内容
每年写明项目、期末生效金额达到规定数的支出预算，按项目合计后逐个看：一、预算的事由空白或只写“年初预算”“预算调整”，决议、
活动计划、合同的事由里也没有这个项目名的，为没有目标；二、期间含年末、当年有支出的项目，凭证摘要、附件名和提到该项目的
决议里没有验收、绩效等用语的，为没有验收。一个项目列一项疑点。
依据
《工会预算管理办法》（总工办发〔2019〕26号）：支出预算按基本支出和项目支出编制，讲求绩效（内容凭一般知识，原文未核）。
危害
花了钱不知道办成了什么，下年照样再花。
反例
“岗位练兵技术比武”预算 84,000.00 元，没有方案和目标，也没有验收总结。
正例
委员会决议通过项目方案，项目结束后有验收或绩效材料，凭证写明。
参数
budget.project_threshold 须设目标并验收的项目金额（元），由上级或本单位规定，须在账套的 [[standards]] 写明。
局限
按用语和登记簿判断，只作疑点；验收材料没有扫描入账的须看原件。跨年项目当年末没有验收的可以说明进度。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from ledger.money import shown_yuan
from ledger.register_rows import ActivityRow, ContractRow, ResolutionRow, register_of
from rules.budget.disputed import dispute_texts
from rules.budget.execution import flows
from rules.budget.lines import SPENDING, BudgetVersion, budget_years, in_force, outermost, versions_of
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.law import ParameterValue
from rules.rule import Case, rule
from rules.text.match import match
from rules.text.normalise import normalise

_IDLE_WORDS = ("", "年初预算", "预算调整", "年度预算", "调整预算")
_TOPICS: Mapping[type[Any], Callable[[Any], str]] = MappingProxyType(
    {
        ResolutionRow: attrgetter("topic"),
        ActivityRow: attrgetter("activity"),
        ContractRow: attrgetter("topic"),
    }
)
_NO_GOALS = Text("没有写明目标", "no goals")
_NO_ACCEPTANCE = Text("没有验收或绩效材料", "no acceptance or results")


@rule(
    code="BUD13",
    name="project-without-goals",
    title=Text("大额项目无目标、无验收", "Large project without goals or acceptance"),
    severity=Severity.LOW,
    citations=(Citation("budget-measures-2019", "讲求绩效（条号未核对）"),),
    parameters=("budget.project_threshold",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report large budgeted projects without goals, or without acceptance at the year's end."""
    findings: list[Finding] = []
    untested: list[Text] = []
    tested = 0
    for year in budget_years(case.facts, case.since, case.until):
        end = min(case.until, datetime.date(year, 12, 31))
        lines = in_force(versions_of(case.facts, year), end)
        projects: dict[str, list[BudgetVersion]] = defaultdict(list)
        for key in outermost(lines):
            if key.project and lines[key].element == SPENDING:
                projects[key.project].append(lines[key])
        if not projects:
            continue
        limit = case.value("budget.project_threshold", end)
        for project, own in sorted(projects.items()):
            keys = {line.key for line in own}
            if doubts := dispute_texts(year, [v for v in versions_of(case.facts, year) if v.key in keys]):
                untested += doubts
                continue
            amount = sum(line.amount_fen for line in own)
            tested += 1
            if amount < limit.fen:
                continue
            faults = [] if _has_goals(case, project, own) else [_NO_GOALS]
            if end == datetime.date(year, 12, 31) and _unaccepted(case, year, project):
                faults.append(_NO_ACCEPTANCE)
            if faults:
                findings.append(_finding(case, year, project, own, faults, limit))
    if not tested and not untested:
        return not_applicable("本期预算没有写明项目的支出", "no budgeted projects in the period")
    return examined(tested, findings, untested)


def _topics(case: Case, project: str) -> list[str]:
    """Return the topics of resolutions, planned activities and contracts that speak of a project."""
    name = normalise(project)
    known = [kind for kind in _TOPICS if register_of(kind) in case.facts.registers]
    return [text for kind in known for row in case.rows(kind) if name in normalise(text := _TOPICS[kind](row))]


def _has_goals(case: Case, project: str, own: list[BudgetVersion]) -> bool:
    told = any(line.reason.strip() not in _IDLE_WORDS for line in own)
    return told or bool(_topics(case, project))


def _unaccepted(case: Case, year: int, project: str) -> bool:
    """Tell whether a project spent in a year and no text about it speaks of acceptance or results."""
    spent = [line for line in flows(case.facts, year, datetime.date(year, 12, 31), SPENDING) if line.project == project]
    if not spent:
        return False
    texts = [text for line in spent for text in (line.head.narration, line.head.documents)]
    known = dict.fromkeys([*texts, *_topics(case, project)])
    return not any(match(text, "acceptance", spent[-1].date) for text in known)


def _finding(
    case: Case, year: int, project: str, own: list[BudgetVersion], faults: list[Text], limit: ParameterValue
) -> Finding:
    amount = shown_yuan(sum(line.amount_fen for line in own))
    told = Text("，".join(f.zh for f in faults), " and ".join(f.en for f in faults))
    return case.finding(
        str(year),
        project,
        message=Text(
            f"{year} 年项目“{project}”预算 {amount} 元，达到 {shown_yuan(limit.fen)} 元，{told.zh}",
            f"project {project} of {year}, {amount} yuan: {told.en}",
        ),
        expected=Text("大额项目事先有目标，事后有验收", "goals before, acceptance after"),
        found=told,
        remedy=Text("补齐项目方案、目标和验收材料，凭证写明", "supply plan, goals and acceptance"),
        evidence=[line.evidence(Text("项目预算", "the project's budget")) for line in own],
        parameters=(limit,),
    )
