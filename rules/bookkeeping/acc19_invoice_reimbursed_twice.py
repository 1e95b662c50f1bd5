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

import datetime
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from ledger.register_rows import InvoiceRow
from rules.bookkeeping.invoice_spending import STANDING, spent_by_invoice
from rules.evidence import posting_evidence, register_evidence
from rules.expenditure.purchases import repeated
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined, limited
from rules.rule import Case, rule
from rules.text.normalise import normalise


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
    inside = spent[bisect_left(spent, case.since, key=attrgetter("date")) :]
    if not inside:
        return not_applicable("本期没有支出", "no expenditure in the period")
    findings = []
    again = repeated([line.invoice for line in spent])
    current = {line.invoice for line in inside if line.invoice in again} if again else set()
    for invoice in sorted(current - {""}):
        own = sorted((line for line in spent if line.invoice == invoice), key=_order)
        if found := _repeated(case, invoice, own):
            findings.append(found)
    findings += _alike(case, [line for line in inside if not line.invoice])
    return examined(len(inside), findings)


def _order(line: PostingRow) -> tuple[datetime.date, str, tuple[str, int, int]]:
    return (line.date, line.voucher, STANDING(line))


def _repeated(case: Case, invoice: str, own: Sequence[PostingRow]) -> Finding | None:
    total, most = net_fen(own), max(line.amount_fen for line in own)
    listed = _listed(case, invoice)
    worth = None if listed is None else listed.amount_fen
    if worth is not None and total <= worth:
        return None
    excess = total - (most if worth is None else worth)
    note = Text(f"发票 {invoice} 在此列支", "the invoice is booked here")
    evidence = [posting_evidence(line, note) for line in own]
    if listed is not None:
        evidence.append(register_evidence(listed, Text("发票登记", "the register of invoices"), worth))
    names = joined([line.voucher or "（无字号）" for line in own])
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


def _listed(case: Case, invoice: str) -> InvoiceRow | None:
    if "invoices" not in case.facts.registers:
        return None
    found = (row for row in case.rows(InvoiceRow) if row.invoice.strip() == invoice)
    return max(found, key=lambda row: (row.amount_fen, row.date or datetime.date.max, row.line), default=None)


def _alike(case: Case, bare: Sequence[PostingRow]) -> Iterator[Finding]:
    groups: dict[tuple[datetime.date, str, str, str, int], list[PostingRow]] = {}
    for line in bare:
        if line.head.payee:
            said = normalise(line.head.narration) + line.list + line.month_of
            groups.setdefault((line.date, line.head.payee, line.account, said, line.amount_fen), []).append(line)
    for (day, payee, account, said, fen), own in sorted(group for group in groups.items() if len(group[1]) > 1):
        own.sort(key=_order)
        first, count, at = own[0], len(own), day.isoformat()
        note = Text("同日同对方同金额同摘要", "the same day, payee, amount and words")
        money = shown_yuan(fen)
        yield _finding(
            case,
            ("alike", at, payee, account, said, str(fen)),
            Text(
                f"{at} 付{payee} {money} 元“{first.head.narration}”列支 {count} 次，都没有发票号码",
                f"{at}: {money} yuan to {payee} booked {count} times without an invoice number",
            ),
            [posting_evidence(line, note) for line in own],
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
