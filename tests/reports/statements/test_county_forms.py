"""工会附01—03表, cell by cell, against figures computed by hand from the book below.

Source: 财会〔2021〕7号, appendix 1, part four (forms) and part five, sections three to five (how they are filled).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ledger.facts import Facts
from reports.statements import StatementError, cost_statement, state_assets, treasury_statement
from tests.reports.statements.worked_book import CLOSED, facts_of

BOOK = """
2024-01-01 * "期初" "期初余额" #opening
  Assets:102-银行存款:01-国有资产               3000.00 CNY
  Assets:102-银行存款:02-工会资产              10000.00 CNY
  Assets:121-财政应返还额度:12101-财政直接支付   400.00 CNY
  Assets:141-库存物品:01-国有资产                600.00 CNY
  Assets:162-固定资产:01-国有资产              50000.00 CNY
  Assets:162-固定资产:02-工会资产               8000.00 CNY
  Assets:163-累计折旧:01-国有资产             -20000.00 CNY
  Equity:301-资产基金:30101-库存物品            -600.00 CNY
  Equity:301-资产基金:30104-固定资产          -38000.00 CNY
  Equity:331-财政拨款结转:33104-累计结转       -2900.00 CNY
    project: "劳模疗养"
  Equity:332-财政拨款结余:33205-累计结余        -500.00 CNY
    project: "劳模疗养"
  Equity:322-工会资金结余:32205-累计结余      -10000.00 CNY

2025-02-01 * "市财政局" "人员经费拨款"
  voucher: "记-2025-02-0001"
  Assets:102-银行存款:01-国有资产               7000.00 CNY
  Income:404-政府补助收入:40401-财政拨款收入:01-人员经费  -7000.00 CNY

2025-02-02 * "市财政局" "劳模疗养拨款"
  voucher: "记-2025-02-0002"
  project: "劳模疗养"
  Assets:102-银行存款:01-国有资产               2000.00 CNY
  Income:404-政府补助收入:40401-财政拨款收入   -2000.00 CNY

2025-03-01 * "职工" "发放工资"
  voucher: "记-2025-03-0001"
  Expenses:506-行政支出:50601-工资福利支出:01-财政拨款:01-人员经费  6500.00 CNY
  Assets:102-银行存款:01-国有资产              -6500.00 CNY

2025-03-02 * "疗养院" "劳模疗养"
  voucher: "记-2025-03-0002"
  project: "劳模疗养"
  Expenses:502-职工活动组织支出:01-财政拨款     1500.00 CNY
  Assets:102-银行存款:01-国有资产              -1500.00 CNY

2025-03-03 * "培训中心" "培训"
  voucher: "记-2025-03-0003"
  Expenses:505-业务支出:50501-培训支出:02-工会资金  800.00 CNY
  Assets:102-银行存款:02-工会资产               -800.00 CNY

2025-04-01 * "市财政局" "上缴结余"
  voucher: "记-2025-04-0001"
  project: "劳模疗养"
  Equity:332-财政拨款结余:33202-归集上缴         100.00 CNY
  Assets:102-银行存款:01-国有资产               -100.00 CNY

2025-04-02 * "" "经批准改变用途"
  voucher: "记-2025-04-0002"
  project: "劳模疗养"
  Equity:332-财政拨款结余:33203-单位内部调剂     250.00 CNY
  Equity:331-财政拨款结转:33102-单位内部调剂    -250.00 CNY

2025-04-03 * "疗养院" "退回上年多付"
  voucher: "记-2025-04-0003"
  project: "劳模疗养"
  Assets:102-银行存款:01-国有资产                 30.00 CNY
  Equity:331-财政拨款结转:33101-年初余额调整     -30.00 CNY

2025-05-01 * "" "领用物品"
  voucher: "记-2025-05-0001"
  Equity:301-资产基金:30101-库存物品             200.00 CNY
  Assets:141-库存物品:01-国有资产               -200.00 CNY

2025-05-31 * "" "计提折旧"
  voucher: "记-2025-05-0002"
  Equity:301-资产基金:30104-固定资产            1000.00 CNY
  Assets:163-累计折旧:01-国有资产              -1000.00 CNY
"""
SINCE, UNTIL = datetime.date(2025, 1, 1), datetime.date(2025, 12, 31)


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    return facts_of(tmp_path, BOOK, "county")


def test_attached_form_1_items_and_columns(facts: Facts) -> None:
    made = treasury_statement(facts, 2025)
    assert made is not None
    assert (made.form, made.title) == ("工会附01表", "财政拨款收入支出表")
    assert [line.label for line in made.lines] == [
        "基本支出：",
        "1.人员经费",
        "2.公用经费",
        "项目支出：",
        "1.劳模疗养",
        "总计",
    ]
    cells: Mapping[str, list[str]] = {
        #             年初结转 年初结余 调整年初 归集上缴 调剂结转 调剂结余 收入   支出   年末结转 年末结余
        "staff": ["0", "0", "0", "0", "0", "0", "7000", "6500", "500", "0"],
        "running": ["0"] * 10,
        "project 劳模疗养": ["2900", "500", "30", "-100", "250", "-250", "2000", "1500", "3680", "150"],
        "total": ["2900", "500", "30", "-100", "250", "-250", "9000", "8000", "4180", "150"],
    }
    for key, expected in cells.items():
        assert made.line(key).amounts_fen == tuple(int(yuan) * 100 for yuan in expected), key


def test_attached_form_1_rows_add_across(facts: Facts) -> None:
    made = treasury_statement(facts, 2025)
    assert made is not None
    for line in made.lines:
        if line.amounts_fen[0] is not None:
            *moves, spent, carried, surplus = (fen or 0 for fen in line.amounts_fen)
            assert sum(moves) - spent == carried + surplus, line.label


def test_attached_form_1_is_not_filed_without_appropriations(tmp_path: Path) -> None:
    plain = BOOK[BOOK.index("2025-03-03") : BOOK.index("2025-04-01")]
    assert treasury_statement(facts_of(tmp_path, plain, "county"), 2025) is None


def test_unnamed_projects_are_said(tmp_path: Path) -> None:
    text = BOOK.replace('  project: "劳模疗养"\n', "").replace('    project: "劳模疗养"\n', "")
    made = treasury_statement(facts_of(tmp_path, text, "county"), 2025)
    assert made is not None
    assert made.fen("unnamed", 8) == 3680_00
    assert "没有标明项目" in made.notes[0]


# The lines of 工会附02表, with what stands in them at the beginning and the end of 2025, in yuan.
FORM_2 = [
    ("流动资产：", None, None),
    ("货币资金", 3000, 3930),
    ("财政应返还额度", 400, 400),
    ("库存物品", 600, 400),
    ("流动资产合计", 4000, 4730),
    ("非流动资产：", None, None),
    ("在建工程", 0, 0),
    ("固定资产原值", 50000, 50000),
    ("减：累计折旧", 20000, 21000),
    ("固定资产净值", 30000, 29000),
    ("无形资产原值", 0, 0),
    ("减：累计摊销", 0, 0),
    ("无形资产净值", 0, 0),
    ("长期待摊费用", 0, 0),
    ("非流动资产合计", 30000, 29000),
    ("资产总计", 34000, 33730),
]


def test_attached_form_2_cell_by_cell(facts: Facts) -> None:
    made = state_assets(facts, 2025)
    assert (made.form, made.title, made.columns) == ("工会附02表", "国有资产情况表", ("年初余额", "年末余额"))
    found = [(line.label, *(None if fen is None else fen // 100 for fen in line.amounts_fen)) for line in made.lines]
    assert found == FORM_2


# The lines of 工会附03表, with 2025 as a whole and May with the year so far, in yuan.
FORM_3 = [
    ("职工活动组织费用", 1500, 0, 1500),
    ("职工服务费用", 0, 0, 0),
    ("维权费用", 0, 0, 0),
    ("业务费用", 800, 0, 800),
    ("行政费用", 6500, 0, 6500),
    ("补助下级费用", 0, 0, 0),
    ("对附属单位的费用", 0, 0, 0),
    ("折旧及摊销费用", 1000, 1000, 1000),
    ("其他费用", 0, 0, 0),
    ("调整事项", 200, 200, 200),
    ("费用总计", 10000, 1200, 10000),
]


def test_attached_form_3_cell_by_cell(facts: Facts) -> None:
    year = cost_statement(facts, SINCE, UNTIL)
    may = cost_statement(facts, datetime.date(2025, 5, 1), datetime.date(2025, 5, 31))
    assert (year.form, year.title, year.columns) == ("工会附03表", "成本费用表", ("本年数", "上年数"))
    assert may.columns == ("本月数", "本年累计数")
    found = [
        (a.label, a.amounts_fen[0], b.amounts_fen[0], b.amounts_fen[1])
        for a, b in zip(year.lines, may.lines, strict=True)
    ]
    assert found == [(label, *(yuan * 100 for yuan in amounts)) for label, *amounts in FORM_3]
    assert year.fen("total_costs", 1) == 0  # 2024 is in the book and had no costs
    assert cost_statement(facts, SINCE, UNTIL, other_fen=-50).fen("adjustments") == 19950


def test_inventory_bought_is_no_cost_and_works_written_off_are(tmp_path: Path) -> None:
    more = """
2025-06-01 * "" "购入物品"
  voucher: "记-2025-06-0001"
  Assets:141-库存物品:01-国有资产               300.00 CNY
  Equity:301-资产基金:30101-库存物品           -300.00 CNY

2025-06-02 * "" "待核销支出"
  voucher: "记-2025-06-0002"
  Assets:161-在建工程:04-待核销基建支出          70.00 CNY
  Equity:301-资产基金:30103-在建工程            -70.00 CNY
"""
    made = cost_statement(facts_of(tmp_path, BOOK + more, "county"), SINCE, UNTIL)
    assert made.fen("adjustments") == (600 - 700 + 70) * 100


def test_grassroots_unions_and_years_of_the_old_system_do_not_file_them(tmp_path: Path, facts: Facts) -> None:
    grassroots = facts_of(tmp_path / "基层", CLOSED)
    calls: tuple[Callable[[], object], ...] = (
        lambda: treasury_statement(grassroots, 2025),
        lambda: state_assets(grassroots, 2025),
        lambda: cost_statement(grassroots, SINCE, UNTIL),
        lambda: state_assets(facts, 2021),
    )
    for call in calls:
        with pytest.raises(StatementError, match="县级以上工会"):
            call()
    with pytest.raises(StatementError, match="同一年度"):
        cost_statement(facts, datetime.date(2024, 7, 1), UNTIL)
