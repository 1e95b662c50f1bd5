"""Every case of every case file: the book is written, read and audited by its rule, and must come out as said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.engine import run_audit
from ledger.facts import Facts
from rules.finding import Finding, Status, Text
from rules.law import Law
from rules.rule import all_rules
from tests.rules.casefile import CaseFileError, RuleCase, parse_case_file

FILES = sorted(p for p in Path(__file__).parent.glob("*.md") if not p.stem.islower())


def _cases() -> list[object]:
    cases: list[object] = []
    for path in FILES:
        try:
            cases += [pytest.param(case, id=f"{case.code}:{case.name}") for case in parse_case_file(path)]
        except CaseFileError as error:
            cases.append(pytest.param(error, id=path.stem))
    return cases


@pytest.mark.parametrize("case", _cases())
def test_case(case: RuleCase | CaseFileError, tmp_path: Path, law: Law, read_facts: Callable[[Path], Facts]) -> None:
    if isinstance(case, CaseFileError):
        pytest.fail(str(case), pytrace=False)
    rule = next((r for r in all_rules() if r.code == case.code), None)
    assert rule is not None, f"no rule is {case.code}"
    facts = read_facts(case.write(tmp_path))
    faults = [f"{e.file}:{e.line} {e.code} {e.message}" for e in facts.integrity if e.severity == "high"]
    assert case.expected.faulty or not faults, f"the case's own book is at fault: {faults}"

    want = case.expected
    since, until = want.period
    result = run_audit(facts, law, since=since, until=until, kind=want.kind, subject=want.subject, rules=(rule,))
    (outcome,) = result.outcomes
    told = "\n".join(
        [f"{outcome.status}: {outcome.reason.zh}"]
        + [f"- {f.certainty} {f.amount_fen} {f.message.zh} | {f.expected.zh} | {f.found.zh}" for f in result.findings]
    )
    assert outcome.status == want.status, told
    assert outcome.findings == want.count == len(result.findings), told
    if want.certainty is not None:
        assert {f.certainty for f in result.findings} == {want.certainty}, told
    if want.amount_fen is not None:
        assert sum(f.amount_fen for f in result.findings) == want.amount_fen, told
    for message in want.messages:
        assert message in told, f"“{message}” is said nowhere in: {told}"
    if want.status in (Status.NOT_APPLICABLE, Status.NOT_PERFORMED):
        assert outcome.reason.zh, "the reason is missing in Chinese"
        assert outcome.reason.en, "the reason is missing in English"
    for finding in result.findings:
        _check_finding(finding, law)
    numbers = Counter(facts.vouchers["voucher"])
    if not want.faulty and all(number and count == 1 for number, count in numbers.items()):
        repeated = [f.key for f in result.findings if f.key and f.key[-1].startswith("#")]
        assert not repeated, f"keys of findings repeat: {repeated}"


def _check_finding(finding: Finding, law: Law) -> None:
    texts: dict[str, Text] = {
        "title": finding.title,
        "message": finding.message,
        "expected": finding.expected,
        "found": finding.found,
        "remedy": finding.remedy,
        **{f"evidence[{n}].note": e.note for n, e in enumerate(finding.evidence)},
    }
    for name, text in texts.items():
        assert text.zh.strip(), f"{finding.code}: {name} is empty in Chinese"
        assert text.en.strip(), f"{finding.code}: {name} is empty in English"
    assert finding.key, f"{finding.code}: a finding without a key"
    assert finding.citations, f"{finding.code}: a finding without a citation"
    unknown = [c.instrument for c in finding.citations if c.instrument not in law.instruments]
    assert not unknown, f"{finding.code}: cites {unknown}, not in instruments.toml"
    asked = set(next(r.parameters for r in all_rules() if r.code == finding.code))
    undeclared = {p.key for p in finding.parameters} - asked
    assert not undeclared, f"{finding.code}: rests on {undeclared}, not declared in its parameters"
