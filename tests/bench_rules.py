"""What the rules and the three analyses cost on one book that is read already; run by `tests.bench` in its own process.

Prints JSON: CPU seconds of all rules together, of each analysis, and of each rule. What a rule costs includes the
shared views that it is the first to ask for, the typed journal too. Rules are measured on facts that nothing was
worked out on yet, an analysis on facts whose typed journal is made, as it finds them in an audit; the law and the
lists of words are in memory.
"""

from __future__ import annotations

import dataclasses
import datetime
import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from auditor.engine import run_audit
from ledger.collector import collector_off
from ledger.facts import Facts
from ledger.reader import read_book
from ledger.register_rows import OfficerRow, rows_of_register
from rules.budget.course import course
from rules.budget.execution import execution
from rules.departure.position import departure, term_in
from rules.finding import Checked
from rules.law import Law
from rules.law_loader import load_law
from rules.remittance.schedule import schedule, upward_position
from rules.remittance.waterfall import waterfall
from rules.rule import Case, Rule, all_rules
from tests.bench_book import YEAR

FIRST, LAST = datetime.date(YEAR, 1, 1), datetime.date(YEAR, 12, 31)
TURNS = 3
CHAIR = "甲"


def main() -> None:
    """Measure the book whose folder and readings' cache are given, and print the figures."""
    facts = read_book(Path(sys.argv[1]), cache=Path(sys.argv[2])).facts
    assert facts is not None
    law = load_law()
    spent: dict[str, float] = {}
    rules = tuple(_timed(rule, spent) for rule in all_rules())

    def audited(fresh: Facts) -> None:
        run_audit(fresh, law, since=FIRST, until=LAST, rules=rules)

    _least(facts, audited, 1)
    spent.clear()
    figures: dict[str, object] = {"rules": _least(facts, audited, TURNS)}
    figures["each"] = {code: seconds / TURNS for code, seconds in spent.items()}
    analyses = {"budget": _budget, "remittance": _remittance, "departure": _departure}
    for name, analysis in analyses.items():
        figures[name] = _least(facts, lambda fresh, analysis=analysis: analysis(fresh, law), TURNS, booked=True)
    print(json.dumps(figures))


def _timed(rule: Rule, spent: dict[str, float]) -> Rule:
    def check(case: Case) -> Checked:
        begun = time.process_time()
        try:
            return rule.check(case)
        finally:
            spent[rule.code] = spent.get(rule.code, 0.0) + time.process_time() - begun

    return dataclasses.replace(rule, check=check)


def _least(facts: Facts, work: Callable[[Facts], None], turns: int, *, booked: bool = False) -> float:
    least = float("inf")
    for _ in range(turns):
        fresh = dataclasses.replace(facts)
        if booked:
            assert len(fresh.booked)
        gc.collect()
        with collector_off():  # as the command audits
            begun = time.process_time()
            work(fresh)
            least = min(least, time.process_time() - begun)
    return least


def _budget(facts: Facts, law: Law) -> None:
    assert execution(facts, YEAR, LAST)
    assert course(facts, YEAR, LAST, "expense")


def _remittance(facts: Facts, law: Law) -> None:
    assert waterfall(schedule(facts, law, FIRST, LAST), upward_position(facts, law, LAST))


def _departure(facts: Facts, law: Law) -> None:
    term = term_in(rows_of_register(facts, OfficerRow), CHAIR, LAST)
    assert term is not None
    assert departure(facts, law, term)


if __name__ == "__main__":
    main()
