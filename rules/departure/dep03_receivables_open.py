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

from rules.departure.left_open import left_open
from rules.departure.position import RECEIVABLES
from rules.finding import Checked, Citation, Kind, Severity, Text
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
    return left_open(case, GROUPS, credit=False, related=("CUR01", "CUR02"))
