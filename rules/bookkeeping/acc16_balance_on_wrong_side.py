"""科目余额方向异常：现金余额为负，或月末科目余额在不该有的一方。

检查内容
一、库存现金任何一天终了余额为贷方的，列为问题。二、本期各月末及期末，末级科目余额的方向与会计科目表规定相反的（如应付款借方、
应收款贷方、收入借方、支出贷方、累计折旧借方），按科目列为疑点，写明月份和余额。
依据
《中华人民共和国会计法》第十七条：保证会计账簿记录与实物及款项的实有数额相符。《工会会计制度》第二十九条：库存现金应当做到
日清月结，账面余额应当与库存数相符；第六十四条：报表根据核对无误的账簿记录编制。
危害
负的现金说明有钱在账外或少记收入；反方向的往来余额多是串户、重付或错记。
反例
11 月末“215 其他应付款——某商店”借方余额 500.00 元。
正例
多付的款转入其他应收款。
参数
无；余额方向见 ledger/chart。
局限
待处理财产损溢、结转结余科目可能两方都有余额，不查。新旧制度衔接以前的科目按当时的科目表。
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from operator import attrgetter, itemgetter

from ledger.accounts import resolve
from ledger.journal_rows import PostingRow, sums_by
from ledger.money import shown_yuan
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited, shown_month
from rules.indexes import lines_by_account, transfers, upto
from rules.remittance.months import last_day, month_of_day, span
from rules.rule import Case, rule

CASH = "cash_on_hand"
_EITHER = ("assets_pending_disposal",)
_APART = (CASH, "", *_EITHER)
_FUNDS = ("asset_fund", "fixed_asset_fund", "special_purpose_fund")  # of net assets only these have one side


@rule(
    code="ACC16",
    name="balance-on-wrong-side",
    title=Text("科目余额方向异常", "Balance on the wrong side"),
    severity=Severity.MEDIUM,
    citations=(
        Citation("accounting-law-2024", "第十七条"),
        Citation("accounting-system-2021", "第二十九条"),
        Citation("accounting-system-2021", "第六十四条"),
    ),
)
def check(case: Case) -> Checked:
    """Report days on which cash is below nothing, and accounts whose month-end balance is on the wrong side."""
    lines = upto(case.facts.booked.postings, case.until)
    if not lines:
        return not_applicable("期末以前账套没有凭证", "the book holds no voucher up to the period's end")
    cash = upto(case.facts.booked.on(CASH), case.until)
    findings = list(_cash(case, cash))
    days = [min(last_day(m), case.until) for m in span(month_of_day(case.since), month_of_day(case.until))]
    others = _others(case)
    for account, own in others.items():
        side = _side(account, case.until)
        if side:
            findings += _wrong(case, account, side, _balances(own, days))
    return examined(len(others) + bool(cash), findings)


def _others(case: Case) -> Mapping[str, Sequence[PostingRow]]:
    """Return the postings of every account that may have a side, up to the period's end, in order of account.

    The generated carry-forward empties income and expenditure on the last day: they are looked at before it.
    """
    facts, year = case.facts, case.until.year
    closing = {head.entry for head in transfers(facts) if head.carry_forward and head.date.year == year}
    mixed = {line.account for line in facts.booked.on(*_APART)}
    found = {}
    for account, every in sorted(lines_by_account(facts).items()):
        lines = upto(every, case.until)
        if closing or account in mixed:
            lines = [line for line in lines if line.group not in _APART and line.entry not in closing]
        if lines:
            found[account] = lines
    return found


def _balances(lines: Sequence[PostingRow], days: Sequence[datetime.date]) -> list[tuple[datetime.date, int]]:
    """Return the balance at the end of each day, of postings in order of day; the days rise."""
    found, fen, start = [], 0, 0
    for at in days:
        end = bisect_right(lines, at, key=attrgetter("date"))
        fen += sum(map(attrgetter("amount_fen"), lines[start:end]))
        found.append((at, fen))
        start = end
    return found


def _side(account: str, at: datetime.date) -> int:
    """Return 1 where a balance belongs on the debit side, -1 on the credit side, 0 where either will do."""
    found = resolve(account, at, change_over=True)
    if found is None or (found.element == "net_assets" and not found.meaning.startswith(_FUNDS)):
        return 0
    return 1 if found.side == "debit" else -1


def _wrong(case: Case, account: str, side: int, balances: Sequence[tuple[datetime.date, int]]) -> Iterator[Finding]:
    faults = [(at, abs(fen)) for at, fen in balances if fen * side < 0]
    if not faults:
        return
    word = Text("贷方", "a credit") if side > 0 else Text("借方", "a debit")
    last, amount = faults[-1]
    shown = ":".join(account.split(":")[1:])
    evidence = [
        Evidence(Text(f"{shown_month(month_of_day(at))}末{word.zh}余额", f"{word.en} balance"), "", at, account, fen)
        for at, fen in faults
    ]
    yield case.finding(
        account,
        message=Text(
            f"“{shown}”{len(faults)} 个月末余额在{word.zh}，{last} 为 {shown_yuan(amount)} 元",
            f"{account}: {word.en} balance at {len(faults)} month ends, {shown_yuan(amount)} yuan on {last}",
        ),
        expected=Text("余额在科目规定的一方", "a balance on the account's own side"),
        found=Text(f"{word.zh}余额 {shown_yuan(amount)} 元", f"{word.en} balance of {shown_yuan(amount)} yuan"),
        remedy=Text(
            "查明串户、重付或错记，更正或转入对应的往来科目", "find what was misposted or overpaid and correct it"
        ),
        evidence=limited(evidence),
        certainty=Certainty.LEAD,
    )


def _cash(case: Case, lines: Sequence[PostingRow]) -> Iterator[Finding]:
    moved = sums_by(lines, attrgetter("date"))
    balances = list(zip(moved, accumulate(moved.values()), strict=True))
    below = [(at, fen) for at, fen in balances if at >= case.since and fen < 0]
    before = [(at, fen) for at, fen in balances if at < case.since]
    if not below and before and before[-1][1] < 0:
        below = before[-1:]
    if not below:
        return
    lowest, worst = min(below, key=itemgetter(1))[0], -min(fen for _, fen in below)
    note = Text("当日终了现金余额为负", "cash below nothing at the day's end")
    evidence = [Evidence(note, date=at, amount_fen=-fen) for at, fen in below]
    yield case.finding(
        "cash",
        message=Text(
            f"库存现金 {len(below)} 天终了余额为负，最多差 {shown_yuan(worst)} 元（{lowest}）",
            f"cash is below nothing at the end of {len(below)} days, by up to {shown_yuan(worst)} yuan",
        ),
        expected=Text("库存现金余额不为负", "cash is never below nothing"),
        found=Text(f"最多负 {shown_yuan(worst)} 元", f"down to minus {shown_yuan(worst)} yuan"),
        remedy=Text(
            "查明未入账的现金收入、垫款或漏记的提现，补记凭证",
            "find receipts, loans or withdrawals left out, and book them",
        ),
        evidence=limited(evidence),
        amount_fen=worst,
        severity=Severity.HIGH,
        related=("ACC14",),
    )
