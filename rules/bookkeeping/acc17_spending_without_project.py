"""支出未分基本与项目：专项资金的支出没有写项目，或预算按项目编列而支出没有按项目核算。

检查内容
一、资金来源（fund）为专项（earmarked）的支出没有写项目（project）的，按科目列为问题；二、预算在某科目编列了项目，本年该科目有
支出，而没有一笔写了该项目的，列为疑点（只看本期内满一年的年度）。没有写项目的其他支出视为基本支出。
依据
《工会会计制度》附录1总说明二：各支出类会计科目应当分别按照“基本支出”和“项目支出”进行明细核算，在“项目支出”下按照具体项目
进行明细核算。第二十二条：指定用途的资金按规定的用途专款专用，并单独反映。
危害
项目花了多少、还剩多少说不清，专款被挪作他用看不出来。
反例
上级专项补助的职工书屋经费支出 8,000.00 元，没有写项目。
正例
凭证写明“fund: earmarked”和“project: 职工书屋”。
参数
无。
局限
经济分类“款”级科目不在账套数据里，须由人查看辅助核算。安排预算稳定调节基金不分基本和项目，不查。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter

from ledger.accounts import components
from ledger.journal_rows import PostingRow, sums_by
from ledger.money import shown_yuan
from rules.budget.execution import BudgetLine, execution
from rules.budget.lines import versions_of
from rules.evidence import posting_evidence
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import MOST_EVIDENCE, cut
from rules.indexes import between, whole_years
from rules.rule import Case, rule
from rules.vouchers import first_lines

SYSTEM = "accounting-system-2021"
EARMARKED = "earmarked"
_APART = "stabilisation_fund_arranged"
_METHOD = Text("经济分类“款”级科目不在账套数据里，没有检查", "economic classes are not in the book: not checked")


@rule(
    code="ACC17",
    name="spending-without-project",
    title=Text("支出未分基本与项目及经济分类", "Expenditure without project or economic class"),
    severity=Severity.LOW,
    citations=(Citation(SYSTEM, "附录1 总说明 二"), Citation(SYSTEM, "第二十二条")),
)
def check(case: Case) -> Checked:
    """Report earmarked spending without a project, and budgeted projects that no spending names."""
    spent = case.booked.of("expense")
    if case.booked.on(_APART):
        spent = [line for line in spent if line.group != _APART]
    if not spent:
        return not_applicable("本期没有支出", "no expenditure in the period")
    bare: dict[str, list[PostingRow]] = defaultdict(list)
    for line in [line for line in spent if line.fund == EARMARKED and not line.project]:
        bare[line.account].append(line)
    findings = [found for account, own in sorted(bare.items()) if (found := _bare(case, account, own)) is not None]
    findings += _unnamed(case, spent)
    return examined(len(set(map(attrgetter("entry"), spent))), findings, note=_METHOD)


def _bare(case: Case, account: str, lines: Sequence[PostingRow]) -> Finding | None:
    sums = sums_by(lines, attrgetter("entry"))
    total = sum(sums.values())
    if total <= 0:
        return None
    note = Text("专项资金的支出没有写项目", "earmarked spending without a project")
    first = first_lines(lines)
    evidence = [posting_evidence(line, note, abs(sums[line.entry])) for line in first[:MOST_EVIDENCE]]
    shown, money = "—".join(name for _, name in components(account)), shown_yuan(total)
    told = Text(
        f"“{shown}”有 {len(first)} 张凭证、{money} 元专项资金支出没有写项目",
        f"{account}: {money} yuan of earmarked spending in {len(first)} vouchers names no project",
    )
    return _finding(case, ("bare", account), told, cut(evidence, len(first), total), Certainty.ESTABLISHED)


def _unnamed(case: Case, spent: Sequence[PostingRow]) -> Iterator[Finding]:
    for year in whole_years(case):
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        if not any(version.key.project for version in versions_of(case.facts, year)):
            continue
        bare = (line for line in between(spent, first, last) if not line.project)
        nameless = sums_by(bare, attrgetter("account"))
        for line in execution(case.facts, year, last):
            if line.element != "expense" or not line.project or line.actual_fen or not line.in_force_fen:
                continue
            below = f"{line.account}:"
            total = sum(fen for account, fen in nameless.items() if f"{account}:".startswith(below))
            if total > 0:
                yield _unused(case, year, line, total)


def _unused(case: Case, year: int, line: BudgetLine, total: int) -> Finding:
    account, project = line.account, line.project
    shown, money = "—".join(name for _, name in components(account)), shown_yuan(total)
    told = Text(
        f"{year} 年预算在“{shown}”编列项目“{project}”，全年没有支出写这个项目，同科目未写项目的支出 {money} 元",
        f"{year}: the budget of {account} has project {project}; no spending names it, {money} yuan name none",
    )
    note = Text(f"预算项目“{project}”", f"budgeted project {project}")
    evidence = (Evidence(note, account=account, amount_fen=line.in_force_fen, file=line.file, line=line.line),)
    return _finding(case, ("unnamed", str(year), account, project), told, evidence, Certainty.LEAD)


def _finding(
    case: Case, key: tuple[str, ...], told: Text, evidence: tuple[Evidence, ...], certainty: Certainty
) -> Finding:
    return case.finding(
        *key,
        message=told,
        expected=Text("项目支出按具体项目核算", "project spending kept by project"),
        found=told,
        remedy=Text("逐笔补写项目，核对专款的收支结余", "name the project of each entry, check what is left of it"),
        evidence=evidence,
        certainty=certainty,
        related=("INC20", "BUD01"),
    )
