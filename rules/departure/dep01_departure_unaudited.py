"""主席离任没有审计记录：审计期间卸任的主席，审计登记簿中没有对其的离任审计。

检查内容
任职登记（officers.csv）中卸任日在审计期间以内的每位主席，在审计登记簿（audits.csv）中查找种类为 departure、对象为
其本人、审计期间截止日不早于卸任日的记录。
依据
《北京市实施〈中华人民共和国工会法〉办法》第五十八条：工会主席任期届满或任期内离任应当进行经济责任审查（只适用于北京）；
其他地区参照《中华人民共和国工会法》第四十五条的经费审查监督制度和经济责任审计规定，只列疑点。
危害
前任的欠缴、往来、资产不清，责任随离任落空。
反例
2024 年 6 月 30 日卸任的主席，到年底没有离任审计。
正例
卸任前后立项，报告出具后登记在审计登记簿。
参数
无。
局限
本次审计正是离任审计的，报告出具并登记以前，本项仍会列出。登记簿没有填写报告日的，视为已立项。
"""

from __future__ import annotations

import datetime

from ledger.register_rows import AuditRow, OfficerRow
from rules.control.posts import CHAIR
from rules.departure.earlier import departure_audited
from rules.evidence import register_evidence
from rules.finding import Certainty, Checked, Citation, Finding, Kind, Severity, Text, examined
from rules.rule import Case, rule

BEIJING = "11"
_BEIJING = Citation("beijing-measures-2015", "第五十八条")
_ELSEWHERE = Citation("economic-responsibility-2019", "")


@rule(
    code="DEP01",
    name="departure-unaudited",
    title=Text("主席离任没有审计记录", "Departure of a chair without an audit"),
    severity=Severity.HIGH,
    citations=(Citation("trade-union-law-2021", "第四十五条"),),
    needs=("officers", "audits"),
    kinds=(Kind.DEPARTURE,),
)
def check(case: Case) -> Checked:
    """Report every chair whose term ended in the period without a departure audit on record."""
    ended = [
        (officer.to, officer)
        for officer in case.rows(OfficerRow)
        if officer.post == CHAIR and officer.to is not None and case.since <= officer.to <= case.until
    ]
    ended.sort(key=lambda one: (one[0], one[1].name))
    findings = [
        _finding(case, officer, left)
        for left, officer in ended
        if not departure_audited(case.rows(AuditRow), officer.name, left)
    ]
    return examined(len(ended), findings)


def _finding(case: Case, officer: OfficerRow, left: datetime.date) -> Finding:
    name = officer.name
    beijing = case.facts.union.region.startswith(BEIJING)
    clause = _BEIJING if beijing else _ELSEWHERE
    return case.finding(
        name,
        left.isoformat(),
        message=Text(
            f"主席{name} {left} 卸任，审计登记簿中没有对其截至卸任日的离任审计",
            f"chair {name} left on {left}: no departure audit up to that day is on record",
        ),
        expected=Text("卸任主席有截至卸任日的离任审计记录", "a departure audit up to the leaving day on record"),
        found=Text("没有记录", "none on record"),
        remedy=Text(
            "报请上级工会经审会立项审计；已审计的补登审计登记簿",
            "ask the higher union's audit committee for the audit, or enter the audit already made",
        ),
        evidence=[register_evidence(officer, Text(f"{name}任主席至 {left}", f"{name} chair until {left}"))],
        certainty=Certainty.ESTABLISHED if beijing else Certainty.LEAD,
        citations=(*case.rule.citations, clause),
        related=("CTL03",),
    )
