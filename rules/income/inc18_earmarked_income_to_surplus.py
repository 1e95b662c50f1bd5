"""专项收入并入非专项结余：专项补助年末没有转入工会资金结转，混进了工会资金结余。

检查内容
年末把本年专项收入（专项转移支付补助；写明资金性质为专项、补助并有项目的其他收入）合计，与收入结转凭证转入工会资金结转（321）的
金额比较；收入与支出在同一凭证结转的，专项收入减去专项支出后比较。转入 321 的少于专项收入的，差额列为问题。
依据
《工会会计制度》附录1第403号科目三(三)：将专项资金收入转入工会资金结转；第405号科目三(二)；第321号科目三(三)。
危害
专款的结余变成可以自由使用的结余，下年就被别的用途花掉。
反例
困难职工帮扶专项补助 30,000.00 元年末转入工会资金结余。
正例
借记上级补助收入——专项转移支付补助，贷记工会资金结转——本年收支结转。
参数
无。
局限
没有结转凭证的年度报告为未能检查。专项支出混用由 EXP38 检查；年末分析后转入 32204 的不在此列。2022年以前不适用。
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cache
from operator import attrgetter

from ledger.closing import result_of
from ledger.journal_rows import PostingRow, net_fen
from ledger.money import shown_yuan
from rules.assets.depreciation import START
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.rule import Case, rule
from rules.vouchers import net_on

SYSTEM = "accounting-system-2021"
CARRY, EARMARKED = "union_carry_forward", "earmarked_transfer_subsidy_income"


@rule(
    code="INC18",
    name="earmarked-income-to-surplus",
    title=Text("专项收入并入非专项结余", "Earmarked income closed to the free surplus"),
    severity=Severity.HIGH,
    citations=(
        Citation(SYSTEM, "附录1 第403号科目 三(三)"),
        Citation(SYSTEM, "附录1 第405号科目 三(二)"),
        Citation(SYSTEM, "附录1 第321号科目 三(三)"),
    ),
)
def check(case: Case) -> Checked:
    """Report years whose earmarked income did not all close to the carry-forward of projects."""
    ends = [datetime.date(year, 12, 31) for year in case.facts.years()]
    ends = [end for end in ends if case.since <= end <= case.until and end >= START]
    if not ends:
        return not_applicable("本期不含有账的年末，或在2022年以前", "no year's end with books since 2022 in the period")
    findings: list[Finding] = []
    untested: list[Text] = []
    tested = 0
    for end in ends:
        income = _earmarked(case, end.year, "income")
        if -net_fen(income) <= 0:
            continue
        closing = _closing(case, end.year)
        if not closing:
            zh = f"{end.year} 年有专项收入，账上没有年末结转凭证，转入哪里看不出"
            untested.append(Text(zh, f"{end.year}: earmarked income, but no carry-forward vouchers"))
            continue
        tested += len({line.entry for line in income})
        findings += _year(case, end.year, income, closing)
    if not tested and not untested:
        return not_applicable("本期没有专项收入", "no earmarked income in the period")
    return examined(tested, findings, untested)


def _earmarked(case: Case, year: int, element: str) -> list[PostingRow]:
    """Return the year's postings of an element that close to the carry-forward of projects."""
    result = cache(result_of)  # many postings have the same account, fund and project
    return [
        line
        for line in case.facts.booked.of(element)
        if line.date.year == year
        and line.head.business
        and (line.meaning == EARMARKED or result(line.account, line.meaning, line.fund, line.project) == CARRY)
    ]


def _closing(case: Case, year: int) -> Sequence[PostingRow]:
    """Return the lines of the year's carry-forward vouchers that empty accounts of income."""
    closed = [p for p in case.facts.booked.of("income") if p.head.carry_forward and p.date.year == year]
    return case.facts.booked.whole(closed)


def _year(case: Case, year: int, income: Sequence[PostingRow], closing: Sequence[PostingRow]) -> list[Finding]:
    expected = -net_fen(income)
    if any(line.element == "expense" for line in closing):
        expected -= net_fen(_earmarked(case, year, "expense"))
    closed = -net_on(closing, CARRY)
    gap = expected - closed
    if gap <= 0:
        return []
    note = Text("专项收入", "earmarked income")
    ordered = sorted(income, key=attrgetter("date", "voucher", "account", "amount_fen"))
    evidence = [posting_evidence(line, note, abs(line.amount_fen)) for line in ordered]
    surplus = sorted((p for p in closing if p.group == "union_surplus"), key=attrgetter("voucher", "amount_fen"))
    into = Text("结转凭证转入工会资金结余", "the carry-forward to the surplus")
    found = [posting_evidence(line, into, abs(line.amount_fen)) for line in surplus]
    return [
        case.finding(
            str(year),
            message=Text(
                f"{year} 年专项收入应转入工会资金结转 {shown_yuan(expected)} 元，实际转入 {shown_yuan(closed)} 元，"
                f"{shown_yuan(gap)} 元进了工会资金结余",
                f"{year}: {shown_yuan(expected)} yuan should close to the carry-forward, {shown_yuan(closed)} did",
            ),
            expected=Text("专项收入转入工会资金结转", "earmarked income closes to 321"),
            found=Text(f"{shown_yuan(gap)} 元转入工会资金结余", f"{shown_yuan(gap)} yuan closed to 322"),
            remedy=Text("更正结转凭证，按项目转入工会资金结转", "correct the carry-forward, project by project"),
            evidence=limited([*found, *evidence], gap),
            amount_fen=gap,
            related=("EXP38", "INC20"),
        )
    ]
