"""Irregularities as small functions that put one of a kind into a clean year, and how one is looked for.

An injection returns clues: words, members, months or events (the voucher they become) that one finding of its rule
must name in its key, its evidence or its text. Places, sizes and days are drawn from the year's own numbers.
"""

from __future__ import annotations

import datetime
import importlib
import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache

from auditor.engine import run_audit
from rules.finding import AuditResult, Finding, Kind
from rules.law import Law
from rules.rule import Rule
from tests.years.book import Event, Year
from tests.years.clean import YEARS, clean_year
from tests.years.papers import build

Clue = str | Event
Put = Callable[[Year], Sequence[Clue]]

# The chart and the system of 2021, from 2022 on; with a year before it that the same chart governs.
FROM_2022 = range(2022, YEARS.stop)
FROM_2023 = range(2023, YEARS.stop)
MODULES = (
    "income",
    "welfare",
    "activities",
    "spending",
    "budget",
    "bookkeeping",
    "money",
    "assets",
    "control",
    "invoices",
    "journal",
    "departure",
)


@dataclass(frozen=True)
class Injection:
    """One way to put an irregularity of a rule into a clean year, and which years it can be put into."""

    code: str
    name: str
    put: Put
    years: range
    region: str
    collection: str
    kind: Kind
    until: tuple[int, int]  # month and day at which the audited period ends

    def clean(self, seed: int, law: Law) -> Year:
        """Return the clean year that this injection is put into for a seed."""
        rng = random.Random(f"{self.code}/{self.name}/{seed}")
        book = clean_year(seed, law, region=self.region, year=rng.choice(self.years), collection=self.collection)
        return replace(book, rng=rng)


@dataclass(frozen=True)
class Trial:
    """What came of one injection: what was looked for, what its rule found there, and everything found."""

    injection: Injection
    seed: int
    region: str
    year: int
    clues: tuple[str, ...]
    hits: tuple[Finding, ...]
    result: AuditResult

    @property
    def found(self) -> bool:
        """Tell whether the rule found what was put in."""
        return bool(self.hits)


_REGISTRY: list[Injection] = []


def injection(
    code: str,
    *,
    years: range = YEARS,
    region: str = "",
    collection: str = "",
    kind: Kind = Kind.ANNUAL,
    until: tuple[int, int] = (12, 31),
) -> Callable[[Put], Put]:
    """Register an injection for a rule."""

    def register(put: Put) -> Put:
        _REGISTRY.append(Injection(code, put.__name__, put, years, region, collection, kind, until))
        return put

    return register


@cache
def all_injections() -> tuple[Injection, ...]:
    """Return every injection, by code and name."""
    for module in MODULES:
        importlib.import_module(f"tests.years.injections_{module}")
    return tuple(sorted(_REGISTRY, key=lambda i: (i.code, i.name)))


def attempt(one: Injection, seed: int, law: Law, rules: Sequence[Rule] | None = None) -> Trial:
    """Put one irregularity into the clean year of a seed and audit it, with all rules unless some are given."""
    book = one.clean(seed, law)
    clues = one.put(book)
    result = audited(book, one, rules)
    told = tuple(str(clue.number) if isinstance(clue, Event) else clue for clue in clues)
    hits = tuple(f for f in result.findings if f.code == one.code and names_all(f, told))
    return Trial(one, seed, book.profile.region, book.year, told, hits, result)


def audited(book: Year, one: Injection, rules: Sequence[Rule] | None) -> AuditResult:
    """Return the audit of a year in the making, of the kind and up to the day that an injection asks for."""
    facts = build(book).facts(book.profile)
    subject = book.registers["officers"][0]["name"] if one.kind is Kind.DEPARTURE else ""
    until = datetime.date(book.year, *one.until)
    since = datetime.date(book.year, 1, 1)
    return run_audit(facts, book.law, since=since, until=until, kind=one.kind, subject=subject, rules=rules)


def names_all(finding: Finding, clues: Collection[str]) -> bool:
    """Tell whether a finding names every clue in its key, its evidence or its text."""
    words = [*finding.key, finding.message.zh, finding.found.zh]
    words += [part for e in finding.evidence for part in (e.voucher, e.note.zh, e.account)]
    return all(any(clue in word for word in words) for clue in clues)
