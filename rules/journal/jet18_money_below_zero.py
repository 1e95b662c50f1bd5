"""货币资金一度为负：库存现金或银行存款在期间某一天的账面余额为负，哪怕期末已经转正。

检查内容
逐个现金、银行明细科目按天累计余额，凡某日日终余额为负的，列出首日、最低数和天数，每个科目一项。
期末余额方向异常由 ACC16 检查；这里看的是期间里的每一天。
依据
《工会会计制度》第二十九条：库存现金应当做到日清月结，其账面余额应当与库存数相符；银行存款按业务发生顺序逐日逐笔登记。
危害
现金不可能付出没有的钱：账面为负，说明收入没有入账、支出提前入账，或有账外资金垫付。
反例
3 月 12 日库存现金余额 800.00 元，当天付出 1,200.00 元，3 月 20 日才提现补足。
正例
先提取备用金，再付现金。
参数
无。
局限
同一天内先付后收看不出来。银行存款允许透支的合同很少，列为疑点由人核对对账单；现金为负是账上已经成立的事实。
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from itertools import accumulate

from ledger.accounts import components
from ledger.balances import account_postings
from ledger.journal_rows import PostingRow
from ledger.money import shown_yuan
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.indexes import upto
from rules.journal.method import Method
from rules.rule import Case, rule
from rules.vouchers import CASH_AND_BANK

_METHOD = Method(1, Text("现金和银行明细科目", "accounts of cash and bank deposits"))


@rule(
    code="JET18",
    name="money-below-zero",
    title=Text("货币资金一度为负", "Cash or bank below zero within the period"),
    severity=Severity.HIGH,
    citations=(Citation("accounting-system-2021", "第二十九条"),),
)
def check(case: Case) -> Checked:
    """Report accounts of cash and bank that were below zero at the end of any day of the period."""
    money = [upto(lines, case.until) for lines in account_postings(case.facts) if lines[0].group in CASH_AND_BANK]
    accounts = [lines for lines in money if lines]
    if not accounts:
        return not_applicable("账套没有现金和银行存款", "the book has neither cash nor bank deposits")
    findings = []
    for lines in sorted(accounts, key=lambda lines: lines[0].account):
        below = _below(lines, case.since)
        if below:
            findings.append(_finding(case, lines[0].account, lines[0].group, below, len(accounts)))
    return examined(len(accounts), findings, note=_METHOD.said(len(accounts)))


def _below(lines: Sequence[PostingRow], since: datetime.date) -> Mapping[datetime.date, int]:
    """Return the balances below zero on days of the period: those booked in it, and the one brought forward.

    A balance that is still below zero at the end is ACC16's; here only what righted itself.
    """
    running = list(accumulate([line.amount_fen for line in lines]))
    if min(running) >= 0 or running[-1] < 0:
        return {}
    ends = {line.date: fen for line, fen in zip(lines, running, strict=True)}
    before = [fen for day, fen in ends.items() if day < since]
    inside = {since: before[-1]} if before else {}
    inside |= {day: fen for day, fen in ends.items() if day >= since}
    return {day: fen for day, fen in inside.items() if fen < 0}


def _finding(case: Case, account: str, group: str, below: Mapping[datetime.date, int], count: int) -> Finding:
    first, lowest = min(below), min(below, key=lambda day: below[day])
    worst = -below[lowest]
    name = components(account)[-1][1]
    cash = group == "cash_on_hand"
    note = Text("日终余额在贷方", "balance at the end of the day is in credit")
    evidence = [Evidence(note, date=day, account=account, amount_fen=-fen) for day, fen in below.items()]
    return _METHOD.lead(
        case,
        account,
        first.isoformat(),
        count=count,
        told=Text(
            f"{name}自 {first} 起有 {len(below)} 个记账日日终余额为负，最低在 {lowest}，贷方 {shown_yuan(worst)} 元",
            f"{name} ended {len(below)} days below zero from {first}, at worst {shown_yuan(worst)} yuan on {lowest}",
        ),
        expected=Text("现金和银行存款每日余额在借方", "a debit balance at the end of every day"),
        evidence=limited(evidence),
        amount_fen=worst,
        certainty=Certainty.ESTABLISHED if cash else Certainty.LEAD,
        related=("ACC16", "ACC14"),
    )
