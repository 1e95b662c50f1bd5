"""小组、协会经费账外存放：活动经费整笔拨给协会、工会小组，没有凭发票报账。

检查内容
一、支出凭证的对方是协会、俱乐部、工会小组等，而凭证没有写发票的（整笔下拨）；二、期末其他应收款（135）下协会、小组名下没有
结清的部分。按对方列为疑点。
依据
《中华人民共和国会计法》第十六条：各单位发生的各项经济业务事项应当在依法设置的会计账簿上统一登记、核算。
《工会会计制度》第十七条：以实际发生的经济业务或者事项为依据进行会计处理。
危害
拨出去的钱由小组自行保管开支，结余不回账，成为账外资金。
反例
年初转给羽毛球协会 10,000.00 元列文体活动支出，没有发票。
正例
协会的开支凭发票由工会直接付款，收支都在工会账上。
参数
无；词表在 rules/words/associations.toml。
局限
凭对方名称识别。收取的会费、报名费不入账的，账上看不出来；须查协会的收款码和银行卡。
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from ledger.journal_rows import PostingRow, net_fen, sums_by
from ledger.money import shown_yuan
from rules.departure.open_items import OpenItem, open_items
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.receivables.cur01_receivables_outstanding import GROUPS
from rules.receivables.parties import holder, said
from rules.rule import Case, rule
from rules.text.lists import Field
from rules.text.match import told
from rules.text.search import by_text, vouchers_spent
from rules.vouchers import first_lines

LIST = "associations"


@rule(
    code="CUR09",
    name="group-funds-off-books",
    title=Text("小组、协会经费账外存放", "Funds of groups and associations off the books"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-law-2024", "第十六条"), Citation("accounting-system-2021", "第十七条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report lump sums paid to groups without invoices, and what groups have not accounted for."""
    spent = by_text(case, Field.PAYEE)
    items, accounts = open_items(case.facts, GROUPS, case.until, credit=False)
    tested = vouchers_spent(case) + accounts
    if not tested:
        return not_applicable("本期没有支出和其他应收款", "neither expenditure nor receivables")
    findings = []
    for payee in sorted(payee for payee in spent if said(payee, case.until, LIST)):
        billed = {line.entry for line in spent[payee] if line.invoice}
        own = [line for line in spent[payee] if line.entry not in billed]
        if (found := _lump(case, payee, own)) is not None:
            findings.append(found)
    findings += [_open(case, item) for item in items if said(holder(item.account), case.until, LIST)]
    return examined(tested, findings)


def _lump(case: Case, payee: str, own: Sequence[PostingRow]) -> Finding | None:
    amount = net_fen(own)
    if amount <= 0:
        return None
    why = told(said(payee, case.until, LIST))
    sums = sums_by(own, attrgetter("entry"))
    first = first_lines(own)
    evidence = [posting_evidence(line, why, abs(sums[line.entry])) for line in first]
    money = shown_yuan(amount)
    return _finding(
        case,
        ("lump", payee),
        Text(f"没有发票整笔付给{payee} {len(first)} 次、{money} 元", f"{money} yuan paid to {payee} without invoices"),
        limited(evidence, amount),
        amount,
    )


def _open(case: Case, item: OpenItem) -> Finding:
    money = shown_yuan(item.balance_fen)
    told_ = Text(
        f"{case.until}“{item.name}”{money} 元没有报账，最早 {item.oldest}",
        f"{item.account}: {money} yuan not accounted for on {case.until}, oldest of {item.oldest}",
    )
    # The amount stays with CUR01 once it is old; here it tells how much a group holds.
    return _finding(case, ("open", item.account), told_, limited(item.parts, item.balance_fen), 0)


def _finding(case: Case, key: tuple[str, ...], told_: Text, evidence: tuple[Evidence, ...], amount: int) -> Finding:
    return case.finding(
        *key,
        message=told_,
        expected=Text("协会、小组的收支凭票在工会账上登记", "receipts and payments of groups on the union's books"),
        found=told_,
        remedy=Text(
            "要求交回余款和全部票据，收支并入工会账；改为凭发票直接付款",
            "have the rest and all vouchers handed in, and pay by invoice in future",
        ),
        evidence=evidence,
        amount_fen=amount,
        related=("CUR01", "INC17"),
    )
