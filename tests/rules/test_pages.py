"""Pages of rules taken apart, and the families into which the work order puts every code."""

from __future__ import annotations

import re

import pytest

from rules.coverage import catalogue, rule_page
from rules.families import families, parse_families, place_of
from rules.law import Law
from rules.law_schema import LawError
from rules.pages import joined_lines, parse_page
from rules.rule import SECTIONS, Rule, all_rules

RULES = [pytest.param(rule, id=rule.code) for rule in all_rules()]
PAGE = """节日慰问超标：
会员一年内领取的超过上限。

检查内容
逐人累计，以 grants.csv
limit 比较，
再列出。
一、下一句。
依据
某办法。
危害
多发。
反例
2,000.01 元。
正例
2,000.00 元。
参数
无。
局限
无。
"""


def test_a_page_comes_apart_at_its_headings() -> None:
    page = parse_page(PAGE)
    assert page.summary == "节日慰问超标：会员一年内领取的超过上限。"
    assert [section.heading for section in page.sections] == list(SECTIONS)
    assert page.section("检查内容").paragraphs == ("逐人累计，以 grants.csv limit 比较，再列出。", "一、下一句。")
    assert page.section("检查内容").text == "逐人累计，以 grants.csv limit 比较，再列出。一、下一句。"
    assert page.section("反例").text == "2,000.01 元。"


def test_an_unknown_section_is_no_section() -> None:
    with pytest.raises(KeyError):
        parse_page(PAGE).section("备注")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("危害\n多发。\n", ""),  # missing
        ("危害\n多发。\n", "危害\n"),  # empty
        ("依据\n某办法。\n危害\n多发。\n", "危害\n多发。\n依据\n某办法。\n"),  # out of order
        ("局限\n无。\n", "局限\n无。\n局限\n无。\n"),  # repeated
        ("节日慰问超标：\n会员一年内领取的超过上限。\n", ""),  # no title sentence
    ],
)
def test_a_page_that_is_not_whole_is_refused(old: str, new: str) -> None:
    assert old in PAGE
    with pytest.raises(ValueError, match=r"headings|nothing stands"):
        parse_page(PAGE.replace(old, new))


def test_words_of_two_lines_do_not_run_together() -> None:
    assert joined_lines(["见 union.toml", "established", "之日"]) == "见 union.toml established之日"
    assert joined_lines([]) == ""


@pytest.mark.parametrize("rule", RULES)
def test_nothing_of_a_page_is_lost(rule: Rule) -> None:
    page = parse_page(rule.page)
    told = page.summary + "".join(section.heading + section.text for section in page.sections)
    assert re.sub(r"\s+", "", told) == re.sub(r"\s+", "", rule.page)


@pytest.mark.parametrize("rule", RULES)
def test_the_printed_page_holds_the_words_of_every_clause_that_was_read(rule: Rule, law: Law) -> None:
    shown = re.sub(r"\s+", "", rule_page(rule, law))
    for citation in rule.citations:
        instrument = law.instruments[citation.instrument]
        assert re.sub(r"\s+", "", instrument.full_title) in shown
        for line in instrument.words(citation.article).splitlines():
            assert re.sub(r"\s+", "", line) in shown


def test_every_rule_and_every_known_irregularity_stands_in_one_group() -> None:
    for code in [*(rule.code for rule in all_rules()), *(item.code for item in catalogue())]:
        place = place_of(code)
        assert place.family.code == code[:3]
        assert [group for group in place.family.groups if code in group.codes] == [place.group]


def test_families_are_named_in_both_languages() -> None:
    for family in families():
        for text in (family.name, *(t for group in family.groups for t in (group.name, group.subject))):
            assert re.search(r"[一-鿿]", text.zh), family.code
            assert re.search(r"[A-Za-z]", text.en), family.code


def test_a_code_in_no_group_is_named() -> None:
    with pytest.raises(LookupError, match="XYZ01"):
        place_of("XYZ01")


FAMILY = """[ABC]
zh = "某类"
en = "some"
subject = { zh = "各级工会", en = "unions" }
groups = [
{ zh = "甲组", en = "one", codes = ["ABC01..ABC03", "ABC07"] },
{ zh = "乙组", en = "two", codes = ["ABC04"] },
]
"""


def test_ranges_hold_both_ends_and_groups_inherit_their_subject() -> None:
    (family,) = parse_families(FAMILY)
    assert family.groups[0].codes == ("ABC01", "ABC02", "ABC03", "ABC07")
    assert family.groups[1].subject.zh == "各级工会"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"ABC04"]', '"ABC03"]', "ABC03 既在“甲组”又在“乙组”"),
        ('"ABC04"]', '"ABD04"]', "ABD04"),
        ('"ABC04"]', '"ABC04..ABC02"]', "ABC04..ABC02"),
        ("subject =", "subjects =", "未知的键“subjects”"),
        ('en = "two", ', "", "groups.en"),
        ("[ABC]", "[abc]", "“abc”不是类别"),
    ],
)
def test_faults_of_the_families_are_named(old: str, new: str, said: str) -> None:
    assert old in FAMILY
    with pytest.raises(LawError, match=re.escape(said)):
        parse_families(FAMILY.replace(old, new))
