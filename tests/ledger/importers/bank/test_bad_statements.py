"""Statements that are wrong in many ways: each fault is told with its row, and no line is guessed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ledger.importers.bank import Statement
from ledger.importers.sheets import CellFault

HEAD = ["交易日期", "借方发生额", "贷方发生额", "余额", "对方户名", "摘要"]
A = ["2025-03-04", "2,100.00", "", "7,900.00", "某超市", "慰问品"]
B = ["2025-03-05", "", "100.00", "8,000.00", "某市第一医院", "经费"]
C = ["2025-03-06", "500.00", "", "7,500.00", "某书店", "图书"]

Read = Callable[..., Statement]


def _changed(row: list[str], place: int, text: str) -> list[str]:
    return [*row[:place], text, *row[place + 1 :]]


@pytest.mark.parametrize(
    ("rows", "row", "words"),
    [
        ([HEAD, A, _changed(B, 3, "8,000.01")], 3, "应为 8,000.00"),
        ([HEAD, A, C], 3, "应为 7,400.00"),  # a line is missing
        ([HEAD, A, _changed(B, 0, "")], 3, "没有交易日期"),
        ([HEAD, A, B[:1]], 3, "没有金额"),  # half a row
        ([HEAD, A, _changed(B, 0, "2025-02-30")], 3, "不是存在的日期"),
        ([HEAD, A, _changed(B, 0, "45721")], 3, "日期序号"),
        ([HEAD, A, _changed(B, 0, "三月五日")], 3, "不是日期"),
        ([HEAD, A, _changed(B, 2, "1OO.00")], 3, "不是金额"),
        ([HEAD, A, _changed(B, 2, "100.005")], 3, "超过两位小数"),
        ([HEAD, A, _changed(B, 1, "5.00")], 3, "一行只能有一边"),
        ([HEAD, A, B, ["合计", "2,100.00", "100.01"]], 4, "逐行相加是 100.00"),
        ([["总笔数", "3"], HEAD, A, B], 1, "逐行相加是 2"),
        ([["期初余额：10,000.01"], HEAD, A, B], 1, "逐行相加是 10,000.00"),
        ([["期末余额", "8,000.10"], HEAD, A, B], 1, "逐行相加是 8,000.00"),
        ([[*HEAD, "币种"], [*A, "美元"]], 2, "账套只记人民币"),
    ],
)
def test_a_fault_is_told_with_its_row(statement: Read, rows: list[list[str]], row: int, words: str) -> None:
    found = statement(rows)
    assert [problem.row for problem in found.problems] == [row]
    assert words in found.problems[0].message


def test_all_faults_are_told_at_once(statement: Read) -> None:
    found = statement([HEAD, _changed(A, 0, "x"), _changed(B, 2, "y"), _changed(C, 1, "")])
    assert [problem.row for problem in found.problems] == [2, 3, 4]


def test_a_cashbook_of_the_union_is_told_from_a_statement(statement: Read) -> None:
    rows = [HEAD, ["2025-03-04", "", "2,100.00", "7,900.00"], ["2025-03-05", "100.00", "", "8,000.00"]]
    found = statement(rows)
    assert len(found.problems) == 1
    assert "日记账" in found.problems[0].message


def test_a_red_line_stays_red(statement: Read) -> None:
    found = statement([HEAD, A, ["2025-03-05", "-100.00", "", "8,000.00", "某超市", "冲正"]])
    assert found.problems == ()
    assert [line.amount_fen for line in found.lines] == [-210000, 10000]
    assert found.lines[1].debit_fen == -10000


def test_payments_printed_below_zero_are_payments(statement: Read) -> None:
    head = ["发生时间", "收入金额（+元）", "支出金额（-元）", "账户余额", "对方名称"]
    found = statement([head, ["2025-03-04", "", "-2100.00", "7900.00"], ["2025-03-05", "100", "", "8000"]])
    assert found.problems == ()
    assert [(line.debit_fen, line.credit_fen) for line in found.lines] == [(210000, None), (None, 10000)]


def test_page_heads_totals_and_remarks_are_passed_over(statement: Read) -> None:
    rows = [HEAD, A, HEAD, B, ["本页合计", "2,100.00", "100.00"], ["承前页", "", "", "8,000.00"], ["以下空白"]]
    found = statement(rows)
    assert found.problems == ()
    assert len(found.lines) == 2


def test_two_accounts_in_one_table_are_refused(statement: Read) -> None:
    found = statement([[*HEAD, "账号"], [*A, "3405000000000001"], [*B, "3405000000000002"]])
    assert "2 个账号" in found.problems[0].message


def test_a_cell_that_cannot_be_believed_is_a_problem(statement: Read) -> None:
    found = statement([HEAD, A, B], faults=(CellFault(2, 3, "公式没有存下计算结果"),))
    assert [(p.row, p.message) for p in found.problems] == [(3, "公式没有存下计算结果")]


def test_a_direction_that_is_not_told_is_a_problem(statement: Read) -> None:
    head = ["交易日期", "借贷标志", "交易金额", "余额"]
    found = statement([head, ["2025-03-04", "借", "1.00", "9.00"], ["2025-03-05", "?", "1.00", "10.00"]])
    assert [problem.row for problem in found.problems] == [3]
    assert "看不出是收入还是支出" in found.problems[0].message
