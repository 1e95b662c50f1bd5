"""科目余额表 against figures computed by hand, and against sums taken from the text of the book."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from reports.statements import StatementError, trial_balance
from tests.reports.statements.worked_book import BANK, CLOSED, OPENING, facts_of, summed

YEAR = (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))


def test_rows_by_hand(tmp_path: Path) -> None:
    table = trial_balance(facts_of(tmp_path, CLOSED), *YEAR)
    assert table.line(BANK).amounts_fen == (108_700_00, None, 28_212_89, 22_300_10, 114_612_79, None)
    assert table.line("Assets:163-累计折旧").amounts_fen == (None, 4_000_00, 200_00, 83_33, None, 3_883_33)
    surplus = table.line("Equity:322-工会资金结余")
    assert surplus.amounts_fen == (None, 94_900_00, 5_112_57, 10_225_14, None, 100_012_57)
    assert table.line("Equity:322-工会资金结余:32203-本年收支结转").amounts_fen[4:] == (None, None)


def test_levels_sum_and_indent(tmp_path: Path) -> None:
    table = trial_balance(facts_of(tmp_path, CLOSED), *YEAR)
    parent = table.line("Expenses:501-职工活动支出")
    below = [line for line in table.lines if line.key.startswith(parent.key + ":")]
    assert [line.indent for line in (parent, *below)] == [0, 1, 1]
    assert [line.code for line in (parent, *below)] == ["501", "50102", "50105"]
    for column in range(6):
        assert (parent.amounts_fen[column] or 0) == sum(line.amounts_fen[column] or 0 for line in below)


def test_accounts_stand_in_order_of_element_and_code(tmp_path: Path) -> None:
    table = trial_balance(facts_of(tmp_path, CLOSED), *YEAR)
    mains = [line.code for line in table.lines if line.indent == 0 and line.code]
    assert mains == sorted(mains)


def test_totals_agree_with_the_text_and_with_each_other(tmp_path: Path) -> None:
    table = trial_balance(facts_of(tmp_path, CLOSED), *YEAR)
    total = [fen or 0 for fen in table.line("total").amounts_fen]
    assert (total[0], total[2], total[4]) == (total[1], total[3], total[5])
    assert total[2] == summed(CLOSED, ".", lambda day, head: day >= "2025", debits=True)
    assert table.notes == ()


def test_first_balances_are_opening_not_movement(tmp_path: Path) -> None:
    table = trial_balance(facts_of(tmp_path, OPENING), datetime.date(2024, 1, 1), datetime.date(2024, 1, 31))
    assert table.line(BANK).amounts_fen == (100_000_00, None, None, None, 100_000_00, None)


def test_a_period_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StatementError):
        trial_balance(facts_of(tmp_path, OPENING), YEAR[1], YEAR[0])


def test_the_table_has_codes_beside_names(tmp_path: Path) -> None:
    table = trial_balance(facts_of(tmp_path, CLOSED), *YEAR).table()
    assert [column.title for column in table.columns[:3]] == ["科目编码", "科目名称", "期初借方"]
    assert table.rows[0].cells[:2] == ("101", "库存现金")
