"""What every rule of the library keeps: its page, its name, its cases, its law, and a code that is for ever."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ledger.facts import REGISTERS
from rules.law import Law
from rules.rule import SECTIONS, Rule, all_rules
from tests.rules.casefile import parse_case_file

HERE = Path(__file__).parent
RULES = [pytest.param(rule, id=rule.code) for rule in all_rules()]
FAMILY_OF = {
    "INC": "income",
    "EXP": "expenditure",
    "CUR": "receivables",
    "AST": "assets",
    "BUD": "budget",
    "ACC": "bookkeeping",
    "CTL": "control",
    "BIL": "invoices",
    "REM": "remittance",
    "DEP": "departure",
    "JET": "journal",
    "STM": "statements",
    "STD": "control",
}


def _golden() -> list[str]:
    return (HERE / "codes.txt").read_text(encoding="utf-8").split()


def test_codes_are_for_ever() -> None:
    codes = [rule.code for rule in all_rules()]
    golden = _golden()
    assert golden == sorted(set(golden)), "codes.txt must be sorted and without repetition"
    assert not set(golden) - set(codes), "a code that was published is gone; codes may only be added"
    assert not set(codes) - set(golden), "add these new codes to tests/rules/codes.txt"


def test_names_are_all_different() -> None:
    names = [rule.name for rule in all_rules()]
    assert sorted(set(names)) == sorted(names)


def test_every_case_file_has_its_rule() -> None:
    codes = {rule.code for rule in all_rules()}
    assert {path.stem for path in HERE.glob("*.md")} <= codes


@pytest.mark.parametrize("rule", RULES)
def test_page_has_its_headings_in_order(rule: Rule) -> None:
    lines = [line.strip() for line in rule.page.splitlines()]
    assert lines[0], "the page begins with its title sentence"
    assert lines[0] not in SECTIONS, "the page begins with its title sentence"
    assert [line for line in lines if line in SECTIONS] == list(SECTIONS)
    starts = [lines.index(section) for section in SECTIONS] + [len(lines)]
    for section, start, end in zip(SECTIONS, starts, starts[1:], strict=False):
        assert any(lines[start + 1 : end]), f"nothing stands under {section}"


@pytest.mark.parametrize("rule", RULES)
def test_metadata_is_whole(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)
    assert rule.title.zh, "no Chinese title"
    assert rule.title.en, "no English title"
    assert rule.citations, "cites no law"
    assert rule.kinds, "belongs to no audit"
    assert set(rule.needs) <= set(REGISTERS), "needs a register that does not exist"
    assert FAMILY_OF[rule.code[:3]] == rule.family


@pytest.mark.parametrize("rule", RULES)
def test_cited_law_exists(rule: Rule, law: Law) -> None:
    for citation in rule.citations:
        assert citation.instrument in law.instruments, f"{citation.instrument} is not in instruments.toml"
        assert citation.article, f"cites {citation.instrument} without an article"
    for key in rule.parameters:
        assert key in law.parameters, f"the law data has no {key}"


@pytest.mark.parametrize("rule", RULES)
def test_cases_are_whole(rule: Rule) -> None:
    cases = parse_case_file(HERE / f"{rule.code}.md")
    tags = set().union(*(case.tags for case in cases))
    wanted = {"hit", "clean", "boundary"}
    if rule.needs or rule.parameters:
        wanted.add("missing")
    assert not wanted - tags, f"has no case tagged {sorted(wanted - tags)}"
    expected = {"hit": "findings", "clean": "clean", "missing": "not_performed", "not-applicable": "not_applicable"}
    for case in cases:
        for tag in case.tags & set(expected):
            assert case.expected.status == expected[tag], f"{case.name}: tagged {tag}, yet {case.expected.status}"
