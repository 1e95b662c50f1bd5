"""凭证总体不完整：读账时有内容没有计入，余额声明不符，或期间内有整月没有凭证。

检查内容
一、读取账套时未能计入凭证总体的行、文件和分录（借贷不平的凭证见 ACC02）；二、账套自己声明的余额与分录累计不符；
三、逐个科目验算“期初＋本期借方－本期贷方＝期末”；四、首末两张凭证之间整月没有一张凭证。
无论有无发现，都报告凭证张数、借贷合计和验算的科目数，作为其他序时账测试的总体。
依据
《中华人民共和国会计法》第十七条：会计账簿记录与会计凭证、会计报表的有关内容相符。《工会会计制度》第六十四条：
财务报表要根据登记完整、核对无误的账簿记录编制。
所引会计法是2024年6月28日修正的文本，修正施行以前的业务须对照修正前的文本。
危害
总体不完整，后面的任何测试都可能漏掉最该看的凭证。
反例
4 月声明银行余额 12,000.00 元，分录累计 11,500.00 元；7 月整月没有凭证。
正例
每月都有凭证，各科目期初加本期发生等于期末，声明的余额全部相符。
参数
无。方法常数：有凭证的月份平均不少于 5 张时才报告空白月份，业务很少的工会有空白月份不足为奇。
局限
与账外资料（银行对账单、行政账）的完整性核对见银行对账。断号见 ACC01。空白月份和未计入的行是疑点。
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

import pandas as pd

from ledger.money import shown_yuan
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined, limited, shown_month, working_vouchers
from rules.journal.method import Method
from rules.rule import Case, rule

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
_DENSE = 5  # vouchers in a month with any, on average, from which an empty month is worth a question
_METHOD = Method(1, Text("本期全部凭证", "all vouchers of the period"), (Text("月均≥5张", "5 a month or more"),))
_EXPECTED = Text("凭证总体完整，期初加本期发生等于期末", "a complete population that rolls forward")


@rule(
    code="JET01",
    name="population-incomplete",
    title=Text("凭证总体不完整", "Population of vouchers incomplete"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-law-2024", "第十七条"), Citation("accounting-system-2021", "第六十四条")),
)
def check(case: Case) -> Checked:
    """Report what was left out of the journal, balances that do not hold, and months without vouchers."""
    rows = case.facts.journal
    inside = rows[(rows["date"] >= pd.Timestamp(case.since)) & (rows["date"] <= pd.Timestamp(case.until))]
    reported = [e for e in case.facts.integrity if e.code in (*_DECLARED, *_LEFT_OUT)]
    if inside.empty and not reported:
        return not_applicable("本期没有凭证", "no vouchers in the period")
    count = int(inside["entry"].nunique())
    findings = []
    for key, (codes, what, certainty) in _REPORTED.items():
        own = sorted({(e.file, e.line, e.message) for e in reported if e.code in codes})
        if own:
            told = Text(f"读取账套时发现 {len(own)} {what.zh}", f"{len(own)} {what.en}")
            note = Text("读取账套时的报告", "reported when the book was read")
            evidence = [Evidence(Text(m, note.en), file=file, line=line) for file, line, m in own]
            findings.append(_finding(case, key, count, told, limited(evidence), certainty))
    findings += _empty_months(case, count)
    tested, broken, control = _rolled(case)
    if broken:
        told = Text(
            f"{len(broken)} 个科目期初加本期发生不等于期末：{joined(broken)}", f"{len(broken)} accounts do not roll"
        )
        note = Text("期初加本期发生不等于期末", "does not roll forward")
        evidence = [Evidence(note, date=case.until, account=account) for account in broken]
        findings.append(_finding(case, "rolled", count, told, limited(evidence), Certainty.ESTABLISHED))
    said = _METHOD.said(count)
    note = Text(f"{said.zh}；{control.zh}", f"{said.en}; {control.en}")
    return examined(tested + len(reported), findings, note=note)


def _rolled(case: Case) -> tuple[int, list[str], Text]:
    """Return how many accounts there are, those that do not roll forward to the fen, and the control totals."""
    inside = case.facts.journal
    inside = inside[(inside["date"] >= pd.Timestamp(case.since)) & (inside["date"] <= pd.Timestamp(case.until))]
    parts = {
        "opening": _balances(case, case.since - datetime.timedelta(days=1)),
        "closing": _balances(case, case.until),
        "debit": _moved(inside[inside["amount_fen"] > 0]),
        "credit": -_moved(inside[inside["amount_fen"] < 0]),
    }
    totals = pd.DataFrame(parts).fillna(0).astype("int64")
    held = totals["opening"] + totals["debit"] - totals["credit"] == totals["closing"]
    debit, credit = shown_yuan(int(totals["debit"].sum())), shown_yuan(int(totals["credit"].sum()))
    zh = f"{int(held.sum())} 个科目期初加本期发生等于期末，本期借方合计 {debit} 元、贷方合计 {credit} 元"
    said = Text(zh, f"{int(held.sum())} accounts roll forward; debits {debit}, credits {credit} yuan")
    return len(totals), [str(account) for account in totals.index[~held]], said


def _balances(case: Case, until: datetime.date) -> pd.Series:
    rows = case.facts.balances_on(until)
    return rows.groupby(rows["account"].astype("str").to_numpy())["amount_fen"].sum()


def _moved(rows: pd.DataFrame) -> pd.Series:
    return rows.groupby(rows["account"].astype("str").to_numpy())["amount_fen"].sum()


def _empty_months(case: Case, count: int) -> Iterator[Finding]:
    months = working_vouchers(case)["date"].dt.to_period("M")
    if months.empty or len(months) < _DENSE * months.nunique():
        return
    present = set(months)
    absent = [str(m) for m in pd.period_range(months.min(), months.max(), freq="M") if m not in present]
    for year in sorted({month[:4] for month in absent}):
        own = [month for month in absent if month.startswith(year)]
        shown = joined([shown_month(month) for month in own])
        told = Text(f"{shown}没有一张凭证", f"no voucher in {', '.join(own)}")
        note = Text("该月没有凭证", "a month without vouchers")
        evidence = [Evidence(note, date=pd.Timestamp(f"{month}-01").date()) for month in own]
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
