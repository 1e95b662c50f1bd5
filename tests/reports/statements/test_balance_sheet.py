"""工会01表 against figures computed by hand, and against sums taken from the text of the book."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from ledger.accounts import charts
from reports.model import RowKind
from reports.statements import StatementError, balance_sheet
from reports.statements.forms import BALANCE_2021, balance_form
from tests.reports.statements.worked_book import CLOSED, OPENING, YEAR_2024, facts_of, summed

YEAR_END = datetime.date(2025, 12, 31)
# The form of 财会〔2021〕7号 part four, its left and its right half.
LEFT = [
    "一、资产",
    "流动资产：",
    "货币资金",
    "零余额账户用款额度*",
    "财政应返还额度",
    "应收上级经费",
    "应收下级经费",
    "其他应收款",
    "库存物品",
    "流动资产合计",
    "投资",
    "在建工程",
    "固定资产原值",
    "减：累计折旧",
    "固定资产净值",
    "无形资产原值",
    "减：累计摊销",
    "无形资产净值",
    "长期待摊费用",
    "待处理财产损溢",
    "资产总计",
]
RIGHT = [
    "二、负债",
    "应付职工薪酬",
    "应付上级经费",
    "应付下级经费",
    "其他应付款",
    "代管经费",
    "负债合计",
    "三、净资产",
    "资产基金",
    "专用基金",
    "工会资金结转",
    "工会资金结余",
    "财政拨款结转",
    "财政拨款结余",
    "预算稳定调节基金",
    "净资产合计",
    "负债与净资产总计",
]


def test_every_line_of_the_form_stands_in_order() -> None:
    assert [line.label for line in BALANCE_2021 if line.side == 0] == LEFT
    assert [line.label for line in BALANCE_2021 if line.side == 1] == RIGHT


@pytest.mark.parametrize("chart", charts(), ids=lambda chart: chart.instrument)
def test_every_main_account_has_its_line(chart) -> None:
    placed = [meaning for line in balance_form(chart) for meaning in line.meanings]
    mains = [
        a.meaning
        for a in chart.accounts
        if a.code == a.parent_code and a.element in ("assets", "liabilities", "net_assets")
    ]
    assert sorted(placed) == sorted(mains)


def test_year_end_by_hand(tmp_path: Path) -> None:
    sheet = balance_sheet(facts_of(tmp_path, CLOSED), YEAR_END)
    assert (sheet.form, sheet.title, sheet.period) == ("工会01表", "资产负债表", "2025年12月31日")
    assert sheet.columns == ("年初余额", "年末余额")
    by_hand = {
        "money": (109_200_00, 115_112_79),
        "other_receivables": (1_000_00, 1_700_00),
        "inventory": (800_00, 1_300_00),
        "total_current_assets": (111_000_00, 118_112_79),
        "fixed_assets": (20_000_00, 24_800_00),
        "accumulated_depreciation": (4_000_00, 3_883_33),
        "net_fixed_assets": (16_000_00, 20_916_67),
        "assets_pending_disposal": (0, 1_000_00),
        "total_assets": (127_000_00, 140_029_46),
        "due_to_higher_union": (6_000_00, 4_000_22),
        "other_payables": (300_00, 300_00),
        "total_liabilities": (6_300_00, 4_300_22),
        "asset_fund": (16_800_00, 23_216_67),
        "union_carry_forward": (9_000_00, 12_500_00),
        "union_surplus": (94_900_00, 100_012_57),
        "total_net_assets": (120_700_00, 135_729_24),
        "total_liabilities_and_net_assets": (127_000_00, 140_029_46),
    }
    assert {key: sheet.line(key).amounts_fen for key in by_hand} == by_hand
    assert sheet.notes == ()


def test_items_of_higher_levels_stay_blank_for_a_grassroots_union(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, CLOSED)
    sheet = balance_sheet(facts, YEAR_END)
    assert sheet.line("custody_funds").amounts_fen == (None, None)
    assert sheet.line("net_intangible_assets").amounts_fen == (None, None)
    assert sheet.line("due_from_higher_union").amounts_fen == (0, 0)
    with pytest.raises(KeyError):
        sheet.line("zero_balance_quota")


def test_totals_agree_with_the_text_of_the_book(tmp_path: Path) -> None:
    sheet = balance_sheet(facts_of(tmp_path, CLOSED), YEAR_END)
    assert sheet.fen("total_assets", 1) == summed(CLOSED, "Assets:")
    assert sheet.fen("total_liabilities", 1) == -summed(CLOSED, "Liabilities:")
    assert sheet.fen("total_net_assets", 1) == -summed(CLOSED, "Equity:")
    assert sheet.fen("total_assets", 0) == summed(CLOSED, "Assets:", lambda day, _: day < "2025")


def test_interim_sheet_counts_the_unclosed_difference_as_carried_forward(tmp_path: Path) -> None:
    sheet = balance_sheet(facts_of(tmp_path, CLOSED), datetime.date(2025, 6, 30))
    assert sheet.columns == ("年初余额", "期末余额")
    assert sheet.fen("union_carry_forward", 1) == 12_500_00
    assert sheet.fen("union_surplus", 1) == 97_000_23
    assert sheet.fen("total_assets", 1) == sheet.fen("total_liabilities_and_net_assets", 1) == 147_017_12
    assert sheet.line("zero_balance_quota").amounts_fen == (None, None)
    assert any("5,400.23" in note and "3,500.00" in note and "1,900.23" in note for note in sheet.notes)


def test_an_unclosed_year_end_shows_the_state_of_the_books_and_says_so(tmp_path: Path) -> None:
    sheet = balance_sheet(facts_of(tmp_path, OPENING + YEAR_2024), datetime.date(2024, 12, 31))
    assert sheet.fen("union_surplus", 1) == 90_200_00
    assert any("4,700.00" in note and "缺年末结转凭证" in note for note in sheet.notes)
    assert any("两边不平" in note for note in sheet.notes)


def test_the_first_year_opens_with_the_opening_transaction(tmp_path: Path) -> None:
    sheet = balance_sheet(facts_of(tmp_path, OPENING + YEAR_2024), datetime.date(2024, 3, 31))
    assert sheet.fen("total_assets") == 118_300_00
    assert sheet.fen("total_assets") == summed(OPENING, "Assets:")


def test_a_credit_balance_of_pending_disposal_is_negative(tmp_path: Path) -> None:
    text = """
2025-05-01 * "本单位" "盘盈物品待处理"
  voucher: "转-2025-05-0001"
  Assets:141-库存物品:01-奖品                       50.00 CNY
  Assets:182-待处理财产损溢:01-待处理财产价值      -50.00 CNY
"""
    sheet = balance_sheet(facts_of(tmp_path, text), YEAR_END)
    assert sheet.fen("assets_pending_disposal", 1) == -50_00
    assert sheet.fen("total_assets", 1) == 0
    assert any("没有期初余额" in note for note in sheet.notes)


QUOTA = """
2025-01-01 * "期初" "期初余额" #opening
  Assets:102-银行存款:01-基本户                   1000.00 CNY
  Assets:121-财政应返还额度:12102-财政授权支付     500.00 CNY
  Equity:331-财政拨款结转:33104-累计结转         -1500.00 CNY

2025-03-01 * "财政局" "授权支付额度"
  voucher: "记-2025-03-0001"
  Assets:111-零余额账户用款额度                    700.00 CNY
  Income:404-政府补助收入:40401-财政拨款收入      -700.00 CNY
"""


def test_the_quota_line_stands_in_interim_sheets_only(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, QUOTA, level="county")
    interim = balance_sheet(facts, datetime.date(2025, 3, 31))
    assert interim.fen("zero_balance_quota", 1) == 700_00
    assert interim.fen("total_current_assets", 1) == 2_200_00
    assert interim.fen("treasury_carry_forward", 1) == 2_200_00  # the appropriation closes to the treasury's funds
    assert interim.fen("union_surplus", 1) == 0
    assert interim.line("treasury_quota_returnable").amounts_fen == (500_00, 500_00)
    yearly = balance_sheet(facts, YEAR_END)
    assert yearly.fen("total_current_assets", 1) == 1_500_00
    assert any("零余额账户用款额度" in note and "700.00" in note for note in yearly.notes)


def test_an_account_outside_the_chart_is_told_not_swallowed(tmp_path: Path) -> None:
    text = """
2025-05-01 * "某公司" "暂存"
  voucher: "记-2025-05-0001"
  Assets:199-暂存款                                 88.00 CNY
  Assets:102-银行存款:01-基本户                    -88.00 CNY
"""
    sheet = balance_sheet(facts_of(tmp_path, text), YEAR_END)
    assert any("不属于当期会计科目表" in note and "借方88.00" in note for note in sheet.notes)


CHANGE_OVER = """
2021-12-31 * "期初" "旧账余额" #opening
  Assets:102-银行存款:01-基本户                   5000.00 CNY
  Assets:162-固定资产:01-家具                     3000.00 CNY
  Equity:301-固定基金                            -3000.00 CNY
  Equity:322-后备金                              -1000.00 CNY
  Equity:331-结余                                -4000.00 CNY

2022-01-01 * "本单位" "新旧制度转账" #change-over
  Equity:301-固定基金                             3000.00 CNY
  Equity:301-资产基金:30104-固定资产             -3000.00 CNY
  Equity:322-后备金                               1000.00 CNY
  Equity:331-结余                                 4000.00 CNY
  Equity:322-工会资金结余:32205-累计结余         -5000.00 CNY
"""


def test_2022_opens_after_the_change_over(tmp_path: Path) -> None:
    facts = facts_of(tmp_path, CHANGE_OVER)
    sheet = balance_sheet(facts, datetime.date(2022, 12, 31))
    assert sheet.line("union_surplus").amounts_fen == (5_000_00, 5_000_00)
    assert sheet.line("asset_fund").amounts_fen == (3_000_00, 3_000_00)
    assert sheet.notes == ()


def test_2021_uses_the_accounts_of_its_own_chart(tmp_path: Path) -> None:
    sheet = balance_sheet(facts_of(tmp_path, CHANGE_OVER), datetime.date(2021, 12, 31))
    assert sheet.columns == ("年初数", "年末数")
    assert sheet.fen("surplus", 1) == 4_000_00
    assert sheet.fen("reserve_fund", 1) == 1_000_00
    assert sheet.fen("total_assets", 1) == sheet.fen("total_liabilities_and_net_assets", 1) == 8_000_00


def test_days_before_the_oldest_forms_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StatementError, match="2010-01-01") as refused:
        balance_sheet(facts_of(tmp_path, CHANGE_OVER), datetime.date(2009, 12, 31))
    assert "2010-01-01" in refused.value.en


def test_the_table_puts_the_halves_beside_each_other(tmp_path: Path) -> None:
    table = balance_sheet(facts_of(tmp_path, CLOSED), YEAR_END).table()
    assert [column.title for column in table.columns] == [
        "资产",
        "年初余额",
        "年末余额",
        "负债与净资产",
        "年初余额",
        "年末余额",
    ]
    last = table.rows[-1]
    assert last.cells == ("资产总计", 127_000_00, 140_029_46, "负债与净资产总计", 127_000_00, 140_029_46)
    assert last.kind is RowKind.TOTAL
