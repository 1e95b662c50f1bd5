"""离任时未结清的应收款：卸任日仍有余额的往来应收、备用金和借款。

检查内容
截至卸任日，应收上下级经费、其他应收款的每个明细科目按先记先冲计算未结清的凭证；有借方余额的，每个明细列一项，写明
最早一笔的日期和天数。
依据
《工会会计制度》附录1第135号科目四：对其他应收及暂付款项严格控制，健全手续，及时清理，不得长期挂账。
危害
个人借款、备用金在交接中无人追讨，形成损失。
反例
卸任日“张某备用金”借方余额 5,000.00 元，挂账 700 日。
正例
卸任前全部结清，确不能结清的列入移交清册并由债务人确认。
参数
无。
局限
有余额不等于有问题：列出的是须在移交中逐项确认的清单。账龄按先记先冲推算。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.departure.open_items import OpenItem, open_items
from rules.departure.position import RECEIVABLES, Term, find_term, no_term
from rules.finding import Checked, Citation, Finding, Kind, Severity, Text, examined
from rules.gather import limited
from rules.rule import Case, rule

GROUPS = RECEIVABLES


@rule(
    code="DEP03",
    name="departure-receivables-open",
    title=Text("离任时未结清的应收款", "Receivables open at departure"),
    severity=Severity.LOW,
    citations=(Citation("accounting-system-2021", "附录1 第135号科目 四"),),
    needs=("officers",),
    kinds=(Kind.DEPARTURE,),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report every sub-account that still holds a balance on the leaving day."""
    term = find_term(case)
    if term is None:
        return no_term(case)
    items, tested = open_items(case.facts, GROUPS, term.leaving, credit=False)
    return examined(tested, [_finding(case, term, item) for item in items])


def _finding(case: Case, term: Term, item: OpenItem) -> Finding:
    money, days = shown_yuan(item.balance_fen), item.days(term.leaving)
    return case.finding(
        term.subject,
        item.account,
        message=Text(
            f"{term.leaving} 离任时“{item.name}”借方余额 {money} 元，最早 {item.oldest} 发生，已 {days} 日",
            f"{item.account}: {money} yuan open on {term.leaving}, oldest of {item.oldest} ({days} days)",
        ),
        expected=Text("离任前结清，或列入移交清册", "settled before departure, or listed in the handover"),
        found=Text(f"借方余额 {money} 元，{len(item.parts)} 笔未结清", f"{money} yuan in {len(item.parts)} entries"),
        remedy=Text(
            "逐笔查明对方和事由，结清或由对方书面确认后移交",
            "find counterparty and cause of each entry; settle it or hand it over with a written confirmation",
        ),
        evidence=limited(item.parts, item.balance_fen),
        amount_fen=item.balance_fen,
        related=("CUR01", "CUR02"),
    )
