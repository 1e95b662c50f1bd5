"""Pages: everything escaped, nothing loaded, nothing run; the same findings as on paper."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from ledger.money import shown_yuan
from reports import html
from reports.model import Column, Figure, FindingBlock, Heading, Paragraph, Row, Table
from rules.finding import Evidence
from tests.reports import sample


class _Reader(HTMLParser):
    """Collects tags, attributes and text; `open` is what was not closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(source: str) -> _Reader:
    reader = _Reader()
    reader.feed(source)
    assert reader.open == []
    return reader


@pytest.fixture(scope="module")
def page() -> str:
    return html.render(sample.document())


def test_no_script_and_nothing_from_outside(page: str) -> None:
    read = _read(page)
    assert {tag for tag, _ in read.tags}.isdisjoint({"script", "iframe", "link", "img", "object", "form", "base"})
    for tag, attributes in read.tags:
        assert not any(name.startswith("on") for name in attributes), tag
        assert "src" not in attributes
        assert "href" not in attributes
    assert "url(" not in page
    assert "@import" not in page
    assert "default-src 'none'" in page


def test_hostile_text_is_printed_literally(page: str) -> None:
    read = _read(page)
    for literal in sample.HOSTILE:
        if literal.isprintable():
            assert literal in read.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "甲〔U+0000〕乙〔U+202E〕丙〔U+200B〕丁¶戊" in read.text
    assert not re.search("[\x00-\x08\u200b\u202a-\u202e\u2066-\u2069]", page)


def test_every_finding_stands_under_its_id(page: str) -> None:
    read = _read(page)
    ids = {attributes.get("id") for tag, attributes in read.tags if tag == "article"}
    blocks = [b for b in sample.document().blocks if isinstance(b, FindingBlock)]
    assert ids == {b.id for b in blocks}
    for block in blocks:
        assert shown_yuan(block.finding.amount_fen) in read.text


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("/book/journal/?filter=voucher%3A%22%5E%E8%AE%B0%24%22#context-abc", True),
        ("#finding", True),
        ("?finding=INC01-0123", True),
        ("javascript:alert(1)", False),
        ("//elsewhere.invalid/", False),
        ("https://elsewhere.invalid/", False),
        ("\\\\elsewhere", False),
        ("", False),
    ],
)
def test_links_lead_within_the_site_only(href: str, kept: bool) -> None:
    made = html.render_blocks((Table((Column("甲"),), (Row(("乙",), href=href, anchor="a<b"),)),))
    links = [attributes["href"] for tag, attributes in _read(made).tags if tag == "a"]
    assert links == ([href] if kept else [])
    assert 'id="a&lt;b"' in made


def test_evidence_leads_where_the_page_says() -> None:
    def where(evidence: Evidence) -> str:
        return f"/book/journal/#{evidence.line}"

    made = html.render_blocks((sample.finding(3),), evidence_href=where)
    links = [attributes["href"] for tag, attributes in _read(made).tags if tag == "a"]
    assert links == [f"/book/journal/#{100 + n}" for n in range(4)]


def test_a_fragment_has_stable_classes() -> None:
    made = html.render_blocks((Heading("甲"), Paragraph("乙", strong=True), sample.finding(1), sample.figure()))
    for name in ("ua-heading-1", "ua-strong", "ua-finding", "ua-certainty-established", "ua-marks", "ua-figure"):
        assert name in made
        assert f".{name}" in html.style_sheet() or name == "ua-certainty-established"
    assert "<html" not in made


def test_a_figure_is_drawn_with_its_numbers_in_words() -> None:
    figure = Figure('图<&">', ("<b>",), ())
    made = html.render_blocks((figure, sample.figure()))
    read = _read(made)
    assert "<b>" in read.text
    assert "1月：预算 20,000.00元，执行 19,000.00元" in read.text
