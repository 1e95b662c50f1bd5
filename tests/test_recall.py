"""No crying wolf, nothing missed: a clean year has no established finding, and what is put into one is found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.law import Law
from rules.law_loader import load_law
from rules.rule import all_rules
from tests.recall import clean_findings, uninjected
from tests.years.injecting import Injection, all_injections, attempt

RULES = {rule.code: rule for rule in all_rules()}
SEEDS = st.integers(0, 10_000)
# Rules that no injection puts anything into yet: the list may only become shorter.
WITHOUT: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def law() -> Law:
    """The law as shipped."""
    return load_law()


def _id(one: Injection) -> str:
    return f"{one.code}:{one.name}"


@pytest.mark.parametrize("one", all_injections(), ids=_id)
def test_what_is_put_in_is_found(one: Injection, law: Law) -> None:
    _assert_found(one, 1, law)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 8))
@pytest.mark.parametrize("one", all_injections(), ids=_id)
def test_what_is_put_in_is_found_in_many_years(one: Injection, seed: int, law: Law) -> None:
    _assert_found(one, seed, law)


@settings(max_examples=3)
@given(seed=SEEDS)
def test_a_clean_year_is_clean(seed: int) -> None:
    _, established = clean_findings(seed, load_law())
    assert not established


@pytest.mark.slow
@pytest.mark.timeout(1800)
@settings(max_examples=80)
@given(seed=SEEDS)
def test_clean_years_are_clean(seed: int) -> None:
    _, established = clean_findings(seed, load_law())
    assert not established


def test_every_rule_has_an_injection() -> None:
    assert set(uninjected()) == WITHOUT


def _assert_found(one: Injection, seed: int, law: Law) -> None:
    assert one.code in RULES, f"{one.name} is for {one.code}, which is no rule"
    trial = attempt(one, seed, law, (RULES[one.code],))
    (outcome,) = trial.result.outcomes
    told = [f"{finding.key} {finding.message.zh}" for finding in trial.result.findings]
    assert trial.found, f"{trial.region} {trial.year} {trial.clues}: {outcome.status} {outcome.reason.zh} {told}"
