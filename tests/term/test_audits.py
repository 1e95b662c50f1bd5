"""The audits of seven years: the clean book has nothing to find, the other one exactly what was planted."""

from __future__ import annotations

import pytest

from auditor.engine import run_audit
from ledger.example.planted import ESTABLISHED
from ledger.example.term.planted import Planted
from rules.finding import Certainty, Finding, Kind
from rules.law_loader import load_law
from rules.rule import all_rules
from tests.term.audits import ALL, ANNUAL, DEPARTURES, REMITTANCE, REMITTANCE_FAMILIES, Audit, book, facts, result

PLANTED = book(clean=False).planted
ABOUT_TERMS = "DEP"


def expected(audit: Audit) -> dict[str, list[Planted]]:
    """Return what an audit must find: code of the rule → cases."""
    wanted: dict[str, list[Planted]] = {}
    for case in PLANTED:
        for code in codes(case, audit):
            wanted.setdefault(code, []).append(case)
    return wanted


def codes(case: Planted, audit: Audit) -> tuple[str, ...]:
    """Return the codes under which an audit must find a case, none where it lies outside."""
    if audit.kind is Kind.DEPARTURE:
        if case.chair != audit.subject:
            return ()
        return (case.code, case.departure) if case.departure else (case.code,)
    if audit.since.year not in case.years:
        return ()
    mine = audit.kind is Kind.ANNUAL or case.code.startswith(REMITTANCE_FAMILIES)
    return (case.code,) if mine else ()


def shows(finding: Finding, case: Planted) -> bool:
    """Tell whether a finding names a case's voucher, with its day, and what else names the case.

    Rules that see the same cause from another side name its voucher, its day or its amount.
    """
    if finding.code != case.code:
        day = any(case.day in (e.date, None) or e.voucher == case.voucher for e in finding.evidence)
        return day or finding.amount_fen == case.amount_fen
    words = [*map(str, finding.key), finding.message.zh, *(e.account for e in finding.evidence)]
    named = not case.key or any(case.key in word for word in words)
    return named and (
        not case.voucher or any((e.voucher, e.date) == (case.voucher, case.day) for e in finding.evidence)
    )


@pytest.mark.parametrize("audit", ALL, ids=lambda audit: audit.name)
def test_nothing_is_established_in_the_clean_book(audit: Audit) -> None:
    found = [f for f in result(audit, clean=True).findings if f.certainty is Certainty.ESTABLISHED]
    assert [f"{f.code} {f.message.zh}" for f in found] == []


@pytest.mark.parametrize("audit", ALL, ids=lambda audit: audit.name)
def test_every_planted_case_is_found_at_its_voucher_and_day(audit: Audit) -> None:
    for code, cases in expected(audit).items():
        for case in cases:
            hits = [f for f in result(audit, clean=False).findings if f.code == code and shows(f, case)]
            assert hits, f"{code} {case.what_zh} {case.voucher}"
            sure = {f.certainty is Certainty.ESTABLISHED for f in hits}
            assert code != case.code or sure == {case.certainty == ESTABLISHED}, f"{code} {case.what_zh}"


@pytest.mark.parametrize("audit", [*ANNUAL, *DEPARTURES], ids=lambda audit: audit.name)
def test_amounts_are_those_of_the_answer_key(audit: Audit) -> None:
    for code, cases in expected(audit).items():
        for case in (case for case in cases if case.amount_fen and code == case.code):
            amounts = {f.amount_fen for f in result(audit, clean=False).findings if f.code == code and shows(f, case)}
            assert amounts == {case.amount_fen}, f"{code} {case.what_zh}"


@pytest.mark.parametrize("audit", ALL, ids=lambda audit: audit.name)
def test_nothing_else_is_established(audit: Audit) -> None:
    for finding in result(audit, clean=False).findings:
        if finding.certainty is Certainty.ESTABLISHED:
            mine = [c for c in PLANTED if finding.code in (c.code, c.departure, *c.along)]
            assert any(shows(finding, case) for case in mine), f"{finding.code} {finding.message.zh}"


def test_what_a_rule_sees_besides_is_found_too() -> None:
    for case in PLANTED:
        for year in case.years:
            annual = next(a for a in ANNUAL if a.since.year == year)
            seen = {f.code for f in result(annual, clean=False).findings}
            assert set(case.along) <= seen, case.what_zh


def test_the_chair_who_was_audited_is_not_missed_and_the_other_is() -> None:
    first, second = (result(audit, clean=False) for audit in DEPARTURES)
    assert not [f for f in first.findings if f.code == "DEP01"]
    assert [f.key[0] for f in second.findings if f.code == "DEP01"] == [DEPARTURES[1].subject]


def test_contributions_are_judged_by_the_way_of_collection_of_their_month() -> None:
    """In 2023 the way changes: wages of December 2022 still come from the employer, by the fifteenth."""
    status = {audit.since.year: {o.code: o.status for o in result(audit, clean=True).outcomes} for audit in REMITTANCE}
    assert [status[year]["INC02"] for year in (2022, 2023, 2024)] == ["clean", "clean", "not_applicable"]
    assert [status[year]["INC09"] for year in (2021, 2022, 2023)] == ["not_applicable", "not_applicable", "clean"]


def test_a_late_month_bears_no_fee_where_the_region_sets_none() -> None:
    audit = next(a for a in REMITTANCE if a.since.year == 2020)
    (late,) = [f for f in result(audit, clean=False).findings if f.code == "INC02"]
    assert "迟 9 日" in late.message.zh
    assert "滞纳金" not in late.message.zh


def test_a_special_audit_of_the_budgets_finds_those_of_all_years_at_once() -> None:
    budgets = tuple(rule for rule in all_rules() if rule.code.startswith("BUD"))
    since, until = ANNUAL[0].since, ANNUAL[-1].until
    special = run_audit(facts(clean=False), load_law(), since=since, until=until, kind=Kind.SPECIAL, rules=budgets)
    wanted = [case for case in PLANTED if case.code.startswith("BUD")]
    assert len(wanted) == 8
    for case in wanted:
        assert any(f.code == case.code and shows(f, case) for f in special.findings), case.what_zh


def test_the_answer_key_covers_the_three_audits() -> None:
    assert 20 <= len(PLANTED) <= 30
    assert all(case.years or case.chair for case in PLANTED)
    for prefix in ("BUD", "INC", "CTL", ABOUT_TERMS):
        assert any(case.code.startswith(prefix) for case in PLANTED)
