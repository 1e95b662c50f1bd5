"""离任时未结清的应付款：卸任日仍有余额的往来应付和暂存款。

检查内容
截至卸任日，应付职工薪酬、应付下级经费、其他应付款的每个明细科目按先记先冲计算未结清的凭证；有贷方余额的，每个明细
列一项，写明最早一笔的日期和天数。应付上级经费见 DEP02。
依据
《工会会计制度》附录1第215号科目：核算应付及暂存款项，按对方单位或个人设置明细账；第二十一条：及时进行会计处理。
危害
该付的没付、该转收入的没转，任期内的结余失实；押金、暂存款在交接中说不清。
反例
卸任日“暂收款”贷方余额 12,000.00 元，三年没有变动。
正例
卸任前结清，或在移交清册中列明对方、事由和凭证。
参数
无。
局限
有余额不等于有问题：列出的是须在移交中逐项确认的清单。账龄按先记先冲推算。
"""

from __future__ import annotations

from rules.departure.left_open import left_open
from rules.departure.position import PAYABLES
from rules.finding import Checked, Citation, Kind, Severity, Text
from rules.rule import Case, rule

GROUPS = PAYABLES - {"due_to_higher_union"}


@rule(
    code="DEP04",
    name="departure-payables-open",
    title=Text("离任时未结清的应付款", "Payables open at departure"),
    severity=Severity.LOW,
    citations=(
        Citation("accounting-system-2021", "附录1 第215号科目 二"),
        Citation("accounting-system-2021", "第二十一条"),
    ),
    needs=("officers",),
    kinds=(Kind.DEPARTURE,),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report every sub-account that still holds a balance on the leaving day."""
    return left_open(case, GROUPS, credit=True, related=("CUR06",))
