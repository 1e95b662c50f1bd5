"""大额款项付给个人代替对公支付：发票由单位开具，钱却付给个人。

检查内容
支出凭证的对方是个人（会员、干部，或像姓名的），而发票（凭证所写，没有的取发票登记簿）的销售方是经营者的，同一凭证向同一
销售方的金额超过现金结算起点的，一张凭证一项。
依据
《现金管理暂行条例》第三条：开户单位之间的经济往来，除规定的范围可以使用现金外，应当通过开户银行进行转账结算；第五条：
结算起点。
危害
先由个人垫付再报销，交易对象、价格和时间都脱离监督，便于虚开和抬价。
反例
某干部报销某商店发票 8,600.00 元，款转个人卡。
正例
直接转账给商店；零星小额才由个人垫付。
参数
cash.payment_limit 现金结算起点（元），作为可以对公支付的界限。
局限
公务卡、网购等确需个人垫付的情形须人工判断，一律为疑点。差旅、伙食等本来由个人支付的也会列出。没有写销售方的发票报告为未能检查。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from operator import attrgetter

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from ledger.register_rows import InvoiceRow
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.invoices.booked import invoice_lines, invoice_register
from rules.invoices.grouped import one_finding
from rules.invoices.parties import is_firm, is_person, known_people
from rules.law import ParameterValue
from rules.rule import Case, rule

LIMIT = "cash.payment_limit"


@rule(
    code="CTL12",
    name="persons-paid-for-firms",
    title=Text("大额款项付给个人代替对公支付", "Large payments through persons instead of firms"),
    severity=Severity.MEDIUM,
    citations=(Citation("cash-regulation-2011", "第三条"), Citation("cash-regulation-2011", "第五条")),
    parameters=(LIMIT,),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report payments to persons for what a firm invoiced, over the limit of settlement in cash."""
    people, payees = known_people(case.facts), set(map(attrgetter("head.payee"), invoice_lines(case)))
    persons = {payee for payee in payees if is_person(payee, people)}
    booked = invoice_lines(case) if persons else ()
    lines = [line for line in booked if line.head.payee in persons and line.date >= case.since]
    if not lines:
        return not_applicable("本期没有凭发票付给个人的支出", "nothing was paid to persons on invoices")
    bought = _by_seller(lines, invoice_register(case) or {})
    limits = Values(case, LIMIT)
    findings: list[Finding] = []
    for seller, line in sorted(bought, key=lambda one: (one[1].date, one[1].voucher, one[0])):
        limit = limits.on(line.date) if is_firm(seller) else None
        if limit is not None and line.amount_fen > limit.fen:
            findings.append(_finding(case, seller, line, limit))
    blank = sum(not seller for seller, _ in bought)
    untested = list(limits.untested)
    if blank:
        zh = f"{blank} 张凭发票付给个人的凭证没有写销售方"
        untested.append(Text(zh, f"{blank} vouchers paid to persons name no seller"))
    return examined(len(bought), findings, untested)


def _by_seller(lines: Iterable[PostingRow], known: Mapping[str, InvoiceRow]) -> list[tuple[str, PostingRow]]:
    """Return sellers with a line for what each voucher paid for one: the invoice's own, else the register's."""
    groups: dict[tuple[int, str], list[PostingRow]] = defaultdict(list)
    for line in lines:
        row = known.get(line.invoice)
        groups[line.entry, line.invoice_seller or (row.seller if row else "")].append(line)
    return [(seller, own[0]._replace(amount_fen=net_fen(own))) for (_, seller), own in groups.items()]


def _finding(case: Case, seller: str, line: PostingRow, limit: ParameterValue) -> Finding:
    money, payee = shown_yuan(line.amount_fen), line.head.payee
    said = Text(f"销售方是{seller}，款付给个人{payee}", f"sold by {seller}, paid to {payee}")
    return one_finding(
        case,
        line.voucher,
        seller,
        lines=[line],
        message=Text(
            f"{line.date} 凭证 {line.voucher} 支付 {money} 元，{said.zh}",
            f"{line.date}, voucher {line.voucher}: {money} yuan, {said.en}",
        ),
        expected=Text(
            f"超过 {shown_yuan(limit.fen)} 元直接转账给销售方", f"over {shown_yuan(limit.fen)} yuan, pay the firm"
        ),
        found=said,
        remedy=Text(
            "核对个人垫付凭据和实物；今后对公转账", "check the person's own payment and the goods; pay firms directly"
        ),
        note=said,
        parameters=(limit,),
        related=("EXP47",),
    )
