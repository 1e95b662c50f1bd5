"""Plain forms: every result comes back from JSON as it was, and nothing else is taken for one."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.plain import NotPlain, built, plain
from rules.finding import (
    AuditResult,
    Certainty,
    Citation,
    Evidence,
    Finding,
    Kind,
    Outcome,
    Severity,
    Status,
    Text,
)
from rules.law import ParameterValue, ValueKind, ValueStatus

words = st.text(max_size=8)
texts = st.builds(Text, words, words)
fen = st.integers(0, 10**17)
numbers = st.decimals(allow_nan=False, allow_infinity=False)
evidence = st.builds(Evidence, texts, words, st.none() | st.dates(), words, st.none() | st.integers(), words, fen)
values = st.builds(
    ParameterValue,
    key=words,
    region=words,
    in_force_from=st.dates(),
    until=st.none() | st.dates(),
    value=st.none() | numbers,
    unit=words,
    kind=st.sampled_from(ValueKind),
    status=st.sampled_from(ValueStatus),
    instrument=words,
    article=words,
    quote=words,
    note=words,
    checked=st.none() | st.dates(),
    id=words,
    fraction=st.none() | st.fractions(),
)
findings = st.builds(
    Finding,
    code=words,
    key=st.lists(words, max_size=3).map(tuple),
    title=texts,
    severity=st.sampled_from(Severity),
    certainty=st.sampled_from(Certainty),
    amount_fen=fen,
    message=texts,
    expected=texts,
    found=texts,
    remedy=texts,
    citations=st.lists(st.builds(Citation, words, words), max_size=2).map(tuple),
    evidence=st.lists(evidence, min_size=1, max_size=3).map(tuple),
    parameters=st.lists(values, max_size=2).map(tuple),
    related=st.lists(words, max_size=2).map(tuple),
)
outcomes = st.builds(Outcome, words, texts, st.sampled_from(Status), texts, fen, fen)
results = st.builds(
    AuditResult,
    union_name=words,
    union_code=words,
    region=words,
    since=st.dates(),
    until=st.dates(),
    kind=st.sampled_from(Kind),
    subject=words,
    engine=words,
    digest=words,
    outcomes=st.lists(outcomes, max_size=3).map(tuple),
    findings=st.lists(findings, max_size=3).map(tuple),
    ids=st.lists(words, max_size=3).map(tuple),
)


@given(results)
def test_every_result_comes_back(result: AuditResult) -> None:
    again = built(AuditResult, json.loads(json.dumps(plain(result))))
    assert again == result
    assert repr(again) == repr(result)  # the digits of a decimal, and which of two equal types


@given(results, st.data())
def test_a_field_more_or_less_is_no_result(result: AuditResult, data: st.DataObject) -> None:
    made = plain(result)
    assert isinstance(made, list)
    if data.draw(st.booleans()):
        made.pop(data.draw(st.integers(0, len(made) - 1)))
    else:
        made.append("")
    with pytest.raises(NotPlain):
        built(AuditResult, made)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (int, True),
        (int, "1"),
        (int, 1.0),
        (str, None),
        (str, 1),
        (bool, 1),
        (datetime.date, "2025-02-30"),
        (datetime.date, 20250201),
        (Decimal, "x"),
        (Decimal, 1),
        (Fraction, "1/0"),
        (Severity, "grave"),
        (Kind, None),
        (Text, ["甲"]),
        (Text, ["甲", 1]),
        (Text, "甲乙"),
        (tuple[str, ...], "甲乙"),
        (tuple[int, ...], [1, "2"]),
    ],
)
def test_what_does_not_fit_its_type_is_refused(kind: Any, data: Any) -> None:
    with pytest.raises(NotPlain):
        built(kind, data)


def test_a_value_that_its_own_class_refuses_is_refused() -> None:
    text = ["甲", "a"]
    bare = ["X", [], text, "high", "lead", 0, text, text, text, text, [], [], [], []]
    with pytest.raises(NotPlain, match="without evidence"):
        built(Finding, bare)


@pytest.mark.parametrize("value", [1.0, {1}, b"x", object()])
def test_other_values_have_no_plain_form(value: object) -> None:
    with pytest.raises(TypeError):
        plain(value)
