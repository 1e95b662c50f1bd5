"""经审委员兼任财务或主席：经费审查委员会的成员同时担任主席、副主席、财务负责人、会计、出纳或资产管理员。

检查内容
任职登记（officers.csv）中，经审会主任、委员与主席、副主席、财务负责人、会计、出纳、资产管理员是同一人，而任期在本期内重叠的，
按人和职务列出。
依据
《中华人民共和国工会法》第四十五条：各级工会经费收支情况应当由同级工会经费审查委员会审查。《工会经费审查委员会工作条例》
（原文未核）：主席、分管财务的副主席和财务、资产管理人员不得担任经审会委员。
危害
自己审自己，审查形同虚设。
反例
工会会计兼任经审会委员。
正例
经审会委员都不经手工会的钱、账、物。
参数
无。
局限
副主席是否分管财务登记簿看不出来，列为较轻的疑点。姓名相同的不同人须由人分辨。
"""

from __future__ import annotations

from collections import defaultdict

from ledger.register_rows import OfficerRow
from rules.control.posts import AUDIT, POSTS, Term, clashes, terms
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_performed
from rules.rule import Case, rule

_BARRED = ("chair", "vice_chair", "finance", "accountant", "cashier", "asset_keeper")
_MILD = ("vice_chair",)


@rule(
    code="CTL04",
    name="audit-member-conflict",
    title=Text("经审委员兼任财务或主席", "Audit committee member keeps the books or chairs"),
    severity=Severity.HIGH,
    citations=(
        Citation("trade-union-law-2021", "第四十五条"),
        Citation("audit-committee-regulation", "委员任职回避（条号未核对）"),
    ),
    needs=("officers",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report members of the audit committee who hold a post that they would have to audit."""
    officers = case.rows(OfficerRow)
    audit = [t for t in terms(officers, AUDIT) if t.meets(case.since, case.until)]
    if not audit:
        return not_performed(
            "registers/officers.csv 没有本期在任的经审会主任、委员，无法核对兼职",
            "registers/officers.csv has no member of the audit committee in office in the period",
        )
    others = terms(officers, _BARRED)
    found: dict[tuple[str, str], dict[int, Term]] = defaultdict(dict)
    for own, other in clashes(audit, others, case.since, case.until):
        found[own.name, other.post].update({t.row.line: t for t in (own, other)})
    return examined(len(audit), [_finding(case, *key, list(rows.values())) for key, rows in sorted(found.items())])


def _finding(case: Case, name: str, post: str, rows: list[Term]) -> Finding:
    own = next(t for t in rows if t.post != post)
    said, seat = POSTS[post], POSTS[own.post]
    told = Text(f"{name} 任{seat.zh}，同时任{said.zh}", f"{name} is {seat.en} and {said.en} at once")
    return case.finding(
        name,
        post,
        message=told,
        expected=Text("经审会成员不兼主席和财务、资产职务", "members of the audit committee hold none of these posts"),
        found=told,
        remedy=Text("调整任职，由会员（代表）大会改选经审会委员", "change posts; have the congress elect another"),
        evidence=[t.evidence for t in rows],
        severity=Severity.MEDIUM if post in _MILD else None,
        related=("CTL05", "ACC03"),
    )
