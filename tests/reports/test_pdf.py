"""What stands in the PDF, read back by another program, and what it looks like."""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
import subprocess
import time
from pathlib import Path

import pdfplumber
import pytest

from ledger.money import shown_yuan
from reports import pdf
from reports.model import Column, ColumnKind, FindingBlock, Paragraph, Row, Table
from reports.typesetting import TypesettingError, picture
from tests.reports import sample

POINTS_PER_MM = 72 / 25.4


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf.render(sample.document())


@pytest.fixture(scope="module")
def text(made: bytes) -> str:
    with pdfplumber.open(io.BytesIO(made)) as opened:
        return "\n".join(page.extract_text() or "" for page in opened.pages)


def _plain(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def test_every_finding_and_amount_can_be_read_back(text: str) -> None:
    plain = _plain(text)
    blocks = [b for b in sample.document().blocks if isinstance(b, FindingBlock)]
    assert len(blocks) == 20
    for block in blocks:
        assert block.id in plain
        assert shown_yuan(block.finding.amount_fen) in plain
        assert _plain(block.finding.message.zh) in plain
        for evidence in block.finding.evidence:
            assert evidence.voucher in plain
            assert shown_yuan(evidence.amount_fen or 0) in plain


def test_finding_prints_criterion_condition_effect_evidence_and_remedy(text: str) -> None:
    for label in ("标准", "事实", "影响", "证据", "建议", "应为：", "实为："):
        assert label in text
    plain = _plain(text)
    assert "《中华人民共和国工会法》（2021年修正）第四十三条：“建立工会组织的用人单位" in plain
    assert "工会经费拨缴比例：2.00%（全国，自2022-01-01起，已核；《中华人民共和国工会法》第四十三条）" in plain
    assert "（原文未核）" in plain


def test_the_page_is_that_of_gb_t_9704(made: bytes) -> None:
    with pdfplumber.open(io.BytesIO(made)) as opened:
        pages = opened.pages
        assert all((round(p.width), round(p.height)) == (595, 842) for p in pages)
        for number, page in enumerate(pages, 1):
            # A squeezed bracket at a line's end leaves the blank half of its square outside.
            inside = [c for c in page.chars if c["top"] < page.height - 35 * POINTS_PER_MM and c["text"].isalnum()]
            assert min(c["x0"] for c in inside) >= 28 * POINTS_PER_MM - 1
            assert max(c["x1"] for c in inside) <= page.width - 26 * POINTS_PER_MM + 1
            assert min(c["top"] for c in inside) >= 37 * POINTS_PER_MM - 4
            foot = "".join(c["text"] for c in page.chars if c["top"] >= page.height - 35 * POINTS_PER_MM)
            assert foot.replace(" ", "") == f"—{number}—"


def test_only_the_shipped_faces_are_embedded(made: bytes) -> None:
    with pdfplumber.open(io.BytesIO(made)) as opened:
        names = {c["fontname"].split("+")[-1] for page in opened.pages for c in page.chars}
    assert {n.split("-")[0] for n in names} <= {"NotoSerifSC", "NotoSansSC"}


def test_the_head_of_a_table_is_repeated(made: bytes) -> None:
    rows = tuple(Row((f"第{n}行", n)) for n in range(200))
    table = Table((Column("摘要"), Column("金额", ColumnKind.FEN)), rows)
    document = dataclasses.replace(sample.document(findings=0), blocks=(table,))
    with pdfplumber.open(io.BytesIO(pdf.render(document))) as opened:
        assert len(opened.pages) > 3
        assert all("摘要 金额" in (page.extract_text() or "") for page in opened.pages)


def test_hostile_text_is_printed_literally_or_by_its_code(text: str) -> None:
    plain = _plain(text)
    for literal in ('#panic("x")$a^2$*b*_c_`d`<label>@ref[e]', "=1+1", "<script>alert(1)</script>", "{{title}}"):
        assert literal in plain
    assert "甲〔U+0000〕乙〔U+202E〕丙〔U+200B〕丁¶戊" in plain
    assert text.count("A") >= 120  # one word, broken into lines of its cell


def test_amounts_stand_on_the_right_of_their_column() -> None:
    table = Table((Column("摘要"), Column("金额", ColumnKind.FEN)), (Row(("甲", 1)), Row(("乙", 123456789))))
    document = dataclasses.replace(sample.document(findings=0), blocks=(table,))
    with pdfplumber.open(io.BytesIO(pdf.render(document))) as opened:
        words = {w["text"]: w["x1"] for w in opened.pages[0].extract_words()}
    assert words["0.01"] == pytest.approx(words["1,234,567.89"], abs=0.5)


def test_forty_pages_take_less_than_two_seconds() -> None:
    document = sample.document(findings=40)
    pdf.render(document)
    started = time.process_time()
    made = pdf.render(document)
    used = time.process_time() - started
    with pdfplumber.open(io.BytesIO(made)) as opened:
        assert len(opened.pages) >= 40
    assert used < 4  # processor time of both cores; a quiet machine needs a tenth of that


def test_english(made: bytes) -> None:
    with pdfplumber.open(io.BytesIO(pdf.render(sample.document("en")))) as opened:
        text = "\n".join(page.extract_text() or "" for page in opened.pages)
    for label in ("Criterion", "Condition", "Effect", "Evidence", "Remedy", "Severity", "established", "lead"):
        assert label in text


def test_a_picture_that_is_no_svg_is_a_fault_of_the_program() -> None:
    with pytest.raises(TypesettingError):
        picture("<html/>", 72)


@pytest.mark.picture
def test_no_ink_outside_the_margins(made: bytes, tmp_path: Path) -> None:
    from PIL import Image

    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed (apt-get install poppler-utils): pages were NOT looked at")
    path = tmp_path / "report.pdf"
    path.write_bytes(made)
    subprocess.run(
        ["pdftoppm", "-r", "50", "-gray", "-png", str(path), str(tmp_path / "page")], check=True, capture_output=True
    )
    pages = sorted(tmp_path.glob("page-*.png"))
    assert len(pages) > 20
    mm = 50 / 25.4
    for page in pages:
        with Image.open(page) as opened:
            image = opened.convert("L")
            width, height = image.size
            left = image.crop((0, 0, round(27 * mm), height))
            right = image.crop((round(width - 25 * mm), 0, width, height))
            top = image.crop((0, 0, width, round(35 * mm)))
            assert min(left.getextrema()[0], right.getextrema()[0], top.getextrema()[0]) > 240, page.name
            assert image.getextrema()[0] < 100


def test_a_paragraph_of_nothing_and_a_table_without_rows_render() -> None:
    empty = Table((Column("甲"), Column("乙", ColumnKind.FEN)), ())
    document = dataclasses.replace(sample.document(findings=0), blocks=(Paragraph(""), empty), facts=())
    assert pdf.render(document).startswith(b"%PDF")
