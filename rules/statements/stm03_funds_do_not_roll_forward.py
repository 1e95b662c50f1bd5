"""结转结余接不上：年末资金结转结余，不等于年初数加本年的调整和收支差额。

检查内容
对审计期间内的每个完整年度，用收入支出表（工会02表）的口径核对：
六、年末资金结转结余＝一、年初资金结转结余＋二、资金结转结余调整及变动＋五、本期收支差额－本年净对外投资。
净对外投资是以货币资金新增的投资减去收回的账面余额，它按制度直接冲减工会资金结余，不经过收支。
差一分钱也报告，并列出直接记入结转结余而不属于上述各项的凭证。
依据
《工会会计制度》（财会〔2021〕7号）第五部分“收入支出表编制说明”；附录1第321号、第322号科目：
结转结余只因调整、调剂、对外投资和期末结转收支而变动。
危害
有支出绕过支出科目直接冲减结余，或有收入绕过收入科目直接增加结余，预算和收支表都看不到。
反例
借记工会资金结余 2,000.00 元、贷记银行存款，支付活动费。
正例
支出记入职工活动支出，年末经结转凭证转入工会资金结余。
参数
无。
局限
只核对完整年度。年末还没有任何结转凭证的年度不能测试。2021年度及以前的收入支出表没有年初、年末资金结转结余项目，不适用。
以实物对外投资、核销投资不影响结转结余，凭证里同时有其他实物资产或待处理财产损溢的，不计入净对外投资。
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from ledger.accounts import chart_on
from ledger.balances import CURRENT, account_balances
from ledger.journal_rows import Journal, PostingRow, net_fen, sums_by
from ledger.money import shown_yuan
from rules.evidence import posting_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import limited
from rules.indexes import whole_years
from rules.rule import Case, rule
from rules.statements.identities import PENDING

_FUNDS = ("union_carry_forward", "union_surplus", "treasury_carry_forward", "treasury_surplus")
_ADJUSTMENTS = (
    "union_carry_forward_opening_adjustment",
    "union_surplus_opening_adjustment",
    "treasury_carry_forward_opening_adjustment",
    "treasury_surplus_opening_adjustment",
    "treasury_surplus_returned",
)
_THINGS = ("inventory", "construction_in_progress", "fixed_assets", "intangible_assets", PENDING)


@dataclass(frozen=True)
class _Year:
    """The figures of one year, in fen, as the form prints them."""

    year: int
    opening: int
    adjustments: int
    difference: int
    invested: int
    closing: int

    @property
    def gap(self) -> int:
        return self.closing - (self.opening + self.adjustments + self.difference - self.invested)


@rule(
    code="STM03",
    name="funds-do-not-roll-forward",
    title=Text("结转结余前后接不上", "Carried funds do not roll forward"),
    severity=Severity.HIGH,
    citations=(
        Citation("accounting-system-2021", "第五部分 二、收入支出表编制说明"),
        Citation("accounting-system-2021", "附录1 第321号科目 三(三)"),
        Citation("accounting-system-2021", "附录1 第322号科目 三(四)"),
    ),
)
def check(case: Case) -> Checked:
    """Report every whole year of the period whose carried funds do not follow from its own figures."""
    findings: list[Finding] = []
    untested: list[Text] = []
    tested = 0
    years = [year for year in whole_years(case) if chart_on(datetime.date(year, 1, 1)).until is None]
    for year in years:
        left = _unclosed(case, datetime.date(year, 12, 31))
        if left and not _closed(case, year):
            amount = shown_yuan(-sum(left))
            untested.append(
                Text(
                    f"{year}年度没有年末结转凭证，收支差额 {amount} 元未结转，结转后再测试",
                    f"{year} has no carry-forward vouchers; {amount} yuan are not carried forward yet",
                )
            )
            continue
        tested += 1
        figures = _figures(case, year)
        if figures.gap:
            findings.append(_finding(case, figures))
    if not years:
        return not_applicable(
            "审计期间不含2022年以后的完整年度，没有可以核对的年度收入支出表",
            "the period holds no whole year from 2022 on, so no yearly statement to tie out",
        )
    return examined(tested, findings, untested)


def _unclosed(case: Case, day: datetime.date) -> Sequence[int]:
    """Return what each account of income and expenditure still holds at the end of a day; none where all are empty."""
    held: dict[str, int] = defaultdict(int)
    for balance in account_balances(case.facts, day):
        if balance.element in CURRENT:
            held[balance.account] += balance.amount_fen
    return [fen for fen in held.values() if fen]


def _closed(case: Case, year: int) -> bool:
    """Tell whether the books have any carry-forward voucher of a year."""
    found = [head.entry for head in case.facts.listed if head.carry_forward and head.date.year == year]
    return any(entry in case.facts.booked.by_entry for entry in found)


def _figures(case: Case, year: int) -> _Year:
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    activity = case.facts.booked_in(first, last)
    held = [line for line in case.facts.booked.on(*_FUNDS) if line.date <= last]
    return _Year(
        year=year,
        opening=-net_fen(line for line in held if line.date < first or line.head.opening or line.head.change_over),
        adjustments=-net_fen(line for line in activity.on(*_FUNDS) if line.meaning in _ADJUSTMENTS),
        difference=-sum(net_fen(activity.of(element)) for element in CURRENT),
        invested=net_fen(_investments(activity)),
        closing=-net_fen(held),
    )


def _investments(activity: Journal) -> Sequence[PostingRow]:
    """Return the postings on investment whose vouchers exchange no other thing for it."""
    exchanged = {line.entry for line in activity.on(*_THINGS)}
    return [line for line in activity.on("investment") if line.entry not in exchanged]


def _direct(case: Case, year: int) -> list[Evidence]:
    """Return the postings that change the funds of a year by none of the ways that the regulation knows."""
    activity = case.facts.booked_in(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    invested = {line.entry for line in _investments(activity)}
    own = [line for line in activity.on(*_FUNDS) if line.meaning not in _ADJUSTMENTS and line.entry not in invested]
    nets = sums_by(own, attrgetter("entry"))
    note = Text("直接记入结转结余", "booked straight to the carried funds")
    return [posting_evidence(line, note) for line in own if nets[line.entry]]


def _finding(case: Case, figures: _Year) -> Finding:
    gap, year = shown_yuan(abs(figures.gap)), figures.year
    due = figures.closing - figures.gap
    parts = (
        (Text("一、年初资金结转结余", "opening carried funds"), figures.opening),
        (Text("二、资金结转结余调整及变动", "adjustments"), figures.adjustments),
        (Text("五、本期收支差额", "income less expenditure"), figures.difference),
        (Text("本年净对外投资", "net investment"), figures.invested),
        (Text("六、年末资金结转结余", "closing carried funds"), figures.closing),
    )
    lines = [
        Evidence(
            Text(f"{year}年度 {name.zh} {shown_yuan(fen)} 元", f"{year}: {name.en} {shown_yuan(fen)} yuan"),
            date=datetime.date(year, 12, 31),
            amount_fen=abs(fen),
        )
        for name, fen in parts
    ]
    return case.finding(
        str(year),
        message=Text(
            f"{year}年度：按年初数、调整、收支差额和净对外投资推算，年末资金结转结余应为 {shown_yuan(due)} 元，"
            f"账面为 {shown_yuan(figures.closing)} 元，相差 {gap} 元",
            f"{year}: carried funds should close at {shown_yuan(due)} yuan and stand at "
            f"{shown_yuan(figures.closing)} yuan, {gap} yuan apart",
        ),
        expected=Text(f"年末资金结转结余 {shown_yuan(due)} 元", f"closing carried funds of {shown_yuan(due)} yuan"),
        found=Text(f"{shown_yuan(figures.closing)} 元", f"{shown_yuan(figures.closing)} yuan"),
        remedy=Text(
            "逐笔核对直接记入结转结余的凭证，应经收支科目的改经收支科目，应作年初余额调整的记入该明细",
            "review what was booked straight to the funds: income and expenditure belong to their accounts, "
            "corrections of earlier years to the opening adjustment",
        ),
        evidence=limited([*_direct(case, year), *lines]),
        amount_fen=abs(figures.gap),
        related=("ACC12",),
    )
