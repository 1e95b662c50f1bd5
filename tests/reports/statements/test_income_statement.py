"""工会02表 against figures computed by hand, and against sums taken from the text of the book."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from ledger.accounts import charts
from reports.statements import StatementError, income_statement
from reports.statements.forms import INCOME_2021, income_form
from tests.reports.statements.test_balance_sheet import CHANGE_OVER
from tests.reports.statements.worked_book import CLOSED, OPENING, YEAR_2024, facts_of, summed

YEAR = (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
MARCH = (datetime.date(2025, 3, 1), datetime.date(2025, 3, 31))
# The form of 财会〔2021〕7号 part four.
LABELS = [
    "一、年初资金结转结余",
    "（一）年初资金结转",
    "（二）年初资金结余",
    "二、资金结转结余调整及变动",
    "三、收入合计",
    "（一）会费收入",
    "（二）拨缴经费收入",
    "（三）上级补助收入",
    "（四）政府补助收入",
    "（五）行政补助收入",
    "（六）附属单位上缴收入",
    "（七）投资收益",
    "（八）其他收入",
    "（九）动用预算稳定调节基金",
    "四、支出合计",
    "（一）职工活动支出",
    "（二）职工活动组织支出",
    "（三）职工服务支出",
    "（四）维权支出",
    "（五）业务支出",
    "（六）行政支出",
    "（七）资本性支出",
    "（八）补助下级支出",
    "（九）对附属单位的支出",
    "（十）其他支出",
    "（十一）安排预算稳定调节基金",
    "五、本期收支差额",
    "六、年末资金结转结余",
    "（一）年末资金结转",
    "（二）年末资金结余",
]


def _business(day: str, head: str) -> bool:
    return day.startswith("2025") and "#" not in head


def test_every_line_of_the_form_stands_in_order() -> None:
    assert [line.label for line in INCOME_2021] == LABELS


@pytest.mark.parametrize("chart", charts(), ids=lambda chart: chart.instrument)
def test_every_main_account_has_its_line(chart) -> None:
    placed = [m for line in income_form(chart) for m in line.meanings if m in chart.by_meaning]
    mains = [a.meaning for a in chart.accounts if a.code == a.parent_code and a.element in ("income", "expense")]
    assert sorted(m for m in placed if chart.by_meaning[m].element in ("income", "expense")) == sorted(mains)


def test_year_by_hand(tmp_path: Path) -> None:
    sheet = income_statement(facts_of(tmp_path, CLOSED), *YEAR)
    assert (sheet.form, sheet.period, sheet.columns) == ("工会02表", "2025年度", ("本年数", "上年数"))
    by_hand = {
        "opening_funds": (103_900_00, 99_200_00),
        "opening_carry_forward": (9_000_00, 9_000_00),
        "opening_surplus": (94_900_00, 90_200_00),
        "adjustments": (200_00, 0),
        "total_income": (20_012_67, 7_200_00),
        "dues_income": (0, 1_200_00),
        "contribution_income": (12_000_33, 6_000_00),
        "higher_union_subsidy_income": (5_000_00, 0),
        "employer_subsidy_income": (3_000_00, 0),
        "other_income": (12_34, 0),
        "government_subsidy_income": (None, None),
        "total_expense": (11_600_10, 2_500_00),
        "member_activity_expense": (4_100_10, 2_500_00),
        "rights_protection_expense": (1_500_00, 0),
        "capital_expenditure": (6_000_00, 0),
        "difference": (8_412_57, 4_700_00),
        "closing_funds": (112_512_57, 103_900_00),
        "closing_carry_forward": (12_500_00, 9_000_00),
        "closing_surplus": (100_012_57, 94_900_00),
    }
    assert {key: sheet.line(key).amounts_fen for key in by_hand} == by_hand
    assert sheet.notes == ()


def test_totals_agree_with_the_text_of_the_book(tmp_path: Path) -> None:
    sheet = income_statement(facts_of(tmp_path, CLOSED), *YEAR)
    assert sheet.fen("total_income") == -summed(CLOSED, "Income:", _business)
    assert sheet.fen("total_expense") == summed(CLOSED, "Expenses:", _business)
    assert sheet.fen("closing_funds") == -summed(CLOSED, "Equity:32[12]-")


def test_month_has_its_own_and_the_years_amounts(tmp_path: Path) -> None:
    sheet = income_statement(facts_of(tmp_path, CLOSED), *MARCH)
    assert (sheet.period, sheet.columns) == ("2025年3月", ("本月数", "本年累计数"))
    by_hand = {
        "opening_funds": (None, None),
        "contribution_income": (0, 12_000_33),
        "higher_union_subsidy_income": (5_000_00, 5_000_00),
        "total_income": (5_000_00, 17_000_33),
        "total_expense": (4_100_10, 4_100_10),
        "difference": (899_90, 12_900_23),
        "closing_funds": (None, None),
    }
    assert {key: sheet.line(key).amounts_fen for key in by_hand} == by_hand


def test_half_year_is_named_a_period(tmp_path: Path) -> None:
    sheet = income_statement(facts_of(tmp_path, CLOSED), datetime.date(2025, 1, 1), datetime.date(2025, 6, 30))
    assert sheet.columns == ("本期数", "本年累计数")
    assert sheet.line("adjustments").amounts_fen == (200_00, 200_00)


def test_an_unclosed_year_says_so(tmp_path: Path) -> None:
    year = (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))
    sheet = income_statement(facts_of(tmp_path, OPENING + YEAR_2024), *year)
    assert sheet.line("closing_surplus").amounts_fen == (90_200_00, None)
    assert any("4,700.00" in note and "尚未结转" in note for note in sheet.notes)
    assert any("上年数" in note for note in sheet.notes)


def test_2022_needs_no_comparison_and_opens_after_the_change_over(tmp_path: Path) -> None:
    year = (datetime.date(2022, 1, 1), datetime.date(2022, 12, 31))
    sheet = income_statement(facts_of(tmp_path, CHANGE_OVER), *year)
    assert sheet.line("opening_surplus").amounts_fen == (5_000_00, None)
    assert sheet.fen("adjustments") == 0
    assert any("财会〔2021〕16号" in note for note in sheet.notes)


def test_2021_uses_the_accounts_of_its_own_chart(tmp_path: Path) -> None:
    text = (
        CHANGE_OVER
        + """
2021-12-31 * "会员" "收会费"
  voucher: "记-2021-12-0001"
  Assets:102-银行存款:01-基本户                     60.00 CNY
  Income:401-会费收入                              -60.00 CNY
"""
    )
    sheet = income_statement(facts_of(tmp_path, text), datetime.date(2021, 1, 1), datetime.date(2021, 12, 31))
    assert sheet.line("difference").label == "三、本期结余"
    assert sheet.fen("difference") == 60_00


def test_a_period_across_years_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StatementError, match="分年编制"):
        income_statement(facts_of(tmp_path, OPENING), datetime.date(2024, 1, 1), datetime.date(2025, 12, 31))


def test_a_local_income_account_is_told_not_swallowed(tmp_path: Path) -> None:
    text = """
2025-05-01 * "某公司" "杂项"
  voucher: "记-2025-05-0001"
  Assets:102-银行存款:01-基本户                     88.00 CNY
  Income:499-杂项收入                              -88.00 CNY
"""
    sheet = income_statement(facts_of(tmp_path, text), *YEAR)
    assert sheet.fen("total_income") == 0
    assert any("Income:499-杂项收入" in note for note in sheet.notes)
