"""收入预算明显偏离：会费、拨缴经费的年初预算与按名册、工资总额测算的数额相差过大。

检查内容
每年年初预算（版本 0）中会费收入、拨缴经费收入两行，与测算数比较：会费按年初在册会员计费工资 × 比例 × 12 个月；拨缴
经费按工资总额表当年各月平均数 × 12 个月 × 拨缴比例 × 本级留成。偏离超过规定比例的列为疑点。
依据
《基层工会预算管理办法》（总工办发〔2020〕29号）：会费按会员工资的千分之五、拨缴经费按工资总额的百分之二和
留成比例编列收入预算（内容凭一般知识，原文未核）。
危害
虚低的收入预算使超收部分不受预算约束，虚高的使支出预算没有资金来源。
反例
全年工资总额 6,000,000.00 元，留成 60%，测算 72,000.00 元，预算只编 40,000.00 元。
正例
预算 72,000.00 元，与测算相符。
参数
budget.income_deviation 偏离提示线（占测算数的比例，审计惯例）；dues.rate、dues.tail、contribution.rate、
contribution.retained_share。
局限
按当年工资测算，编预算时看到的是上年工资，调薪、增减员会造成偏离，只作疑点。没有预算的年度见 BUD05。
"""

from __future__ import annotations

import datetime
from collections import Counter
from decimal import Decimal

from ledger.money import round_half_up, shown_yuan
from ledger.register_rows import MemberRow, PayrollRow, register_of
from rules.budget.disputed import dispute_texts
from rules.budget.lines import INCOME, BudgetVersion, budget_years, outermost, versions_of
from rules.finding import Checked, Citation, Finding, Severity, Text, examined, not_applicable
from rules.income.dues import owed_on_wages, terms
from rules.law import NoParameter, ParameterValue
from rules.remittance.months import last_day
from rules.rule import Case, rule

DUES, CONTRIBUTION = "dues_income", "contribution_income"
_MONTHS = 12
_NAMES = {DUES: Text("会费收入", "dues"), CONTRIBUTION: Text("拨缴经费收入", "contribution")}


@rule(
    code="BUD06",
    name="income-budget-off",
    title=Text("收入预算明显偏离", "Income budget far from what is due"),
    severity=Severity.MEDIUM,
    citations=(Citation("grassroots-budget-2020", "收入预算（条号未核对）"),),
    parameters=(
        "budget.income_deviation",
        "dues.rate",
        "dues.tail",
        "contribution.rate",
        "contribution.retained_share",
    ),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report income budgets that differ by more than a share from what roster and payroll call for."""
    if case.facts.union.level != "grassroots":
        return not_applicable("县级以上工会的收入不按本单位工资测算", "only for grassroots unions")
    findings: list[Finding] = []
    untested: list[Text] = []
    tested = 0
    for year in budget_years(case.facts, case.since, case.until):
        lines = [v for v in versions_of(case.facts, year) if v.version == 0 and v.element == INCOME]
        for meaning, reckon in ((DUES, _dues), (CONTRIBUTION, _contribution)):
            own = [line for line in lines if line.meaning == meaning]
            whole = set(outermost(line.key for line in own))
            own = [line for line in own if line.key in whole]
            if not own:
                continue
            if doubts := dispute_texts(year, own):
                untested += doubts
                continue
            try:
                limit = case.value("budget.income_deviation", datetime.date(year, 1, 1))
                due = reckon(case, year)
            except NoParameter as absent:
                untested.append(Text(absent.zh, absent.en))
                continue
            if isinstance(due, Text):
                untested.append(due)
                continue
            tested += 1
            findings += _compared(case, year, meaning, own, due[0], (limit, *due[1]))
    if not tested and not untested:
        return not_applicable("本期没有会费、拨缴经费的年初预算", "no budget of dues or contribution in the period")
    return examined(tested, findings, untested)


def _dues(case: Case, year: int) -> tuple[int, tuple[ParameterValue, ...]] | Text:
    """Return a year's dues of those who were members at its beginning, or why they cannot be reckoned."""
    if register_of(MemberRow) not in case.facts.registers:
        return Text("缺少 registers/members.csv，会费收入无法测算", "no registers/members.csv: dues cannot be reckoned")
    first = datetime.date(year, 1, 1)
    bases = Counter(m.dues_base_fen for m in case.rows(MemberRow) if _pays(m, first) and m.dues_base_fen is not None)
    if not bases:
        return Text("会员名册没有计费工资（dues_base），会费收入无法测算", "no dues_base in members.csv")
    of = terms(case, f"{year}-01")
    owed = owed_on_wages(case.facts, of)
    return sum(owed[base] * count for base, count in bases.items()) * _MONTHS, of.values


def _pays(member: MemberRow, day: datetime.date) -> bool:
    """Tell whether somebody was a member on a day and pays dues."""
    if member.joined is not None and member.joined > day:
        return False
    return member.left > day if member.left is not None else member.status not in ("retired", "left")


def _contribution(case: Case, year: int) -> tuple[int, tuple[ParameterValue, ...]] | Text:
    """Return the own part of a year's contribution, from the average month of the payroll, or why it is unknown."""
    known = case.rows(PayrollRow) if register_of(PayrollRow) in case.facts.registers else ()
    rows = [row for row in known if row.month.startswith(f"{year}-")]
    if not rows:
        zh = f"工资总额表没有 {year} 年，拨缴经费收入无法测算"
        return Text(zh, f"no payroll of {year}: the contribution cannot be reckoned")
    rate = case.value("contribution.rate", last_day(f"{year}-01"))
    share = case.value("contribution.retained_share", last_day(f"{year}-01"))
    average = Decimal(sum(row.total_wages_fen for row in rows)) / len({row.month for row in rows})
    return round_half_up(average * _MONTHS * rate.number * share.number), (rate, share)


def _compared(
    case: Case, year: int, meaning: str, own: list[BudgetVersion], due: int, values: tuple[ParameterValue, ...]
) -> list[Finding]:
    budget = sum(line.amount_fen for line in own)
    gap = abs(budget - due)
    if gap <= due * values[0].number:
        return []
    name, low = _NAMES[meaning], budget < due
    found = Text(
        f"预算 {shown_yuan(budget)} 元，测算 {shown_yuan(due)} 元，{'低' if low else '高'} {shown_yuan(gap)} 元",
        f"{shown_yuan(budget)} yuan budgeted, {shown_yuan(due)} reckoned",
    )
    return [
        case.finding(
            str(year),
            meaning,
            message=Text(
                f"{year} 年{name.zh}{found.zh}，偏离超过 {values[0].text}", f"{name.en} of {year}: {found.en}"
            ),
            expected=Text(f"与测算数的偏离不超过 {values[0].text}", f"within {values[0].text} of what is reckoned"),
            found=found,
            remedy=Text("说明预算编制依据；依据不实的按程序调整预算", "explain the budget's basis, or revise it"),
            evidence=[line.evidence(Text("年初预算", "the year's budget")) for line in own],
            amount_fen=gap,
            parameters=values,
            related=("BUD04", "INC01", "INC05"),
        )
    ]
