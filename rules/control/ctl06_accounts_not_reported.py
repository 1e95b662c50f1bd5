"""收支情况未报告、未公开：一年里没有向会员（代表）大会报告收支，或预算、决算没有公开。

检查内容
本期内每个完整年度：一、公开登记簿（publications.csv）中没有向会员（代表）大会报告收支（funds）、决算或审查结果的记录，决议
登记簿（resolutions.csv）中也没有会员（代表）大会听取收支或审查报告的记录，列为问题；二、公开登记簿中没有预算公开、没有决算
公开、没有收支公开的，列为疑点。
依据
《中华人民共和国工会法》第四十五条：各级工会经费收支情况应当由同级工会经费审查委员会审查，并且定期向会员大会或者会员代表大会
报告，接受监督。《基层工会经费收支管理办法》第三条（原文未核）：建立信息公开制度。
危害
会员不知道钱怎么花，监督无从谈起。
反例
2025 年全年没有向会员代表大会报告经费收支。
正例
每年代表大会听取收支和审查报告，预算、决算在公开栏公布。
参数
无；界限是日历年度。
局限
工会法没有写报告的次数，按每年一次检查。年度未满的期间不检查。
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ledger.register_rows import PublicationRow, ResolutionRow, register_of
from rules.control.faults import Fault
from rules.evidence import register_evidence
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Severity, Text, examined, not_applicable
from rules.gather import joined
from rules.indexes import whole_years
from rules.rule import Case, rule
from rules.text.match import match

_KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "budget": Text("预算", "the budget"),
        "final_accounts": Text("决算", "the final accounts"),
        "funds": Text("经费收支", "receipts and expenditures"),
    }
)
_REPORTED = ("funds", "final_accounts", "audit")


@rule(
    code="CTL06",
    name="accounts-not-reported",
    title=Text("收支情况未报告、未公开", "Accounts not reported or published to members"),
    severity=Severity.HIGH,
    citations=(Citation("trade-union-law-2021", "第四十五条"), Citation("grassroots-funds-2017", "第三条")),
    needs=("publications",),
)
def check(case: Case) -> Checked:
    """Report whole years without a report to the congress, and without publication of budget and accounts."""
    founded = case.facts.union.established
    years = [y for y in whole_years(case) if founded is None or founded <= datetime.date(y, 12, 31)]
    if not years:
        return not_applicable("本期不含完整的年度", "no whole year in the period")
    findings = [found for year in years for found in _year(case, year)]
    return examined(len(years) * (1 + len(_KINDS)), findings)


def _year(case: Case, year: int) -> Iterator[Finding]:
    published = [(row.date, row) for row in case.rows(PublicationRow) if row.date is not None and row.date.year == year]
    own = [row for _, row in sorted(published, key=lambda one: one[0])]
    absent = Evidence(Text(f"{year} 年没有登记", f"nothing entered for {year}"), file="registers/publications.csv")
    rows = tuple(register_evidence(row, _shown(row)) for row in own) or (absent,)
    if not any(map(_reports, own)) and not _heard(case, year):
        told = Text(
            f"{year} 年没有向会员（代表）大会报告经费收支的记录",
            f"no report of receipts and expenditures to the congress in {year} is on record",
        )
        yield _finding(case, Fault((str(year), "congress"), told, rows, Certainty.ESTABLISHED))
    kinds = {row.kind for row in own}
    missing = [said for kind, said in _KINDS.items() if kind not in kinds]
    if missing:
        told = Text(
            f"{year} 年没有公开{joined([m.zh for m in missing])}的记录",
            f"{year}: no publication of {', '.join(m.en for m in missing)} on record",
        )
        yield _finding(case, Fault((str(year), "published"), told, rows, Certainty.LEAD, Severity.MEDIUM))


def _shown(row: PublicationRow) -> Text:
    said = _KINDS.get(row.kind, Text(row.kind, row.kind))
    return Text(f"公开{said.zh}：{row.audience}，{row.how}", f"published: {said.en}")


def _reports(row: PublicationRow) -> bool:
    """Tell whether a publication was a report to the congress."""
    if row.kind not in _REPORTED or row.date is None:
        return False
    return bool(match(f"{row.audience} {row.how}", "congress_reports", row.date))


def _heard(case: Case, year: int) -> bool:
    """Tell whether the register of resolutions has the congress hear a report on the funds in a year."""
    if register_of(ResolutionRow) not in case.facts.registers:
        return False
    own = [(row.topic, row.date) for row in case.rows(ResolutionRow) if row.body == "congress" and row.date is not None]
    return any(match(topic, "accounts_reviewed", date) for topic, date in own if date.year == year)


def _finding(case: Case, fault: Fault) -> Finding:
    return fault.finding(
        case,
        expected=Text(
            "每年向会员（代表）大会报告并公开预算、决算、收支", "reported to the congress and published every year"
        ),
        remedy=Text("补作报告并公开；已报告的补登公开登记簿", "report and publish now, or enter what was done"),
        related=("BUD05", "BUD10"),
    )
