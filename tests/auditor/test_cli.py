"""The command line: exit status, one line a fault, nothing half-written, and the same bytes twice."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from auditor.cli import COMMANDS, main

HEADS = ("日期", "凭证字号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额")
GOOD = (
    ("2025-04-02", "记-2025-04-0001", "收到会费", "10201", "基本户", "50.00", ""),
    ("2025-04-02", "记-2025-04-0001", "收到会费", "401", "会费收入", "", "50.00"),
)


def call(*arguments: str) -> Result:
    """What a call printed and ended with."""
    return CliRunner().invoke(main, list(arguments))


def snapshot(book: Path) -> dict[str, str]:
    """The hash of every file of a book."""
    return {
        str(path.relative_to(book)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(book.rglob("*"))
        if path.is_file()
    }


def workbook(path: Path, rows: tuple[tuple[str, ...], ...], heads: tuple[str, ...] = HEADS) -> Path:
    """A workbook with one sheet of vouchers, every cell as text."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("序时账")
        for number, row in enumerate((heads, *rows)):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
    return path


def test_every_command_has_help_in_both_languages() -> None:
    for command in COMMANDS:
        shown = call(command, "--help")
        assert shown.exit_code == 0
        assert any("\u4e00" <= c <= "\u9fff" for c in shown.output), command
    assert call("--help").exit_code == 0


def test_init_then_check_is_clean(tmp_path: Path) -> None:
    made = call("init", str(tmp_path / "b"), "--name", "某会", "--region", "340500", "--year", "2025")
    assert made.exit_code == 0, made.output
    checked = call("check", str(tmp_path / "b"))
    assert checked.exit_code == 0, checked.output
    again = call("init", str(tmp_path / "b"), "--name", "某会", "--region", "340500", "--year", "2025")
    assert again.exit_code == 2


def test_import_writes_and_a_second_import_adds_nothing(small_book: Path, tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", GOOD)
    first = call("import", str(file), "--into", str(small_book))
    assert first.exit_code == 0, first.output
    before = snapshot(small_book)
    again = call("import", str(file), "--into", str(small_book))
    assert again.exit_code == 0
    assert snapshot(small_book) == before


BAD_ROWS = {
    "unbalanced": ((GOOD[0], (*GOOD[1][:6], "49.99")), ("记-2025-04-0001", "0.01")),
    "gap in numbers": (
        (*GOOD, *((row[0], "记-2025-04-0003", *row[2:]) for row in GOOD)),
        ("缺号", "2025-04"),
    ),
    "unknown account": ((GOOD[0], (*GOOD[1][:3], "999", "莫须有收入", "", "50.00")), ("莫须有收入",)),
    "date in another year": ((("2024-04-02", *GOOD[0][1:]), ("2024-04-02", *GOOD[1][1:])), ("2024",)),
    "three decimals": (((*GOOD[0][:5], "50.001", ""), GOOD[1]), ("50.001",)),
    "text in an amount": (((*GOOD[0][:5], "五十元", ""), GOOD[1]), ("五十元",)),
}


@pytest.mark.parametrize("fault", BAD_ROWS)
def test_bad_rows_are_each_reported_and_nothing_is_written(small_book: Path, tmp_path: Path, fault: str) -> None:
    rows, said = BAD_ROWS[fault]
    before = snapshot(small_book)
    refused = call("import", str(workbook(tmp_path / "bad.xlsx", tuple(rows))), "--into", str(small_book))
    assert refused.exit_code == 2, refused.output
    for words in said:
        assert words in refused.stderr
    assert "bad.xlsx" in refused.stderr
    assert snapshot(small_book) == before


def test_an_empty_sheet_is_refused(small_book: Path, tmp_path: Path) -> None:
    before = snapshot(small_book)
    refused = call("import", str(workbook(tmp_path / "empty.xlsx", (), heads=())), "--into", str(small_book))
    assert refused.exit_code == 2
    assert refused.stderr.strip()
    assert snapshot(small_book) == before


def test_merged_heads_are_refused(small_book: Path, tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("序时账")
        for column, head in enumerate(HEADS[:5]):
            sheet.write_string(0, column, head)
        sheet.merge_range(0, 5, 0, 6, "发生额")
        for column, cell in enumerate(GOOD[0]):
            sheet.write_string(1, column, cell)
    before = snapshot(small_book)
    refused = call("import", str(path), "--into", str(small_book))
    assert refused.exit_code == 2
    assert "合并" in refused.stderr
    assert snapshot(small_book) == before


def _append(text: str) -> Callable[[Path], None]:
    def doctor(book: Path) -> None:
        file = book / "2025" / "03.beancount"
        file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")

    return doctor


def _main(text: str) -> Callable[[Path], None]:
    def doctor(book: Path) -> None:
        file = book / "main.beancount"
        file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")

    return doctor


def _misspelt(book: Path) -> None:
    profile = book / "union.toml"
    profile.write_text(profile.read_text(encoding="utf-8").replace("region =", "regoin ="), encoding="utf-8")


BAD_BOOKS: dict[str, tuple[Callable[[Path], None], str]] = {
    "syntax error": (_append('2025-03-06 * "未写完\n'), "2025/03.beancount"),
    "unknown account": (
        _append(
            '2025-03-06 * "甲" "乙"\n  voucher: "记-2025-03-0002"\n'
            "  Assets:102-银行存款:09-没有开立  1.00 CNY\n  Income:401-会费收入  -1.00 CNY\n"
        ),
        "没有开立",
    ),
    "include outside": (_main('include "/etc/passwd"\n'), "main.beancount"),
    "plugin line": (_main('plugin "os"\n'), "main.beancount"),
    "misspelt key": (_misspelt, "regoin"),
    "division in an amount": (
        _append('2025-03-06 * "甲" "乙"\n  Assets:102-银行存款:01-基本户  1/0 CNY\n  Income:401-会费收入\n'),
        "2025/03.beancount",
    ),
}


@pytest.mark.parametrize("fault", BAD_BOOKS)
def test_a_book_at_fault_ends_with_2_and_says_where(small_book: Path, tmp_path: Path, fault: str) -> None:
    doctor, said = BAD_BOOKS[fault]
    doctor(small_book)
    before = snapshot(small_book)
    output = tmp_path / "out.json"
    refused = call("audit", str(small_book), "--period", "2025", "--format", "json", "-o", str(output))
    assert refused.exit_code == 2, refused.output
    assert said in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not output.exists()
    assert snapshot(small_book) == before


def test_a_repeated_voucher_number_is_audited(small_book: Path) -> None:
    file = small_book / "2025" / "03.beancount"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + text.replace("2025-03-05", "2025-03-06"), encoding="utf-8")
    shown = call("audit", str(small_book), "--period", "2025", "--format", "json")
    assert shown.exit_code == 1
    codes = {finding["code"] for finding in json.loads(shown.stdout)["findings"]}
    assert "ACC01" in codes


@pytest.mark.parametrize("period", ["", "25", "2025-13", "2025..2024", "abc"])
def test_a_bad_period_ends_with_2(small_book: Path, period: str) -> None:
    refused = call("audit", str(small_book), "--period", period)
    assert refused.exit_code == 2
    assert refused.stderr.strip()


def test_json_is_the_same_twice_and_keeps_its_schema(
    hospital_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "one"))
    first = call("audit", str(hospital_book), "--period", "2025", "--format", "json")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))  # nothing kept: the work is done twice
    again = call("audit", str(hospital_book), "--period", "2025", "--format", "json")
    assert first.exit_code == again.exit_code == 1
    assert first.stdout_bytes == again.stdout_bytes
    result = json.loads(first.stdout)
    assert result["schema"] == "union-audit/1"
    assert {"name", "code", "region"} <= set(result["union"])
    for finding in result["findings"]:
        assert {"id", "code", "severity", "certainty", "amount_fen", "citations", "parameters"} <= set(finding)
        assert finding["evidence"]
    assert {outcome["status"] for outcome in result["outcomes"]} <= {
        "clean",
        "findings",
        "not_applicable",
        "not_performed",
    }


def test_english_is_given_by_switch(hospital_book: Path) -> None:
    shown = call("--lang", "en", "audit", str(hospital_book), "--period", "2025", "--format", "json")
    titles = [outcome["title"] for outcome in json.loads(shown.stdout)["outcomes"]]
    assert not any("\u4e00" <= c <= "\u9fff" for title in titles for c in title)


def test_reports_are_written_whole(hospital_book: Path, tmp_path: Path) -> None:
    made = call("report", str(hospital_book), "--period", "2025", "-o", str(tmp_path), "--format", "pdf")
    assert made.exit_code == 1, made.output
    (pdf,) = tmp_path.glob("*.pdf")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert [path.name for path in tmp_path.iterdir()] == [pdf.name]
    assert os.stat(pdf).st_mode & 0o777 == 0o644


def test_rules_are_listed_shown_and_covered() -> None:
    assert "INC01" in call("rules", "list").output
    assert "检查内容" in call("rules", "show", "inc01").output
    assert call("rules", "show", "ZZZ99").exit_code == 2
    assert "161" in call("rules", "coverage").output
