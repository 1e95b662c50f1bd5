"""主席离任未审计：本期或上一年度卸任的主席，到期末没有离任审计记录。

检查内容
任职登记（officers.csv）中卸任日在本期以内、或在本期开始前一年以内的每位主席，在审计登记簿（audits.csv）中查找种类为
departure、对象为其本人、审计期间截止日不早于卸任日的记录。写明卸任到期末的日数。
依据
《北京市实施〈中华人民共和国工会法〉办法》第五十八条：工会主席任期届满或任期内离任应当进行经济责任审查（只适用于北京）；
《河南省工会条例》第三十二条：建立法定代表人任期经济责任审计制度（只适用于河南）。其他地区参照经济责任审计规定，只列疑点。
危害
前任的欠缴、往来、资产不清，责任随离任落空。
反例
2025 年 6 月 30 日卸任的主席，到年底没有离任审计。
正例
卸任前后立项，报告出具后登记在审计登记簿。
参数
无；一年是回看的时间。
局限
立项而未登记的，本项仍会列出。离任审计当中由 DEP01 检查同一事项。
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from ledger.register_rows import AuditRow, OfficerRow
from rules.control.posts import CHAIR, Term, terms
from rules.departure.earlier import departure_audited
from rules.finding import Certainty, Checked, Citation, Finding, Kind, Severity, Text, examined, not_applicable
from rules.receivables.ages import years_before
from rules.rule import Case, rule

_BEIJING, _HENAN = "11", "41"
_LOCAL: Mapping[str, Citation] = MappingProxyType(
    {
        _BEIJING: Citation("beijing-measures-2015", "第五十八条"),
        _HENAN: Citation("henan-regulation-2004", "第三十二条"),
    }
)
_ELSEWHERE = Citation("economic-responsibility-2019", "")


@rule(
    code="CTL03",
    name="chair-left-unaudited",
    title=Text("主席离任未审计", "Chair left without a departure audit"),
    severity=Severity.HIGH,
    citations=(Citation("trade-union-law-2021", "第四十五条"),),
    needs=("officers", "audits"),
    kinds=(Kind.ANNUAL, Kind.REMITTANCE, Kind.SPECIAL),
)
def check(case: Case) -> Checked:
    """Report chairs who left in the period or the year before it without a departure audit on record."""
    earliest = years_before(case.since, 1)
    left = [t for t in terms(case.rows(OfficerRow), (CHAIR,)) if earliest <= t.until <= case.until]
    if not left:
        return not_applicable("本期和上一年度没有主席卸任", "no chair left in the period or the year before")
    unaudited = [t for t in left if not departure_audited(case.rows(AuditRow), t.name, t.until)]
    return examined(len(left), [_finding(case, term) for term in unaudited])


def _finding(case: Case, term: Term) -> Finding:
    region = case.facts.union.region[:2]
    waited = (case.until - term.until) // datetime.timedelta(days=1)
    return case.finding(
        term.name,
        term.until.isoformat(),
        message=Text(
            f"主席{term.name} {term.until} 卸任，到 {case.until} 已 {waited} 日，审计登记簿中没有对其的离任审计",
            f"chair {term.name} left on {term.until}, {waited} days before {case.until}: no departure audit on record",
        ),
        expected=Text("卸任主席有截至卸任日的离任审计记录", "a departure audit up to the leaving day on record"),
        found=Text("没有记录", "none on record"),
        remedy=Text(
            "报请上级工会经审会立项审计；已审计的补登审计登记簿",
            "ask the higher union's audit committee for the audit, or enter the audit already made",
        ),
        evidence=[term.evidence],
        certainty=Certainty.ESTABLISHED if region in _LOCAL else Certainty.LEAD,
        citations=(*case.rule.citations, _LOCAL.get(region, _ELSEWHERE)),
        related=("DEP01",),
    )
