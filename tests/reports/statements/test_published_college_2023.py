"""Truth from outside: the final accounts that a real college union published for 2023 come out of our statements.

Source: 中国教育工会大连职业技术学院委员会, 2023年度工会经费收支决算, published on the union's own site (the address
stands in ledger/example/published.json); amounts there are in 万元.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from ledger.example.college import write_college
from ledger.facts import Facts
from ledger.reader import read_book
from reports.statements import balance_sheet, income_statement, trial_balance
from rules.budget.execution import execution

SINCE, UNTIL = datetime.date(2023, 1, 1), datetime.date(2023, 12, 31)

PUBLISHED = {  # 万元
    "total_income": "226.54",
    "contribution_income": "161.26",
    "dues_income": "19.92",
    "higher_union_subsidy_income": "44.86",
    "other_income": "0.5",
    "total_expense": "237.54",
    "member_activity_expense": "223.54",
    "worker_service_expense": "9.82",
    "operating_expense": "4.18",
    "difference": "-11",
    "closing_surplus": "260.24",
}
SUB_ACCOUNTS = {  # 万元, by statutory code
    "40301": "32.63",
    "40302": "12.23",
    "50101": "1.31",
    "50102": "19.84",
    "50103": "1.01",
    "50105": "201.38",
    "50301": "2.2",
    "50302": "7.62",
    "50501": "0.64",
}


def fen(ten_thousands: str) -> int:
    """万元 as fen, exactly."""
    return int(Decimal(ten_thousands) * 10_000 * 100)


@pytest.fixture(scope="module")
def college(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The college's book, read as any received book is."""
    folder: Path = tmp_path_factory.mktemp("college") / "book"
    write_college(folder)
    reading = read_book(folder)
    assert reading.integrity == ()
    assert reading.facts is not None
    return reading.facts


@pytest.mark.parametrize("line", PUBLISHED)
def test_income_statement_shows_the_published_figure(college: Facts, line: str) -> None:
    assert income_statement(college, SINCE, UNTIL).fen(line) == fen(PUBLISHED[line])


@pytest.mark.parametrize("code", SUB_ACCOUNTS)
def test_sub_account_shows_the_published_figure(college: Facts, code: str) -> None:
    rows = college.activity_of(SINCE, UNTIL)
    assert abs(int(rows.loc[rows["code"] == code, "amount_fen"].sum())) == fen(SUB_ACCOUNTS[code])


def test_balance_sheet_shows_the_published_fixed_assets_and_balances(college: Facts) -> None:
    sheet = balance_sheet(college, UNTIL)
    assert sheet.fen("fixed_assets", 1) == 33_930_400
    assert sheet.fen("union_surplus", 1) == fen("260.24")
    assert sheet.fen("total_assets", 1) == sheet.fen("total_liabilities_and_net_assets", 1)


def test_trial_balance_is_even(college: Facts) -> None:
    lines = trial_balance(college, SINCE, UNTIL).lines
    totals = lines[-1].amounts_fen
    assert totals[0::2] == totals[1::2]


def test_budget_of_2024_adds_up_to_the_published_totals(college: Facts) -> None:
    lines = [x for x in execution(college, 2024, datetime.date(2024, 12, 31)) if not x.contained]
    by_element = {
        element: sum(x.in_force_fen or 0 for x in lines if x.element == element) for element in ("income", "expense")
    }
    assert by_element == {"income": fen("212.64"), "expense": fen("281.87")}
