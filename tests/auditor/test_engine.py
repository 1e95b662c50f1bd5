"""The engine on rules made for the purpose: every way a rule can end, and what becomes of its findings."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from types import MappingProxyType

import pytest

from auditor.engine import run_audit
from ledger.facts import Facts
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables
from rules.finding import (
    AuditResult,
    Certainty,
    Checked,
    Citation,
    Evidence,
    Finding,
    Kind,
    Severity,
    Status,
    Text,
    examined,
)
from rules.law import Law, NoParameter, ParameterValue, ValueKind, ValueStatus
from rules.rule import Case, Check, Rule
from tests.rules.casefile import book_files

LAW = Law(MappingProxyType({}), MappingProxyType({}), "test")
YEAR = {"since": datetime.date(2025, 1, 1), "until": datetime.date(2025, 12, 31)}


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    folder = tmp_path_factory.mktemp("book")
    for path, text in book_files("", {}).items():
        (folder / path).write_text(text, encoding="utf-8")
    return facts_from(read_tables(folder))


def _rule(code: str, check: Check, *, severity: Severity = Severity.MEDIUM, **more: object) -> Rule:
    return Rule(
        code=code,
        name="test-irregularity",
        title=Text("测试", "test"),
        severity=severity,
        citations=(Citation("trade-union-law-2021", "第四十三条"),),
        check=check,
        page="测试",
        family="income",
        **more,  # type: ignore[arg-type]
    )


def _finding(
    case: Case, *key: str, amount_fen: int = 1, message: str = "多", value: ParameterValue | None = None
) -> Finding:
    text = Text(message, message)
    return case.finding(
        *key,
        message=text,
        expected=text,
        found=text,
        remedy=text,
        evidence=[Evidence(text)],
        amount_fen=amount_fen,
        parameters=[value] if value else [],
    )


def _value(status: ValueStatus) -> ParameterValue:
    first = datetime.date(2020, 1, 1)
    return ParameterValue("a.b", "CN", first, None, Decimal(1), "yuan", ValueKind.EXACT, status, "x", "一")


def _run(facts: Facts, *rules: Rule, kind: Kind = Kind.ANNUAL) -> AuditResult:
    return run_audit(facts, LAW, **YEAR, kind=kind, rules=rules)


def test_a_missing_register_is_named_with_its_columns(facts: Facts) -> None:
    def check(case: Case) -> Checked:
        raise AssertionError("must not be called")

    (outcome,) = _run(facts, _rule("INC91", check, needs=("payroll", "dues"))).outcomes
    assert outcome.status is Status.NOT_PERFORMED
    assert "registers/payroll.csv" in outcome.reason.zh
    assert "total_wages" in outcome.reason.zh
    assert "registers/dues.csv" in outcome.reason.en


def test_a_missing_value_of_law_is_an_outcome(facts: Facts) -> None:
    def check(case: Case) -> Checked:
        raise NoParameter("holiday.annual_cap", "节日慰问", datetime.date(2025, 1, 1), ["340500", "CN"])

    (outcome,) = _run(facts, _rule("INC91", check)).outcomes
    assert outcome.status is Status.NOT_PERFORMED
    assert "holiday.annual_cap" in outcome.reason.zh
    assert outcome.reason.en


def test_a_fault_of_the_program_passes_through(facts: Facts) -> None:
    def check(case: Case) -> Checked:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        _run(facts, _rule("INC91", check))


def test_a_rule_of_another_audit_is_not_applicable(facts: Facts) -> None:
    rule = _rule("DEP91", lambda case: examined(1), kinds=(Kind.DEPARTURE,))
    (outcome,) = _run(facts, rule).outcomes
    assert outcome.status is Status.NOT_APPLICABLE
    assert "离任" in outcome.reason.zh
    (outcome,) = _run(facts, rule, kind=Kind.DEPARTURE).outcomes
    assert outcome.status is Status.CLEAN


@pytest.mark.parametrize(
    ("status", "certainty"),
    [
        (ValueStatus.UNVERIFIED, Certainty.LEAD),
        (ValueStatus.VERIFIED, Certainty.ESTABLISHED),
        (ValueStatus.STANDARD, Certainty.ESTABLISHED),
    ],
)
def test_only_an_unverified_value_makes_a_lead(facts: Facts, status: ValueStatus, certainty: Certainty) -> None:
    rule = _rule("INC91", lambda case: examined(1, [_finding(case, "k", value=_value(status))]))
    assert [f.certainty for f in _run(facts, rule).findings] == [certainty]


def test_findings_come_by_gravity_then_code_then_key(facts: Facts) -> None:
    def two(*keys: str) -> Check:
        return lambda case: examined(2, [_finding(case, key) for key in keys])

    result = _run(
        facts,
        _rule("INC92", two("b", "a"), severity=Severity.LOW),
        _rule("EXP91", two("z"), severity=Severity.HIGH),
        _rule("INC91", two("c"), severity=Severity.LOW),
    )
    assert [(f.code, f.key) for f in result.findings] == [
        ("EXP91", ("z",)),
        ("INC91", ("c",)),
        ("INC92", ("a",)),
        ("INC92", ("b",)),
    ]
    assert [o.code for o in result.outcomes] == ["EXP91", "INC91", "INC92"]
    assert len(set(result.ids)) == 4
    assert result.ids[0] == result.findings[0].id_in(facts.union.code)


def test_keys_that_the_book_repeats_are_told_apart_by_content(facts: Facts) -> None:
    def made(order: Sequence[int]) -> Check:
        return lambda case: examined(2, [_finding(case, "记-2025-01-0001", amount_fen=fen) for fen in order])

    one, other = _run(facts, _rule("INC91", made((5, 9)))), _run(facts, _rule("INC91", made((9, 5))))
    assert one.ids == other.ids
    assert len(set(one.ids)) == 2
    assert [f.amount_fen for f in one.findings] == [f.amount_fen for f in other.findings] == [5, 9]


def test_what_was_not_tested_stands_in_the_reason(facts: Facts) -> None:
    untested = [Text("三月没有登记", "no March"), Text("三月没有登记", "no March")]
    (outcome,) = _run(facts, _rule("INC91", lambda case: examined(3, [], untested))).outcomes
    assert (outcome.status, outcome.reason.zh, outcome.tested) == (Status.NOT_PERFORMED, "三月没有登记", 3)


def test_result_names_software_law_and_snapshot(facts: Facts) -> None:
    result = _run(facts)
    assert result.engine.startswith("union-audit ")
    assert result.engine.endswith("law test")
    assert result.digest == facts.digest
    assert (result.since, result.until) == (YEAR["since"], YEAR["until"])


def test_the_whole_library_runs_on_an_empty_book(facts: Facts) -> None:
    from rules.law_loader import load_law
    from rules.rule import all_rules

    for kind in Kind:
        result = run_audit(facts, load_law(), **YEAR, kind=kind, subject="某人")
        assert [o.code for o in result.outcomes] == [r.code for r in all_rules()]
        assert all(o.reason.zh for o in result.outcomes if o.status in (Status.NOT_APPLICABLE, Status.NOT_PERFORMED))
