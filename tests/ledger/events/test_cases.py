"""Every treatment of 财会〔2021〕7号, appendix one part three, worked once: facts in, 借 and 贷 out."""

from __future__ import annotations

from collections import Counter

import pytest

from ledger.events import Level, all_events, compose
from tests.ledger.events.cases import Case, cases, event_case, reasons, shown, treatments

# Beyond the accounts' own treatments: article 23 of the system itself lets errors be corrected.
_ARTICLES = {"第二十三条"}


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_treatment_is_booked_as_the_regulation_says(case: Case) -> None:
    event, facts, context = event_case(case)
    composition = compose(event, facts, context)
    assert composition.problems == ()
    voucher = composition.voucher
    assert voucher is not None
    assert Counter(shown(voucher)) == Counter(case.entries), case.essence
    assert case.metadata.items() <= voucher.metadata.items()
    assert voucher.narration


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_case_works_a_treatment_its_event_claims(case: Case) -> None:
    event, _, _ = event_case(case)
    assert case.treatment in event.sources
    assert event.level in (Level.BOTH, case.level)


def test_every_treatment_has_a_case_or_a_reason() -> None:
    worked = {case.treatment for case in cases()}
    told = reasons()
    assert worked | set(told) == set(treatments())
    assert not worked & set(told)
    assert all(told.values())


def test_treatments_an_event_claims_are_the_regulations_and_worked() -> None:
    claimed = {(source, event.key) for event in all_events() for source in event.sources}
    assert {source for source, _ in claimed} - _ARTICLES <= set(treatments())
    worked = {case.treatment for case in cases()}
    assert {source for source, _ in claimed} - _ARTICLES == worked


def test_every_event_is_worked_in_some_case() -> None:
    worked = {case.event for case in cases()} | {"reversal"}
    assert {event.key for event in all_events()} == worked


def test_names_of_cases_are_unique() -> None:
    names = Counter(case.name for case in cases())
    assert [name for name, count in names.items() if count > 1] == []
