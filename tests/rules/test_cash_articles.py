"""Which article of the cash regulation a large payment in cash is held against: to persons by a list another one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.engine import run_audit
from ledger.facts import Facts
from rules.law import Law
from rules.rule import all_rules
from tests.rules.casefile import parse_case_file

CODE = "ACC14"


@pytest.mark.parametrize(("name", "article"), [("付现超过结算起点", "第五条"), ("清单一人超", "第六条")])
def test_article(name: str, article: str, tmp_path: Path, law: Law, read_facts: Callable[[Path], Facts]) -> None:
    case = next(case for case in parse_case_file(Path(__file__).with_name(f"{CODE}.md")) if case.name == name)
    rule = next(rule for rule in all_rules() if rule.code == CODE)
    since, until = case.expected.period
    facts = read_facts(case.write(tmp_path))
    (finding,) = run_audit(facts, law, since=since, until=until, rules=(rule,)).findings
    assert [c.article for c in finding.citations if c.instrument == "cash-regulation-2011"] == [article]
