"""收款方与开票方不一致：钱付给一家，发票却是另一家开的。

检查内容
一、支出凭证的对方是单位，而发票（凭证所写，没有的取发票登记簿）的销售方是另一个名称的；二、凭证的对方与销售方相同，而银行流水
（bank.csv，按账户、日期和金额唯一对应）的收款人是另一个名称的。按收款方和销售方每年并作一项。两个名称相近、经平台代收、一张
凭证有几家发票的只作疑点。
依据
《中华人民共和国发票管理办法》第十九条：支付款项应当向收款方取得发票；第二十条：不符合规定的发票不得作为财务报销凭证。
危害
票款分离说明交易是假的或借票报销，是虚列支出最硬的线索。
反例
款付某商贸有限公司 18,600.00 元，发票由某文化传媒公司开具。
正例
收款方、销售方、合同对方三者一致。
参数
无；平台见 rules/words/payment_platforms.toml。
局限
2023年7月20日以前适用修订前的办法，只作疑点。付给个人的见 CTL12。总分公司、委托收款须看协议。没有银行流水的只查第一项。
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from operator import attrgetter

from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.expenditure.banked import other_payees
from rules.expenditure.purchases import FISCAL, net_spending
from rules.finding import Certainty, Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.invoices.booked import certainty_on, invoice_register
from rules.invoices.grouped import by_year, one_finding
from rules.invoices.parties import Sameness, is_firm, is_person, known_people, sameness
from rules.rule import Case, rule
from rules.text.lists import Field, word_list
from rules.text.match import match
from rules.text.search import spending

_RECIPIENTS = ("职工", "会员", "员工", "人员", "家属", "学员", "运动员")
_BOOK, _BANK = "book", "bank"
_PAYEE, _SELLER = attrgetter("head.payee"), attrgetter("invoice_seller")
_PAIR = attrgetter("head.payee", "invoice_seller")


@rule(
    code="EXP47",
    name="payee-unlike-seller",
    title=Text("收款方与开票方不一致", "Payee differs from the seller on the invoice"),
    severity=Severity.HIGH,
    citations=(Citation("invoice-measures-2023", "第十九条"), Citation("invoice-measures-2023", "第二十条")),
)
def check(case: Case) -> Checked:
    """Report payments to one organisation against the invoice of another."""
    lines = _on_invoices(case)
    if not lines:
        return not_applicable("本期没有凭发票的支出", "no spending on invoices in the period")
    people = known_people(case.facts)
    pairs = set(map(_PAIR, lines))
    apart = _apart(pairs, people)
    of_book = [line for line in lines if _PAIR(line) in apart] if apart else []
    findings = [_finding(case, _BOOK, *group) for group in by_year(of_book, _PAYEE, _SELLER)]
    # Where the bank names the payee of the voucher, there is nothing to add to what the voucher says.
    names = other_payees(case)
    banked = [(line, names[line.entry]) for line in lines if line.entry in names] if names else []
    banked = [(line, name) for line, name in banked if _PAIR(line) not in apart]
    stray = _apart({(name, line.invoice_seller) for line, name in banked}, people)
    of_bank = [line for line, name in banked if (name, line.invoice_seller) in stray]
    told = by_year(of_bank, lambda line: names[line.entry], _SELLER)
    findings += [_finding(case, _BANK, *group) for group in told]
    blank = sum(not line.head.payee for line in lines) if any(not payee for payee, _ in pairs) else 0
    untested = (
        [Text(f"{blank} 张凭发票的凭证没有写对方", f"{blank} vouchers on invoices name no payee")] if blank else []
    )
    return examined(len(lines), findings, untested)


def _on_invoices(case: Case) -> Sequence[PostingRow]:
    """Return the spending on invoices whose seller the voucher or the register names, with that seller."""
    lines = [line for line in net_spending(case) if line.invoice_type != FISCAL]
    if all(map(_SELLER, lines)):
        return lines
    known = invoice_register(case) or {}
    sellers = [line.invoice_seller or (known[line.invoice].seller if line.invoice in known else "") for line in lines]
    return [line._replace(invoice_seller=own) for line, own in zip(lines, sellers, strict=True) if own]


def _apart(pairs: Collection[tuple[str, str]], people: Collection[str]) -> Collection[tuple[str, str]]:
    """Return the pairs of payee and seller in which the payee is an organisation and not the seller."""
    return {pair for pair in pairs if _organisation(pair[0], people) and sameness(*pair) is not Sameness.SAME}


def _organisation(name: str, people: Collection[str]) -> bool:
    return bool(name) and not is_person(name, people) and not any(word in name for word in _RECIPIENTS)


def _finding(case: Case, kind: str, year: int, names: tuple[str, ...], lines: Sequence[PostingRow]) -> Finding:
    payee, seller = names
    money = shown_yuan(net_fen(lines))
    where = Text("银行流水的收款人", "the bank's payee") if kind == _BANK else Text("收款方", "the payee")
    said = Text(f"{where.zh}是“{payee}”，发票销售方是“{seller}”", f"{where.en} is “{payee}”, the seller “{seller}”")
    platform = any(
        match(name, "payment_platforms", word_list("payment_platforms").revised, Field.PAYEE) for name in names
    )
    clear = is_firm(payee) and sameness(payee, seller) is Sameness.OTHER and not _several_sellers(case, lines)
    return one_finding(
        case,
        str(year),
        kind,
        payee,
        seller,
        lines=lines,
        message=Text(f"{year} 年 {len(lines)} 笔共 {money} 元，{said.zh}", f"{money} yuan in {year}: {said.en}"),
        expected=Text("向收款方取得发票", "the invoice comes from the payee"),
        found=said,
        remedy=Text(
            "核对合同、收货和委托收款协议；不能证明的追回并换开发票",
            "check contract and goods; recover what cannot be proven",
        ),
        note=said,
        certainty=certainty_on(case, min(line.date for line in lines)) if clear and not platform else Certainty.LEAD,
        related=("CTL12", "BIL02", "BIL04"),
    )


def _several_sellers(case: Case, lines: Sequence[PostingRow]) -> bool:
    """Tell whether one of some vouchers spends on the invoices of several sellers."""
    sellers: dict[int, set[str]] = {line.entry: set() for line in lines}
    for line in spending(case):
        if line.entry in sellers and line.invoice_seller:
            sellers[line.entry].add(line.invoice_seller)
    return any(len(own) > 1 for own in sellers.values())
