"""`union-audit budget`: a year's work at the command line; a refusal is a line each and leaves no trace in the book."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.cli import main
from ledger.facts import Facts
from ledger.importers.existing import budgets_of
from ledger.reader import read_book
from tests.ledger.budgeting.made import MEETING, PROJECT, TRAINING, write_book

REVISION = (
    "年度,科目编码,项目,预算金额,版本,生效日期,委员会通过,经审会审查,上级批准,原因\n"
    "2025,50502,,8000.00,1,2025-07-04,2025-07-01,2025-07-02,2025-07-03,压减会议\n"
)
TRANSFER = [
    *("transfer", "--year", "2025", "--from", "50502", "--to", "50501 培训支出", "--amount", "500"),
    *("--committee", "2025-07-01", "--audit-review", "2025-07-02", "--approved", "2025-07-03", "--reason", "增加培训"),
]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(tmp_path / "book")


def run(book: Path, *arguments: str) -> Result:
    """What the command line answers."""
    return CliRunner().invoke(main, ["budget", str(book), *arguments])


def refused(book: Path, *arguments: str) -> list[str]:
    """The lines of a refusal; the book is as it was before."""
    before = {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}
    result = run(book, *arguments)
    assert result.exit_code == 2, result.output
    assert before == {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}
    return result.stderr.splitlines()


def facts_of(book: Path) -> Facts:
    """The facts of a book without fault."""
    reading = read_book(book)
    assert not reading.fatal, reading.fatal
    assert reading.facts is not None
    return reading.facts


def test_prepared_budget_comes_into_the_book_by_import(book: Path, tmp_path: Path) -> None:
    file = tmp_path / "2026.xlsx"
    made = run(book, "prepare", "--year", "2026", "--set", f"405/{PROJECT}=3000；医院函", "-o", str(file))
    assert made.exit_code == 0, made.output
    assert "收入 17,760.00 元" in made.output
    assert CliRunner().invoke(main, ["import", str(file), "--into", str(book)]).exit_code == 0
    entries = {(b.account, b.project): b for b in budgets_of(facts_of(book)) if b.year == 2026}
    assert entries[MEETING, ""].amount_fen == 9000_00
    assert entries["Income:402-拨缴经费收入", ""].reason == "工资总额 1,200,000.00 × 2% × 60%"
    (twice,) = refused(book, "prepare", "--year", "2026")
    assert "已在账套中" in twice


def test_revision_is_entered_once(book: Path, tmp_path: Path) -> None:
    file = tmp_path / "revision.csv"
    file.write_text(REVISION, encoding="utf-8")
    assert "检查通过，未写入" in run(book, "revise", "--year", "2025", "--dry-run", str(file)).output
    assert "第 1 版预算，1 行，2025-07-04 起生效" in run(book, "revise", "--year", "2025", str(file)).output
    new = [b for b in budgets_of(facts_of(book)) if b.version == 1]
    assert [(b.account, b.amount_fen, b.reason) for b in new] == [(MEETING, 8000_00, "压减会议")]
    lines = refused(book, "revise", "--year", "2025", str(file))
    assert any("第 1 版预算已在账套中" in line for line in lines)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2025-07-04,", "2025-07-02,", "批准之前不能生效"),
        ("8000.00", "9000.01", "预算为赤字"),
        ("8000.00", "2999.99", "小于生效之前已支出"),
        ("50502,,", "50502,没有,", "项目“没有”"),
        ("50502", "50503", "没有启用"),
        ("50502", "59999", "不在"),
        ("2025,5", "2024,5", "年度是 2024"),
        ("8000.00", "八千", "八千"),
    ],
)
def test_faulty_revision_is_refused_in_a_line(book: Path, tmp_path: Path, old: str, new: str, words: str) -> None:
    file = tmp_path / "revision.csv"
    file.write_text(REVISION.replace(old, new), encoding="utf-8")
    assert any(words in line for line in refused(book, "revise", "--year", "2025", str(file)))


def test_file_that_is_not_there_and_year_that_is_none_are_refused(book: Path, tmp_path: Path) -> None:
    assert len(refused(book, "revise", "--year", "2025", str(tmp_path / "none.xlsx"))) == 1
    assert run(book, "status", "--year", "25").exit_code == 2
    assert "不在 2025 年内" in refused(book, "status", "--year", "2025", "--until", "2026-01-01")[0]
    assert "没有 2024 年度预算" in refused(book, "forms", "--year", "2024", "-o", str(tmp_path / "forms"))[0]
    assert not (tmp_path / "forms").exists()


def test_transfer_moves_money_between_two_lines(book: Path) -> None:
    assert run(book, *TRANSFER).exit_code == 0
    new = {b.account: b for b in budgets_of(facts_of(book)) if b.version == 1}
    assert {account: b.amount_fen for account, b in new.items()} == {MEETING: 8500_00, TRAINING: 8500_00}
    reason = new[MEETING].reason
    assert reason == "从50502 会议支出调剂到50501 培训支出 500.00 元：增加培训"
    data = json.loads(run(book, "status", "--year", "2025", "--format", "json").output)
    assert data["transfers"][0]["reason"] == reason
    for line in data["lines"]:
        assert (line["budget_fen"] or 0) == line["spent_fen"] + line["committed_fen"] + line["left_fen"]


@pytest.mark.parametrize(
    ("place", "text", "words"),
    [
        (8, "9000.01", "预算不足调出的金额"),
        (8, "6500", "小于生效之前已支出"),
        (8, "0", "调剂金额为零"),
        (8, "x", "不是金额"),
        (6, "50502", "同一行"),
        (6, "402", "不是支出预算"),
    ],
)
def test_faulty_transfer_is_refused(book: Path, place: int, text: str, words: str) -> None:
    arguments = [*TRANSFER]
    arguments[place] = text
    assert any(words in line for line in refused(book, *arguments))


def test_status_and_forms_are_printed(book: Path, tmp_path: Path) -> None:
    shown = run(book, "status", "--year", "2025").output
    assert "50502 会议支出" in shown
    assert "已签未付的合同" in shown
    made = run(book, "forms", "--year", "2025", "-o", str(tmp_path / "out"), "--format", "html")
    assert made.exit_code == 0
    page = (tmp_path / "out" / "工会经费收支预算表-2025.html").read_text(encoding="utf-8")
    assert "年初核定预算数" in page
