"""The sanitised copy: same files, same lines, nothing hostile; or no copy at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.reader.sanitise import StillHostile, sanitised_copy

LINES = """plugin "evil"
option "insert_pythonpath" "TRUE"
option "documents" "/etc"
option "tolerance_multiplier" "999"
include "/etc/passwd"
include "2025/01.beancount"
2025-01-01 custom "fava-extension" "evil"
2025-01-01 custom "fava-option" "import-config" "evil.py"
2025-01-01 custom "fava-option" "language" "zh"
2025-01-01 query "月报" ".output x"
2025-01-02 document Assets:101-库存现金 "/etc/passwd"
2025-01-02 document Assets:101-库存现金 "documents/a.pdf"
2025-01-02 pad Assets:101-库存现金 Equity:322-工会资金结余
2025-01-03 balance Assets:101-库存现金 0.00 ~ 99 CNY
* hidden
2025-01-04 * "甲" "乙"
  filename: "/etc/passwd"
  document: "../x"
  Assets:101-库存现金  1.00 CNY
  Equity:322-工会资金结余  -1.00 CNY
"""
MONTH = """2025-01-05 * "某" "付款"
  voucher: "记-2025-01-0001"
  Assets:101-库存现金  1.00 CNY
  Equity:322-工会资金结余
"""


@pytest.fixture
def book(write_book: Callable[..., Path]) -> Path:
    return write_book(
        LINES,
        {
            "2025/01.beancount": MONTH.encode("gb18030"),
            "documents/a.pdf": b"%PDF",
            "evil.py": "raise SystemExit\n",
            "registers/dues.csv": "month,member_id,paid,paid_on\n",
        },
    )


def test_hostile_lines_are_comments_in_the_copy(
    book: Path, tmp_path: Path, hashes: Callable[[Path], dict[str, str]]
) -> None:
    before = hashes(book)
    copy = tmp_path / "copy"
    found = {e.code for e in sanitised_copy(book, copy)}
    assert {"PLUGIN_LINE", "OPTION_PYTHONPATH", "INCLUDE_OUTSIDE", "FAVA_EXTENSION", "PAD_IGNORED"} <= found
    assert hashes(book) == before
    original = (book / "main.beancount").read_text(encoding="utf-8").split("\n")
    lines = (copy / "main.beancount").read_text(encoding="utf-8").split("\n")
    assert len(lines) == len(original)
    changed = [before for before, after in zip(original, lines, strict=True) if before != after]
    kept = [line for line in LINES.split("\n") if line not in changed]
    assert kept == [
        'include "2025/01.beancount"',
        '2025-01-01 custom "fava-option" "language" "zh"',
        '2025-01-02 document Assets:101-库存现金 "documents/a.pdf"',
        '2025-01-04 * "甲" "乙"',
        "  Assets:101-库存现金  1.00 CNY",
        "  Equity:322-工会资金结余  -1.00 CNY",
        "",
    ]
    assert "2025-01-03 balance Assets:101-库存现金 0.00 CNY" in lines
    assert all(
        line.startswith("; removed by union-audit: ")
        for line in lines
        if line not in original and "balance" not in line
    )


def test_the_copy_holds_the_same_files_in_utf_8_without_programs(book: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    sanitised_copy(book, copy)
    assert (copy / "2025/01.beancount").read_text(encoding="utf-8") == MONTH
    assert {p.relative_to(copy).as_posix() for p in copy.rglob("*") if p.is_file()} == {
        "main.beancount",
        "union.toml",
        "2025/01.beancount",
        "documents/a.pdf",
        "registers/dues.csv",
    }


@pytest.mark.parametrize(
    "text",
    [
        '你* 2025-01-01 custom "fava-extension" "m"\n',
        '# \\"\n \t\\plugin "x""~"\n',
        'note 2025-01-01 query "a" ".output x"\n',
    ],
)
def test_what_the_scan_cannot_judge_leaves_no_copy(write_book: Callable[..., Path], tmp_path: Path, text: str) -> None:
    copy = tmp_path / "copy"
    with pytest.raises(StillHostile) as refused:
        sanitised_copy(write_book(text), copy)
    assert refused.value.entries
    assert not copy.exists()


def test_a_folder_without_main_leaves_no_copy(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(StillHostile):
        sanitised_copy(tmp_path / "empty", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_the_copy_never_lies_in_the_book_or_over_something(book: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="inside"):
        sanitised_copy(book, book / "copy")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x", encoding="utf-8")
    with pytest.raises(FileExistsError):
        sanitised_copy(book, tmp_path / "full")
    assert (tmp_path / "full" / "x").exists()


@pytest.mark.skipif(os.name != "posix", reason="links as POSIX knows them")
def test_links_are_not_copied(book: Path, tmp_path: Path) -> None:
    (book / "documents" / "passwd").symlink_to("/etc/passwd")
    copy = tmp_path / "copy"
    sanitised_copy(book, copy)
    assert not (copy / "documents" / "passwd").exists()
    assert (copy / "documents" / "a.pdf").read_bytes() == b"%PDF"


def test_fava_sees_the_copy_without_errors_of_ours(write_book: Callable[..., Path], tmp_path: Path) -> None:
    from fava.core import FavaLedger

    book = write_book('include "2025/01.beancount"\nplugin "evil"\n', {"2025/01.beancount": MONTH})
    sanitised_copy(book, tmp_path / "copy")
    ledger = FavaLedger(str(tmp_path / "copy" / "main.beancount"))
    assert ledger.errors == []
    assert [t.narration for t in ledger.all_entries_by_type.Transaction] == ["付款"]
    assert ledger.options["plugin"] == []
