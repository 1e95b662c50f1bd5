"""The catalogue of known irregularities and the pages of rules, as the command line shows them."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter

import pytest

from rules.coverage import (
    LEVELS,
    Covered,
    KnownItem,
    Way,
    catalogue,
    coverage,
    parse_catalogue,
    rule_list,
    rule_page,
)
from rules.finding import Text
from rules.law import Law
from rules.law_schema import LawError
from rules.rule import SECTIONS, all_rules

# How many items each family of the catalogue has; 161 in all.
SIZES = {"INC": 20, "EXP": 52, "CUR": 13, "AST": 17, "BUD": 13, "ACC": 22, "CTL": 14, "BIL": 10}


def test_the_catalogue_is_whole() -> None:
    items = catalogue()
    assert Counter(item.code[:3] for item in items) == SIZES
    assert len({item.code for item in items}) == 161
    for family, size in SIZES.items():
        assert [i.code for i in items if i.code[:3] == family] == [f"{family}{n:02d}" for n in range(1, size + 1)]
    for item in items:
        assert re.search(r"[一-鿿]", item.title.zh), item.code
        assert item.title.en, item.code
        assert item.level in LEVELS, item.code
    assert Counter(item.level for item in items) == {"breach": 94, "lead": 53, "form": 12, "mixed": 2}


def test_titles_are_all_different() -> None:
    titles = [item.title.zh for item in catalogue()]
    assert len(set(titles)) == len(titles)


def test_coverage_says_by_which_rule_or_not_yet() -> None:
    rows = {row.item.code: row for row in coverage(rule for rule in all_rules() if rule.code in ("STM01", "INC01"))}
    assert len(rows) == 161
    assert rows["INC01"].rules == ("INC01",)
    assert rows["AST03"].rules == ("STM01",)
    assert "STM01" in rows["AST03"].how.zh
    assert rows["EXP25"].rules == ()
    assert rows["EXP25"].how.zh == "尚无规则"


ITEM = KnownItem("CTL10", Text("印鉴由一人保管", "one keeper"), "lead", manual=Text("查看印鉴保管记录", "inspect"))


def test_the_way_is_the_surest_of_its_rules() -> None:
    rules = {rule.code: rule for rule in all_rules()}
    sure = dataclasses.replace(rules["INC01"], lead_only=False)
    lead = dataclasses.replace(rules["INC01"], code="INC02", lead_only=True, needs=("bank",))
    assert Covered(ITEM, (sure, lead)).way is Way.RULE
    assert Covered(ITEM, (lead,)).way is Way.LEAD
    assert Covered(ITEM, (lead,)).how == Text("只出疑点：规则 INC02", "lead only: rule INC02")
    assert Covered(ITEM, ()).way is Way.MANUAL
    assert "查看印鉴保管记录" in Covered(ITEM, ()).how.zh
    assert Covered(dataclasses.replace(ITEM, manual=Text("", "")), ()).way is Way.NOT_YET


def test_needs_and_law_are_those_of_the_rules_each_once() -> None:
    rule = next(rule for rule in all_rules() if rule.needs and rule.citations)
    covered = Covered(ITEM, (rule, rule))
    assert covered.needs == tuple(dict.fromkeys(rule.needs))
    assert covered.instruments == tuple(dict.fromkeys(c.instrument for c in rule.citations))


CATALOGUE = '[items]\nABC01 = { zh = "某事", en = "a thing", level = "lead", manual_zh = "看", manual_en = "look" }\n'


def test_a_step_by_hand_is_read_in_both_languages() -> None:
    (item,) = parse_catalogue(CATALOGUE)
    assert item.manual == Text("看", "look")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("manual_zh", "manual", "未知的键“manual”"),
        (', manual_en = "look"', "", "manual_en"),
        ('level = "lead"', 'level = "grave"', "level"),
        ("ABC01", "ABC1", "“ABC1”不是编号"),
        ('en = "a thing", ', "", "“en”"),
        ('level = "lead"', 'level = "lead", by = "STM01"', "by"),
    ],
)
def test_faults_of_the_catalogue_are_named(old: str, new: str, said: str) -> None:
    assert old in CATALOGUE
    with pytest.raises(LawError, match=re.escape(said)):
        parse_catalogue(CATALOGUE.replace(old, new))


def test_other_codes_named_by_the_catalogue_exist() -> None:
    codes = {rule.code for rule in all_rules()}
    assert {code for item in catalogue() for code in item.by} <= codes


def test_the_list_is_in_order_of_code() -> None:
    rows = rule_list(reversed(all_rules()))
    assert [row.code for row in rows] == sorted(rule.code for rule in all_rules())


def test_a_page_shows_the_words_of_the_law(law: Law) -> None:
    rules = {rule.code: rule for rule in all_rules()}
    page = rule_page(rules["STM01"], law)
    assert page.startswith("STM01")
    assert all(section in page for section in SECTIONS)
    assert "《工会会计制度》（财会〔2021〕7号） 第五十一条" in page
    assert law.instruments["accounting-system-2021"].articles["第五十一条"].splitlines()[0] in page


def test_every_page_shows_its_values_with_their_standing(law: Law) -> None:
    for rule in all_rules():
        for language in ("zh", "en"):
            page = rule_page(rule, law, language)
            assert all(key in page for key in rule.parameters), rule.code
            if any(law.parameters[key].values for key in rule.parameters):
                assert re.search(r"\[(已核对原文|原文未核|verified|unverified)", page), rule.code
