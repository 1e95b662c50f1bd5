"""What a check says: findings with their evidence, and one outcome per rule, of which silence is none."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from rules.law import ParameterValue


class Severity(StrEnum):
    """How grave a finding is, whoever established it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Certainty(StrEnum):
    """Whether the books alone establish the finding (问题) or it wants a person's look first (疑点)."""

    ESTABLISHED = "established"
    LEAD = "lead"


class Status(StrEnum):
    """How a rule ended."""

    CLEAN = "clean"
    FINDINGS = "findings"
    NOT_APPLICABLE = "not_applicable"
    NOT_PERFORMED = "not_performed"


class Kind(StrEnum):
    """The audits a union's funds audit committee makes."""

    ANNUAL = "annual"
    REMITTANCE = "remittance"
    DEPARTURE = "departure"
    SPECIAL = "special"


class Text(NamedTuple):
    """One sentence for people, in Chinese and in English."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh


class Citation(NamedTuple):
    """A clause of law: key of the instrument in `rules/instruments.toml`, and the article as printed."""

    instrument: str
    article: str


NO_TEXT = Text("", "")


@dataclass(frozen=True)
class Evidence:
    """One row that shows the finding: a posting, a register's row, a budget line, or what is absent.

    `amount_fen` is None where no amount belongs to it. `file` is relative to the book, `line` 0 for a whole file.
    """

    note: Text
    voucher: str = ""
    date: datetime.date | None = None
    account: str = ""
    amount_fen: int | None = None
    file: str = ""
    line: int = 0


@dataclass(frozen=True)
class Finding:
    """One case that breaks a rule, with everything needed to check it by hand.

    `key` names the case by its content (a month, a voucher number, a member and year) and makes the id; it
    never holds a line number. `amount_fen` is the amount at risk, never negative, 0 where none can be said.
    `related` names codes of rules that see the same cause, so that amounts are not added twice.
    """

    code: str
    key: tuple[str, ...]
    title: Text
    severity: Severity
    certainty: Certainty
    amount_fen: int
    message: Text
    expected: Text
    found: Text
    remedy: Text
    citations: tuple[Citation, ...]
    evidence: tuple[Evidence, ...]
    parameters: tuple[ParameterValue, ...] = ()
    related: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"{self.code} {self.key}: a finding without evidence")
        if self.amount_fen < 0:
            raise ValueError(f"{self.code} {self.key}: an amount at risk below zero")

    def id_in(self, union: str) -> str:
        """Return the id of this finding in a union: the same in every run, year and formatting."""
        content = json.dumps([union, self.code, *self.key], ensure_ascii=False)
        return f"{self.code}-{hashlib.sha256(content.encode()).hexdigest()[:12]}"


@dataclass(frozen=True)
class Checked:
    """What a rule's check returns.

    `tested` counts the items looked at; `untested` says, item by item, what could not be tested and why.
    `reason` explains *not applicable* and *not performed*, and may annotate the others. `note` says on which
    population and by which method the check was made; it is printed with the outcome and never decides it.
    """

    findings: tuple[Finding, ...] = ()
    tested: int = 0
    untested: tuple[Text, ...] = ()
    reason: Text = NO_TEXT
    applicable: bool = True
    note: Text = NO_TEXT

    @property
    def status(self) -> Status:
        """How the rule ended: silence is a pass only where something was tested and nothing left out."""
        if not self.applicable:
            return Status.NOT_APPLICABLE
        if self.findings:
            return Status.FINDINGS
        if self.untested or (self.tested == 0 and self.reason.zh):
            return Status.NOT_PERFORMED
        return Status.CLEAN


def examined(
    count: int, findings: Sequence[Finding] = (), untested: Sequence[Text] = (), *, note: Text = NO_TEXT
) -> Checked:
    """Return the result of a check that looked at `count` items; `note` names population and method."""
    return Checked(tuple(findings), count, tuple(untested), note=note)


def not_applicable(zh: str, en: str) -> Checked:
    """Return the result of a check whose subject this union or period does not have."""
    return Checked(applicable=False, reason=Text(zh, en))


def not_performed(zh: str, en: str) -> Checked:
    """Return the result of a check that lacks what it needs: never a pass."""
    return Checked(reason=Text(zh, en))


@dataclass(frozen=True)
class Outcome:
    """How one rule ended on one book: printed for every rule, findings or not."""

    code: str
    title: Text
    status: Status
    reason: Text
    findings: int
    tested: int


@dataclass(frozen=True)
class AuditResult:
    """The result of one audit of one book: outcomes in order of code, findings in order of gravity.

    `digest` names the snapshot of the book, `engine` the version of the software and of its law.
    """

    union_name: str
    union_code: str
    region: str
    since: datetime.date
    until: datetime.date
    kind: Kind
    subject: str
    engine: str
    digest: str
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    ids: tuple[str, ...] = field(default=())  # id of each finding, in the same order
