"""A clean book becomes frames of the contract, to the fen."""

from __future__ import annotations

import datetime
import gc
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.facts import Facts
from ledger.reader.build import facts_from
from ledger.reader.core import read_tables

FULL = """2025-03-20 * "某市第一医院" "拨缴3月工会经费"
  voucher: "记-2025-03-0001"
  attachments: 2
  prepared-by: "甲"
  occurred: 2025-03-18
  participants: "30"
  month-of: "2025-03"
  contract: "HT-2025-01 2025-03-02"
  fund: "dues"
  document: "documents/2025/回单.pdf"
  document-10: "documents/2025/十.pdf"
  document-2: "documents/2025/二.pdf"
  Assets:102-银行存款:01-基本户   100.10 CNY
  Income:402-拨缴经费收入        -100.10 CNY
    fund: "retained"
    contract: "HT-9"
2025-01-18 custom "union-budget" "2025" Expenses:501-职工活动支出:50105-会员活动支出 420000.00 CNY
  version: 1
  project: "运动会"
  committee: 2025-01-08
"""


def facts_of(folder: Path) -> Facts:
    return facts_from(read_tables(folder))


@pytest.fixture
def full(write_book: Callable[..., Path]) -> Facts:
    return facts_of(write_book(FULL, {"documents/2025/回单.pdf": b"%PDF"}))


def test_voucher_metadata_become_columns(full: Facts) -> None:
    row = full.vouchers.iloc[0]
    assert (row["voucher"], row["word"], row["number"], row["period"]) == ("记-2025-03-0001", "记", 1, "2025-03")
    assert (row["attachments"], row["participants"]) == (2, 30)
    assert row["event_date"] == pd.Timestamp("2025-03-18")
    assert (row["contract"], row["contract_date"]) == ("HT-2025-01", pd.Timestamp("2025-03-02"))
    assert row["documents"].split("\n") == [f"documents/2025/{n}.pdf" for n in ("回单", "二", "十")]
    assert (row["file"], row["line"]) == ("main.beancount", 9)


def test_posting_metadata_fall_back_on_the_voucher(full: Facts) -> None:
    assert full.postings["fund"].tolist() == ["dues", "retained"]
    assert full.postings["contract"].tolist() == ["HT-2025-01", "HT-9"]
    assert full.postings["amount_fen"].tolist() == [10010, -10010]
    assert full.postings["meaning"].tolist() == ["bank_deposit", "contribution_income"]
    assert full.postings["line"].tolist() == [21, 22]


def test_budget_lines_and_documents(full: Facts) -> None:
    line = full.budgets.iloc[0]
    assert (line["year"], line["version"], line["amount_fen"]) == (2025, 1, 42_000_000)
    assert (line["code"], line["group"], line["project"]) == ("50105", "member_activity_expense", "运动会")
    assert line["committee"] == pd.Timestamp("2025-01-08")
    assert full.documents == {"documents/2025/回单.pdf"}
    assert full.integrity == ()


def test_a_book_without_anything_keeps_the_contract(write_book: Callable[..., Path]) -> None:
    facts = facts_of(write_book(""))
    assert len(facts.vouchers) == 0
    assert len(facts.postings) == 0
    assert len(facts.budgets) == 0
    assert len(facts.accounts) == 5
    assert facts.journal.empty


def test_accounts_stand_in_the_chart_of_the_day_they_are_used(write_book: Callable[..., Path]) -> None:
    book = write_book(
        "2010-01-01 open Equity:331-结余\n"
        '2021-06-01 * "旧" "2009年制度"\n  voucher: "记-2021-06-0001"\n'
        "  Assets:101-库存现金  1.00 CNY\n  Equity:331-结余  -1.00 CNY\n"
        '2022-01-01 * "新旧衔接" #change-over\n'
        "  Equity:331-结余  1.00 CNY\n  Equity:322-工会资金结余  -1.00 CNY\n"
        '2025-06-01 * "新" "2021年制度"\n  voucher: "记-2025-06-0001"\n'
        "  Assets:101-库存现金  1.00 CNY\n  Equity:331-结余  -1.00 CNY\n"
    )
    postings = facts_of(book).postings
    old = postings[postings["account"] == "Equity:331-结余"]
    assert old["meaning"].tolist()[0] == old["meaning"].tolist()[1] != ""
    assert old["meaning"].tolist()[2] == ""
    assert old["element"].tolist() == ["net_assets"] * 3


def test_tags_become_flags(write_book: Callable[..., Path]) -> None:
    book = write_book(
        '2025-01-01 * "期初" #opening\n  Assets:101-库存现金  1.00 CNY\n  Equity:322-工会资金结余\n'
        '2025-12-31 * "结转" #carry-forward\n  voucher: "转-2025-12-0001"\n'
        "  Assets:101-库存现金  1.00 CNY\n  Equity:322-工会资金结余\n"
    )
    facts = facts_of(book)
    assert facts.vouchers["opening"].tolist() == [True, False]
    assert facts.vouchers["carry_forward"].tolist() == [False, True]
    assert facts.vouchers["period"].tolist() == ["2025-01", "2025-12"]
    assert facts.postings["amount_fen"].tolist() == [100, -100, 100, -100]


def test_includes_are_walked(write_book: Callable[..., Path]) -> None:
    book = write_book(
        'include "2025/*.beancount"\n',
        {
            "2025/01.beancount": 'include "more/x.beancount"\n',
            "2025/more/x.beancount": '2025-01-05 * "甲" "乙"\n  voucher: "记-2025-01-0001"\n'
            "  Assets:101-库存现金  3.00 CNY\n  Equity:322-工会资金结余  -3.00 CNY\n",
        },
    )
    facts = facts_of(book)
    assert facts.vouchers["file"].tolist() == ["2025/more/x.beancount"]
    assert facts.integrity == ()


def test_beancount_itself_accepts_what_the_reader_finds_clean(write_book: Callable[..., Path]) -> None:
    book = write_book(FULL)
    assert facts_of(book).integrity == ()
    check = [sys.executable, "-m", "beancount.scripts.check", str(book / "main.beancount")]
    done = subprocess.run(check, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(write_book: Callable[..., Path], enabled: bool) -> None:
    book = write_book()
    was_on = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        read_tables(book)
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was_on else gc.disable)()


@st.composite
def voucher_texts(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    texts = []
    for number in range(1, draw(st.integers(2, 8)) + 1):
        day = datetime.date(2025, 3, draw(st.integers(1, 28)))
        fen = draw(st.integers(1, 10_000_000))
        yuan = f"{fen // 100}.{fen % 100:02d}"
        fund = draw(st.sampled_from(["", '  fund: "dues"\n', '  fund: "earmarked"\n']))
        texts.append(
            f'{day} * "{draw(st.sampled_from("甲乙丙"))}" "摘要"\n  voucher: "记-2025-03-{number:04d}"\n{fund}'
            f"  Assets:101-库存现金  {yuan} CNY\n  Equity:322-工会资金结余  -{yuan} CNY\n"
        )
    return texts, draw(st.permutations(texts))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(voucher_texts())
def test_the_order_of_vouchers_in_the_file_changes_nothing(
    write_book: Callable[..., Path], texts: tuple[list[str], list[str]]
) -> None:
    first, second = (facts_of(write_book("\n".join(order))) for order in texts)
    for name in ("vouchers", "postings"):
        one, other = (getattr(facts, name).drop(columns=["file", "line"]) for facts in (first, second))
        pd.testing.assert_frame_equal(one, other)
