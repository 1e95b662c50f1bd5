"""A whole year in a workbook alone: what the command line says of it, and what other programs make of the book."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.reader import read_book
from tests.year.excel import done, kept_in_excel, run
from tests.year.others import bean_check, fava_errors


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The year's book, kept once."""
    return kept_in_excel(tmp_path_factory.mktemp("年"))


def test_the_depreciation_typed_is_the_one_the_cards_give(book: Path) -> None:
    told = run("depreciate", book, "2025-07", "--dry-run").output
    assert "2025-07 已计提：记-2025-07-0005 195.00 元" in told


def test_every_month_is_sealed_and_nothing_changed_since(book: Path) -> None:
    assert "已封账 12 个月，与封账时一致" in done("verify", book)


def test_the_bank_agrees_in_every_month(book: Path, tmp_path: Path) -> None:
    told = done("reconcile", book, "--period", "2025", "-o", tmp_path)
    assert "不符" not in told


def test_final_accounts_and_what_the_members_see(book: Path, tmp_path: Path) -> None:
    done("statements", book, "--period", "2025", "-o", tmp_path)
    done("disclose", book, "--period", "2025", "-o", tmp_path)
    names = sorted(path.name.split("-2025")[0] for path in tmp_path.iterdir())
    assert {"资产负债表", "收入支出表", "科目余额表", "工会经费预算执行情况表"} <= set(names)


def test_the_book_is_one_that_other_programs_read(book: Path) -> None:
    assert bean_check(book) == ""
    assert fava_errors(book) == []


def test_the_book_reads_without_a_fault(book: Path) -> None:
    reading = read_book(book)
    assert reading.facts is not None
    assert [f"{f.file}:{f.line} {f.message}" for f in reading.integrity] == []
    assert len(reading.facts.vouchers) == 1 + 64 + 6
