"""Spreadsheets as files: every form that packages save, and hostile files that must be refused in one line."""

from __future__ import annotations

import datetime
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.importers.formulas import compute
from ledger.importers.sheets import SheetRefused, read_workbook
from ledger.importers.zip_check import Refused, check_zip, column_letters, column_number

Write = Callable[..., Path]
ROWS = (("名称", "金额"), ("张三", "1.10"))
CSV = "名称,金额\r\n张三,1.10\r\n"


def rezip(path: Path, change: Callable[[zipfile.ZipFile], None], drop: str = "") -> Path:
    """Copy an .xlsx with something changed."""
    target = path.with_name("改.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != drop:
                new.writestr(name, old.read(name))
        change(new)
    return target


def test_cells_are_exact_text(workbook: Write) -> None:
    rows = (("a", 1.1, 101, datetime.date(2025, 3, 1), " 记-1 ", 0.07, 1234567890.12, -3),)
    sheet = read_workbook(workbook({"表": rows})).sheets[0]
    assert sheet.rows == (("a", "1.1", "101", "2025-03-01", "记-1", "0.07", "1234567890.12", "-3"),)
    assert not sheet.faults


def test_rows_above_the_first_cell_keep_their_numbers(workbook: Write) -> None:
    sheet = read_workbook(workbook({"表": ((), (), (None, "x"))})).sheets[0]
    assert [row for row in sheet.rows if any(row)] == [sheet.rows[2]]
    assert sheet.rows[2][1] == "x"


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8（带 BOM）"), ("gb18030", "GB18030"), ("utf-16", "UTF-16")],
)
def test_csv_in_every_usual_encoding(tmp_path: Path, codec: str, name: str) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(CSV.encode(codec))
    found = read_workbook(path)
    assert found.encoding == name
    assert found.sheets[0].rows == ROWS
    assert found.sheets[0].name == "表"


def test_text_and_html_under_the_name_xls(tmp_path: Path) -> None:
    text = tmp_path / "文本.xls"
    text.write_bytes(CSV.replace(",", "\t").encode("gb18030"))
    assert read_workbook(text).sheets[0].rows == ROWS
    page = tmp_path / "网页.xls"
    page.write_bytes(
        "<html><table><tr><td colspan=2>标题</td></tr><tr><th>名称<th>金额</tr>"
        "<tr><td>张三</td><td>1.10</td></tr></table><script>x()</script></html>".encode("gb18030")
    )
    sheet = read_workbook(page).sheets[0]
    assert sheet.rows == (("标题", ""), *ROWS)
    assert sheet.merged == ((0, 0, 0, 1),)


def test_long_numbers_and_formulas_that_cannot_be_believed(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "公式.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, [100, 200, 0.1])
    sheet.write_formula(0, 3, "=A1+B1", None, 999)
    sheet.write_formula(0, 4, "=SUM(A1:C1)", None, 300.1)
    sheet.write_formula(0, 5, "=VLOOKUP(A1,B1:C1,2)", None, 7)
    sheet.write_formula(0, 6, "=C1*3", None, 0.30000000000000004)
    sheet.write_formula(0, 7, "=A1", None, "")
    sheet.write_number(0, 8, 110101199003074514)
    book.close()
    found = read_workbook(path).sheets[0]
    assert found.rows[0][4] == "300.1"
    assert found.rows[0][6] == "0.3"
    faults = {fault.column: fault.message for fault in found.faults}
    assert sorted(faults) == [3, 7, 8]
    assert "存下的结果是 999，重新计算是 300" in faults[3]
    assert "超过 15 位" in faults[8]
    assert [note.column for note in found.notes] == [5]


def refused(path: Path) -> str:
    with pytest.raises(SheetRefused) as caught:
        read_workbook(path)
    message = str(caught.value)
    assert "\n" not in message
    assert path.name in message
    return message


@pytest.mark.parametrize("suffix", [".xlsm", ".xlsb", ".ods", ".exe", ""])
def test_other_kinds_of_file_are_refused_unopened(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"表{suffix}"
    path.write_bytes(b"PK")
    assert "请" in refused(path)


def test_a_macro_inside_an_xlsx(workbook: Write) -> None:
    path = rezip(workbook({"表": ROWS}), lambda new: new.writestr("xl/vbaProject.bin", b"x"))
    assert "带有宏" in refused(path)


def test_zip_bombs(workbook: Write) -> None:
    small = workbook({"表": ROWS})
    path = rezip(small, lambda new: new.writestr("xl/worksheets/sheet9.xml", b" " * 30_000_000))
    assert "压缩比超过" in refused(path)

    def many(new: zipfile.ZipFile) -> None:
        for number in range(200):
            new.writestr(f"xl/x{number}", b"")

    assert "压缩炸弹" in refused(rezip(small, many))


def test_a_large_but_varied_part_counts_while_it_is_inflated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.importers.zip_check.MAX_INFLATED", 1000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        new.writestr("xl/workbook.xml", os.urandom(2000))
    with pytest.raises(Refused, match="解压后超过"):
        check_zip(out.getvalue())


def test_a_cell_far_out(workbook: Write) -> None:
    cell = '<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    path = rezip(
        workbook({"表": ROWS}),
        lambda new: new.writestr("xl/worksheets/sheet1.xml", cell),
        drop="xl/worksheets/sheet1.xml",
    )
    assert "1048576" in refused(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600])
def test_damaged_files(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    assert "另存" in refused(path)


def test_wrong_encodings_and_odd_text(tmp_path: Path) -> None:
    path = tmp_path / "乱.csv"
    path.write_bytes(b"\xff\xff\xff\x81")
    assert "既不是 UTF-8 也不是 GB18030" in refused(path)
    path.write_bytes(b"a,b\0\n")
    assert "空字符" in refused(path)
    path.write_bytes(b'a,"b\n')
    assert "引号不成对" in refused(path)
    path.write_bytes(b"<?xml version='1.0'?><Workbook/>")
    assert "XML" in refused(path)
    path.write_bytes(b"")
    assert "空文件" in refused(path)


def test_a_file_that_is_not_there_or_a_folder(tmp_path: Path) -> None:
    assert "无法读取" in refused(tmp_path / "无.xlsx")
    (tmp_path / "夹.xlsx").mkdir()
    assert "不是普通文件" in refused(tmp_path / "夹.xlsx")


def test_a_child_that_dies_is_one_clear_line(workbook: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.importers.sheets.sys.executable", "/bin/false")
    assert "使读表程序中止" in refused(workbook({"表": ROWS}))


def test_formulas() -> None:
    from decimal import Decimal

    def value(row: int, column: int) -> Decimal | None:
        return None if (row, column) == (0, 2) else Decimal(row + column)

    assert compute("=1+2*3-(4/2)", value) == 5
    assert compute("=SUM($A$1:B2, 10)", value) == 14
    assert compute("=-A2", value) == -1
    assert compute("=C1+1", value) is None
    assert compute("=A1/A1", value) is None
    assert compute("=IF(A1,1,2)", value) is None
    assert compute("=(1", value) is None


def test_columns_by_letters() -> None:
    assert [column_number(column_letters(n)) for n in (1, 26, 27, 702, 703)] == [1, 26, 27, 702, 703]
    assert column_letters(28) == "AB"
