"""印鉴、票据由一人保管：印章管理员同时任出纳、会计或财务负责人。

检查内容
任职登记（officers.csv）中，印章管理员与出纳、会计、财务负责人、主席是同一人而任期在本期内重叠的，列为疑点；两名以上印章管理员
分别保管、其中一人不兼这些职务的，列为较轻的疑点。
依据
《工会会计制度》第十四条：各级工会应当建立健全内部控制制度。《中华人民共和国会计法》第二十五条（一）：记账人员与财物保管人员的
职责权限应当明确，并相互分离、相互制约。
危害
一个人拿着全部印鉴和支票，就能独自把钱取走。
反例
出纳兼管财务专用章和法人章。
正例
财务专用章由财务负责人保管，法人章由专人保管，票据由出纳保管。
参数
无。
局限
登记簿不分各枚印章由谁保管，须看印章交接记录。没有登记印章管理员的报告为未能检查。
"""

from __future__ import annotations

from ledger.register_rows import OfficerRow
from rules.control.posts import POSTS, Term, clashes, terms
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_performed
from rules.rule import Case, rule

_KEEPER = "seal_keeper"
_BARRED = ("cashier", "accountant", "finance", "chair")


@rule(
    code="CTL10",
    name="seals-kept-by-one",
    title=Text("印鉴、票据由一人保管", "Seals and bills kept by one person"),
    severity=Severity.MEDIUM,
    citations=(Citation("accounting-system-2021", "第十四条"), Citation("accounting-law-2024", "第二十五条")),
    needs=("officers",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report keepers of seals who also keep money or books, or sign for it."""
    officers = case.rows(OfficerRow)
    keepers = [t for t in terms(officers, (_KEEPER,)) if t.meets(case.since, case.until)]
    if not keepers:
        return not_performed(
            "registers/officers.csv 没有本期在任的印章管理员（seal_keeper），无法核对",
            "registers/officers.csv has no keeper of seals in office in the period",
        )
    pairs = list(clashes(keepers, terms(officers, _BARRED), case.since, case.until))
    barred = {own.name for own, _ in pairs}
    shared = any(t.name not in barred for t in keepers)
    found: dict[tuple[str, str], tuple[Term, Term]] = {(own.name, other.post): (own, other) for own, other in pairs}
    return examined(len(keepers), [_finding(case, *key, rows, shared) for key, rows in sorted(found.items())])


def _finding(case: Case, name: str, post: str, rows: tuple[Term, Term], shared: bool) -> Finding:
    said = POSTS[post]
    more = "，另有他人保管其他印章" if shared else ""
    told = Text(f"{name} 保管印章，同时任{said.zh}{more}", f"{name} keeps seals and is {said.en}")
    return case.finding(
        name,
        post,
        message=told,
        expected=Text(
            "印鉴由不经手钱款和账目的人分别保管", "seals kept apart by people who handle neither money nor books"
        ),
        found=told,
        remedy=Text("财务专用章与法人章分人保管，办理交接手续", "part the seals between two keepers, on record"),
        evidence=[t.evidence for t in rows],
        severity=Severity.LOW if shared else None,
        related=("ACC04",),
    )
