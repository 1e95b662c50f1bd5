"""Audits made before, whose period shares days with a term: what they found and what became of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from ledger.facts import Facts
from ledger.register_rows import AuditRow, rows_of_register
from rules.departure.position import Term
from rules.text.lists import word_list
from rules.text.match import made_of

_NOTHING = "no_issues"


@dataclass(frozen=True)
class EarlierAudit:
    """One row of audits.csv: its period, what it found, and when that was put right (None: not by the day asked).

    `open` tells that it found something which was not put right by that day.
    """

    id: str
    kind: str
    subject: str
    period_from: datetime.date | None
    period_to: datetime.date | None
    reported_on: datetime.date | None
    findings: str
    rectified_on: datetime.date | None

    @property
    def open(self) -> bool:
        """Whether findings stand that were not put right."""
        return self.rectified_on is None and not made_of(self.findings, _NOTHING, word_list(_NOTHING).revised)

    def days_open(self, day: datetime.date) -> int | None:
        """Days from the report to putting right, or to a day where it is not; None without a report's day."""
        return None if self.reported_on is None else ((self.rectified_on or day) - self.reported_on).days


def departure_audited(audits: Iterable[AuditRow], person: str, day: datetime.date) -> bool:
    """Tell whether a departure audit of a person that reaches to a day is on record; one without an end does."""
    own = (audit for audit in audits if audit.kind == "departure" and audit.subject == person)
    return any(audit.period_to is None or audit.period_to >= day for audit in own)


def audits_of(facts: Facts, term: Term) -> tuple[EarlierAudit, ...] | None:
    """Return the audits whose period or report falls into a term, by day of report; None without the register."""
    found = _audits(facts, term.leaving)
    if found is None:
        return None
    return tuple(
        a
        for a in found
        if (a.reported_on is None or a.reported_on <= term.leaving)
        and (
            (a.reported_on is not None and term.since <= a.reported_on)
            or ((a.period_from or term.since) <= term.leaving and (a.period_to or term.leaving) >= term.since)
        )
    )


def open_audits(facts: Facts, day: datetime.date) -> tuple[EarlierAudit, ...] | None:
    """Return every audit reported by a day whose findings were not put right by it; None without the register."""
    found = _audits(facts, day)
    if found is None:
        return None
    return tuple(a for a in found if a.open and a.reported_on is not None and a.reported_on <= day)


def _audits(facts: Facts, day: datetime.date) -> tuple[EarlierAudit, ...] | None:
    if "audits" not in facts.registers:
        return None
    rows = sorted(rows_of_register(facts, AuditRow), key=lambda r: (r.reported_on or datetime.date.max, r.id, r.line))
    return tuple(
        EarlierAudit(
            id=row.id,
            kind=row.kind,
            subject=row.subject,
            period_from=row.period_from,
            period_to=row.period_to,
            reported_on=row.reported_on,
            findings=row.findings,
            rectified_on=row.rectified_on if row.rectified_on is not None and row.rectified_on <= day else None,
        )
        for row in rows
    )
