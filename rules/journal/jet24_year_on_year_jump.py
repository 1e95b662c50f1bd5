"""同比突变：某支出科目比上年成倍增长或减半，且变动占全部支出的十分之一以上。

检查内容
本期含整个年度、而账套也有上一整年的，按支出的二级科目（没有二级的按一级）比较两年的发生额：
增到 2 倍以上或减到一半以下，且变动额不小于较大一年全部支出的十分之一的，每个科目每年一项。
超预算、无预算由 BUD 各条检查，不在此重复。
依据
《工会会计制度》第十九条：会计政策前后各期一致，口径一致，相互可比；第五十九条：支出应当按照实际发生额入账。
危害
科目突增可能是虚列或改变用途，突减可能是改记别的科目或少列支出。
反例
会议支出上年 8,000.00 元，本年 96,000.00 元，占全部支出的三成。
正例
文体活动支出由 50,000.00 元增到 62,000.00 元。
参数
无。方法常数：2 倍（一半）、全部支出的十分之一；小额科目成倍变动不足为奇。
局限
没有上一整年凭证时不能比较，报告为未能检查。机构调整、换届当年的变动属正常，一律为疑点。
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from ledger.accounts import chart_on, components
from ledger.balances import account_postings
from ledger.money import shown_yuan
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable, not_performed
from rules.indexes import between, whole_years
from rules.journal.method import Method
from rules.rule import Case, rule

_TIMES, _PART, _DEPTH = 2, 10, 3
_METHOD = Method(
    1,
    Text("两年都可比的支出科目", "accounts of spending of both years"),
    (Text("2 倍或一半", "twice or half"), Text("变动≥全部支出的 1/10", "a tenth of all spending")),
)


@rule(
    code="JET24",
    name="year-on-year-jump",
    title=Text("同比突变", "Jumps from one year to the next"),
    severity=Severity.LOW,
    citations=(Citation("accounting-system-2021", "第十九条"), Citation("accounting-system-2021", "第五十九条")),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report accounts of spending that doubled or halved against the year before, by much."""
    whole = whole_years(case)
    if not whole:
        return not_applicable("本期不含整个年度，不比较同比", "the period holds no whole year to compare")
    findings: list[Finding] = []
    untested, tested = [], 0
    for year in whole:
        # A first year that began in the middle of the year is no whole year to compare with.
        before = _spent_in(case, year - 1)
        if not before or min(voucher.date for voucher in case.facts.listed) > datetime.date(year - 1, 1, 31):
            zh = f"账套没有 {year - 1} 整年的支出，{year} 年无从同比"
            untested.append(Text(zh, f"no whole year {year - 1} in the book to compare {year} with"))
        elif chart_on(datetime.date(year - 1, 12, 31)) is not chart_on(datetime.date(year, 12, 31)):
            zh = f"{year} 年改用新的会计科目表，与 {year - 1} 年的科目不能直接同比"
            untested.append(Text(zh, f"{year} has another chart of accounts than {year - 1}: not compared"))
        elif now := _spent_in(case, year):
            tested += len({*now, *before})
            findings += _jumps(case, year, now, before)
    if not tested and not untested:
        return not_applicable("本期没有支出", "no spending in the period")
    if not tested:
        return not_performed("；".join(t.zh for t in untested), "; ".join(t.en for t in untested))
    return examined(tested, findings, untested, note=_METHOD.said(tested))


def _spent_in(case: Case, year: int) -> Mapping[str, int]:
    """Return what a year spent on each account of the second level that it used, in fen."""
    idle = case.facts.transfers
    found: dict[str, int] = {}
    for lines in account_postings(case.facts):
        own = between(lines, datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        amounts = [line.amount_fen for line in own if line.entry not in idle] if lines[0].element == "expense" else []
        if amounts:
            account = _line(lines[0].account)
            found[account] = found.get(account, 0) + sum(amounts)
    return found


def _line(account: str) -> str:
    return ":".join(account.split(":")[:_DEPTH])


def _jumps(case: Case, year: int, now: Mapping[str, int], before: Mapping[str, int]) -> Iterator[Finding]:
    most = max(sum(now.values()), sum(before.values()))
    names = {*now, *before}
    for account in sorted(names):
        new, old = now.get(account, 0), before.get(account, 0)
        doubled, halved = new >= _TIMES * old, new * _TIMES <= old
        if not (doubled or halved) or abs(new - old) * _PART < most:
            continue
        name = components(str(account))[-1][1]
        told = Text(
            f"{name}由 {year - 1} 年 {shown_yuan(old)} 元变为 {year} 年 {shown_yuan(new)} 元",
            f"{name}: {shown_yuan(old)} yuan in {year - 1}, {shown_yuan(new)} in {year}",
        )
        evidence = [_evidence(str(account), at, fen) for at, fen in ((year - 1, old), (year, new))]
        yield _METHOD.lead(
            case,
            str(account),
            str(year),
            count=len(names),
            told=told,
            expected=Text("各年支出大体可比，或有说明", "years that compare, or an explanation"),
            evidence=evidence,
            related=("EXP48", "BUD02"),
        )


def _evidence(account: str, year: int, fen: int) -> Evidence:
    note = Text(f"{year} 年发生额", f"total of {year}")
    return Evidence(note, date=datetime.date(year, 12, 31), account=account, amount_fen=abs(fen))
