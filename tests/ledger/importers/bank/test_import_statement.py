"""Statements brought into a book: every kind of file, the right account, overlaps, nothing written after a fault."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from ledger.book import ImportRefused, ImportResult, import_file
from ledger.reader import read_book
from reports import pdf
from reports.model import Column, Document, Paragraph, Row, Table

HEAD = ("交易日期", "流水号", "借方发生额", "贷方发生额", "余额", "对方户名", "摘要")
A = ("2025-03-04", "G0001", "2,100.00", "", "7,900.00", "某超市", "慰问品")
B = ("2025-03-05", "G0002", "", "100.00", "8,000.00", "某市第一医院", "经费")
C = ("2025-03-06", "G0003", "500.00", "", "7,500.00", "某书店", "图书")
BASIC = "Assets:102-银行存款:01-基本户"
CUSTODY = "Assets:102-银行存款:02-代管户"


def _csv(*rows: tuple[str, ...]) -> str:
    return "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows)


def _bank(book: Path) -> list[tuple[str, str, int, int]]:
    facts = read_book(book).facts
    assert facts is not None
    rows = facts.registers["bank"]
    return [
        (r.account, f"{r.date:%m-%d}", int(r.debit_fen or 0), int(r.credit_fen or 0))
        for r in rows.fillna({"debit_fen": 0, "credit_fen": 0}).itertuples()
    ]


EXPECTED = [(BASIC, "03-04", 210000, 0), (BASIC, "03-05", 0, 10000)]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_csv_with_preamble_and_totals_in_any_encoding(tmp_path: Path, book: Path, encoding: str) -> None:
    path = tmp_path / "2025年3月流水.csv"
    text = "账号：3405000000000001,户名：某工会\r\n\r\n" + _csv(HEAD, A, B, ("合计", "", "2,100.00", "100.00"))
    path.write_bytes(text.encode(encoding))
    result = import_file(path, book)
    assert result.problems == ()
    assert result.written
    assert _bank(book) == EXPECTED
    assert '"sha256"' in (book / "imports" / "log.jsonl").read_text(encoding="utf-8")


def test_html_under_the_name_of_a_spreadsheet(tmp_path: Path, book: Path) -> None:
    path = tmp_path / "明细.xls"
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (HEAD, A, B))
    path.write_bytes(f"<html><table>{rows}</table></html>".encode("gb18030"))
    assert import_file(path, book).written
    assert _bank(book) == EXPECTED


def test_a_workbook(workbook: Callable[..., Path], book: Path) -> None:
    rows = [["某银行对账单"], HEAD, [*A[:2], 2100, None, 7900, *A[5:]], [*B[:3], 100, 8000, *B[5:]]]
    assert import_file(workbook({"Sheet1": rows}), book).written
    assert _bank(book) == EXPECTED


def test_a_pdf_with_ruled_lines(tmp_path: Path, book: Path) -> None:
    table = Table(tuple(Column(title, weight=2) for title in HEAD), (Row(A), Row(B)))
    blocks = (Paragraph("账号：3405000000000001"), table)
    path = tmp_path / "对账单.pdf"
    path.write_bytes(pdf.render(Document("某银行对账单", (), blocks, date(2025, 3, 31))))
    result = import_file(path, book)
    assert result.problems == ()
    assert _bank(book) == EXPECTED


def test_an_overlap_is_passed_over(tmp_path: Path, book: Path) -> None:
    first, second = tmp_path / "一.csv", tmp_path / "二.csv"
    first.write_text(_csv(HEAD, A, B), encoding="utf-8")
    # The same lines again, newest first, without serials, as another export of the same bank prints them.
    second.write_text(_csv((HEAD[0], *HEAD[2:]), *((r[0], *r[2:]) for r in (C, B, A))), encoding="utf-8")
    import_file(first, book)
    result = import_file(second, book)
    assert result.registers["bank"] == (1, 0, 2)
    assert _bank(book) == [*EXPECTED, (BASIC, "03-06", 50000, 0)]
    assert import_file(first, book).already_imported


def test_a_file_in_which_nothing_is_new_writes_no_line_twice(tmp_path: Path, book: Path) -> None:
    first, second = tmp_path / "一.csv", tmp_path / "二.csv"
    first.write_text(_csv(HEAD, A, B), encoding="utf-8")
    second.write_text("银行,某行\r\n" + _csv(HEAD, A, B), encoding="utf-8")
    import_file(first, book)
    assert import_file(second, book).registers["bank"] == (0, 0, 2)
    assert _bank(book) == EXPECTED


def _two_accounts(book: Path, numbers: str) -> None:
    text = (book / "union.toml").read_text(encoding="utf-8")
    text = text.replace(f'accounts = ["{BASIC}"]', f'accounts = ["{BASIC}", "{CUSTODY}"]\n{numbers}')
    assert CUSTODY in text
    (book / "union.toml").write_text(text, encoding="utf-8")
    accounts = book / "accounts.beancount"
    accounts.write_text(accounts.read_text(encoding="utf-8") + f"2025-01-01 open {CUSTODY} CNY\n", encoding="utf-8")


NUMBERS = f'[bank.numbers]\n"3405 0000 0000 0001" = "{BASIC}"\n"3405000000000002" = "{CUSTODY}"\n'


@pytest.mark.parametrize("number", ["3405000000000002", "3405********0002"])
def test_the_account_is_found_by_its_number(tmp_path: Path, book: Path, number: str) -> None:
    _two_accounts(book, NUMBERS)
    path = tmp_path / "流水.csv"
    path.write_text(f"账号,{number}\r\n" + _csv(HEAD, A), encoding="utf-8")
    assert import_file(path, book).problems == ()
    assert _bank(book) == [(CUSTODY, "03-04", 210000, 0)]


@pytest.mark.parametrize(
    ("numbers", "number", "asked", "words"),
    [
        ("", "", "", "2 个银行账户"),
        (NUMBERS, "3405000000000009", "", "没有登记"),
        (NUMBERS, "3405000000000002", "基本户", "与 --account 的"),
        ("", "", "定期户", "账套里没有账户"),
    ],
)
def test_an_account_that_cannot_be_told_is_refused(
    tmp_path: Path, book: Path, numbers: str, number: str, asked: str, words: str
) -> None:
    _two_accounts(book, numbers)
    path = tmp_path / "流水.csv"
    path.write_text((f"账号,{number}\r\n" if number else "") + _csv(HEAD, A), encoding="utf-8")
    result = import_file(path, book, account=asked)
    assert [words in p.message for p in result.problems] == [True]
    assert not (book / "registers" / "bank.csv").exists()


def test_the_account_may_be_named(tmp_path: Path, book: Path) -> None:
    _two_accounts(book, "")
    path = tmp_path / "流水.csv"
    path.write_text(_csv(HEAD, A), encoding="utf-8")
    import_file(path, book, account="代管户")
    assert _bank(book) == [(CUSTODY, "03-04", 210000, 0)]


def _snapshot(book: Path) -> Mapping[str, bytes]:
    return {str(p.relative_to(book)): p.read_bytes() for p in sorted(book.rglob("*")) if p.is_file()}


def _refused(path: Path, book: Path, kind: str | None = None) -> str:
    before = _snapshot(book)
    try:
        result: ImportResult | None = import_file(path, book, kind)
    except ImportRefused as error:
        said = str(error)
    else:
        assert result is not None
        assert result.problems, "a wrong file was taken"
        said = "；".join(map(str, result.problems))
    assert _snapshot(book) == before, "something was written"
    return said


def _macro() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/vbaProject.bin", b"x")
    return made.getvalue()


def _bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (30 * 1024 * 1024))
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("头.csv", _csv(("日子", "出", "进"), ("2025-03-04", "1", "2")).encode(), "见到的列：日子、出、进"),
        ("断.csv", _csv(HEAD, A, B).encode()[:-60], "第 3 行"),
        ("坏.csv", b"\x81\x20\xff\xff\xfe", "编码"),
        ("空.csv", b"", "空文件"),
        ("宏.xlsx", _macro(), "宏"),
        ("弹.xlsx", _bomb(), "压缩"),
        ("假.pdf", b"not a pdf at all", "不是 PDF"),
        ("断.pdf", b"%PDF-1.7\n1 0 obj <<", "重新下载"),
        ("图.jpg", b"\xff\xd8\xff", "不是可导入的表格"),
        ("差.csv", _csv(HEAD, A, ("2025-03-05", "", "", "100.00", "8,000.01", "", "")).encode(), "应为 8,000.00"),
    ],
)
def test_a_wrong_file_is_refused_and_nothing_written(
    tmp_path: Path, book: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert words in _refused(path, book, "bank" if name.endswith("csv") else None)


def test_a_pdf_that_swells_is_refused(tmp_path: Path, book: Path) -> None:
    import zlib

    stream = zlib.compress(zlib.compress(b"0 0 m 1 1 l S " * 6_000_000, 1), 9)
    head = f"4 0 obj <</Length {len(stream)}/Filter[/FlateDecode/FlateDecode]>> stream\n".encode()
    pages = (
        b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
        b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>> endobj\n"
    )
    path = tmp_path / "弹.pdf"
    path.write_bytes(pages + head + stream + b"\nendstream endobj\ntrailer <</Root 1 0 R>>\n%%EOF")
    assert "压缩炸弹" in _refused(path, book)


def test_a_scan_is_refused(tmp_path: Path, book: Path) -> None:
    blank = (
        b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
        b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF"
    )
    path = tmp_path / "扫描.pdf"
    path.write_bytes(blank)
    assert "扫描件" in _refused(path, book)
