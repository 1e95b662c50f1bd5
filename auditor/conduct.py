"""One audit from the folder to the result: what every command that audits calls first."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.books import facts_of, survey_of
from auditor.messages import fail, integrity_line, language, say
from auditor.period import Period, PeriodError, parse_period
from auditor.results import Audited, keep, kept, key_for, results_cache
from ledger.collector import collector_off
from ledger.reader.limits import Limits
from rules.finding import AuditResult, Kind

if TYPE_CHECKING:
    from ledger.facts import Facts


def conduct(book: Path, period: str, kind: Kind, subject: str) -> tuple[Facts, AuditResult]:
    """Read a book and audit a period of it; ends with status 2 where the call or the book is at fault."""
    asked = _asked(period, kind, subject)
    facts = facts_of(book)
    return facts, _audit(facts, asked, kind, subject)


def conduct_once(book: Path, period: str, kind: Kind, subject: str) -> Audited:
    """Audit a period of a book, or return what this very audit gave before; ends with status 2 like `conduct`.

    Only when book, law, rules and question are all as they were is nothing worked out again.
    """
    asked = _asked(period, kind, subject)
    limits = Limits()
    found = survey_of(book, limits)
    folder = results_cache()
    usable = not folder.resolve().is_relative_to(book.resolve())
    key = key_for(found, limits, asked.since, asked.until, kind, subject)
    before = kept(folder, key, found.digest) if usable else None
    if before is not None:
        return before
    facts = facts_of(book, found)
    with collector_off():
        audited = Audited(_audit(facts, asked, kind, subject), facts.integrity)
        gc.freeze()  # the process ends with this audit: what it holds need not be walked for garbage
    # Somebody may be working on the rules: only what was the same before and after is what was run.
    if usable and key_for(found, limits, asked.since, asked.until, kind, subject) == key:
        keep(folder, key, audited)
    return audited


def _refuse_without_term(facts: Facts, asked: Period, subject: str) -> None:
    """End with status 2 where the register of officers knows no term of the person: a slip in the call or the book.

    A book without the register is audited all the same; the parts that need a term say so.
    """
    from rules.departure.position import absent_term, officers_of, term_in

    officers = officers_of(facts)
    if officers is not None and term_in(officers, subject, asked.until) is None:
        spoilt = [integrity_line(e) for e in facts.integrity if e.file == "registers/officers.csv"]
        fail([say(absent_term(officers, subject, asked.until)), *spoilt])


def period_of(text: str) -> Period:
    """Return the period that a call names; ends with status 2 for a text that is none."""
    try:
        return parse_period(text)
    except PeriodError as error:
        fail([error.en if language() == "en" else error.zh])


def _asked(period: str, kind: Kind, subject: str) -> Period:
    asked = period_of(period)
    if kind is Kind.DEPARTURE and not subject:
        fail(["离任审计要用 --subject 指明被审计人" if language() == "zh" else "a departure audit needs --subject"])
    return asked


def _audit(facts: Facts, asked: Period, kind: Kind, subject: str) -> AuditResult:
    from auditor.engine import run_audit
    from rules.law_loader import load_law

    if kind is Kind.DEPARTURE:
        _refuse_without_term(facts, asked, subject)
    return run_audit(facts, load_law(), since=asked.since, until=asked.until, kind=kind, subject=subject)
