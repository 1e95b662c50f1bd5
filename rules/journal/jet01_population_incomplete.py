"""凭证总体不完整：读账时有内容没有计入，余额声明不符，或期间内有整月没有凭证。

检查内容
一、读取账套时未能计入凭证总体的行、文件和分录（借贷不平的凭证见 ACC02）；二、账套自己声明的余额与分录累计不符；
三、首末两张凭证之间整月没有一张凭证。
无论有无发现，都报告凭证张数、借贷方合计和期末有余额的科目数：这是其他序时账测试的总体，供与已报出的报表核对。
依据
《中华人民共和国会计法》第十七条：会计账簿记录与会计凭证、会计报表的有关内容相符。《工会会计制度》第六十四条：
财务报表要根据登记完整、核对无误的账簿记录编制。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
总体不完整，后面的任何测试都可能漏掉最该看的凭证。
反例
4 月声明银行余额 12,000.00 元，分录累计 11,500.00 元；7 月整月没有凭证。
正例
每月都有凭证，声明的余额全部相符。
参数
无。方法常数：有凭证的月份平均不少于 5 张时才报告空白月份，业务很少的工会有空白月份不足为奇。
局限
各科目期末数都由凭证累计而来，“期初加本期发生等于期末”必然成立，不作检查；与账外资料的核对见银行对账（ACC13）。
断号见 ACC01。空白月份和未计入的行是疑点。
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from operator import attrgetter

from ledger.balances import account_balances
from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined, limited, shown_month
from rules.indexes import between
from rules.journal.method import Method
from rules.rule import Case, rule
from rules.vouchers import by_month

_DECLARED = ("BALANCE_FAILED",)
_LEFT_OUT = (
    "ACCOUNT_INACTIVE",
    "AMOUNT_NOT_FEN",
    "BOOK_FAULT",
    "LEDGER_NOT_INCLUDED",
    "LINE_IGNORED",
    "MORE_OF_THE_SAME",
    "PAD_IGNORED",
    "VOUCHER_INCOMPLETE",
)
_REPORTED = {
    "declared": (_DECLARED, Text("处余额声明与分录累计不符", "declared balances do not hold"), Certainty.ESTABLISHED),
    "left-out": (_LEFT_OUT, Text("处内容没有计入凭证总体", "parts of the book were left out"), Certainty.LEAD),
}
_LONGEST = datetime.timedelta(days=31)  # of a month
_DENSE = 5  # vouchers in a month with any, on average, from which an empty month is worth a question
_METHOD = Method(2, Text("本期全部凭证", "all vouchers of the period"), (Text("月均≥5张", "5 a month or more"),))
_EXPECTED = Text("凭证总体完整，声明的余额与分录累计相符", "a complete population, and declared balances that hold")


@rule(
    code="JET01",
    name="population-incomplete",
    title=Text("凭证总体不完整", "Population of vouchers incomplete"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-law-2024", "第十七条"), Citation("accounting-system-2021", "第六十四条")),
)
def check(case: Case) -> Checked:
    """Report what was left out of the journal, balances that do not hold, and months without vouchers."""
    inside = between(case.facts.booked.postings, case.since, case.until)
    reported = [e for e in case.facts.integrity if e.code in (*_DECLARED, *_LEFT_OUT)]
    if not inside and not reported:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    count = len(set(map(attrgetter("entry"), inside)))
    findings = []
    for key, (codes, what, certainty) in _REPORTED.items():
        own = sorted({(e.file, e.line, e.message) for e in reported if e.code in codes})
        if own:
            told = Text(f"读取账套时发现 {len(own)} {what.zh}", f"{len(own)} {what.en}")
            note = Text("读取账套时的报告", "reported when the book was read")
            evidence = [Evidence(Text(m, note.en), file=file, line=line) for file, line, m in own]
            findings.append(_finding(case, key, count, told, limited(evidence), certainty))
    findings += _empty_months(case, count)
    said, control = _METHOD.said(count), _totals(case, inside)
    note = Text(f"{said.zh}；{control.zh}", f"{said.en}; {control.en}")
    return examined(count + len(reported), findings, note=note)


def _totals(case: Case, inside: Sequence[PostingRow]) -> Text:
    """Return the control totals of the population, to be held against statements that were handed in."""
    amounts = [line.amount_fen for line in inside]
    debits = sum(fen for fen in amounts if fen > 0)
    credits = debits - sum(amounts)
    held = sum(1 for balance in account_balances(case.facts, case.until) if balance.amount_fen)
    return Text(
        f"本期借方合计 {shown_yuan(debits)} 元、贷方合计 {shown_yuan(credits)} 元，期末 {held} 个科目有余额",
        f"debits {shown_yuan(debits)}, credits {shown_yuan(credits)} yuan; {held} accounts with a balance at the end",
    )


def _empty_months(case: Case, count: int) -> Iterator[Finding]:
    present = {own[0].date.replace(day=1) for _, own in by_month(case.vouchers)}
    if not present or len(case.vouchers) < _DENSE * len(present):
        return
    absent, month = [], min(present)
    while month < max(present):
        month = (month + _LONGEST).replace(day=1)
        if month not in present:
            absent.append(month)
    for year in sorted({month.year for month in absent}):
        own = [month for month in absent if month.year == year]
        shown = joined([shown_month(f"{month:%Y-%m}") for month in own])
        told = Text(f"{shown}没有一张凭证", f"no voucher in {', '.join(f'{month:%Y-%m}' for month in own)}")
        note = Text("该月没有凭证", "a month without vouchers")
        evidence = [Evidence(note, date=month) for month in own]
        yield _finding(case, f"months-{year}", count, told, evidence, Certainty.LEAD)


def _finding(
    case: Case, key: str, count: int, told: Text, evidence: Sequence[Evidence], certainty: Certainty
) -> Finding:
    return _METHOD.lead(
        case,
        key,
        count=count,
        told=told,
        expected=_EXPECTED,
        evidence=evidence,
        certainty=certainty,
        remedy=Text(
            "先把账套补正完整再作其他测试；空白月份说明原因",
            "complete the book before testing further; explain empty months",
        ),
        related=("ACC01", "ACC02"),
    )
