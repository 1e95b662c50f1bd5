"""Balances of accounts on a day, against the frame that says the same."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.balances import account_balances
from ledger.facts import Facts
from ledger.reader import read_book
from tests.rules.casefile import book_files
from tests.strategies import books, texts, write_book

OWED = "Liabilities:221-应付上级经费"  # an account of the chart of 2009 alone


def told(facts: Facts, day: datetime.date) -> list[tuple[Any, ...]]:
    return list(facts.balances_on(day).itertuples(index=False, name=None))


@settings(max_examples=10, deadline=None)
@given(drafts=books(), day=st.dates(datetime.date(2024, 12, 1), datetime.date(2025, 12, 31)))
def test_balances_are_the_frame_s(tmp_path_factory: pytest.TempPathFactory, drafts: Any, day: datetime.date) -> None:
    facts = read_book(write_book(tmp_path_factory.mktemp("账"), texts(drafts))).facts
    assert facts is not None
    assert [tuple(balance) for balance in account_balances(facts, day)] == told(facts, day)


def test_an_account_that_two_charts_read_differently_is_two(tmp_path: Path) -> None:
    body = """
2021-12-31 * "期初" "期初余额" #opening
  Assets:102-银行存款:01-基本户    300.00 CNY
  Liabilities:221-应付上级经费    -300.00 CNY
2022-01-01 * "上级" "新旧衔接" #change-over
  Assets:102-银行存款:01-基本户    200.00 CNY
  Liabilities:221-应付上级经费    -200.00 CNY
2022-02-01 * "上级" "仍用旧科目"
  Assets:102-银行存款:01-基本户    100.00 CNY
  Liabilities:221-应付上级经费    -100.00 CNY
"""
    for path, text in book_files(body, {}).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    facts = read_book(tmp_path).facts
    assert facts is not None
    for day, held in (("2021-12-30", []), ("2021-12-31", [-300_00]), ("2022-12-31", [-100_00, -500_00])):
        at = datetime.date.fromisoformat(day)
        found = account_balances(facts, at)
        assert [tuple(balance) for balance in found] == told(facts, at)
        assert [balance.amount_fen for balance in found if balance.account == OWED] == held
