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
from collections.abc import Iterator

import pandas as pd

from ledger.accounts import components
from ledger.money import shown_yuan
from ledger.rows import records
from rules.budget.execution import BudgetLine, execution
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.rule import Case, evidence_of, rule

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
    rows = case.activity
    spent = rows[(rows["element"] == "expense") & (rows["group"] != _APART)]
    if spent.empty:
        return not_applicable("本期没有支出", "no expenditure in the period")
    spent = spent.assign(account=spent["account"].astype(str), project=spent["project"].astype(str))
    bare = spent[(spent["fund"].astype(str) == EARMARKED) & (spent["project"] == "")]
    findings = [
        found
        for account, own in bare.groupby("account", sort=True)
        if (found := _bare(case, str(account), own)) is not None
    ]
    findings += _unnamed(case, spent)
    return examined(int(spent["entry"].nunique()), findings, note=_METHOD)


def _bare(case: Case, account: str, rows: pd.DataFrame) -> Finding | None:
    sums = rows.groupby("entry")["amount_fen"].sum()
    total = int(sums.sum())
    if total <= 0:
        return None
    note = Text("专项资金的支出没有写项目", "earmarked spending without a project")
    first = rows.sort_values(["date", "voucher", "amount_fen", "line"]).drop_duplicates("entry")
    evidence = [evidence_of(row, note, amount_fen=abs(int(sums[row["entry"]]))) for row in records(first)]
    shown, money = "—".join(name for _, name in components(account)), shown_yuan(total)
    told = Text(
        f"“{shown}”有 {len(first)} 张凭证、{money} 元专项资金支出没有写项目",
        f"{account}: {money} yuan of earmarked spending in {len(first)} vouchers names no project",
    )
    return _finding(case, ("bare", account), told, limited(evidence, total), Certainty.ESTABLISHED)


def _unnamed(case: Case, spent: pd.DataFrame) -> Iterator[Finding]:
    for year in range(case.since.year, case.until.year + 1):
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        if first < case.since or last > case.until:
            continue
        own = spent[spent["date"].dt.year == year]
        for line in execution(case.facts, year, last):
            if line.element != "expense" or not line.project or line.actual_fen or not line.in_force_fen:
                continue
            accounts = own["account"].astype("object")
            below = own[(accounts == line.account) | accounts.str.startswith(f"{line.account}:")]
            total = int(below.loc[below["project"] == "", "amount_fen"].sum())
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
