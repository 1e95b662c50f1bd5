"""The Word report: what stands in it, that a committee may edit its shell, and how another program prints it."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx as word
import pytest
from docx.oxml.ns import qn

from ledger.money import shown_yuan
from reports import docx
from reports.model import FindingBlock
from reports.templates import shell
from tests.reports import sample


@pytest.fixture(scope="module")
def made() -> bytes:
    return docx.render(sample.document())


@pytest.fixture(scope="module")
def text(made: bytes) -> str:
    opened = word.Document(io.BytesIO(made))
    return "\n".join(
        "".join(t.text or "" for t in paragraph.iter(qn("w:t"))) for paragraph in opened.element.iter(qn("w:p"))
    )


def test_the_shipped_shell_is_what_the_script_makes() -> None:
    import importlib.resources

    shipped = importlib.resources.files("reports.templates").joinpath(shell.NAME).read_bytes()
    assert shipped == shell.shell()


def test_every_finding_and_amount_can_be_read_back(text: str) -> None:
    for block in sample.document().blocks:
        if isinstance(block, FindingBlock):
            assert block.id in text
            assert shown_yuan(block.finding.amount_fen) in text
            assert block.finding.remedy.zh in text


def test_hostile_text_is_text(text: str) -> None:
    for literal in sample.HOSTILE:
        if literal.isprintable():
            assert literal in text
    assert "甲〔U+0000〕乙〔U+202E〕丙〔U+200B〕丁¶戊" in text


def test_chinese_fonts_and_language_are_named(made: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        styles = archive.read("word/styles.xml").decode()
    for face in ("仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"):
        assert f'w:eastAsia="{face}"' in styles
    assert 'w:eastAsia="zh-CN"' in styles
    assert 'w:eastAsia="en-US"' not in styles
    assert 'w:firstLineChars="200"' in styles


def test_heads_of_tables_are_repeated_and_the_page_is_numbered(made: bytes) -> None:
    opened = word.Document(io.BytesIO(made))
    heads = [
        row for row in opened.element.iter(qn("w:tr")) if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    ]
    assert len(heads) == 2 + 20
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        footers = [
            archive.read(name).decode() for name in archive.namelist() if "footer" in name and "rels" not in name
        ]
    assert len(footers) == 2
    assert all("PAGE" in footer and "—" in footer for footer in footers)


def test_the_figure_is_a_picture_with_its_numbers_in_words(made: bytes) -> None:
    opened = word.Document(io.BytesIO(made))
    described = [e.get("descr") or "" for e in opened.element.iter(qn("wp:docPr"))]
    assert len(described) == 1
    assert "12月：预算 240,000.00元，执行 228,000.00元" in described[0]


def test_a_committee_may_edit_the_shell(tmp_path: Path) -> None:
    opened = word.Document(io.BytesIO(shell.shell()))
    opened.paragraphs[0].insert_paragraph_before("某市总工会经费审查委员会")
    path = tmp_path / "own.docx"
    opened.save(str(path))
    made = word.Document(io.BytesIO(docx.render(sample.document(findings=1), path)))
    assert made.paragraphs[0].text == "某市总工会经费审查委员会"
    assert made.paragraphs[1].text.replace("\n", "") == sample.document().title


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ titel }}", "多出或缺少：titel、title"),
        ("{{ title", "报告模板不能使用"),
        ("{{ title }}{{ body.__class__ }}", "标签只能写作"),
    ],
)
def test_a_faulty_shell_is_refused_in_words(tmp_path: Path, tag: str, said: str) -> None:
    opened = word.Document(io.BytesIO(shell.shell()))
    opened.paragraphs[0].text = tag
    if "body" in tag:
        opened.paragraphs[1].text = ""
    path = tmp_path / "own.docx"
    opened.save(str(path))
    with pytest.raises(docx.ShellError, match=said):
        docx.render(sample.document(findings=0), path)


def test_a_file_that_is_no_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.docx"
    path.write_bytes(b"PK nonsense")
    with pytest.raises(docx.ShellError, match="请用 Word 打开"):
        docx.render(sample.document(findings=0), path)


@pytest.mark.picture
def test_libreoffice_opens_it(made: bytes, tmp_path: Path) -> None:
    import pdfplumber

    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: the Word file was NOT opened by a second program")
    (tmp_path / "report.docx").write_bytes(made)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [
            office,
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "report.docx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with pdfplumber.open(tmp_path / "report.pdf") as opened:
        shown = "".join((page.extract_text() or "") for page in opened.pages)
        assert len(opened.pages) > 15
    assert all(b.id in shown for b in sample.document().blocks if isinstance(b, FindingBlock))
