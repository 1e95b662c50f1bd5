"""预算未经审查批准：年初预算缺少通过、审查或批准，先生效后审批，或全年没有预算。

检查内容
年初预算（第 0 版）每一行是否有工会委员会通过、经审会审查、上级工会批准三项记录，且都不晚于生效日；每种缺项列一项。
有支出而账套没有该年度预算的列为疑点。
依据
《中华人民共和国工会法》第四十五条：工会建立预算、决算和经费审查监督制度，经费收支由同级经费审查委员会审查。
《基层工会经费收支管理办法》：年度预算须经同级工会委员会和经审会审查同意，报上级主管工会批准。
危害
没有审查批准的预算不是支出的依据，经审会的事前监督落空。
反例
2025 年预算 1 月 18 日生效，没有经审会审查日期。
正例
1 月 8 日委员会通过，1 月 12 日经审会审查，1 月 18 日上级批准并生效。
参数
无。
局限
缺委员会通过或上级工会批准的，因这两项要求的文件原文尚未核对，只列为疑点。账套没有预算可能只是没有录入，也列为疑点。
"""

from __future__ import annotations

import datetime
from itertools import chain

from ledger.journal_rows import net_fen
from rules.budget.disputed import dispute_texts, disputed
from rules.budget.execution import movements, oldest_first
from rules.budget.lines import BudgetVersion, budget_years, versions_of
from rules.budget.procedure import AUDIT_REVIEW, STEPS, step_faults
from rules.evidence import posting_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.rule import Case, rule

_LAW = Citation("trade-union-law-2021", "第四十五条")
_MEASURES = Citation("grassroots-funds-2017", "第三条")


@rule(
    code="BUD05",
    name="budget-not-reviewed",
    title=Text("预算未经审查批准", "Budget not reviewed or approved"),
    severity=Severity.HIGH,
    citations=(_LAW, _MEASURES),
)
def check(case: Case) -> Checked:
    """Report a year's budget without adoption, audit review or approval in time, and a year without a budget."""
    findings: list[Finding] = []
    untested: list[Text] = []
    tested = 0
    for year in budget_years(case.facts, case.since, case.until):
        versions = [v for v in versions_of(case.facts, year) if v.version == 0]
        if versions:
            unknown = disputed(versions)
            untested += dispute_texts(year, versions)
            versions = [v for v in versions if v.key not in unknown]
            tested += len(versions)
            findings += _steps(case, year, versions)
            continue
        until = min(case.until, datetime.date(year, 12, 31))
        spent = oldest_first(chain(*movements(case.facts, year, until).values()))
        if spent:
            tested += 1
            total = max(0, net_fen(spent))
            note = Text("没有预算而发生的支出", "spent without any budget")
            findings.append(
                case.finding(
                    str(year),
                    "none",
                    message=Text(
                        f"账套没有 {year} 年度年初预算，而该年度已有支出",
                        f"the book holds no budget of {year}, yet money was spent",
                    ),
                    expected=Text("年度收支全部纳入经审查批准的预算", "a reviewed and approved budget of the year"),
                    found=Text("没有年初预算（第 0 版）", "no budget of the year's beginning (version 0)"),
                    remedy=Text(
                        "确有预算的录入账套并附审批记录；没有编制的说明原因、追究责任",
                        "enter the budget with its approvals, or explain why there was none",
                    ),
                    evidence=limited([posting_evidence(m, note) for m in spent], total),
                    amount_fen=total,
                    certainty=Certainty.LEAD,
                    related=("BUD01",),
                )
            )
    if not tested and not untested:
        return not_applicable("本期没有预算，也没有支出", "neither a budget nor spending in the period")
    return examined(tested, findings, untested)


def _steps(case: Case, year: int, versions: list[BudgetVersion]) -> list[Finding]:
    findings = []
    for step, name in STEPS.items():
        faulty = [(v, faults[step]) for v in versions if step in (faults := step_faults(v))]
        if not faulty:
            continue
        told = faulty[0][1]
        findings.append(
            case.finding(
                str(year),
                step,
                message=Text(
                    f"{year} 年度预算{told.zh}（{len(faulty)} 行，共 {len(versions)} 行）",
                    f"the budget of {year}: {told.en} ({len(faulty)} of {len(versions)} lines)",
                ),
                expected=Text(f"生效之前已经{name.zh}", f"{name.en} before it took effect"),
                found=told,
                remedy=Text(
                    f"补充{name.zh}的会议记录或批复；确未办理的补办并说明",
                    f"supply the record of {name.en}; where it never took place, make up for it and explain",
                ),
                evidence=limited([v.evidence(text) for v, text in faulty]),
                certainty=Certainty.ESTABLISHED if step == AUDIT_REVIEW else Certainty.LEAD,
                citations=None if step == AUDIT_REVIEW else (_MEASURES,),
            )
        )
    return findings
