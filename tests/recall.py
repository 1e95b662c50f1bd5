"""Measures recall and precision: irregularities put into clean years, and clean years audited as they are.

Run by `make recall`. Every number can be drawn again: a trial is named by its rule, its injection and its seed.
"""

from __future__ import annotations

import argparse
import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache

from auditor.engine import run_audit
from rules.finding import Certainty, Kind
from rules.law import Law
from rules.law_loader import load_law
from rules.rule import Rule, all_rules
from tests.years.clean import clean_year
from tests.years.injecting import all_injections, attempt, audited
from tests.years.papers import build

KINDS = (Kind.ANNUAL, Kind.DEPARTURE)


@dataclass
class Line:
    """What became of the injections of one rule."""

    injected: int = 0
    found: int = 0
    established: int = 0
    alone: int = 0
    elsewhere: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """One trial, small enough to pass between processes; `elsewhere` are other rules that newly found something."""

    code: str
    name: str
    seed: int
    region: str
    year: int
    found: bool
    established: bool
    elsewhere: tuple[str, ...]
    why: str


@cache
def _rules() -> dict[str, Rule]:
    return {rule.code: rule for rule in all_rules()}


def trial(place: int, seed: int, whole: bool) -> Outcome:
    """Run one injection with one seed, then the rules that its findings name as related (`whole`: all rules)."""
    law, one = load_law(), all_injections()[place]
    made = attempt(one, seed, law, (_rules()[one.code],))
    related = {code for finding in made.hits for code in finding.related}
    others = tuple(rule for code, rule in _rules().items() if code != one.code and (whole or code in related))
    elsewhere: tuple[str, ...] = ()
    if others:
        before = {(f.code, f.key) for f in audited(one.clean(seed, law), one, others).findings}
        after = attempt(one, seed, law, others).result.findings
        elsewhere = tuple(sorted({f.code for f in after if (f.code, f.key) not in before}))
    (outcome,) = made.result.outcomes
    why = "" if made.found else f"{outcome.status}: {outcome.reason.zh[:120]}"
    sure = any(f.certainty is Certainty.ESTABLISHED for f in made.hits)
    return Outcome(one.code, one.name, seed, made.region, made.year, made.found, sure, elsewhere, why)


def clean_findings(seed: int, law: Law) -> tuple[Counter[str], list[str]]:
    """Return the leads of a clean year by rule, and everything established in it, which should be nothing."""
    book = clean_year(seed, law)
    facts = build(book).facts(book.profile)
    leads: Counter[str] = Counter()
    established = [f"seed {seed}: {entry.code} {entry.message}" for entry in facts.integrity]
    since, until = datetime.date(book.year, 1, 1), datetime.date(book.year, 12, 31)
    for kind in KINDS:
        subject = book.registers["officers"][0]["name"] if kind is Kind.DEPARTURE else ""
        result = run_audit(facts, law, since=since, until=until, kind=kind, subject=subject)
        for finding in result.findings:
            if finding.certainty is Certainty.ESTABLISHED:
                where = f"seed {seed} {book.profile.region} {book.year} {book.profile.collection} {kind}"
                established.append(f"{where}: {finding.code} {finding.message.zh}")
            else:
                leads[finding.code] += 1
    return leads, established


def _clean(seed: int) -> tuple[Counter[str], list[str]]:
    return clean_findings(seed, load_law())


def _trial(job: tuple[int, int, bool]) -> Outcome:
    return trial(*job)


def table(outcomes: Iterable[Outcome]) -> dict[str, Line]:
    """Return the outcomes of trials added up by rule."""
    lines: dict[str, Line] = defaultdict(Line)
    for outcome in outcomes:
        line = lines[outcome.code]
        line.injected += 1
        line.found += outcome.found
        line.established += outcome.established
        line.elsewhere.update(outcome.elsewhere)
        if not outcome.found:
            told = f"{outcome.name} seed {outcome.seed} ({outcome.region} {outcome.year}) {outcome.why}"
            line.missed.append(told)
    return dict(sorted(lines.items()))


def uninjected() -> tuple[str, ...]:
    """Return the codes of rules for which there is no injection."""
    return tuple(sorted(set(_rules()) - {one.code for one in all_injections()}))


def _print(lines: dict[str, Line]) -> None:
    print(f"{'rule':6} {'put in':>6} {'found':>6} {'sure':>6}  also found by")
    for code, line in lines.items():
        others = " ".join(f"{name}×{count}" for name, count in line.elsewhere.most_common(8))
        print(f"{code:6} {line.injected:6} {line.found:6} {line.established:6}  {others}")
        for missed in line.missed:
            print(f"       missed: {missed}")
    injected, found = (sum(getattr(line, name) for line in lines.values()) for name in ("injected", "found"))
    whole = sum(line.found == line.injected for line in lines.values())
    print(
        f"recall {found}/{injected} = {found / max(injected, 1):.2%}; rules found every time: {whole} of {len(lines)}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both measures; the exit status is 1 where a clean year had an established finding or one was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3, help="trials of every injection")
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--clean", type=int, default=40, help="clean years to audit")
    parser.add_argument(
        "--whole", action="store_true", help="let all other rules look too, not only related ones (slow)"
    )
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--only", nargs="*", default=[], help="codes of rules, or beginnings of codes")
    asked = parser.parse_args(arguments)
    seeds = range(asked.first, asked.first + asked.seeds)
    places = [
        place
        for place, one in enumerate(all_injections())
        if one.code in _rules() and (not asked.only or one.code.startswith(tuple(asked.only)))
    ]
    with ProcessPoolExecutor(asked.jobs) as pool:
        outcomes = list(pool.map(_trial, [(p, s, asked.whole) for p in places for s in seeds], chunksize=4))
        clean = list(pool.map(_clean, range(asked.first, asked.first + asked.clean)))
    lines = table(outcomes)
    print(f"seeds {seeds.start}–{seeds.stop - 1} of {len(places)} injections for {len(lines)} rules")
    _print(lines)
    print(f"rules without an injection: {' '.join(uninjected()) or 'none'}")
    leads = sum((found for found, _ in clean), Counter())
    established = [told for _, some in clean for told in some]
    print(
        f"clean years: {asked.clean} (seeds {asked.first}–{asked.first + asked.clean - 1}), annual and departure audit"
    )
    print(f"established findings in them: {len(established)}", *established, sep="\n  ")
    print(f"leads in them: {sum(leads.values())}: {' '.join(f'{c}×{n}' for c, n in leads.most_common())}")
    return 1 if established or any(line.missed for line in lines.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
