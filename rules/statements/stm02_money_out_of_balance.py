"""资金与其来源不等：货币资金和往来款，对不上资金类净资产。

检查内容
期末（审计期间最后一日）比较两边：
货币资金＋财政额度＋应收款项－负债＝专用基金＋结转＋结余＋预算稳定调节基金＋尚未结转的收支差额。
待处理财产损溢中“处理净收入”的部分计入资金一边。差一分钱也报告。
2022年以前的账按当时的科目：库存物品、借出款也在资金一边，净资产为专用基金、后备金和结余。
依据
《工会会计制度》（财会〔2021〕7号）第五十条：净资产是资产减去负债后的余额；第五十一条：非货币性资产占用的部分单列资产基金。
其余净资产因此都有货币资金或债权与之对应。
危害
差额等于资金被资产占用而没有冲减结余，或者结余已经没有钱与之对应：可用资金被高估。
反例
对外投资 10,000.00 元只记借投资、贷银行存款，没有冲减工会资金结余，也没有增加资产基金。
正例
对外投资：借记投资、贷记资产基金——投资；同时借记工会资金结余——累计结余、贷记银行存款。
参数
无。
局限
只看期末余额；两边同时漏记的看不出来。账套有会计科目表以外的科目时，其余额使两边不等，列入证据。
与 STM01 常为同一原因，金额不要重复相加。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.finding import Certainty, Checked, Citation, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.rule import Case, rule
from rules.statements.identities import CLASSES_2021, account_evidence, position

_OLD = (
    Citation("accounting-system-2009", "第三十一条"),
    Citation("accounting-system-2009", "第331号科目"),
)


@rule(
    code="STM02",
    name="money-out-of-balance",
    title=Text("资金与其来源不等", "Money out of balance with the funds it stands for"),
    severity=Severity.HIGH,
    citations=(
        Citation("accounting-system-2021", "第五十条"),
        Citation("accounting-system-2021", "第五十一条"),
    ),
)
def check(case: Case) -> Checked:
    """Report that money and claims less debts differ from the funds they stand for at the period's end."""
    held = position(case.facts, case.until)
    if not held.balances:
        return not_applicable("期末以前账套没有凭证", "the book holds no voucher up to the period's end")
    if not held.money_gap:
        return examined(1)
    gap, day = abs(held.money_gap), case.until.isoformat()
    money, funds = shown_yuan(held.money), shown_yuan(held.money_funds)
    outside = held.on("") or [balance for balance in held.balances if balance.element in ("assets", "net_assets")]
    finding = case.finding(
        day,
        message=Text(
            f"{day}：货币资金与往来款净额 {money} 元，与其对应的净资产（含未结转收支差额）{funds} 元，"
            f"相差 {shown_yuan(gap)} 元",
            f"{day}: money and claims less debts {money} yuan, the funds they stand for {funds} yuan, "
            f"{shown_yuan(gap)} yuan apart",
        ),
        expected=Text("两边相等", "both sides are equal"),
        found=Text(f"相差 {shown_yuan(gap)} 元", f"{shown_yuan(gap)} yuan apart"),
        remedy=Text(
            "查明差额对应的凭证：资产购置、投资、折旧是否两边都记，是否用了科目表以外的科目",
            "find the vouchers: purchases, investment or depreciation booked on one side, or accounts off the chart",
        ),
        evidence=limited(account_evidence(case.facts, outside)),
        amount_fen=gap,
        certainty=Certainty.LEAD if held.undivided else Certainty.ESTABLISHED,
        citations=None if held.classes is CLASSES_2021 else _OLD,
        related=("STM01", "AST03"),
    )
    return examined(1, [finding])
