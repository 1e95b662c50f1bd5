"""What one server shows: a book's facts and the audits made of them before the server starts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from auditor.engine import run_audit
from ledger.facts import Facts
from rules.finding import AuditResult, Kind
from rules.law import Law

SERVED = "UNION_AUDIT"


@dataclass(frozen=True)
class Served:
    """The audits that the pages show: of the period, and of each chair who left in or before it.

    `departures` pairs the person with the departure audit of the term.
    """

    facts: Facts
    law: Law
    audit: AuditResult
    departures: tuple[tuple[str, AuditResult], ...]
    language: str


def serve_audits(facts: Facts, law: Law, since: datetime.date, until: datetime.date, language: str) -> Served:
    """Audit a period, and the departure of every chair whose term ended by its last day."""
    departures = tuple(
        (name, run_audit(facts, law, since=since, until=until, kind=Kind.DEPARTURE, subject=name))
        for name in departed_chairs(facts, until)
    )
    annual = run_audit(facts, law, since=since, until=until, kind=Kind.ANNUAL)
    return Served(facts, law, annual, departures, language)


def departed_chairs(facts: Facts, until: datetime.date) -> tuple[str, ...]:
    """Return the chairs in officers.csv whose term ended by a day, the latest first; none without the register."""
    officers = facts.registers.get("officers")
    if officers is None:
        return ()
    left = officers[(officers["post"] == "chair") & officers["to"].notna()]
    left = left[left["to"].dt.date <= until].sort_values("to", ascending=False)
    return tuple(dict.fromkeys(str(name) for name in left["name"]))
