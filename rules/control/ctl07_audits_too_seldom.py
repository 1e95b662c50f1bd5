"""经审工作未开展或频次不足：上一年度的经费收支没有年度审计，或审计一直没有出报告；上级工会没有按周期审计下级。

检查内容
本期内每个 12 月 31 日：审计登记簿（audits.csv）中应当有种类为 annual、审计期间含上一年度 12 月 31 日的审计，并在当年
年末以前出具报告；没有的列为疑点。县级以上工会还应当在规定年数内审计每个下级工会：登记簿里只看得到审过的单位，没有审过的
无从得知，报告为未能检查。
依据
《中华人民共和国工会法》第四十五条：各级工会经费收支情况应当由同级工会经费审查委员会审查。《中国工会审计条例》（原文未核）：
同级经费每年至少审计一次，五年内对下一级审计一遍。
危害
长年不审，问题积累，经审会形同虚设。
反例
2025 年末仍没有 2024 年度的审计记录。
正例
2025 年 3 月出具 2024 年度审计报告。
参数
audit.cycle_years（县级以上工会）。
局限
登记簿是否登全须由人核对。正在进行的本期审计不要求已登记。建会当年以前的年度不检查。
"""

from __future__ import annotations

import datetime

from ledger.register_rows import AuditRow
from rules.evidence import register_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import Values
from rules.indexes import year_ends
from rules.rule import Case, rule

_ANNUAL = "annual"


@rule(
    code="CTL07",
    name="audits-too-seldom",
    title=Text("经审工作未开展或频次不足", "Audits not made or too seldom"),
    severity=Severity.MEDIUM,
    citations=(
        Citation("trade-union-law-2021", "第四十五条"),
        Citation("union-audit-regulation", "审计频次（条号未核对）"),
    ),
    needs=("audits",),
    parameters=("audit.cycle_years",),
    lead_only=True,
)
def check(case: Case) -> Checked:
    """Report years after whose end a whole year went by without the annual audit of them, or without its report."""
    founded = case.facts.union.established
    ended = [end.year for end in year_ends(case)]
    years = [year for year in ended if founded is None or founded <= datetime.date(year - 1, 12, 31)]
    untested = []
    if case.facts.union.level != "grassroots":
        cycle = Values(case, "audit.cycle_years")
        value = cycle.on(case.until)
        within = f" {value.text} 年内" if value is not None else ""
        zh = f"下级工会名单不在账套里，{within.strip()}是否对每个下级工会审计过一遍无从核对"
        untested = [*cycle.untested, Text(zh, "the lower unions are not in the book: audits of them are not tested")]
    if not years and not untested:
        return not_applicable("本期不含年末，或年末距建会不满一年", "no year's end a year after founding in the period")
    findings = [found for year in years if (found := _year(case, year)) is not None]
    return examined(len(years), findings, untested)


def _year(case: Case, year: int) -> Finding | None:
    last, end = datetime.date(year - 1, 12, 31), datetime.date(year, 12, 31)
    own = sorted(
        (audit for audit in case.rows(AuditRow) if audit.kind == _ANNUAL and _holds(audit, last)),
        key=lambda audit: (audit.reported_on or datetime.date.max, audit.id, audit.line),
    )
    if any(audit.reported_on is not None and audit.reported_on <= end for audit in own):
        return None
    if not own:
        told = Text(
            f"到 {year} 年末没有 {year - 1} 年度经费的年度审计记录",
            f"no annual audit of {year - 1} on record by {year}'s end",
        )
        absent = Text("审计登记簿没有这一年度的审计", "the register of audits has none of that year")
        evidence = [Evidence(absent, date=last, file="registers/audits.csv")]
    else:
        told = Text(
            f"{year - 1} 年度的年度审计到 {year} 年末没有出具报告",
            f"the annual audit of {year - 1}: no report by {year}'s end",
        )
        note = Text("已立项，没有按时出报告", "begun, not reported in time")
        evidence = [register_evidence(audit, note) for audit in own]
    return case.finding(
        str(year - 1),
        message=told,
        expected=Text("次年年末以前完成年度审计并出具报告", "audited and reported before the next year's end"),
        found=told,
        remedy=Text("补作审计；已审计的补登审计登记簿", "make the audit now, or enter the audit already made"),
        evidence=evidence,
        related=("CTL05", "CTL08"),
    )


def _holds(audit: AuditRow, day: datetime.date) -> bool:
    """Tell whether the period of an audit holds a day; one without a beginning reaches back for ever."""
    begun = audit.period_from is None or audit.period_from <= day
    return begun and audit.period_to is not None and day <= audit.period_to
