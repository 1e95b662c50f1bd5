"""同一发票重复报销：一个发票号码用于几张凭证而合计超过发票金额，或同日同对方同金额同摘要重复列支。

检查内容
一、本期支出凭证所写的发票号码，账上（含以前年度）用于两张以上凭证的：列支合计超过发票登记簿（invoices.csv）金额的列为问题；
登记簿没有这张发票的列为疑点；不超过发票金额的视为分次支付。二、没有发票号码、同日、同对方、同金额、同科目、同摘要的支出凭证
列为疑点。已被红字冲销的部分不计。
依据
《中华人民共和国会计法》第九条：根据实际发生的经济业务事项进行会计核算；第十四条：对不真实、不合法的原始凭证有权不予接受。
《发票管理办法》第二十条：不符合规定的发票，不得作为财务报销凭证。
危害
一张票报两次，多出来的钱进了个人口袋。
反例
发票 1,280.00 元，3 月和 5 月各报销一次。
正例
一张发票分两次付款，合计等于发票金额。
参数
无。
局限
影像相似的票据须由人比对；换票重复报销见 JET10，作废、红冲后入账见 BIL06。
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ledger.money import shown_yuan
from ledger.rows import records
from rules.bookkeeping.invoice_spending import spent_by_invoice
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined, limited, register_evidence
from rules.rule import Case, evidence_of, rule
from rules.text.normalise import normalise

_SAME = ["date", "payee", "account", "said", "spent"]


@rule(
    code="ACC19",
    name="invoice-reimbursed-twice",
    title=Text("同一发票重复报销", "One invoice reimbursed twice"),
    severity=Severity.HIGH,
    citations=(
        Citation("accounting-law-2024", "第九条"),
        Citation("accounting-law-2024", "第十四条"),
        Citation("invoice-measures-2023", "第二十条"),
    ),
)
def check(case: Case) -> Checked:
    """Report invoices on several vouchers for more than their amount, and vouchers that repeat without an invoice."""
    spent = spent_by_invoice(case)
    inside = spent[spent["date"] >= pd.Timestamp(case.since)]
    if inside.empty:
        return not_applicable("本期没有支出", "no expenditure in the period")
    findings = []
    again = spent[(spent["invoice"] != "") & spent.duplicated("invoice", keep=False)]
    current = set(inside["invoice"])
    for invoice, own in again.groupby("invoice", sort=True):
        if invoice in current and (found := _repeated(case, str(invoice), own)) is not None:
            findings.append(found)
    findings += _alike(case, inside[inside["invoice"] == ""])
    return examined(len(inside), findings)


def _repeated(case: Case, invoice: str, own: pd.DataFrame) -> Finding | None:
    total, most = int(own["spent"].sum()), int(own["spent"].max())
    listed = _listed(case, invoice)
    worth = None if listed is None else int(listed["amount_fen"])
    if worth is not None and total <= worth:
        return None
    excess = total - (most if worth is None else worth)
    note = Text(f"发票 {invoice} 在此列支", "the invoice is booked here")
    evidence = [evidence_of(row, note, amount_fen=int(row["spent"])) for row in records(own)]
    if listed is not None:
        evidence.append(register_evidence("invoices", listed, Text("发票登记", "the register of invoices"), worth))
    names = joined([str(voucher) or "（无字号）" for voucher in own["voucher"]])
    known = "登记簿没有这张发票" if worth is None else f"发票金额 {shown_yuan(worth)} 元"
    return _finding(
        case,
        ("invoice", invoice),
        Text(
            f"发票 {invoice} 用于 {len(own)} 张凭证（{names}），合计列支 {shown_yuan(total)} 元，{known}",
            f"invoice {invoice} stands on {len(own)} vouchers, {shown_yuan(total)} yuan in all",
        ),
        evidence,
        excess,
        Certainty.LEAD if worth is None else Certainty.ESTABLISHED,
    )


def _listed(case: Case, invoice: str) -> pd.Series | None:
    register = case.facts.registers.get("invoices")
    if register is None:
        return None
    found = register[register["invoice"].astype(str).str.strip() == invoice]
    return None if found.empty else found.sort_values(["amount_fen", "date", "line"]).iloc[-1]


def _alike(case: Case, bare: pd.DataFrame) -> Iterator[Finding]:
    if bare.empty:
        return
    told = bare["narration"].map(normalise).astype(str)
    about = told + bare["list"].astype(str) + bare["month_of"].astype(str)
    rows = bare.assign(said=about, payee=bare["payee"].astype(str))
    rows = rows[(rows["payee"] != "") & rows.duplicated(_SAME, keep=False)]
    for _, own in rows.groupby(_SAME, sort=True):
        first, count = own.iloc[0], len(own)
        fen, at, payee = int(first["spent"]), f"{first['date']:%Y-%m-%d}", str(first["payee"])
        note = Text("同日同对方同金额同摘要", "the same day, payee, amount and words")
        money = shown_yuan(fen)
        yield _finding(
            case,
            ("alike", at, payee, str(first["account"]), str(first["said"]), str(fen)),
            Text(
                f"{at} 付{payee} {money} 元“{first['narration']}”列支 {count} 次，都没有发票号码",
                f"{at}: {money} yuan to {payee} booked {count} times without an invoice number",
            ),
            [evidence_of(row, note, amount_fen=fen) for row in records(own)],
            fen * (count - 1),
            Certainty.LEAD,
        )


def _finding(
    case: Case, key: tuple[str, ...], told: Text, evidence: list[Evidence], excess: int, certainty: Certainty
) -> Finding:
    return case.finding(
        *key,
        message=told,
        expected=Text("一张发票的列支合计不超过发票金额", "an invoice is booked for no more than its amount"),
        found=told,
        remedy=Text("核对原件和付款流水，重复报销的追回冲销", "compare originals and payments; get back what was paid"),
        evidence=limited(evidence),
        amount_fen=excess,
        certainty=certainty,
        severity=None if certainty is Certainty.ESTABLISHED else Severity.MEDIUM,
        related=("BIL06", "JET10"),
    )
