"""以白条、收据代替发票：向经营者付款，凭证或发票登记簿写明的单据是白条或收据，或者根本没有登记发票。

检查内容
一、支出凭证（或发票登记簿）写明单据种类为白条、收据的，逐张列出：收款方或开票方像经营者（公司、商店、酒店等）的为问题，
其余为疑点；二、向经营者付款而凭证没有任何发票号的，按收款方每年并作一项，为疑点。账簿从不登记发票号的，第二项报告为未能检查。
依据
《中华人民共和国发票管理办法》第十九条：支付款项应当向收款方取得发票；第二十条：不符合规定的发票不得作为财务报销凭证；
第二十三条第一款（五）：不得以其他凭证代替发票使用。
危害
没有发票，交易是否真实、金额是否属实无从证明，是虚报支出最便利的办法。
反例
向某商店购买活动用品 1,860.00 元，附件是手写收据。
正例
取得该商店开具的数电普票，凭证写明发票号。
参数
无。
局限
2023年7月20日以前适用修订前的办法，原文未读到，只作疑点。行政事业性收费、会费等使用财政票据的不在此列。向农户等个人零星收购
的单据须人工判断。没有附件见 ACC05。
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.expenditure.purchases import (
    bought_from_firms,
    net_spending,
    number_of,
    party_of,
    spending_evidence,
    told_purchase,
)
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.invoices.booked import certainty_on, invoice_register
from rules.invoices.grouped import by_year, one_finding
from rules.invoices.parties import is_firm
from rules.rule import Case, rule

SLIPS = ("白条", "收据")


@rule(
    code="BIL02",
    name="slips-for-invoices",
    title=Text("以白条、收据代替发票", "Slips instead of invoices"),
    severity=Severity.HIGH,
    citations=(
        Citation("invoice-measures-2023", "第十九条"),
        Citation("invoice-measures-2023", "第二十条"),
        Citation("invoice-measures-2023", "第二十三条"),
    ),
)
def check(case: Case) -> Checked:
    """Report spending supported by slips, and purchases from firms without any invoice."""
    spent = net_spending(case)
    if not spent:
        return not_applicable("本期没有支出", "no spending in the period")
    known = invoice_register(case) or {}
    listed = {row.invoice: row.type for row in known.values() if row.type in SLIPS}
    slips = [line for line in spent if line.invoice_type in SLIPS or line.invoice in listed]
    findings = [_slip(case, line, listed) for line in slips]
    bare = [line for line in bought_from_firms(case) if not line.invoice and line.invoice_type not in SLIPS]
    untested: tuple[Text, ...] = ()
    if not bare:
        pass
    elif any(line.invoice for line in case.facts.booked.postings):
        findings += [_without(case, year, party, own) for year, (party,), own in by_year(bare, party_of)]
    else:
        zh = f"账簿从未登记发票号，{len(bare)} 张向经营者付款的凭证有没有发票无法检查"
        untested = (Text(zh, f"the book names no invoices: {len(bare)} purchases not checked"),)
    return examined(len(spent), findings, untested)


def _slip(case: Case, line: PostingRow, listed: Mapping[str, str]) -> Finding:
    kind = line.invoice_type if line.invoice_type in SLIPS else listed[line.invoice]
    firm = is_firm(line.invoice_seller) or is_firm(line.head.payee)
    paid, money = told_purchase(line, party_of(line)), shown_yuan(line.amount_fen)
    said = Text(f"单据种类是“{kind}”", f"the document is a slip ({kind})")
    return case.finding(
        number_of(line),
        kind,
        message=Text(f"{paid.zh}，单据是{kind}，不是发票", f"{paid.en} on a slip ({kind}), no invoice"),
        expected=Text("向收款方取得合规的发票", "an invoice from the payee"),
        found=Text(f"{kind}，{money} 元", f"a slip, {money} yuan"),
        remedy=Text(
            "要求收款方补开发票；不能补开的说明情况，查明交易是否真实",
            "have the payee issue an invoice, or establish that the purchase was real",
        ),
        evidence=(spending_evidence(line, said),),
        amount_fen=line.amount_fen,
        certainty=certainty_on(case, line.head.event_date) if firm else Certainty.LEAD,
        related=("EXP47",),
    )


def _without(case: Case, year: int, party: str, lines: Sequence[PostingRow]) -> Finding:
    money = shown_yuan(net_fen(lines))
    return one_finding(
        case,
        str(year),
        "none",
        party,
        lines=lines,
        message=Text(
            f"{year} 年向{party}付款 {len(lines)} 笔共 {money} 元，凭证没有登记发票",
            f"{len(lines)} payments to {party} in {year}, {money} yuan, name no invoice",
        ),
        expected=Text("向收款方取得发票并在凭证上写明号码", "an invoice from the payee, named on the voucher"),
        found=Text(f"{len(lines)} 张凭证没有发票号", f"{len(lines)} vouchers without the number of an invoice"),
        remedy=Text(
            "查看附件：有发票的补登号码，没有的补开", "look at the attachments: note the number, or get an invoice"
        ),
        note=Text("凭证没有写发票号", "the voucher names no invoice"),
        certainty=Certainty.LEAD,
        related=("ACC05",),
    )
