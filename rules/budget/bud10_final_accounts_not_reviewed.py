"""决算未经审查即上报或公布：年度决算公布之前，没有经审会对该年度的审计（审查）报告。

检查内容
publications.csv 中每次公布决算（kind 为 final_accounts），所属年度按公布之日的上一年算；
audits.csv 中须有一项年度审计（annual），期间覆盖该年度全年，且出具报告之日不晚于公布之日。
依据
《中华人民共和国工会法》第四十五条：工会建立预算、决算和经费审查监督制度；经费收支情况由同级经审会审查，
并定期向会员大会或者会员代表大会报告。
危害
未经审查的决算上报或公布后再改，损害决算的严肃性，也使会员看到的数字没有人把过关。
反例
2025 年度决算 2026 年 2 月 10 日公布，经审会的年度审计报告 2026 年 3 月 1 日才出具。
正例
经审会 2026 年 2 月 5 日出具年度审计报告，决算 2 月 10 日公布。
参数
无。
局限
决算表不在账套之内，决算数与账簿、工会02表逐行是否一致须由人核对。只看本期公布的和本期所含各年度的决算。
决算没有公布本身不在此列。
"""

from __future__ import annotations

import datetime

from ledger.register_rows import AuditRow, PublicationRow
from rules.evidence import register_evidence
from rules.finding import Checked, Citation, Evidence, Finding, Severity, Text, examined, not_performed
from rules.rule import Case, rule


@rule(
    code="BUD10",
    name="final-accounts-not-reviewed",
    title=Text("决算未经审查即上报或公布", "Final accounts reported before review"),
    severity=Severity.HIGH,
    citations=(Citation("trade-union-law-2021", "第四十五条"),),
    needs=("audits", "publications"),
)
def check(case: Case) -> Checked:
    """Report final accounts that were published before the audit committee reported on their year."""
    firsts: dict[int, tuple[datetime.date, PublicationRow]] = {}
    told = [(row.date, row) for row in case.rows(PublicationRow) if row.kind == "final_accounts" and row.date]
    for published, row in sorted(told, key=lambda one: (one[0], one[1].audience, one[1].line)):
        year = published.year - 1
        inside = case.since <= published <= case.until
        if inside or case.since <= datetime.date(year, 12, 31) <= case.until:
            firsts.setdefault(year, (published, row))
    if not firsts:
        return not_performed(
            "publications.csv 没有与本期有关的决算公布记录，无从判断先后",
            "publications.csv holds no publication of final accounts for this period",
        )
    findings = [found for year, first in firsts.items() if (found := _year(case, year, *first)) is not None]
    return examined(len(firsts), findings)


def _year(case: Case, year: int, published: datetime.date, row: PublicationRow) -> Finding | None:
    whole = sorted(
        (audit.reported_on, audit.id, audit.line)
        for audit in case.rows(AuditRow)
        if audit.kind == "annual" and audit.reported_on is not None and _covers(audit, year)
    )
    if any(reported <= published for reported, _, _ in whole):
        return None
    evidence = [register_evidence(row, Text(f"{year} 年度决算公布", f"final accounts of {year}"))]
    if not whole:
        told = Text(f"没有覆盖 {year} 全年的年度审计报告", f"no annual audit report that covers {year}")
        evidence.append(Evidence(told, file="registers/audits.csv"))
    else:
        reported, _, line = whole[0]
        told = Text(f"年度审计报告 {reported} 才出具", f"the annual audit report is of {reported} only")
        evidence.append(Evidence(told, date=reported, file="registers/audits.csv", line=line))
    return case.finding(
        str(year),
        message=Text(
            f"{year} 年度决算 {published} 公布，{told.zh}",
            f"the final accounts of {year} were published on {published}; {told.en}",
        ),
        expected=Text("经审会先审查并出具报告，决算再上报和公布", "review and report first, then publication"),
        found=told,
        remedy=Text("补做决算审查；结果与公布的不一致的，更正并重新公布", "review now; correct what was published"),
        evidence=evidence,
    )


def _covers(audit: AuditRow, year: int) -> bool:
    if audit.period_from is None or audit.period_to is None:
        return False
    return audit.period_from <= datetime.date(year, 1, 1) and datetime.date(year, 12, 31) <= audit.period_to
