"""The voucher register: forms of packages that must work, and faults with sheet, row and column."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ledger.importers.contents import FileReading
from ledger.importers.headers import VOUCHER_SHEET
from ledger.importers.sheets import CellFault
from ledger.vouchers import VoucherNumber

HEAD = ("日期", "凭证字号", "摘要", "科目编码", "科目名称", "借方金额", "贷方金额")
BANK = ("10201", "基本户")
DUES = ("401", "会费收入")
Read = Callable[..., FileReading]


def good(number: str = "记-1", day: str = "2025-03-01") -> tuple[tuple[str, ...], ...]:
    return (
        (day, number, "收会费", *BANK, "100.00", ""),
        ("", "", "", *DUES, "", "100.00"),
    )


def messages(reading: FileReading) -> str:
    return "\n".join(map(str, reading.problems))


def test_cells_below_the_first_line_of_a_voucher_may_be_empty(register: Read) -> None:
    reading = register(*good(), *good("记-2"))
    assert not reading.problems
    assert [v.number for v in reading.vouchers] == [VoucherNumber("记", 2025, 3, 1), VoucherNumber("记", 2025, 3, 2)]
    assert [line.amount_fen for line in reading.vouchers[0].lines] == [10000, -10000]
    assert reading.vouchers[1].narration == "收会费"


def test_titles_totals_and_repeated_heads_are_passed_over(read: Read) -> None:
    rows = [
        ("某市第一医院工会委员会 2025年度 序时账", "", "", "", "", "", ""),
        ("", "", "", "", "", "", ""),
        HEAD,
        *good(),
        ("", "", "合计", "", "", "100.00", "100.00"),
        HEAD,
        *good("记-2"),
        ("", "", "本月合计", "", "", "200.00", "200.00"),
        ("", "", "", "", "累 计", "200.00", "200.00"),
        ("制表人：甲", "", "", "", "", "", ""),
    ]
    reading = read(rows, merged=((0, 0, 0, 6),))
    assert not reading.problems
    assert len(reading.vouchers) == 2
    assert "没有科目和金额" in str(reading.notes[0])


def test_word_number_and_period_in_columns_of_their_own(register: Read) -> None:
    head = ("会计期间", "凭证字", "凭证号", "日期", "摘要", "科目代码", "科目名称", "借方", "贷方")
    rows = [
        ("2025年3期", "付", "7", "2025-03-31", "收会费", *BANK, "1", ""),
        ("2025年3期", "付", "7", "2025-03-31", "收会费", *DUES, "", "1"),
    ]
    reading = register(*rows, head=head)
    assert not reading.problems
    assert reading.vouchers[0].number == VoucherNumber("付", 2025, 3, 7)


def test_metadata_of_the_voucher_and_of_a_line(register: Read) -> None:
    head = (*HEAD, "资金来源", "发票号", "所属月", "附件文件", "合同", "合同日期", "参与人数", "活动类型", "本行项目")
    rows = [
        ("2025-03-01", "1", "甲", *BANK, "1", "", "会费", "F1", "2025年2月", "a.pdf；b.pdf", "H1", "2025-02-01", "30人",
         "春游", ""),
        ("", "", "乙", *DUES, "", "1", "", "F2", "", "", "", "", "", "", "项目一"),
    ]  # fmt: skip
    voucher = register(*rows, head=head).vouchers[0]
    assert voucher.metadata == {
        "fund": "dues",
        "invoice": "F1",
        "month-of": "2025-02",
        "document": "a.pdf",
        "document-2": "b.pdf",
        "contract": "H1 2025-02-01",
        "participants": "30",
        "activity-type": "outing",
    }
    assert voucher.lines[1].metadata == {"narration": "乙", "invoice": "F2", "project": "项目一"}


def test_a_package_carry_forward_is_marked(register: Read) -> None:
    rows = [
        ("2025-12-31", "记-1", "结转收入", *DUES, "1", ""),
        ("", "", "", "32203", "本年收支结转", "", "1"),
    ]
    reading = register(*rows)
    assert reading.vouchers[0].tags == ("carry-forward",)
    assert "期末结转凭证" in str(reading.notes[0])


def test_the_change_over_names_accounts_of_both_charts(register: Read) -> None:
    rows = [
        ("2022-01-01", "记-1", "新旧衔接", "331", "结余", "1", "", "新旧衔接"),
        ("", "", "", "32205", "累计结余", "", "1", ""),
    ]
    reading = register(*rows, head=(*HEAD, "标记"))
    assert not reading.problems
    assert reading.vouchers[0].lines[0].account == "Equity:331-结余"
    assert reading.vouchers[0].tags == ("change-over",)


def test_red_amounts_keep_their_sign(register: Read) -> None:
    rows = [("2025-03-01", "1", "冲销", *BANK, "-5.00", ""), ("", "", "", *DUES, "", "-5.00")]
    assert [line.amount_fen for line in register(*rows).vouchers[0].lines] == [-500, 500]


BAD = [
    ("unbalanced", [("2025-03-01", "记-1", "收", *BANK, "100", ""), ("", "", "", *DUES, "", "99.99")],
     ["第 2 行", "借贷不平，借方比贷方多 0.01 元"]),
    ("unknown account", [("2025-03-01", "记-1", "收", *BANK, "1", ""), ("", "", "", "409", "会费收人", "", "1")],
     ["第 3 行 D（科目编码） 列", "最接近的是“401 会费收入”"]),
    ("three decimals", [("2025-03-01", "记-1", "收", *BANK, "1.005", ""), ("", "", "", *DUES, "", "1.005")],
     ["第 2 行 F（借方金额） 列", "第 3 行 G（贷方金额） 列", "超过两位小数"]),
    ("text in an amount", [("2025-03-01", "记-1", "收", *BANK, "壹元", ""), ("", "", "", *DUES, "", "1")],
     ["第 2 行 F（借方金额） 列：“壹元”不是金额"]),
    ("both sides", [("2025-03-01", "记-1", "收", *BANK, "1", "1")], ["既有借方又有贷方"]),
    ("no amount", [("2025-03-01", "记-1", "收", *BANK, "", "")], ["都没有填写"]),
    ("no number", [("2025-03-01", "", "收", *BANK, "1", "")], ["没有凭证字号"]),
    ("no date", [("", "记-1", "收", *BANK, "1", "")], ["没有日期"]),
    ("bad date", [("2025-02-29", "记-1", "收", *BANK, "1", "")], ["第 2 行 A（日期） 列：“2025-02-29”不是存在的日期"]),
    ("number of another year", list(good("记-2024-03-0001")),
     ["日期 2025-03-01 与凭证字号“记-2024-03-0001”不在同一年"]),
    ("repeated number", [*good(), *good("记-2"), *good("记-1")], ["第 6 行", "与第 2 行的凭证重复"]),
    ("two days", [good()[0], ("2025-03-02", "记-1", "", *DUES, "", "100.00")], ["与第 2 行的 2025-03-01 不同"]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_bad_input(register: Read, rows: Sequence[Sequence[str]], expected: Sequence[str]) -> None:
    reading = register(*rows)
    assert reading.problems
    for part in expected:
        assert part in messages(reading)
    assert all(problem.sheet == "序时账" for problem in reading.problems)


def test_every_bad_row_is_reported_not_the_first_only(register: Read) -> None:
    rows = [("2025-03-01", f"记-{n}", "收", "999", "无", "x", "") for n in range(1, 4)]
    assert {(p.row, p.column[0]) for p in register(*rows).problems} == {(n, c) for n in (2, 3, 4) for c in "DF"}


def test_a_date_outside_the_year_that_the_title_states(read: Read) -> None:
    rows = [("2025年度凭证", *[""] * 6), HEAD, *good(day="2026-03-01")]
    assert "第 3 行 A（日期） 列：日期 2026-03-01 不在本表的 2025 年" in messages(read(rows))


def test_foreign_currency_is_refused(register: Read) -> None:
    rows = [(*good()[0], "美元"), (*good()[1], "人民币")]
    assert "“美元”不是人民币" in messages(register(*rows, head=(*HEAD, "币种")))


def test_a_merged_head_is_refused(read: Read) -> None:
    reading = read([HEAD, *good()], merged=((0, 5, 0, 6),))
    assert (
        messages(reading) == "工作表“序时账”第 1 行：表头有合并单元格 F1:G1；请取消合并，让每一列在同一行各有一个列名"
    )


def test_an_empty_sheet_and_one_of_heads_only(read: Read) -> None:
    assert "工作表是空的" in messages(read([]))
    assert "表头以下没有数据行" in messages(read([HEAD]))


def test_missing_and_repeated_headers(read: Read) -> None:
    assert "表头缺少列：贷方金额" in messages(read([HEAD[:-1], *good()]))
    assert "列名“摘要”出现两次" in messages(read([(*HEAD, "摘要"), *good()]))


def test_cells_that_cannot_be_believed_stop_the_import(read: Read) -> None:
    reading = read([HEAD, *good()], faults=(CellFault(1, 5, "公式没有结果"),))
    assert "第 2 行 F（借方金额） 列：公式没有结果" in messages(reading)


def test_our_own_head_is_understood_whole(read: Read) -> None:
    head = [column.header for column in VOUCHER_SHEET.columns]
    row = dict.fromkeys(head, "") | {"日期": "2025-03-01", "凭证字号": "记-1", "摘要": "收"}
    first = row | {"科目名称": "库存现金", "借方金额": "1"}
    second = row | {"科目名称": "会费收入", "贷方金额": "1"}
    reading = read([head, list(first.values()), list(second.values())])
    assert not reading.problems
    assert len(reading.vouchers) == 1
