"""The work of one audit: every rule of its kind on one book, and what became of each.

A rule that lacks a register or a value of law ends *not performed* with the reason; any other exception of a
check is a fault of the program and passes through. The result depends on the book and the law alone.
"""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter
from collections.abc import Iterable, Sequence

from auditor.damage import Damage
from auditor.version import engine_named
from ledger.collector import collector_off
from ledger.contracts import REGISTERS
from ledger.facts import Facts
from reports.words import KINDS
from rules.finding import (
    AuditResult,
    Certainty,
    Checked,
    Citation,
    Finding,
    Kind,
    Outcome,
    Severity,
    Text,
    not_applicable,
    not_performed,
)
from rules.law import Law, NoParameter, ValueStatus
from rules.rule import Case, Rule, all_rules

_GRAVITY = {severity: rank for rank, severity in enumerate(Severity)}


def run_audit(
    facts: Facts,
    law: Law,
    *,
    since: datetime.date,
    until: datetime.date,
    kind: Kind = Kind.ANNUAL,
    subject: str = "",
    rules: Sequence[Rule] | None = None,
) -> AuditResult:
    """Return the result of an audit of a period, both days inclusive.

    `rules` narrows the audit to some rules (None: all). Rules that belong to other kinds of audit are listed as
    not applicable, so that every rule asked for has an outcome.
    """
    outcomes: list[Outcome] = []
    findings: list[Finding] = []
    damage = Damage(facts)
    with collector_off():
        for rule in sorted(all_rules() if rules is None else rules, key=lambda r: r.code):
            checked = _checked(Case(rule, facts, law, since, until, kind, subject), damage)
            findings += [_weighed(finding, law, until) for finding in checked.findings]
            outcomes.append(
                Outcome(rule.code, rule.title, checked.status, _reason(checked), len(checked.findings), checked.tested)
            )
    findings = _told_apart(findings)
    findings.sort(key=lambda f: (_GRAVITY[f.severity], f.code, f.key))
    union = facts.union
    return AuditResult(
        union_name=union.name,
        union_code=union.code,
        region=union.region,
        since=since,
        until=until,
        kind=kind,
        subject=subject,
        engine=engine_version(law),
        digest=facts.digest,
        outcomes=tuple(outcomes),
        findings=tuple(findings),
        ids=tuple(finding.id_in(union.code or union.name) for finding in findings),
    )


def engine_version(law: Law) -> str:
    """Return the version of the software and of its law, as results and reports print it."""
    return engine_named(law.version)


def _checked(case: Case, damage: Damage) -> Checked:
    rule = case.rule
    if case.kind not in rule.kinds:
        names = [KINDS[kind] for kind in rule.kinds]
        return not_applicable(
            f"本规则属于{'、'.join(n.zh for n in names)}",
            f"this rule belongs to the {', '.join(n.en for n in names)}",
        )
    missing = [name for name in rule.needs if name not in case.facts.registers]
    if missing:
        return _without_registers(missing)
    try:
        return damage.checked(case)
    except NoParameter as absent:
        return not_performed(absent.zh, absent.en)


def _without_registers(missing: Sequence[str]) -> Checked:
    files = [f"registers/{name}.csv" for name in missing]
    headed = [f"{file}（列：{'、'.join(REGISTERS[name])}）" for file, name in zip(files, missing, strict=True)]
    return not_performed(f"缺少登记簿 {'、'.join(headed)}", f"missing register {', '.join(files)}")


def _reason(checked: Checked) -> Text:
    parts = list(dict.fromkeys(part for part in (checked.reason, *checked.untested, checked.note) if part.zh))
    return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def _weighed(finding: Finding, law: Law, until: datetime.date) -> Finding:
    """Return the finding as a lead where its ground in law is not sure.

    Sure is a value that is verified or the union's own, or a clause that was read and was in force on the last
    day of the evidence. A value that no person has read in its instrument makes a lead in any case.
    """
    statuses = {value.status for value in finding.parameters}
    sure = bool(statuses) or any(_binds(citation, finding, law, until) for citation in finding.citations)
    if ValueStatus.UNVERIFIED in statuses or not sure:
        return dataclasses.replace(finding, certainty=Certainty.LEAD)
    return finding


def _binds(citation: Citation, finding: Finding, law: Law, until: datetime.date) -> bool:
    instrument = law.instruments.get(citation.instrument)
    if instrument is None or instrument.certainty != "read":
        return False
    day = max((e.date for e in finding.evidence if e.date is not None), default=until)
    begun = instrument.in_force_from is None or instrument.in_force_from <= day
    return begun and (instrument.in_force_to is None or day <= instrument.in_force_to)


def _told_apart(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with keys that are all different.

    Keys repeat only where the book repeats what should be unique (a voucher number used twice or missing).
    Such cases are numbered in the order of their content, so that their ids do not depend on file positions.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    apart = []
    for finding in sorted(findings, key=_content):
        name = (finding.code, *finding.key)
        seen[name] += 1
        again = () if seen[name] == 1 else (f"#{seen[name]}",)
        apart.append(dataclasses.replace(finding, key=(*finding.key, *again)))
    return apart


def _content(finding: Finding) -> tuple[object, ...]:
    evidence = [
        (e.voucher, str(e.date), e.account, e.amount_fen or 0, e.note.zh, e.file, e.line) for e in finding.evidence
    ]
    return (finding.code, finding.key, finding.amount_fen, finding.message.zh, evidence)
