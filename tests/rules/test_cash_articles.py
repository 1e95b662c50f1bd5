"""Which article of the cash regulation payments in cash are held against: those to persons against another one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.engine import run_audit
from ledger.facts import Facts
from rules.law import Law
from rules.rule import all_rules
from tests.rules.casefile import parse_case_file

INSTRUMENT = "cash-regulation-2011"


@pytest.mark.parametrize(
    ("code", "name", "articles"),
    [
        ("ACC14", "付现超过结算起点", ["第五条"]),
        ("ACC14", "个人凭发票报销", ["第五条"]),
        ("ACC14", "清单一人超", ["第六条"]),
        ("ACC14", "付给一个人超一分", ["第六条"]),
        ("JET09", "三天内付现超过起点", ["第六条"]),
        ("JET09", "三天内付商店现金超过起点", ["第五条"]),
        ("JET09", "十天之内合计恰好达到", []),
    ],
)
def test_article(
    code: str, name: str, articles: list[str], tmp_path: Path, law: Law, read_facts: Callable[[Path], Facts]
) -> None:
    case = next(case for case in parse_case_file(Path(__file__).with_name(f"{code}.md")) if case.name == name)
    rule = next(rule for rule in all_rules() if rule.code == code)
    since, until = case.expected.period
    facts = read_facts(case.write(tmp_path))
    (finding,) = run_audit(facts, law, since=since, until=until, rules=(rule,)).findings
    assert [c.article for c in finding.citations if c.instrument == INSTRUMENT] == articles
