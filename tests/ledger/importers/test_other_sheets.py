"""Opening balances, budgets and registers."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from ledger.importers.contents import FileReading
from ledger.importers.headers import BUDGET_SHEET

Read = Callable[..., FileReading]
SIDES = ("科目编码", "科目名称", "方向", "期初余额")


def messages(reading: FileReading) -> str:
    return "\n".join(map(str, reading.problems))


def test_opening_balances_by_side_with_rows_of_upper_levels(read: Read) -> None:
    rows = [
        SIDES,
        ("101", "库存现金", "借", "0"),
        ("102", "银行存款", "借", "1,000.10"),
        ("10201", "基本户", "借", "900.10"),
        ("10202", "专户", "借", "100"),
        ("322", "工会资金结余", "贷", "1000.10"),
        ("32205", "累计结余", "贷", "1000.10"),
        ("合计", "", "", ""),
    ]
    reading = read(rows, "科目余额表")
    assert not reading.problems
    opening = reading.opening
    assert opening is not None
    assert (opening.date, opening.number, opening.tags) == (datetime.date(2025, 1, 1), None, ("opening",))
    assert {line.account: line.amount_fen for line in opening.lines} == {
        "Assets:102-银行存款:01-基本户": 90010,
        "Assets:102-银行存款:02-专户": 10000,
        "Equity:322-工会资金结余:32205-累计结余": -100010,
    }
    assert "Assets:101-库存现金" in reading.accounts


def test_opening_balances_in_two_columns_with_a_year(read: Read) -> None:
    rows = [
        ("年度", "科目编码", "科目名称", "期初借方余额", "期初贷方余额"),
        ("2023", "101", "库存现金", "5", ""),
        ("2023", "32205", "累计结余", "", "5"),
    ]
    opening = read(rows, "余额表").opening
    assert opening is not None
    assert opening.date == datetime.date(2023, 1, 1)


def test_bad_opening_balances(read: Read) -> None:
    cash = ("101", "库存现金", "借", "5")
    assert "借贷不平，借方比贷方多 5.00 元" in messages(read([SIDES, cash], "科目余额表"))
    assert "请填写借或贷" in messages(read([SIDES, ("101", "库存现金", "", "5")], "科目余额表"))
    assert "不应有余额" in messages(read([SIDES, cash, ("401", "会费收入", "贷", "5")], "科目余额表"))
    upper = [SIDES, ("102", "银行存款", "借", "6"), ("10201", "基本户", "借", "5"), ("32205", "累计结余", "贷", "5")]
    assert "余额 借 6.00 与其明细科目合计 借 5.00 不符" in messages(read(upper, "科目余额表"))
    assert "不知道是哪一年" in messages(read([SIDES, cash], "科目余额表", year=None))
    assert "重复" in messages(read([SIDES, cash, cash, ("32205", "累计结余", "贷", "10")], "科目余额表"))


def test_budget_lines_of_income_expenditure_surplus_and_an_adjustment(read: Read) -> None:
    head = tuple(column.header for column in BUDGET_SHEET.columns)
    rows = [
        head,
        ("2025", "402", "拨缴经费收入", "", "300000", "", "", "2025-01-08", "2025-01-12", "2025-01-18", ""),
        ("2025年", "50105", "会员活动支出", "春游", "420000.00", "1", "2025-07-01", "", "", "", "增加"),
        ("2025", "", "动用以前年度结余", "", "60000", "0", "", "", "", "", ""),
    ]  # fmt: skip
    reading = read(rows, "预算")
    assert not reading.problems
    income, activity, surplus = reading.budgets
    assert (income.date, income.amount_fen, income.version) == (datetime.date(2025, 1, 18), 30000000, 0)
    assert (activity.project, activity.version, activity.reason) == ("春游", 1, "增加")
    assert (surplus.account, surplus.date) == ("Equity:322-工会资金结余", datetime.date(2025, 1, 1))


def test_bad_budget_lines(read: Read) -> None:
    head = ("年度", "科目编码", "科目名称", "预算金额", "版本")
    line = ("2025", "50105", "会员活动支出", "1", "0")
    assert "同一年度、科目、项目和版本" in messages(read([head, line, line], "预算"))
    assert "预算调整没有生效日期" in messages(read([head, (*line[:4], "1")], "预算"))
    assert "不能为负数" in messages(read([head, (*line[:3], "-1", "0")], "预算"))
    assert "A（年度） 列：没有填写" in messages(read([head, ("", *line[1:])], "预算"))


def test_registers_become_rows_of_the_books_files(read: Read) -> None:
    officers = read([("职务", "姓名", "任职日期", "离任日期"), ("主席", "甲", "2023/1/1", "")], "任职")
    assert officers.registers == {"officers": ({"post": "chair", "name": "甲", "from": "2023-01-01"},)}
    bank = read(
        [("账户", "交易日期", "摘要", "借方金额", "余额"), ("10201 基本户", "20250301", "付款", "1,000", "5")],
        "银行对账单",
    )
    assert bank.registers["bank"][0] == {
        "account": "Assets:102-银行存款:01-基本户",
        "date": "2025-03-01",
        "summary": "付款",
        "debit": "1000.00",
        "balance": "5.00",
    }
    english = read([("month", "member_id", "paid"), ("2025-03", "M001", "5")], "dues")
    assert english.registers["dues"][0] == {"month": "2025-03", "member_id": "M001", "paid": "5.00"}


def test_a_register_of_heads_only_is_not_an_empty_register(read: Read) -> None:
    reading = read([("月份", "工资总额")], "工资总额")
    assert not reading.problems
    assert not reading.registers
    assert "只有表头" in str(reading.notes[0])


def test_bad_rows_of_registers(read: Read) -> None:
    reading = read([("职务", "姓名", "任职日期"), ("门卫", "", "去年")], "任职")
    found = messages(reading)
    assert "A（职务） 列：“门卫”不是可用的词" in found
    assert "“去年”不是日期" in found
    assert "B（姓名） 列：没有填写" in messages(
        read([("职务", "姓名", "任职日期"), ("主席", "", "2025-01-01")], "任职")
    )


def test_sheets_of_unknown_names_are_known_by_their_heads(read: Read) -> None:
    reading = read([("月份", "会员编号", "缴纳金额"), ("2025-03", "M001", "5")], "Sheet1")
    assert list(reading.registers) == ["dues"]
    assert "没有可识别的工作表" in messages(read([("甲", "乙"), ("1", "2")], "Sheet1"))
