"""The planted irregularities: each reference exists, each is found, and nothing else is established."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import pytest

from auditor.engine import run_audit
from ledger.closing import carry_forward
from ledger.example.hospital import hospital, hospital_vouchers
from ledger.example.names import CHAIR_BEFORE
from ledger.example.planted import PLANTED, Planted
from ledger.facts import Facts
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables
from ledger.vouchers import Voucher
from ledger.writer import write_book
from rules.finding import Certainty, Finding, Kind
from rules.law_loader import load_law
from rules.rule import all_rules

BOOK = hospital()
FIRST, LAST = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)
CODES = {rule.code for rule in all_rules()}
OF_DEPARTURE = tuple(rule for rule in all_rules() if rule.code.startswith("DEP"))
KNOWN = CODES & {case.code for case in PLANTED}


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    folder = tmp_path_factory.mktemp("hospital")

    def write(name: str, closing: Sequence[Voucher] = ()) -> Facts:
        write_book(
            folder / name,
            BOOK.profile,
            FIRST,
            vouchers=hospital_vouchers(),
            budgets=BOOK.budgets,
            registers=BOOK.registers,
            closing=closing,
        )
        return facts_from(read_tables(folder / name))

    return write("closed", carry_forward(write("open").journal, 2025))


@pytest.fixture(scope="module")
def findings(facts: Facts) -> tuple[Finding, ...]:
    law = load_law()
    annual = run_audit(facts, law, since=FIRST, until=LAST)
    departure = run_audit(
        facts, law, since=FIRST, until=LAST, kind=Kind.DEPARTURE, subject=CHAIR_BEFORE, rules=OF_DEPARTURE
    )
    seen = {(finding.code, finding.key): finding for finding in (*departure.findings, *annual.findings)}
    return tuple(seen.values())


def names(finding: Finding, case: Planted) -> bool:
    """Tell whether a finding speaks of a planted case: one of its vouchers, or its month or day, account or person."""
    told = "\n".join(
        [
            *finding.key,
            finding.message.zh,
            finding.found.zh,
            *(f"{e.voucher} {e.account} {e.date}" for e in finding.evidence),
        ]
    )
    return any(text in told for text in (*case.vouchers, *case.keys))


def test_every_reference_exists() -> None:
    drafts = {signed.draft.key for signed in BOOK.signed}
    numbers = {signed.number for signed in BOOK.signed}
    known = {line.account for voucher in hospital_vouchers() for line in voucher.lines}
    known |= {voucher.date.isoformat() for voucher in BOOK.vouchers} | {f"2025-{month:02d}" for month in range(1, 13)}
    known |= {entry.date.isoformat() for entry in BOOK.budgets} | {m.member_id for m in BOOK.members} | {CHAIR_BEFORE}
    assert len(BOOK.planted) == len(PLANTED) >= 20
    for case in BOOK.planted:
        assert set(case.drafts) <= drafts
        assert set(case.vouchers) <= numbers
        assert len(case.vouchers) >= len(case.drafts)
        assert case.vouchers or case.keys, case.code
        assert set(case.keys) <= known


def test_no_voucher_is_planted_for_two_reasons_of_one_code() -> None:
    seen = [(case.code, number) for case in BOOK.planted for number in case.vouchers]
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    "case", [c for c in BOOK.planted if c.code in KNOWN], ids=lambda case: f"{case.code}-{case.what_zh}"
)
def test_planted_case_is_found(case: Planted, findings: tuple[Finding, ...]) -> None:
    found = [finding for finding in findings if finding.code == case.code and names(finding, case)]
    assert found, case.what_zh
    assert case.certainty in {str(finding.certainty) for finding in found}


def test_nothing_else_is_established(findings: tuple[Finding, ...]) -> None:
    explained = {case.code for case in PLANTED} | {code for case in PLANTED for code in case.along}
    stray = [f for f in findings if f.certainty is Certainty.ESTABLISHED and f.code not in explained]
    assert [(f.code, f.message.zh) for f in stray] == []


def test_each_planted_code_yields_no_more_than_what_was_planted(findings: tuple[Finding, ...]) -> None:
    for code in KNOWN:
        own = [case for case in BOOK.planted if case.code == code]
        stray = [f.message.zh for f in findings if f.code == code and not any(names(f, case) for case in own)]
        assert stray == [], code


def test_the_book_is_read_without_a_fault(facts: Facts) -> None:
    assert facts.integrity == ()
