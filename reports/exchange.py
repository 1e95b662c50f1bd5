"""Results for other programs: JSON of schema `union-audit/1`, and SARIF 2.1.0. Equal input gives equal bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ledger.contracts import Integrity
from rules.finding import AuditResult, Certainty, Evidence, Finding, Severity, Text
from rules.law import ParameterValue

if TYPE_CHECKING:
    from rules.rule import Rule

SCHEMA = "union-audit/1"
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LEVELS: Mapping[Severity, str] = MappingProxyType(
    {Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "note"}
)
_INTEGRITY_LEVELS: Mapping[str, str] = MappingProxyType({"high": "error", "medium": "warning", "low": "note"})


def to_json(result: AuditResult, integrity: Iterable[Integrity] = (), language: str = "zh") -> str:
    """Return the result as JSON text, its sentences in one language (`zh` or `en`), its amounts in fen."""
    return _text(
        {
            "schema": SCHEMA,
            "engine": result.engine,
            "digest": result.digest,
            "union": {"name": result.union_name, "code": result.union_code, "region": result.region},
            "period": {"from": result.since.isoformat(), "to": result.until.isoformat()},
            "kind": str(result.kind),
            "subject": result.subject,
            "integrity": [_integrity(entry) for entry in _sorted(integrity)],
            "outcomes": [
                {
                    "code": outcome.code,
                    "title": _in(language, outcome.title),
                    "status": str(outcome.status),
                    "reason": _in(language, outcome.reason),
                    "findings": outcome.findings,
                    "tested": outcome.tested,
                }
                for outcome in result.outcomes
            ],
            "findings": [
                _finding(i, finding, language) for i, finding in zip(result.ids, result.findings, strict=True)
            ],
        }
    )


def to_sarif(
    result: AuditResult, language: str = "zh", integrity: Iterable[Integrity] = (), rules: Iterable[Rule] = ()
) -> str:
    """Return the result as SARIF text, for editors and review tools that show findings beside the line.

    `rules` adds the pages of the rules. Where a finding has several lines of evidence, all are locations. A lead
    is a note, however grave.
    """
    pages = {rule.code: rule for rule in rules}
    entries = _sorted(integrity)
    titles = {f.code: f.title for f in result.findings}
    described = [
        _sarif_rule(code, _in(language, titles[code] if code in titles else pages[code].title), pages.get(code))
        for code in sorted({*titles, *pages})
    ]
    described += [
        {"id": code, "shortDescription": {"text": _in(language, Text("账套完整性", "integrity of the book"))}}
        for code in sorted({entry.code for entry in entries})
    ]
    index = {rule["id"]: position for position, rule in enumerate(described)}
    results = [
        {
            "ruleId": finding.code,
            "ruleIndex": index[finding.code],
            "level": _LEVELS[finding.severity] if finding.certainty is Certainty.ESTABLISHED else "note",
            "message": {"text": f"{_in(language, finding.message)} {_in(language, finding.remedy)}".strip()},
            "locations": _locations(finding.evidence),
            "partialFingerprints": {"unionAuditId/v1": finding_id},
            "properties": {"certainty": str(finding.certainty), "amountFen": finding.amount_fen},
        }
        for finding_id, finding in zip(result.ids, result.findings, strict=True)
    ]
    results += [
        {
            "ruleId": entry.code,
            "ruleIndex": index[entry.code],
            "level": _INTEGRITY_LEVELS[entry.severity],
            "message": {"text": entry.message},
            "locations": [_location(entry.file, entry.line)] if entry.file else [],
            "partialFingerprints": {"unionAuditId/v1": _fingerprint(entry)},
        }
        for entry in entries
    ]
    name, _, version = result.engine.partition(" ")
    driver = {"name": name, "version": version, "language": "en" if language == "en" else "zh-CN", "rules": described}
    return _text(
        {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    )


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _in(language: str, text: Text) -> str:
    return text.en if language == "en" else text.zh


def _sorted(integrity: Iterable[Integrity]) -> list[Integrity]:
    return sorted(integrity, key=lambda e: (e.file, e.line, e.code, e.severity, e.message))


def _integrity(entry: Integrity) -> dict[str, Any]:
    return {
        "code": entry.code,
        "severity": entry.severity,
        "message": entry.message,
        "file": entry.file,
        "line": entry.line,
    }


def _finding(finding_id: str, finding: Finding, language: str) -> dict[str, Any]:
    return {
        "id": finding_id,
        "code": finding.code,
        "key": list(finding.key),
        "title": _in(language, finding.title),
        "severity": str(finding.severity),
        "certainty": str(finding.certainty),
        "amount_fen": finding.amount_fen,
        "message": _in(language, finding.message),
        "expected": _in(language, finding.expected),
        "found": _in(language, finding.found),
        "remedy": _in(language, finding.remedy),
        "citations": [{"instrument": c.instrument, "article": c.article} for c in finding.citations],
        "parameters": [plain_parameter(value) for value in finding.parameters],
        "evidence": [_evidence(evidence, language) for evidence in finding.evidence],
        "related": list(finding.related),
    }


def plain_parameter(value: ParameterValue) -> dict[str, Any]:
    """Return a value of law for JSON: its number as text, where and since when it holds, its clause."""
    return {
        "key": value.key,
        "value": value.text or None,
        "unit": value.unit,
        "kind": str(value.kind),
        "in_force_from": value.in_force_from.isoformat(),
        "region": value.region,
        "status": str(value.status),
        "instrument": value.instrument,
        "article": value.article,
    }


def _evidence(evidence: Evidence, language: str) -> dict[str, Any]:
    return {
        "voucher": evidence.voucher,
        "date": evidence.date.isoformat() if evidence.date else None,
        "account": evidence.account,
        "amount_fen": evidence.amount_fen,
        "file": evidence.file,
        "line": evidence.line,
        "note": _in(language, evidence.note),
    }


def _sarif_rule(code: str, title: str, rule: Rule | None) -> dict[str, Any]:
    described: dict[str, Any] = {"id": code, "shortDescription": {"text": title}}
    if rule is not None:
        described["name"] = "".join(word.capitalize() for word in rule.name.split("-"))
        described["fullDescription"] = {"text": rule.page}
        described["defaultConfiguration"] = {"level": _LEVELS[rule.severity]}
    return described


def _locations(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    places = dict.fromkeys((e.file, e.line) for e in evidence if e.file)
    return [_location(file, line) for file, line in places]


def _location(file: str, line: int) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(file), "uriBaseId": "BOOK"}}
    if line > 0:
        physical["region"] = {"startLine": line}
    return {"physicalLocation": physical}


def _fingerprint(entry: Integrity) -> str:
    content = json.dumps([entry.code, entry.file, entry.message], ensure_ascii=False)
    return f"{entry.code}-{hashlib.sha256(content.encode()).hexdigest()[:12]}"
