"""任期内超预算：离任主席任期各年度的支出超过凭证当日生效的预算。

检查内容
对任期涉及的各年度，按 BUD02 的办法逐张重放支出，列出任期内使预算行超支的情形。
依据
《中华人民共和国工会法》第四十五条：建立预算、决算和经费审查监督制度；《基层工会经费收支管理办法》：严禁超预算使用经费。
危害
预算失去约束，超支没有经过审议和审查。
反例
任期第二年会员活动支出超预算 5,300.00 元，没有调整预算。
正例
先调整预算，后支出。
参数
无。
局限
与各年年度审计的 BUD02 重复的，金额不另计。任期只占年度一部分的，全年预算与年初以来的累计支出比较。
"""

from __future__ import annotations

from rules.budget import bud02_spending_over_budget as over_budget
from rules.departure.in_term import over_term
from rules.finding import Checked, Citation, Kind, Severity, Text
from rules.rule import Case, rule


@rule(
    code="DEP09",
    name="term-over-budget",
    title=Text("任期内超预算", "Over budget in the term"),
    severity=Severity.MEDIUM,
    citations=(Citation("trade-union-law-2021", "第四十五条"),),
    needs=("officers",),
    kinds=(Kind.DEPARTURE,),
)
def check(case: Case) -> Checked:
    """Report what BUD02 reports, over the chair's whole term."""
    return over_term(case, over_budget.check)
