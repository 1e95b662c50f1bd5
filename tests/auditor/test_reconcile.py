"""`union-audit reconcile`: a small book beside its statement, clean, with items in transit, and without a statement."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.cli import main
from tests.rules.casefile import BANK, book_files

VOUCHERS = f"""
2025-03-04 * "某超市" "购慰问品"
  voucher: "记-2025-03-0001"
  Expenses:510-其他支出  2100.00 CNY
  {BANK}  -2100.00 CNY

2025-03-28 * "某书店" "购图书"
  voucher: "记-2025-03-0002"
  Expenses:510-其他支出  500.00 CNY
  {BANK}  -500.00 CNY
"""
OPENING = f"""
2025-01-01 * "期初余额" #opening
  {BANK}  10000.00 CNY
  Equity:322-工会资金结余  -10000.00 CNY
"""
HEAD = "account,date,serial,payer_payee,summary,debit,credit,balance\n"
PAID = f"{BANK},2025-03-04,G0001,某超市,慰问品,2100.00,,7900.00\n"
LATER = f"{BANK},2025-04-02,G0002,某书店,图书,500.00,,7400.00\n"
FEE = f"{BANK},2025-03-31,G0009,某银行,手续费,5.00,,7895.00\n"


def _book(folder: Path, statement: str | None) -> Path:
    registers = {} if statement is None else {"bank": HEAD + statement}
    for path, text in book_files(OPENING + VOUCHERS, registers).items():
        target = folder / "账套" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return folder / "账套"


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_april_is_clean_and_march_has_one_payment_in_transit(tmp_path: Path) -> None:
    book = _book(tmp_path, PAID + LATER)
    march = _run("reconcile", str(book), "--period", "2025-03")
    assert march.exit_code == 1
    assert "企业已付银行未付" in march.output
    assert "2025-04-02" in march.output, "the day on which it was cleared"
    april = _run("reconcile", str(book), "--period", "2025-04")
    assert april.exit_code == 0
    assert "没有未达账项" in april.output


def test_the_json_gives_every_match_and_item(tmp_path: Path) -> None:
    found = json.loads(
        _run("reconcile", str(_book(tmp_path, PAID + FEE)), "--period", "2025-03", "--format", "json").stdout
    )
    (one,) = found["reconciliations"]
    assert (one["book_balance_fen"], one["bank_balance_fen"]) == (740000, 789500)
    assert one["adjusted_book_fen"] == one["adjusted_bank_fen"] == 739500
    assert [(i["kind"], i["amount_fen"]) for i in one["open_items"]] == [("book_paid", 50000), ("bank_paid", 500)]
    assert [m["reason"] for m in one["matched"]] == ["same_day"]


def test_papers_are_written_and_say_what_the_screen_says(tmp_path: Path) -> None:
    out = tmp_path / "表"
    result = _run("reconcile", str(_book(tmp_path, PAID + FEE)), "--period", "2025-03", "-o", str(out))
    assert result.exit_code == 1
    assert sorted(path.suffix for path in out.iterdir()) == [".docx", ".html", ".pdf", ".xlsx"]
    page = next(out.glob("*.html")).read_text(encoding="utf-8")
    assert "7,395.00" in page
    assert "《工会会计制度》（财会〔2021〕7号）第二十九条" in page


def test_english_by_switch(tmp_path: Path) -> None:
    result = _run("--lang", "en", "reconcile", str(_book(tmp_path, PAID)), "--period", "2025-03")
    assert "Adjusted balance" in result.output


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (None, "没有“银行存款—基本户”的对账单"),
        (PAID.replace(",7900.00", ","), "没有余额"),
        (PAID + LATER.replace("7400.00", "7400.01"), "1 处余额不连续"),
        (LATER, "没有银行对账单"),
    ],
)
def test_what_cannot_be_reconciled_is_said_and_is_no_pass(tmp_path: Path, statement: str | None, words: str) -> None:
    result = _run("reconcile", str(_book(tmp_path, statement)), "--period", "2025-03")
    assert result.exit_code == 1
    assert words in result.stderr


def test_a_wrong_call_ends_with_two(tmp_path: Path) -> None:
    book = _book(tmp_path, PAID)
    assert _run("reconcile", str(book), "--period", "2025-13").exit_code == 2
    assert _run("reconcile", str(book), "--period", "2025-03", "--account", "外币户").exit_code == 2
    assert _run("reconcile", str(tmp_path / "无"), "--period", "2025-03").exit_code == 2
