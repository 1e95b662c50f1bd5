"""What a rule is: metadata as data, a docstring that is its page, and one function that checks.

A rule is one file below `rules/<family>/` whose name begins with its code; `all_rules` finds it by walking.
The check takes a `Case` and returns a `Checked`; it reads frames, never files or clocks.
"""

from __future__ import annotations

import datetime
import importlib
import pkgutil
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import pandas as pd

from ledger.facts import Facts
from ledger.rows import Row
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Kind, Severity, Text
from rules.law import Law, ParameterValue

SECTIONS = ("检查内容", "依据", "危害", "反例", "正例", "参数", "局限")
_CODE = re.compile(r"[A-Z]{3}\d{2}")
_NAME = re.compile(r"(?!check-|must-)[a-z]+(-[a-z]+)+")

Check = Callable[["Case"], Checked]


@dataclass(frozen=True)
class Rule:
    """One irregularity and the check that finds it.

    `name` says the irregularity, `needs` the registers without which the check is not performed, `parameters`
    the keys of law it asks for, `kinds` the audits it belongs to, `lead_only` that words or averages alone
    decide, so that nothing it finds is ever established. `page` is the module's docstring.
    """

    code: str
    name: str
    title: Text
    severity: Severity
    citations: tuple[Citation, ...]
    check: Check
    page: str
    family: str
    needs: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = tuple(Kind)
    lead_only: bool = False


@dataclass(frozen=True)
class Case:
    """One book under one rule: what a check may look at.

    `since` and `until` bound the audited period, both inclusive; `subject` names the person of a departure.
    """

    rule: Rule
    facts: Facts
    law: Law
    since: datetime.date
    until: datetime.date
    kind: Kind = Kind.ANNUAL
    subject: str = ""

    def register(self, name: str) -> pd.DataFrame:
        """Return a register's frame; the engine has made sure that every register in `needs` is there."""
        return self.facts.registers[name]

    def value(self, key: str, day: datetime.date) -> ParameterValue:
        """Return the value of law for this union on the day of an event, or raise NoParameter."""
        return self.law.value(key, day, self.facts.union)

    @property
    def activity(self) -> pd.DataFrame:
        """The journal of the audited period, without opening, change-over and carry-forward vouchers."""
        return self.facts.activity_of(self.since, self.until)

    def finding(
        self,
        *key: str,
        message: Text,
        expected: Text,
        found: Text,
        remedy: Text,
        evidence: Sequence[Evidence],
        amount_fen: int = 0,
        parameters: Sequence[ParameterValue] = (),
        certainty: Certainty = Certainty.ESTABLISHED,
        severity: Severity | None = None,
        citations: Sequence[Citation] | None = None,
        related: Sequence[str] = (),
    ) -> Finding:
        """Return a finding of this rule; `key` names the case by its content and makes its stable id."""
        return Finding(
            code=self.rule.code,
            key=key,
            title=self.rule.title,
            severity=severity or self.rule.severity,
            certainty=Certainty.LEAD if self.rule.lead_only else certainty,
            amount_fen=amount_fen,
            message=message,
            expected=expected,
            found=found,
            remedy=remedy,
            citations=tuple(self.rule.citations if citations is None else citations),
            evidence=tuple(evidence),
            parameters=tuple(parameters),
            related=tuple(related),
        )


def evidence_of(row: Row, note: Text, *, amount_fen: int | None = None) -> Evidence:
    """Return the evidence that one row of the journal is: voucher, day, account, amount, file and line."""
    amount = abs(int(row["amount_fen"])) if amount_fen is None else amount_fen
    return Evidence(
        note=note,
        voucher=str(row["voucher"]),
        date=pd.Timestamp(row["date"]).date(),
        account=str(row["account"]),
        amount_fen=amount,
        file=str(row["file"]),
        line=int(row["line"]),
    )


def rule(
    *,
    code: str,
    name: str,
    title: Text,
    severity: Severity,
    citations: Sequence[Citation],
    needs: Sequence[str] = (),
    parameters: Sequence[str] = (),
    kinds: Sequence[Kind] = tuple(Kind),
    lead_only: bool = False,
) -> Callable[[Check], Rule]:
    """Make a Rule of the decorated check; raises ValueError for a malformed code or name."""
    if not _CODE.fullmatch(code):
        raise ValueError(f"{code} is no rule code")
    if not _NAME.fullmatch(name):
        raise ValueError(f"{code}: {name} does not name an irregularity")

    def decorate(check: Check) -> Rule:
        module = importlib.import_module(check.__module__)
        return Rule(
            code=code,
            name=name,
            title=title,
            severity=severity,
            citations=tuple(citations),
            check=check,
            page=(module.__doc__ or "").strip(),
            family=check.__module__.split(".")[1],
            needs=tuple(needs),
            parameters=tuple(parameters),
            kinds=tuple(kinds),
            lead_only=lead_only,
        )

    return decorate


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule of the package in order of code; raises ValueError when two share one."""
    import rules

    found: dict[str, Rule] = {}
    for module_info in pkgutil.walk_packages(rules.__path__, "rules."):
        stem = module_info.name.rsplit(".", 1)[1]
        if not re.match(r"[a-z]{3}\d{2}_", stem):
            continue
        module = importlib.import_module(module_info.name)
        for value in vars(module).values():
            # A rule may build on another one by importing it; it is found in its own module only.
            if isinstance(value, Rule) and value.check.__module__ == module.__name__:
                if value.code in found:
                    raise ValueError(f"two rules are {value.code}")
                found[value.code] = value
    return tuple(found[c] for c in sorted(found))
