"""预算调整次数过多或未走程序：一年内调整次数超过规定，或调整缺少通过、审查、批准，或先生效后审批。

检查内容
同一天生效的调整算一次。按生效日依次数全年的调整，超过次数上限的列一项；每次调整中，任何一行缺少“工会委员会通过、
经审会审查、上级工会批准”之一的记录，或审批日期晚于生效日的，按次列出。
依据
《中华人民共和国工会法》第四十五条：收支情况由同级经审会审查。《基层工会经费收支管理办法》：
年度预算原则上一年调整一次，调整的编制审批程序与预算编制一致。
危害
频繁调整使预算没有约束力；不走程序的调整等于没有预算。
反例
6 月、9 月、12 月各调整一次；12 月的调整没有经审会审查记录。
正例
7 月调整一次，7 月 5 日委员会通过，7 月 10 日经审会审查，7 月 18 日上级批准并生效。
参数
budget.max_revisions 一年内可以调整预算的次数。
局限
只缺委员会通过或上级工会批准的，因这两项要求的文件原文尚未核对，只列为疑点。审批是否真实须核对会议记录。
"""

from __future__ import annotations

import datetime

from rules.budget.disputed import dispute_texts, disputed
from rules.budget.lines import BudgetVersion, budget_years, versions_of
from rules.budget.procedure import AUDIT_REVIEW, step_faults, told_together
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values, limited
from rules.rule import Case, rule

_LAW = Citation("trade-union-law-2021", "第四十五条")
_MEASURES = Citation("grassroots-funds-2017", "第十六条")


@rule(
    code="BUD03",
    name="revision-procedure-breached",
    title=Text("预算调整次数过多或未走程序", "Budget revised too often or without procedure"),
    severity=Severity.HIGH,
    citations=(_LAW, _MEASURES),
    parameters=("budget.max_revisions",),
)
def check(case: Case) -> Checked:
    """Report revisions beyond the number allowed in a year, and revisions without their procedure."""
    limits = Values(case, "budget.max_revisions")
    findings: list[Finding] = []
    untested: list[Text] = []
    tested = 0
    for year in budget_years(case.facts, case.since, case.until):
        revisions: dict[datetime.date, list[BudgetVersion]] = {}
        made = [v for v in versions_of(case.facts, year) if v.version > 0 and v.date <= case.until]
        unknown = disputed(made)
        untested += dispute_texts(year, made)
        for version in made:
            if version.key not in unknown:
                revisions.setdefault(version.date, []).append(version)
        inside = {day: found for day, found in revisions.items() if day >= case.since}
        tested += len(inside)
        for day, found in inside.items():
            findings += _procedure(case, year, day, found)
        findings += _too_many(case, year, revisions, limits)
    if not tested and not untested:
        return not_applicable("本期没有调整预算", "no budget revision in the period")
    return examined(tested, findings, [*limits.untested, *untested])


def _too_many(
    case: Case, year: int, revisions: dict[datetime.date, list[BudgetVersion]], limits: Values
) -> list[Finding]:
    beyond = []
    for number, day in enumerate(revisions, 1):
        limit = limits.on(day) if day >= case.since else None
        if limit is not None and number > limit.number:
            beyond.append((day, limit))
    if not beyond:
        return []
    count, limit = len(revisions), beyond[-1][1]
    days = "、".join(day.isoformat() for day in revisions)
    evidence = [
        v.evidence(Text(f"{day} 生效的调整（第 {v.version} 版）", f"revision in force on {day}"))
        for day, found in revisions.items()
        for v in found
    ]
    finding = case.finding(
        str(year),
        "count",
        message=Text(
            f"{year} 年度预算调整 {count} 次（{days}），规定一年不超过 {limit.text} 次",
            f"the budget of {year} was revised {count} times ({days}); at most {limit.text} a year",
        ),
        expected=Text(f"一年调整不超过 {limit.text} 次", f"at most {limit.text} revisions a year"),
        found=Text(f"调整 {count} 次", f"{count} revisions"),
        remedy=Text("说明多次调整的原因；今后把调整并作一次", "explain the revisions; gather them into one in future"),
        evidence=limited(evidence),
        parameters=(limit,),
        severity=Severity.MEDIUM,
    )
    return [finding]


def _procedure(case: Case, year: int, day: datetime.date, found: list[BudgetVersion]) -> list[Finding]:
    faulty = [(v, faults) for v in found if (faults := step_faults(v))]
    if not faulty:
        return []
    steps = {step: text for _, faults in faulty for step, text in faults.items()}
    told = told_together(steps)
    reviewed_late = AUDIT_REVIEW in steps  # of the steps, the law that was read asks for this one
    finding = case.finding(
        str(year),
        "procedure",
        day.isoformat(),
        message=Text(
            f"{day} 生效的预算调整未走完程序（{len(faulty)} 行）：{told.zh}",
            f"the revision in force on {day} lacks procedure ({len(faulty)} lines): {told.en}",
        ),
        expected=Text(
            "生效之前已由工会委员会通过、经审会审查、上级工会批准",
            "adopted, reviewed by the audit committee and approved before it took effect",
        ),
        found=told,
        remedy=Text("补齐会议和批复记录；确未审批的重新报批", "supply the records, or submit the revision anew"),
        evidence=limited([v.evidence(told_together(f)) for v, f in faulty]),
        certainty=Certainty.ESTABLISHED if reviewed_late else Certainty.LEAD,
        citations=None if reviewed_late else (_MEASURES,),
    )
    return [finding]
