"""利息、捐赠、处置收入未入账：银行收到了钱，账上没有。

检查内容
银行流水中摘要命中“利息、捐赠、变价收款用语”的收款，账上自收款当月起没有同一账户同一金额的借方记录的，列一项。
该账户本期银行收款合计超过账上借方合计、差额不小于这笔金额的，列为问题；否则可能与其他款项合并入账，列为疑点。
依据
《工会会计制度》附录1第102号科目三(四)：收到银行存款利息，借记银行存款，贷记其他收入；第408号科目一、三。《中华人民共和国会计法》
第十六条：各项经济业务事项应当在依法设置的会计账簿上统一登记、核算。
危害
收入不入账就是小金库的来源。
反例
3 月 21 日银行结息 1,604.55 元，账上没有这笔收入。
正例
收到利息当月借记银行存款，贷记其他收入——利息收入。
参数
无；词表在 rules/words/bank_income.toml。
局限
只看银行流水登记簿中的账户；直接收现金的看不到。账上已处置而没有变价收入的由 AST09 检查。
"""

from __future__ import annotations

from ledger.money import shown_yuan
from rules.evidence import register_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_performed
from rules.income.bank_receipts import Unbooked, bank_rows, unbooked
from rules.rule import Case, rule
from rules.text.match import told

SYSTEM = "accounting-system-2021"


@rule(
    code="INC16",
    name="interest-not-booked",
    title=Text("利息、捐赠、处置收入未入账", "Interest, donations or disposal proceeds not booked"),
    severity=Severity.HIGH,
    citations=(
        Citation(SYSTEM, "附录1 第102号科目 三(四)"),
        Citation(SYSTEM, "附录1 第408号科目 三(二)"),
        Citation("accounting-law-2024", "第十六条"),
    ),
    needs=("bank",),
)
def check(case: Case) -> Checked:
    """Report receipts of interest, donations and proceeds at the bank that the books never took."""
    if next(bank_rows(case), None) is None:
        return not_performed("银行流水登记簿没有本期的记录", "the bank register holds nothing of the period")
    found, count = unbooked(case, "bank_income")
    return examined(count, [receipt_finding(case, one, ("INC09", "AST09")) for one in found])


def receipt_finding(case: Case, one: Unbooked, related: tuple[str, ...]) -> Finding:
    """Return the finding that one receipt at the bank makes which the books do not show."""
    row, money, why = one.row, shown_yuan(one.fen), told(one.matches)
    return case.finding(
        row.account,
        one.day.isoformat(),
        row.serial,
        money,
        message=Text(
            f"{one.day} 银行收到“{row.payer_payee}”{money} 元，账上没有同额入账：{why.zh}",
            f"{one.day}: {money} yuan received at the bank, not in the books: {why.en}",
        ),
        expected=Text("收到当月入账，记相应的收入", "booked as income in the month it came"),
        found=Text(
            "没有入账" if one.missing else "没有同额入账，是否合并入账待核",
            "not booked" if one.missing else "no entry of this amount; it may be booked with others",
        ),
        remedy=Text("补记收入；查明款项是否另有去向", "book the income; find whether the money went elsewhere"),
        evidence=(register_evidence(row, why, one.fen),),
        amount_fen=one.fen,
        certainty=Certainty.ESTABLISHED if one.missing else Certainty.LEAD,
        related=related,
    )
