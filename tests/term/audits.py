"""The book of seven years on the disk and its audits, each made once for all tests."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from auditor.engine import run_audit
from ledger.example.term.book import TermBook, term_book
from ledger.example.term.calendar import FIRST_DAY, YEARS
from ledger.example.term.identity import CHAIR_1, CHAIR_2, TERM_1, TERM_2
from ledger.facts import Facts
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables
from rules.finding import AuditResult, Certainty, Finding, Kind
from rules.law_loader import load_law
from rules.rule import Rule, all_rules

# What a remittance audit is about; the other rules would only say again what the annual audit said.
REMITTANCE_FAMILIES = ("INC", "REM", "CUR")


class Audit(NamedTuple):
    """One audit: its kind, first and last day, and the chair whose term it is about."""

    kind: Kind
    since: datetime.date
    until: datetime.date
    subject: str = ""

    @property
    def name(self) -> str:
        """The audit as a test's name."""
        return f"{self.kind}-{self.subject or self.since.year}"


ANNUAL = tuple(Audit(Kind.ANNUAL, datetime.date(y, 1, 1), datetime.date(y, 12, 31)) for y in YEARS)
REMITTANCE = tuple(a._replace(kind=Kind.REMITTANCE) for a in ANNUAL)
DEPARTURES = (
    Audit(Kind.DEPARTURE, max(TERM_1[0], FIRST_DAY), TERM_1[1], CHAIR_1),
    Audit(Kind.DEPARTURE, *TERM_2, CHAIR_2),
)
ALL = (*ANNUAL, *REMITTANCE, *DEPARTURES)


@cache
def folder(*, clean: bool) -> Path:
    """Return the folder of a book, written on first use."""
    made = Path(tempfile.mkdtemp(prefix="term-")) / "book"
    book(clean=clean).write(made)
    return made


def book(*, clean: bool) -> TermBook:
    """Return a book as it was generated."""
    return term_book(clean=clean)


@cache
def facts(*, clean: bool) -> Facts:
    """Return the facts of a book."""
    return facts_from(read_tables(folder(clean=clean)))


@cache
def result(audit: Audit, *, clean: bool) -> AuditResult:
    """Return the result of an audit of a book."""
    kind, since, until, subject = audit
    rules = tuple(rules_of(kind, clean=clean))
    return run_audit(facts(clean=clean), load_law(), since=since, until=until, kind=kind, subject=subject, rules=rules)


def rules_of(kind: Kind, *, clean: bool) -> Iterator[Rule]:
    """Yield the rules that an audit of a kind is made with, less those that could only give leads nobody asks for."""
    asked = () if clean else {code for case in book(clean=False).planted for code in (case.code, *case.along)}
    for rule in all_rules():
        if rule.lead_only and rule.code not in asked:
            continue
        if kind is not Kind.REMITTANCE or rule.code.startswith(REMITTANCE_FAMILIES):
            yield rule


def established(audit: Audit, *, clean: bool) -> tuple[Finding, ...]:
    """Return what an audit of a book established."""
    return tuple(f for f in result(audit, clean=clean).findings if f.certainty is Certainty.ESTABLISHED)
