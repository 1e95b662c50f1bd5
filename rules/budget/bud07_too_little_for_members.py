"""服务职工支出占比偏低：职工活动、职工服务和维权支出占全部支出的比重低于提示线。

检查内容
按年度（到期末为止）计算职工活动支出、职工服务支出、维权支出之和占全部支出的比重，低于提示线的列为疑点，并列出各类支出的
金额。全部支出不含补助下级、对附属单位的支出。
依据
《中华人民共和国工会法》第四十三条：工会经费主要用于为职工服务和工会活动。
危害
经费用在业务、行政和购置上，职工得到的少。
反例
全年支出 1,000,000.00 元，职工活动、服务和维权合计 600,000.00 元。
正例
职工活动、服务和维权合计 700,000.00 元以上。
参数
budget.service_share 服务职工支出占比提示线（审计惯例，法律没有规定比例）。
局限
大额购置、修缮的年份比重自然偏低，只作疑点。县级以上工会有行政支出，不适用。2022年以前的科目没有职工服务支出，
按当时的科目计算。
"""

from __future__ import annotations

import datetime
from collections import defaultdict

from ledger.journal_rows import values_of
from ledger.money import shown_yuan
from rules.budget.execution import movements, nets
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.law import NoParameter, ParameterValue
from rules.rule import Case, rule

_FOR_MEMBERS = ("member_activity_expense", "worker_service_expense", "rights_protection_expense")
_MEMBERS, _OTHER = Text("服务职工", "for members"), Text("其他支出", "other")
_PASSED_ON = ("lower_union_subsidy_expense", "affiliate_expense")


@rule(
    code="BUD07",
    name="too-little-for-members",
    title=Text("服务职工支出占比偏低", "Too small a share spent on members"),
    severity=Severity.MEDIUM,
    citations=(Citation("trade-union-law-2021", "第四十三条"),),
    parameters=("budget.service_share",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report years in which too small a share of the spending was for the members."""
    if case.facts.union.level != "grassroots":
        return not_applicable("只适用于基层工会", "only for grassroots unions")
    findings: list[Finding] = []
    untested: list[Text] = []
    tested = 0
    for year in range(case.since.year, case.until.year + 1):
        end = min(case.until, datetime.date(year, 12, 31))
        groups = _by_group(case, year, end)
        total = sum(groups.values())
        if total <= 0:
            continue
        try:
            least = case.value("budget.service_share", end)
        except NoParameter as absent:
            untested.append(Text(absent.zh, absent.en))
            continue
        tested += 1
        own = sum(groups.get(group, 0) for group in _FOR_MEMBERS)
        if own < total * least.number:
            findings.append(_finding(case, year, end, groups, least))
    if not tested and not untested:
        return not_applicable("本期没有支出", "no spending in the period")
    return examined(tested, findings, untested)


def _by_group(case: Case, year: int, end: datetime.date) -> dict[str, int]:
    """Return the year's spending by level-1 account up to a day, without what is passed on, in fen."""
    groups: dict[str, int] = defaultdict(int)
    amounts = nets(case.facts, year, end)
    for pair, own in movements(case.facts, year, end).items():
        groups[own[0].group] += amounts[pair]
    return {group: fen for group, fen in groups.items() if group not in _PASSED_ON}


def _finding(case: Case, year: int, end: datetime.date, groups: dict[str, int], least: ParameterValue) -> Finding:
    total = sum(groups.values())
    own = sum(groups.get(group, 0) for group in _FOR_MEMBERS)
    thousandths = max(0, own) * 1000 // total
    percent = f"{thousandths // 10}.{thousandths % 10}%"
    wanted = -(-int(total * least.number * 1000) // 1000)
    names: dict[str, str] = {}
    for group, account in zip(*(values_of(case.facts.accounts[name]) for name in ("group", "account")), strict=True):
        names.setdefault(group, account)
    evidence = [
        Evidence(
            _MEMBERS if group in _FOR_MEMBERS else _OTHER,
            date=end,
            account=":".join(names.get(group, group).split(":")[:2]),
            amount_fen=abs(fen),
        )
        for group, fen in sorted(groups.items(), key=lambda pair: (-pair[1], pair[0]))
        if fen
    ]
    found = Text(f"占 {percent}", f"{percent}")
    return case.finding(
        str(year),
        message=Text(
            f"{year} 年（至 {end}）支出 {shown_yuan(total)} 元，职工活动、服务和维权 {shown_yuan(own)} 元，{found.zh}，"
            f"低于 {least.text}",
            f"{year}: {shown_yuan(own)} of {shown_yuan(total)} yuan spent on members, {percent}",
        ),
        expected=Text(f"占全部支出 {least.text} 以上", f"at least {least.text} of all spending"),
        found=found,
        remedy=Text("分析支出结构，下年预算向职工活动和服务倾斜", "look at where it went, and budget more for members"),
        evidence=evidence,
        amount_fen=max(0, wanted - own),
        parameters=(least,),
    )
