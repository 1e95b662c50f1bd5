"""Every check of a month, passed, failed and not tested, on the smallest book that shows it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from ledger.facts import Facts
from ledger.months import MonthCheck, Outcome, month_checks
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables
from tests.rules.casefile import book_files

BOOK = """
2025-01-01 * "期初" "期初余额" #opening
  Assets:101-库存现金                      500.00 CNY
  Assets:102-银行存款:01-基本户          10000.00 CNY
  Equity:322-工会资金结余:32205-累计结余 -10500.00 CNY

2025-01-20 * "会员" "会费"
  voucher: "记-2025-01-0001"
  Assets:102-银行存款:01-基本户            200.00 CNY
  Income:401-会费收入                     -200.00 CNY
"""
BANK = "account,date,serial,payer_payee,summary,debit,credit,balance\n"
ROW = "Assets:102-银行存款:01-基本户,{},1,会员,会费,,200.00,{}\n"
COUNT = "date,account,counted,keeper,witness\n2025-01-31,Assets:101-库存现金,{},张某某,李某某\n"
AFTER = datetime.date(2025, 2, 3)


def facts_of(folder: Path, text: str = BOOK, registers: Mapping[str, str] | None = None) -> Facts:
    for path, content in book_files(text, dict(registers or {}), union={}).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    return facts_from(read_tables(folder))


def check(facts: Facts, code: str, month: str = "2025-01", **given: object) -> MonthCheck:
    means = {"sealed": frozenset(), "drafts": (), "today": AFTER} | given
    found = month_checks(facts, month, **means)  # type: ignore[arg-type]
    return next(c for c in found if c.code == code)


def test_an_orderly_month_passes_everything(tmp_path: Path) -> None:
    registers = {"bank": BANK + ROW.format("2025-01-20", "10200.00"), "cash_counts": COUNT.format("500.00")}
    found = month_checks(
        facts_of(tmp_path, BOOK, registers), "2025-01", sealed=frozenset(), drafts=(), today=datetime.date(2025, 2, 3)
    )
    assert [(c.code, c.outcome.value) for c in found] == [
        (code, "passed") for code in ("balanced", "numbers", "bank", "cash", "results", "drafts", "earlier", "over")
    ]
    assert all(zh and en for zh, en in (c.title for c in found))


@pytest.mark.parametrize(
    ("balance", "outcome"), [("10200.00", Outcome.PASSED), ("10200.01", Outcome.FAILED), ("", Outcome.NOT_TESTED)]
)
def test_the_bank_to_the_fen(tmp_path: Path, balance: str, outcome: Outcome) -> None:
    made = check(facts_of(tmp_path, BOOK, {"bank": BANK + ROW.format("2025-01-20", balance)}), "bank")
    assert made.outcome is outcome
    assert outcome is not Outcome.FAILED or "相差 0.01 元" in made.details[0]


def test_a_difference_that_items_in_transit_explain_passes_with_a_note(tmp_path: Path) -> None:
    late = """
2025-01-31 * "超市" "慰问品"
  voucher: "记-2025-01-0002"
  Expenses:501-职工活动支出:50105-会员活动支出   90.00 CNY
  Assets:102-银行存款:01-基本户                 -90.00 CNY
"""
    made = check(facts_of(tmp_path, BOOK + late, {"bank": BANK + ROW.format("2025-01-20", "10200.00")}), "bank")
    assert made.passed
    assert "由 1 笔未达账项解释，调节后余额均为 10,110.00 元" in made.details[0]


def test_banks_that_print_the_newest_row_first(tmp_path: Path) -> None:
    rows = (
        "Assets:102-银行存款:01-基本户,2025-01-20,2,会员,会费,,150.00,10200.00\n"
        "Assets:102-银行存款:01-基本户,2025-01-20,1,会员,会费,,50.00,10050.00\n"
    )
    assert check(facts_of(tmp_path, BOOK, {"bank": BANK + rows}), "bank").passed


def test_no_statement_is_not_a_pass(tmp_path: Path) -> None:
    assert check(facts_of(tmp_path / "无"), "bank").outcome is Outcome.NOT_TESTED
    later = check(facts_of(tmp_path / "晚", BOOK, {"bank": BANK + ROW.format("2025-02-01", "10200.00")}), "bank")
    assert (later.outcome, later.details) == (
        Outcome.NOT_TESTED,
        ("“Assets:102-银行存款:01-基本户”没有 2025-01 的对账单",),
    )


@pytest.mark.parametrize(("counted", "outcome"), [("500.00", Outcome.PASSED), ("499.99", Outcome.FAILED)])
def test_cash_to_the_fen(tmp_path: Path, counted: str, outcome: Outcome) -> None:
    assert check(facts_of(tmp_path, BOOK, {"cash_counts": COUNT.format(counted)}), "cash").outcome is outcome


def test_cash_that_nobody_counted_is_not_tested(tmp_path: Path) -> None:
    assert check(facts_of(tmp_path / "一"), "cash").outcome is Outcome.NOT_TESTED
    old = COUNT.format("500.00").replace("2025-01-31", "2024-12-31")
    assert check(facts_of(tmp_path / "二", BOOK, {"cash_counts": old}), "cash").outcome is Outcome.NOT_TESTED


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("记-2025-01-0002", "“记”字缺 1 个号：1"),
        ("记-2025-02-0001", "字号属于另一个月"),
        ("随便", "没有合格式的凭证字号"),
    ],
)
def test_voucher_numbers(tmp_path: Path, number: str, said: str) -> None:
    made = check(facts_of(tmp_path, BOOK.replace("记-2025-01-0001", number)), "numbers")
    assert made.outcome is Outcome.FAILED
    assert said in made.details[0]


def test_a_number_used_twice(tmp_path: Path) -> None:
    again = BOOK[BOOK.index("2025-01-20") :].replace("200.00", "7.00")
    assert check(facts_of(tmp_path, BOOK + "\n" + again), "numbers").details == ("凭证号 记-2025-01-0001 重复",)


RESULTS = """
2025-01-25 * "" "业务" {tag}
  voucher: "记-2025-01-0002"
  {one}   80.00 CNY
  {other}  -80.00 CNY
"""


@pytest.mark.parametrize(
    ("one", "other", "tag", "passes"),
    [
        ("Equity:322-工会资金结余:32205-累计结余", "Assets:101-库存现金", "", False),
        ("Equity:322-工会资金结余:32203-本年收支结转", "Assets:101-库存现金", "", False),
        ("Equity:322-工会资金结余:32201-年初余额调整", "Assets:101-库存现金", "", True),
        ("Equity:322-工会资金结余:32202-单位内部调剂", "Equity:321-工会资金结转:32102-单位内部调剂", "", True),
        ("Equity:321-工会资金结转:32104-累计结转", "Equity:322-工会资金结余:32204-结转转入", "", True),
        ("Equity:322-工会资金结余:32203-本年收支结转", "Income:401-会费收入", "#carry-forward", True),
    ],
)
def test_results_are_touched_as_accounts_321_and_322_allow(
    tmp_path: Path, one: str, other: str, tag: str, *, passes: bool
) -> None:
    made = check(facts_of(tmp_path, BOOK + RESULTS.format(one=one, other=other, tag=tag)), "results")
    assert made.passed is passes


def test_december_waits_for_the_year_end(tmp_path: Path) -> None:
    december = BOOK.replace("2025-01-20", "2025-12-20").replace("记-2025-01", "记-2025-12")
    made = check(facts_of(tmp_path, december), "closed", "2025-12")
    assert made.outcome is Outcome.FAILED
    assert "收支差额 200.00 元" in made.details[0]
    assert "closed" not in [c.code for c in month_checks(facts_of(tmp_path / "一"), "2025-01")]


def test_what_is_handed_in(tmp_path: Path) -> None:
    february = BOOK + BOOK[BOOK.index("2025-01-20") :].replace("2025-01", "2025-02")
    facts = facts_of(tmp_path, february)
    assert check(facts, "drafts", drafts=("一.toml",)).details == ("草稿“一.toml”尚未记账；请记账或删去",)
    assert check(facts, "drafts", drafts=None).outcome is Outcome.NOT_TESTED
    assert check(facts, "earlier", "2025-02").outcome is Outcome.FAILED
    assert check(facts, "earlier", "2025-02", sealed=frozenset({"2025-01"})).passed
    assert check(facts, "over", today=datetime.date(2025, 1, 31)).outcome is Outcome.FAILED
    assert check(facts, "over", today=datetime.date(2025, 2, 1)).passed
