"""The handbook of rules: whole, the same twice, and printable with the shipped faces alone."""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterator

import pytest

from reports import html, pdf
from reports.coverage import WAYS, coverage_blocks, programme_blocks
from reports.glyphs import drawable, fallback_fonts
from reports.handbook import handbook, measure, work_order
from reports.model import Document, Heading, Paragraph, Row, Table
from rules.coverage import Covered, KnownItem, Way, coverage
from rules.families import families, place_of
from rules.finding import Text
from rules.law import Law
from rules.law_loader import load_law
from rules.pages import parse_page
from rules.rule import Rule, all_rules

STAMP = datetime.date(2026, 1, 5)


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="module")
def rules() -> tuple[Rule, ...]:
    return all_rules()


@pytest.fixture(scope="module")
def book(law: Law, rules: tuple[Rule, ...]) -> Document:
    return handbook(rules, law, coverage(rules), stamp=STAMP, language="zh")


def _tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def _rows(document: Document) -> Iterator[Row]:
    for table in _tables(document):
        yield from table.rows


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _card(document: Document, code: str) -> Table:
    return next(t for t in _tables(document) if t.rows and t.rows[0].anchor == code)


def _of_rule(document: Document, code: str) -> list[Table]:
    """The tables from a rule's heading to the next heading."""
    start = next(i for i, b in enumerate(document.blocks) if isinstance(b, Heading) and b.text.startswith(f"{code}　"))
    found: list[Table] = []
    for block in document.blocks[start + 1 :]:
        if not isinstance(block, Table):
            break
        found.append(block)
    return found


def test_every_rule_has_its_line_and_its_page(book: Document, rules: tuple[Rule, ...]) -> None:
    lines = [row for table in _tables(book) if table.caption == "审计工单" for row in table.rows]
    assert sorted(str(row.cells[0]) for row in lines) == sorted(rule.code for rule in rules)
    for rule in rules:
        contents = {str(row.cells[0]): str(row.cells[1]) for row in _card(book, rule.code).rows}
        for section in parse_page(rule.page).sections:
            assert contents[section.heading] == section.text
    headings = [block.text for block in book.blocks if isinstance(block, Heading)]
    assert [h for h in headings if "　" in h] == sorted(
        (f"{rule.code}　{rule.title.zh}" for rule in rules), key=lambda text: _order(text[:5])
    )


def _order(code: str) -> tuple[int, int, str]:
    family, group = place_of(code)
    return families().index(family), family.groups.index(group), code


def test_a_line_of_the_work_order_says_whom_what_and_how(law: Law, rules: tuple[Rule, ...]) -> None:
    rule = next(rule for rule in rules if rule.code == "INC01")
    table = work_order(place_of("INC01").family, (rule,), law)
    assert [column.title for column in table.columns] == [
        "编号",
        "一级审计事项",
        "二级审计事项",
        "三级审计事项",
        "法规名称",
        "条款",
        "审计措施",
        "适用主体",
        "适用范围",
    ]
    cells = [str(cell) for cell in table.rows[0].cells]
    assert cells[:4] == ["INC01", "收入", "拨缴经费", rule.title.zh]
    assert "《中华人民共和国工会法》" in cells[4]
    assert "第四十三条" in cells[5]
    assert cells[6] == measure(rule)
    assert cells[7:] == ["基层工会", "各类审计；须有工资总额"]


def test_a_measure_is_the_first_sentence_of_what_is_checked(rules: tuple[Rule, ...]) -> None:
    for rule in rules:
        said = measure(rule)
        assert parse_page(rule.page).section("检查内容").text.startswith(said)
        assert said.count("。") <= 1
        assert said


def test_every_citation_resolves_and_prints_the_words_that_were_read(
    book: Document, rules: tuple[Rule, ...], law: Law
) -> None:
    for rule in rules:
        said = [_plain(str(row.cells[1])) for row in _card(book, rule.code).rows if row.cells[0] == "条文"]
        assert len(said) == len(set(rule.citations))
        for citation, text in zip(dict.fromkeys(rule.citations), said, strict=True):
            instrument = law.instruments[citation.instrument]
            assert text.startswith(_plain(instrument.full_title + citation.article))
            assert _plain(instrument.words(citation.article)) in text


def test_every_value_of_law_is_printed_once_with_its_days_and_standing(
    book: Document, rules: tuple[Rule, ...], law: Law
) -> None:
    keys = {key for rule in rules for key in rule.parameters}
    values = [row for table in _tables(book) if table.caption.startswith("法规数值") for row in table.rows]
    assert len(values) == sum(len(law.parameters[key].values) for key in keys)
    assert {row.cells[-2] for row in values} <= {"已核", "未核"}
    for rule in rules:
        own = " ".join(str(cell) for table in _of_rule(book, rule.code) for row in table.rows for cell in row.cells)
        own += " ".join(table.caption for table in _of_rule(book, rule.code))
        for key in rule.parameters:
            assert law.parameters[key].label in own, f"{rule.code}: {key}"


def test_a_value_that_the_law_leaves_open_is_not_printed_as_a_number(book: Document) -> None:
    table = next(t for t in _tables(book) if "holiday.annual_cap" in t.caption)
    nation = next(row for row in table.rows if row.cells[0] == "全国")
    assert nation.cells[1] == "由下级规定"


def test_every_known_irregularity_is_listed_with_its_way(book: Document, rules: tuple[Rule, ...]) -> None:
    table = next(t for t in _tables(book) if t.caption == "已知问题")
    known = coverage(rules)
    assert [row.cells[0] for row in table.rows] == [covered.item.code for covered in known]
    for row, covered in zip(table.rows, known, strict=True):
        assert all(row.cells)
        if covered.checks:
            assert all(code in str(row.cells[2]) for code in covered.rules)
            assert row.cells[5] in ("可以成立问题", "只作疑点")
        else:
            assert covered.way in (Way.MANUAL, Way.NOT_YET)


def test_links_lead_somewhere_and_anchors_are_single(book: Document) -> None:
    anchors = [row.anchor for row in _rows(book) if row.anchor]
    assert len(anchors) == len(set(anchors))
    links = [row.href for row in _rows(book) if row.href]
    assert links
    assert {link.removeprefix("#") for link in links} <= set(anchors)


def test_no_table_has_an_empty_column(book: Document) -> None:
    for table in _tables(book):
        if table.caption == "人工程序":
            continue  # its last columns are filled by hand
        for i, column in enumerate(table.columns):
            assert any(row.cells[i] not in ("", None) for row in table.rows), f"{table.caption}: {column.title}"


def _covered(way: Way, rules: tuple[Rule, ...]) -> Covered:
    manual = Text("查看印鉴保管记录", "inspect the keeping of seals") if way is Way.MANUAL else Text("", "")
    item = KnownItem("CTL10", Text("印鉴由一人保管", "one keeper of the seals"), "lead", manual=manual)
    checks = () if way in (Way.MANUAL, Way.NOT_YET) else (dataclasses.replace(rules[0], lead_only=way is Way.LEAD),)
    return Covered(item, checks)


@pytest.mark.parametrize("way", list(Way))
def test_each_way_is_told_apart(way: Way, rules: tuple[Rule, ...], law: Law) -> None:
    count, table = coverage_blocks([_covered(way, rules)], law)
    assert isinstance(count, Paragraph)
    assert f"{WAYS[way].zh} 1 项" in count.text
    assert isinstance(table, Table)
    certain = {Way.RULE: "可以成立问题", Way.LEAD: "只作疑点", Way.MANUAL: "由人判断", Way.NOT_YET: "—"}
    assert table.rows[0].cells[5] == certain[way]
    assert ("查看印鉴" in str(table.rows[0].cells[2])) is False
    _, whole = coverage_blocks([_covered(way, rules)], law, steps=True)
    assert isinstance(whole, Table)
    assert ("查看印鉴" in str(whole.rows[0].cells[2])) is (way is Way.MANUAL)


def test_a_step_by_hand_becomes_a_line_of_the_programme(rules: tuple[Rule, ...]) -> None:
    blocks = list(programme_blocks([_covered(Way.MANUAL, rules)]))
    table = next(block for block in blocks if isinstance(block, Table))
    assert table.rows[0].cells[:3] == ("CTL10", "印鉴由一人保管", "查看印鉴保管记录")
    assert not any(isinstance(block, Paragraph) and block.strong for block in blocks)


def test_what_nothing_covers_is_said_in_the_programme(rules: tuple[Rule, ...]) -> None:
    blocks = list(programme_blocks([_covered(Way.NOT_YET, rules)]))
    strong = [block.text for block in blocks if isinstance(block, Paragraph) and block.strong]
    assert len(strong) == 1
    assert "CTL10" in strong[0]


def test_the_shipped_faces_draw_it(book: Document) -> None:
    assert fallback_fonts(drawable(book)) == ()


def test_english_words_stand_around_the_chinese_pages(law: Law, rules: tuple[Rule, ...]) -> None:
    document = handbook(rules, law, coverage(rules), stamp=STAMP, language="en")
    assert document.title == "Handbook of audit rules"
    page = html.render(document)
    assert "The rules&#39; own pages are in Chinese" in page
    assert all(rule.title.en.split("'")[0] in page for rule in rules)


def test_equal_rules_give_equal_bytes(law: Law, rules: tuple[Rule, ...]) -> None:
    some = rules[:: max(1, len(rules) // 8)]
    first, again = (handbook(order, law, coverage(order), stamp=STAMP) for order in (some, tuple(reversed(some))))
    assert first == again
    assert html.render(first) == html.render(again)
    assert pdf.render(first) == pdf.render(again)


def test_a_rule_in_no_group_is_refused(law: Law, rules: tuple[Rule, ...]) -> None:
    with pytest.raises(LookupError, match="XYZ01"):
        handbook((dataclasses.replace(rules[0], code="XYZ01"),), law, (), stamp=STAMP)
