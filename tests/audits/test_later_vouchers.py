"""An audit of a period says the same whether or not the book already goes on after it."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.engine import run_audit
from ledger.facts import Facts
from rules.finding import AuditResult, Finding, Outcome
from rules.law import Law
from rules.law_loader import load_law
from rules.remittance.months import last_day
from tests.years.injecting import Injection, all_injections
from tests.years.papers import build

# The contribution of the period's last month falls due after it: whether it came in time is seen in later vouchers.
LOOKS_FURTHER = frozenset({"INC01", "INC02", "INC03", "INC12"})


def told(result: AuditResult) -> tuple[list[Outcome], list[Finding]]:
    """Return what an audit says, without the rules that look further."""
    outcomes = [outcome for outcome in result.outcomes if outcome.code not in LOOKS_FURTHER]
    return outcomes, [finding for finding in result.findings if finding.code not in LOOKS_FURTHER]


def ended(facts: Facts, until: datetime.date) -> Facts:
    """Return a book without the vouchers after a day; its registers stay."""
    vouchers = facts.vouchers[facts.vouchers["date"] <= pd.Timestamp(until)].reset_index(drop=True)
    postings = facts.postings[facts.postings["entry"].isin(vouchers["entry"])].reset_index(drop=True)
    return replace(facts, vouchers=vouchers, postings=postings)


def audited(facts: Facts, law: Law, year: int, until: datetime.date) -> AuditResult:
    return run_audit(facts, law, since=datetime.date(year, 1, 1), until=until)


@settings(max_examples=8, deadline=None)
@given(one=st.sampled_from(all_injections()), seed=st.integers(0, 1000), month=st.integers(1, 11))
def test_vouchers_after_the_period_change_nothing(one: Injection, seed: int, month: int) -> None:
    law = load_law()
    book = one.clean(seed, law)
    one.put(book)
    facts, until = build(book).facts(book.profile), last_day(f"{book.year}-{month:02d}")
    assert facts.vouchers["date"].max() > pd.Timestamp(until)
    assert told(audited(facts, law, book.year, until)) == told(audited(ended(facts, until), law, book.year, until))
