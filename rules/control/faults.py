"""A fault of the union's organs or accounts that one sentence tells, and the finding that it makes."""

from __future__ import annotations

from dataclasses import dataclass

from rules.finding import Certainty, Citation, Evidence, Finding, Severity, Text
from rules.law import ParameterValue
from rules.rule import Case


@dataclass(frozen=True)
class Fault:
    """One fault: key, what is wrong, the rows that show it, how sure and how grave, fen at risk, values and law.

    Severity and citations are the rule's own where none are given.
    """

    key: tuple[str, ...]
    told: Text
    evidence: tuple[Evidence, ...]
    certainty: Certainty
    severity: Severity | None = None
    amount_fen: int = 0
    parameters: tuple[ParameterValue, ...] = ()
    citations: tuple[Citation, ...] | None = None

    def finding(self, case: Case, *, expected: Text, remedy: Text, related: tuple[str, ...]) -> Finding:
        """Return the finding of a rule that the fault is."""
        return case.finding(
            *self.key,
            message=self.told,
            expected=expected,
            found=self.told,
            remedy=remedy,
            evidence=self.evidence,
            amount_fen=self.amount_fen,
            certainty=self.certainty,
            severity=self.severity,
            parameters=self.parameters,
            citations=self.citations,
            related=related,
        )
