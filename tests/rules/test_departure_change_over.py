"""一个跨新旧会计制度的任期，每一步手工算出：张某 2021-07-01 任主席，2022-06-30 离任，其间 2022-01-01 新旧衔接。

金额单位为元，全部是整数，可以用笔复算。凭证写在 _BODY，每张凭证上面的注释写明算式；测试里的数都从这些算式来。
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from ledger.facts import Facts
from rules.departure.change_over import ChangeOver, Family, change_over
from rules.departure.funds import funds_by_year
from rules.departure.open_items import open_items
from rules.departure.position import PAYABLES, RECEIVABLES, Term, bridge, position_on
from rules.departure.years import budget_years, kinds_by_year, shares
from tests.rules.casefile import book_files

TERM = Term("张某", datetime.date(2021, 7, 1), datetime.date(2022, 6, 30), left=True)
_BODY = """
; 第一步　2021 年期初（旧制度）：资产 = 银行 10000 + 借出款 500 + 库存物品 300 + 固定资产 2000 = 12800
; 负债 = 应付上级经费 400；净资产 = 固定基金 2000 + 专用基金 600（增收留成 250、权益保障金 350）+ 后备金 100
; + 结余 9700 = 12400；400 + 12400 = 12800，平。
2021-01-01 * "期初" "旧制度期初余额" #opening
  Assets:102-银行存款:01-基本户            10000.00 CNY
  Assets:121-借出款:01-某协会                500.00 CNY
  Assets:141-库存物品                        300.00 CNY
  Assets:162-固定资产:01-一般设备           2000.00 CNY
  Liabilities:221-应付上级经费              -400.00 CNY
  Equity:301-固定基金                      -2000.00 CNY
  Equity:321-专用基金:32101-增收留成基金    -250.00 CNY
  Equity:321-专用基金:32103-权益保障金      -350.00 CNY
  Equity:322-后备金                         -100.00 CNY
  Equity:331-结余                          -9700.00 CNY

; 第二步　任职以前（前任）：收 1000，支 600。
2021-03-10 * "某市第一医院" "拨缴工会经费"
  voucher: "记-2021-03-0001"
  Assets:102-银行存款:01-基本户             1000.00 CNY
  Income:402-拨缴经费收入                  -1000.00 CNY
2021-05-10 * "困难职工" "帮扶"
  voucher: "记-2021-05-0001"
  Expenses:502-维权支出:50204-困难职工帮扶费  600.00 CNY
  Assets:102-银行存款:01-基本户             -600.00 CNY

; 第三步　任职以后的 2021 年：收 2000，支 维权 300 + 职工活动 900 = 1200。
2021-09-10 * "某市第一医院" "拨缴工会经费"
  voucher: "记-2021-09-0001"
  Assets:102-银行存款:01-基本户             2000.00 CNY
  Income:402-拨缴经费收入                  -2000.00 CNY
2021-10-10 * "困难职工" "送温暖"
  voucher: "记-2021-10-0001"
  Expenses:502-维权支出:50205-送温暖费        300.00 CNY
  Assets:102-银行存款:01-基本户             -300.00 CNY
2021-11-10 * "某文体用品店" "文体活动"
  voucher: "记-2021-11-0001"
  Expenses:501-职工活动支出:50102-文体活动费  900.00 CNY
  Assets:102-银行存款:01-基本户             -900.00 CNY

; 第四步　2021 年末结转：全年收入 1000 + 2000 = 3000，全年支出 600 + 300 + 900 = 1800，
; 结余增加 3000 - 1800 = 1200，成为 9700 + 1200 = 10900。
2021-12-31 * "年末" "收支结转" #carry-forward
  voucher: "转-2021-12-0001"
  Income:402-拨缴经费收入                   3000.00 CNY
  Expenses:502-维权支出:50204-困难职工帮扶费 -600.00 CNY
  Expenses:502-维权支出:50205-送温暖费       -300.00 CNY
  Expenses:501-职工活动支出:50102-文体活动费 -900.00 CNY
  Equity:331-结余                          -1200.00 CNY

; 第五步　2022-01-01 新旧衔接（财会〔2021〕16号）。银行 11200 名称代码不变，不用转。
; 借出款 500 → 其他应收款 500（二（一）6）；应付上级经费 400 → 新科目 400（二（二）2）。
; 固定资产 2000 中 450 不够新标准 → 库存物品 450（二（一）9（1）），余 1550 仍是固定资产。
; 固定基金 2000 → 资产基金：库存物品 450、固定资产 1550（二（三）1（1））。
; 结余 10900 中，原有库存物品 300 → 资产基金—库存物品 300（二（一）3），
; 结转性质 900 → 工会资金结转 900，其余 10900 - 300 - 900 = 9700 → 工会资金结余（二（三）4（1））。
; 增收留成 250 → 工会资金结余 250，权益保障金 350 → 专用基金 350（二（三）2）；后备金 100 → 结余 100（二（三）3）。
; 工会资金结余合计 9700 + 250 + 100 = 10050；资产基金—库存物品合计 450 + 300 = 750。
; 补提折旧 200：资产基金—固定资产 1550 - 200 = 1350，累计折旧 200（四（二））。
2022-01-01 * "新旧衔接" "财会〔2021〕16号转账" #change-over
  voucher: "记-2022-01-0001"
  Assets:121-借出款:01-某协会               -500.00 CNY
  Assets:135-其他应收款:01-某协会            500.00 CNY
  Liabilities:221-应付上级经费               400.00 CNY
  Liabilities:211-应付上级经费              -400.00 CNY
  Assets:162-固定资产:01-一般设备           -450.00 CNY
  Assets:141-库存物品                        450.00 CNY
  Equity:301-固定基金                       2000.00 CNY
  Equity:301-资产基金:30101-库存物品        -750.00 CNY
  Equity:301-资产基金:30104-固定资产       -1350.00 CNY
  Assets:163-累计折旧                       -200.00 CNY
  Equity:331-结余                          10900.00 CNY
  Equity:321-工会资金结转:32104-累计结转    -900.00 CNY
  Equity:322-工会资金结余:32205-累计结余  -10050.00 CNY
  Equity:321-专用基金:32101-增收留成基金     250.00 CNY
  Equity:321-专用基金:32103-权益保障金       350.00 CNY
  Equity:311-专用基金                       -350.00 CNY
  Equity:322-后备金                          100.00 CNY

; 第六步　任职以后的 2022 年（新制度）：收 1500，支 维权 700，直接调整（更正上年多记支出）+ 50。
2022-02-10 * "某市第一医院" "拨缴工会经费"
  voucher: "记-2022-02-0001"
  Assets:102-银行存款:01-基本户             1500.00 CNY
  Income:402-拨缴经费收入                  -1500.00 CNY
2022-03-10 * "困难职工" "送温暖"
  voucher: "记-2022-03-0001"
  Expenses:504-维权支出:50405-送温暖支出      700.00 CNY
  Assets:102-银行存款:01-基本户             -700.00 CNY
2022-04-10 * "某文体用品店" "退回上年多付货款"
  voucher: "记-2022-04-0001"
  Assets:102-银行存款:01-基本户               50.00 CNY
  Equity:322-工会资金结余:32201-年初余额调整  -50.00 CNY

; 第七步　离任次日的支出，不属于任期。
2022-07-01 * "某文体用品店" "文体活动"
  voucher: "记-2022-07-0001"
  Expenses:501-职工活动支出:50102-文体活动支出 5000.00 CNY
  Assets:102-银行存款:01-基本户            -5000.00 CNY
2021-01-15 custom "union-budget" "2021" Expenses:501-职工活动支出:50102-文体活动费 1000.00 CNY
  version: 0
2021-01-15 custom "union-budget" "2021" Expenses:502-维权支出 1500.00 CNY
  version: 0
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, read_facts: Callable[[Path], Facts]) -> Facts:
    folder = tmp_path_factory.mktemp("change-over")
    for path, text in book_files(_BODY, {}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    facts = read_facts(folder)
    assert not [e.message for e in facts.integrity if e.severity == "high"]
    return facts


@pytest.fixture(scope="module")
def made(book: Facts) -> ChangeOver:
    found = change_over(book)
    assert found is not None
    return found


def test_position_before_the_term_under_the_old_system(book: Facts) -> None:
    # 2021-06-30：银行 10000 + 1000 - 600 = 10400；应收（借出款）500；固定资产 2000；其他资产（库存物品）300。
    found = position_on(book, datetime.date(2021, 6, 30))
    assert (found.cash_fen, found.receivables_fen) == (10400_00, 500_00)
    assert (found.fixed_assets_fen, found.other_assets_fen) == (2000_00, 300_00)
    assert (found.payables_fen, found.asset_funds_fen) == (400_00, 2000_00)
    # 资金 = 专用基金 600 + 后备金 100 + 结余 9700 + 本年收支差 (1000 - 600) 400 = 10800。
    assert (found.other_funds_fen, found.surplus_fen, found.result_fen) == (700_00, 9700_00, 400_00)
    assert found.funds_fen == 10800_00
    # 资产 13200 = 负债 400 + 资产基金 2000 + 资金 10800。
    assert 10400 + 500 + 2000 + 300 == 400 + 2000 + 10800


def test_position_at_leaving_under_the_new_system(book: Facts) -> None:
    # 2022-06-30：银行 10400 + 2000 - 300 - 900 = 11200，+ 1500 - 700 + 50 = 12050。
    found = position_on(book, TERM.leaving)
    assert (found.cash_fen, found.receivables_fen) == (12050_00, 500_00)
    # 固定资产 2000 - 450 - 折旧 200 = 1350；库存物品 300 + 450 = 750。
    assert (found.fixed_assets_fen, found.other_assets_fen) == (1350_00, 750_00)
    # 资产基金 750 + 1350 = 2100；结转 900；结余 10050 + 50 = 10100；专用基金 350；本年收支差 1500 - 700 = 800。
    assert (found.payables_fen, found.asset_funds_fen, found.carry_forward_fen) == (400_00, 2100_00, 900_00)
    assert (found.surplus_fen, found.other_funds_fen, found.result_fen) == (10100_00, 350_00, 800_00)
    assert found.funds_fen == 12150_00
    # 资产 14650 = 负债 400 + 资产基金 2100 + 资金 12150。
    assert 12050 + 500 + 1350 + 750 == 400 + 2100 + 12150


def test_funds_by_year_and_cause(book: Facts) -> None:
    first, second = funds_by_year(book, TERM)
    # 2021 年（7-12月）：10800 + 收 2000 - 支 1200 = 11600；年末结转不改变资金。
    assert (first.since.isoformat(), first.until.isoformat()) == ("2021-07-01", "2021-12-31")
    assert (first.opening_fen, first.income_fen, first.expenditure_fen) == (10800_00, 2000_00, 1200_00)
    assert (first.books_opened_fen, first.change_over_fen, first.direct_fen) == (0, 0, 0)
    assert (first.closing_fen, first.gap_fen) == (11600_00, 0)
    # 2022 年（1-6月）：11600 + 收 1500 - 支 700 + 衔接 (-300，库存物品转入资产基金) + 调整 50 = 12150。
    assert (second.since.isoformat(), second.until.isoformat()) == ("2022-01-01", "2022-06-30")
    assert (second.opening_fen, second.income_fen, second.expenditure_fen) == (11600_00, 1500_00, 700_00)
    assert (second.books_opened_fen, second.change_over_fen, second.direct_fen) == (0, -300_00, 50_00)
    assert (second.closing_fen, second.gap_fen) == (12150_00, 0)
    # 全任期合起来与总桥一致：10800 + 3500 - 1900 + (-300 + 50) = 12150。
    whole = bridge(book, TERM)
    assert (whole.opening_fen, whole.income_fen, whole.expenditure_fen) == (10800_00, 3500_00, 1900_00)
    assert (whole.adjustments_fen, whole.closing_fen, whole.gap_fen) == (-250_00, 12150_00, 0)


def _of(made: ChangeOver, old: str) -> Family:
    return next(f for f in made.families if old in {h.account.code for h in f.old})


def _side(family: Family) -> tuple[dict[str, int], dict[str, int]]:
    return (
        {h.account.code: h.amount_fen // 100 for h in family.old},
        {h.account.code: h.amount_fen // 100 for h in family.new},
    )


def test_families_of_old_and_new_accounts(made: ChangeOver) -> None:
    assert (made.day.isoformat(), made.vouchers) == ("2022-01-01", ("记-2022-01-0001",))
    # 银行存款 11200，原样。
    assert _side(_of(made, "102")) == ({"102": 11200}, {"102": 11200})
    # 借出款 500 → 其他应收款 500。
    assert _side(_of(made, "121")) == ({"121": 500}, {"135": 500})
    assert _of(made, "121").clauses == ("二（一）6",)
    # 应付上级经费：旧代码 221，新代码 211。
    assert _side(_of(made, "221")) == ({"221": 400}, {"211": 400})
    # 库存物品 300 与固定资产 2000 是一组：450 从固定资产转到库存物品，组内合计 2300 不变。
    assert _side(_of(made, "162")) == ({"141": 300, "162": 2000}, {"141": 750, "162": 1550})
    assert _of(made, "162").difference_fen == 0
    # 净资产是一组：旧 2000 + 250 + 350 + 100 + 10900 = 13600；新 750 + 1350 + 350 + 900 + 10050 = 13400。
    # 权益保障金 350 → 专用基金 350 自成一组。差额 -200 正是补提的折旧。
    old, new = _side(_of(made, "331"))
    assert old == {"301": 2000, "32101": 250, "322": 100, "331": 10900}
    assert new == {"30101": 750, "30104": 1350, "321": 900, "322": 10050}
    assert _of(made, "331").difference_fen == -200_00
    assert _side(_of(made, "32103")) == ({"32103": 350}, {"311": 350})
    # 累计折旧 200 在旧制度没有对应科目，单列一组。
    alone = [f for f in made.families if not f.old]
    assert [_side(f) for f in alone] == [({}, {"163": 200})]


def test_only_inventory_left_the_funds(made: ChangeOver) -> None:
    # 旧库存物品 300 从结余转入资产基金，此外资金没有变动：-300 + 300 = 0。
    assert (made.funds_effect_fen, made.inventory_fen, made.other_effect_fen) == (-300_00, 300_00, 0)


def test_open_items_keep_their_age(book: Facts) -> None:
    # 某协会 500 元 2021-01-01 已在账上，衔接只换科目；到 2022-06-30 共 545 日（2021 年 364 + 2022 年 181）。
    (item,), _ = open_items(book, RECEIVABLES, TERM.leaving, credit=False)
    assert (item.account, item.balance_fen) == ("Assets:135-其他应收款:01-某协会", 500_00)
    assert (item.oldest.isoformat(), item.days(TERM.leaving)) == ("2021-01-01", 545)
    (owed,), _ = open_items(book, PAYABLES, TERM.leaving, credit=True)
    assert (owed.account, owed.oldest.isoformat()) == ("Liabilities:211-应付上级经费", "2021-01-01")
    # 衔接以前，科目还是旧的。
    (before,), _ = open_items(book, RECEIVABLES, datetime.date(2021, 12, 31), credit=False)
    assert before.account == "Assets:121-借出款:01-某协会"


def test_kinds_are_one_across_both_systems(book: Facts) -> None:
    # 维权支出：2021 年 300（旧 502）、2022 年 700（新 504）；职工活动支出：2021 年 900。合计 1900。
    kinds = kinds_by_year(book, TERM, "expense")
    assert [(k.name, k.amounts_fen) for k in kinds] == [
        ("职工活动支出", (900_00, 0)),
        ("维权支出", (300_00, 700_00)),
    ]
    assert shares(kinds) == (Decimal(900) / Decimal(1900), Decimal(1000) / Decimal(1900))
    assert shares(kinds, 1) == (Decimal(0), Decimal(1))
    (income,) = kinds_by_year(book, TERM, "income")
    assert income.amounts_fen == (2000_00, 1500_00)


def test_budget_of_the_year_and_the_terms_own_part(book: Facts) -> None:
    # 2021 年支出预算 1000 + 1500 = 2500；全年执行 600 + 300 + 900 = 1800，即 72%；任期内 1200。
    first, second = budget_years(book, TERM)
    assert (first.spending_budget_fen, first.spent_fen, first.own_spent_fen) == (2500_00, 1800_00, 1200_00)
    assert first.spending_rate == Decimal("0.72")
    assert (first.income_budget_fen, first.received_fen, first.own_received_fen) == (None, 3000_00, 2000_00)
    # 2022 年没有预算，截至离任日 2022-06-30 支 700；次日的 5000 不算。
    assert (second.until, second.spending_budget_fen, second.spent_fen) == (TERM.leaving, None, 700_00)
    assert second.spending_rate is None


@pytest.mark.parametrize(
    ("since", "leaving", "effect"),
    [("2021-07-01", "2021-12-31", 0), ("2021-07-01", "2022-01-01", -300_00), ("2022-01-01", "2022-06-30", -300_00)],
)
def test_terms_around_the_change_over(book: Facts, since: str, leaving: str, effect: int) -> None:
    # 任期止于 2021-12-31 的不含衔接；含 2022-01-01 的都含，任期初是前一日旧制度的余额。
    term = Term("张某", datetime.date.fromisoformat(since), datetime.date.fromisoformat(leaving), left=True)
    years = funds_by_year(book, term)
    assert sum(y.change_over_fen for y in years) == effect
    assert [y.gap_fen for y in years] == [0] * len(years)
