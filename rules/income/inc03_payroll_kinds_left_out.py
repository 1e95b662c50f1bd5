"""拨缴基数只算部分用工：少拨的数额恰好等于某些用工类别的工资，或工资总额表的人数少于会员人数。

检查内容
一、对少拨的月份，逐一试算：如果去掉工资总额表中某一类或某几类用工（如派遣、返聘）以后，按比例计算的数额与入账数一分不差，
就是基数漏了这些类别，同样的类别合并列一项。二、审计期间最后一个有人数的月份，工资总额表的人数合计少于在册会员的，列一项。
依据
《中华人民共和国工会法》第四十三条：按每月全部职工工资总额的百分之二拨缴；最高人民法院关于工会法的解释第四条：
“全部职工”“工资总额”按国家有关部门规定的标准计算。
危害
合同制、派遣、返聘等职工的经费长期少拨，医院等用工形式多的单位尤其普遍。
反例
3 月工资总额表有在编、合同、派遣三类，入账数只等于前两类工资的 2%。
正例
各类用工的工资都计入拨缴基数。
参数
contribution.rate（比例）、contribution.retained_share（本级留成）、contribution.due_day（到期日，有规定的地区）、
contribution.late_fee_daily 与 contribution.late_fee_cap_share（滞纳金，有规定的地区）。
局限
金额由 INC01 计，本规则只指出原因。工资总额表本身没有列入的用工，只能从人数看出。劳务派遣由用工单位还是派遣单位拨缴，
按协议确定。
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from operator import attrgetter

from ledger.money import round_half_up, shown_yuan
from ledger.register_rows import PayrollRow
from rules.evidence import register_evidence
from rules.finding import Checked, Citation, Finding, Severity, Text
from rules.gather import joined, shown_month
from rules.income.contribution import (
    LAW,
    PARAMETERS,
    Months,
    of_months,
    payroll_evidence,
    receipt_evidence,
)
from rules.income.dues import payers_of
from rules.income.inc01_contribution_shortfall import own_part_only
from rules.remittance.months import month_of_day
from rules.remittance.schedule import MonthDue
from rules.rule import Case, rule


@rule(
    code="INC03",
    name="payroll-kinds-left-out",
    title=Text("拨缴基数只算部分用工", "Contribution base leaves out kinds of workers"),
    severity=Severity.MEDIUM,
    citations=(Citation(LAW, "第四十三条"), Citation("supreme-court-2020", "第四条")),
    needs=("payroll",),
    parameters=PARAMETERS,
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report short months that are explained to the fen by leaving out kinds of workers, and too small payrolls."""
    return of_months(case, _checked)


def _checked(case: Case, months: Months) -> Checked:
    groups: dict[tuple[str, ...], list[MonthDue]] = defaultdict(list)
    for month in months.due:
        if left_out := _left_out(month, months):
            groups[left_out].append(month)
    findings = [_finding(case, kinds, found) for kinds, found in sorted(groups.items())]
    return months.checked([*findings, *_fewer_heads(case)])


def _left_out(month: MonthDue, months: Months) -> tuple[str, ...]:
    """Return the fewest kinds of workers without whose wages the month is right to the fen; empty: none explain it."""
    came = month.received_fen + month.accrued_fen
    own_only = own_part_only(month, months)
    if own_only and month.retained_share is None:
        return ()
    wages: dict[str, int] = defaultdict(int)
    for kind, fen in month.payroll:
        wages[kind] += fen
    kinds = sorted(kind for kind, fen in wages.items() if fen > 0)
    full = month.own_due_fen if own_only else month.due_fen
    if full is None or came == 0 or came >= full:
        return ()
    for count in range(1, len(kinds)):
        for chosen in combinations(kinds, count):
            due = round_half_up((month.payroll_fen - sum(wages[kind] for kind in chosen)) * month.rate.number)
            if own_only and month.retained_share is not None:
                due = round_half_up(due * month.retained_share.number)
            if due == came:
                return chosen
    return ()


def _finding(case: Case, kinds: tuple[str, ...], found: list[MonthDue]) -> Finding:
    names = "、".join(kinds)
    shown = joined([shown_month(month.month) for month in found], 6)
    evidence = [e for month in found for e in (*payroll_evidence(case, month.month), *receipt_evidence(month))]
    return case.finding(
        *kinds,
        found[0].month,
        message=Text(
            f"{shown}的拨缴数恰好是不含“{names}”工资计算的数额，拨缴基数可能漏了这些用工",
            f"in {len(found)} months the contribution is just what is due without the wages of {names}",
        ),
        expected=Text("按全部职工工资总额计算", "computed on the wages of all workers"),
        found=Text(f"基数不含“{names}”", f"computed without {names}"),
        remedy=Text("与单位核对拨缴基数，补拨漏算的部分", "settle the base with the employer and claim the rest"),
        evidence=evidence,
        parameters=[month.rate for month in found[:1]],
        related=("INC01",),
    )


def _fewer_heads(case: Case) -> list[Finding]:
    payroll = case.rows(PayrollRow)
    first, last = month_of_day(case.since), month_of_day(case.until)
    counted = [row.month for row in payroll if row.headcount is not None and first <= row.month <= last]
    if "members" not in case.facts.registers or not counted:
        return []
    month = max(counted)
    rows = sorted((row for row in payroll if row.month == month), key=attrgetter("line"))
    known = [row.headcount for row in rows if row.headcount is not None]
    heads, active = sum(known), len(payers_of(case.facts, month))
    if len(known) < len(rows) or active <= heads:
        return []
    wages = shown_yuan(sum(row.total_wages_fen for row in rows))
    note = Text(f"{shown_month(month)}工资总额表 {heads} 人", f"{heads} heads in the payroll of {month}")
    return [
        case.finding(
            month,
            "headcount",
            message=Text(
                f"{shown_month(month)}工资总额表只有 {heads} 人（{wages} 元），在册会员 {active} 人，可能漏了部分用工",
                f"{month}: the payroll has {heads} heads, the union {active} members",
            ),
            expected=Text("工资总额表包括全部职工，不少于会员人数", "the payroll covers all workers"),
            found=Text(f"少 {active - heads} 人", f"{active - heads} too few"),
            remedy=Text("与劳资部门核对用工人数和工资总额", "compare with the personnel office"),
            evidence=[register_evidence(row, note) for row in rows],
            related=("INC01",),
        )
    ]
