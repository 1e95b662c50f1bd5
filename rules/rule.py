"""What a rule is: metadata as data, a docstring that is its page, and one function that checks.

A rule is one file below `rules/<family>/` whose name begins with its code; `all_rules` finds it by walking.
The check takes a `Case` and returns a `Checked`; it reads typed rows, never files or clocks.
"""

from __future__ import annotations

import datetime
import importlib
import pkgutil
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from ledger.facts import Facts
from ledger.journal_rows import Journal, VoucherRow
from ledger.register_rows import rows_of_register
from rules.finding import Certainty, Checked, Citation, Evidence, Finding, Kind, Severity, Text
from rules.law import Law, ParameterValue

SECTIONS = ("检查内容", "依据", "危害", "反例", "正例", "参数", "局限")
_CODE = re.compile(r"[A-Z]{3}\d{2}")
_NAME = re.compile(r"(?!check-|must-)[a-z]+(-[a-z]+)+")

Check = Callable[["Case"], Checked]
RegisterRow = TypeVar("RegisterRow", bound=tuple[Any, ...])


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

    def value(self, key: str, day: datetime.date) -> ParameterValue:
        """Return the value of law for this union on the day of an event, or raise NoParameter."""
        return self.law.value(key, day, self.facts.union)

    def rows(self, kind: type[RegisterRow]) -> tuple[RegisterRow, ...]:
        """Return a register as typed rows; the kind of row names it, and `needs` makes sure that it is there."""
        return rows_of_register(self.facts, kind)

    @property
    def booked(self) -> Journal:
        """The typed journal of the audited period, without opening, change-over and carry-forward vouchers."""
        return self.facts.booked_in(self.since, self.until)

    @property
    def vouchers(self) -> tuple[VoucherRow, ...]:
        """The vouchers of the audited period, without opening, change-over and carry-forward vouchers.

        In order of day, word, number and text of the number, so that their place in the files is without effect.
        """

        def kept() -> tuple[VoucherRow, ...]:
            inside = (v for v in self.facts.listed if self.since <= v.date <= self.until and v.business)
            return tuple(sorted(inside, key=voucher_order))

        return self.facts.once(("vouchers", self.since, self.until), kept)

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
        """Return a finding of this rule; `key` names the case by its content and makes its stable id.

        Where more was taken back than given (a list with red rows), nothing is at risk: the amount is never below 0.
        """
        return Finding(
            code=self.rule.code,
            key=key,
            title=self.rule.title,
            severity=severity or self.rule.severity,
            certainty=Certainty.LEAD if self.rule.lead_only else certainty,
            amount_fen=max(0, amount_fen),
            message=message,
            expected=expected,
            found=found,
            remedy=remedy,
            citations=tuple(self.rule.citations if citations is None else citations),
            evidence=tuple(evidence),
            parameters=tuple(parameters),
            related=tuple(related),
        )


def voucher_order(voucher: VoucherRow) -> tuple[datetime.date, str, int, str, int]:
    """Return what vouchers are sorted by: day, word, number and text of the number."""
    return (voucher.date, voucher.word, voucher.number or 0, voucher.voucher, voucher.entry)


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
