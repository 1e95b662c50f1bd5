"""出借资金、提供担保或参与集资：工会的钱借给单位、企业、个人，或用于担保、集资、理财。

检查内容
一、其他应收款、投资的借方，摘要、对方或科目名称命中“出借担保集资用语”而对方不是工会的，按科目每年并作一项；二、支出命中其中
担保、集资、入股、理财的；三、收入命中“利息用语”而对方不是银行的，按对方每年并作一项：向非银行收利息，说明钱借出去了。
依据
《中华人民共和国工会法》第四十七条：工会的财产、经费任何组织和个人不得侵占、挪用和任意调拨。《基层工会经费收支管理办法》
第二十二条：不准用工会经费参与非法集资活动，或为非法集资活动提供经济担保。
危害
资金脱离工会控制，往往收不回来，经手人还要承担责任。
反例
“借给某公司周转” 200,000.00 元挂其他应收款，次年收到“借款利息” 6,000.00 元。
正例
职工出差预借备用金，回来即结清。
参数
无；词表在 rules/words/loans.toml、interest.toml。
局限
只凭用语，一律为疑点；合法的国债、存款不在此列。备用金、差旅借款见 CUR02，行政占用见 CUR04。
没有入账的担保须查合同和印鉴使用登记。
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from ledger.accounts import components
from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.invoices.grouped import at_line, by_year, one_finding
from rules.invoices.parties import is_union
from rules.rule import Case, rule
from rules.text.lists import Field, word_list
from rules.text.match import Match, match, told
from rules.text.normalise import normalise
from rules.text.search import by_text, speaking, spending

_ASSETS = ("other_receivables", "investment")
_BANKS = ("银行", "信用社", "农商行", "信用联社", "邮政储蓄")
_SCHEME = "scheme"
_TEXTS = (Field.NARRATION, Field.PAYEE)


@rule(
    code="EXP36",
    name="funds-lent-out",
    title=Text("出借资金、提供担保或参与集资", "Loans, guarantees or fund-raising schemes"),
    severity=Severity.HIGH,
    citations=(Citation("trade-union-law-2021", "第四十七条"), Citation("grassroots-funds-2017", "第二十二条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report receivables, investments and spending that speak of loans or schemes, and interest not from banks."""
    advanced = [line for line in case.booked.on(*_ASSETS) if line.amount_fen > 0]
    spent = len([line for line in spending(case) if line.amount_fen > 0])
    income = [line for line in case.booked.of("income") if line.amount_fen < 0]
    if not advanced and not spent and not income:
        return not_applicable("本期没有支出、应收和收入", "no spending, receivables or income in the period")
    findings = []
    lent = sorted((*advanced, *_spent_on_loans(case)), key=attrgetter("date", "entry", "posting"))
    for year, (account,), own in by_year((line for line in lent if _loans(line)), attrgetter("account")):
        findings.append(_lent(case, year, account, own))
    interest = [line for line in income if _words(line, "interest")]
    for year, (payee,), own in by_year(interest, attrgetter("head.payee")):
        if payee and not any(word in normalise(payee) for word in _BANKS) and not is_union(payee):
            findings.append(_interest(case, year, payee, own))
    return examined(len(advanced) + spent + len(income), findings)


def _spent_on_loans(case: Case) -> Iterable[PostingRow]:
    """Return the debits of spending whose narration, payee or account speaks of loans or schemes on any day."""
    found = [line for field in _TEXTS for text in speaking(case, "loans", field) for line in by_text(case, field)[text]]
    accounts = {account for account in set(map(attrgetter("account"), spending(case))) if _points(account)}
    if accounts:
        found += [line for line in spending(case) if line.account in accounts]
    return {(line.entry, line.posting): line for line in found if line.amount_fen > 0}.values()


def _points(account: str) -> bool:
    return bool(word_list("loans").pattern.search(normalise(account)))


def _loans(line: PostingRow) -> tuple[Match, ...]:
    """Return the words of loans that a line's texts hold: none where a union lends, of spending those of schemes."""
    if is_union(line.head.payee):
        return ()
    found = _words(line, "loans")
    return tuple(one for one in found if one.means == _SCHEME) if line.element == "expense" else found


def _words(line: PostingRow, key: str) -> tuple[Match, ...]:
    head, name = line.head, components(line.account)[-1][1]
    texts = ((head.narration, Field.NARRATION), (head.payee, Field.PAYEE), (name, Field.NARRATION))
    return tuple(one for text, field in texts for one in match(text, key, head.event_date, field))


def _lent(case: Case, year: int, account: str, lines: Sequence[PostingRow]) -> Finding:
    money = shown_yuan(net_fen(lines))
    return one_finding(
        case,
        str(year),
        account,
        lines=lines,
        message=Text(
            f"{year} 年科目 {account} 借方 {money} 元像是出借、担保或集资",
            f"{money} yuan debited to {account} in {year} look like lending or a scheme",
        ),
        expected=Text("工会经费不出借、不担保、不参与集资", "no lending, guarantees or schemes with union funds"),
        found=Text(f"{len(lines)} 笔共 {money} 元", f"{len(lines)} payments, {money} yuan"),
        remedy=Text("查合同、决策和资金去向，限期收回", "look at the contract and decision, and get the money back"),
        note=lambda line: told(_loans(line)),
        shown=at_line,
        related=("CUR02", "CUR04"),
    )


def _interest(case: Case, year: int, payee: str, lines: Sequence[PostingRow]) -> Finding:
    lines = [line._replace(amount_fen=-line.amount_fen) for line in lines]
    money = shown_yuan(net_fen(lines))
    return one_finding(
        case,
        str(year),
        "interest",
        payee,
        lines=lines,
        message=Text(
            f"{year} 年从{payee}收到利息 {money} 元，对方不是银行，可能出借了资金",
            f"{money} yuan of interest from {payee}, which is no bank, in {year}",
        ),
        expected=Text("利息只来自银行存款", "interest comes from banks alone"),
        found=Text(f"对方是{payee}", f"paid by {payee}"),
        remedy=Text("查明本金、借款合同和决策，收回本金", "find the principal and its contract, and get it back"),
        note=lambda line: told(_words(line, "interest")),
        shown=at_line,
        amount_fen=0,
    )
