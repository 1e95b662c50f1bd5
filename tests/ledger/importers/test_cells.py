"""Cells: days, months, amounts, counts and words in the forms people write."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from ledger.importers import cells
from ledger.importers.numbers import gaps, shown_numbers, voucher_number
from ledger.vouchers import VoucherNumber

DAY = datetime.date(2025, 3, 1)


@pytest.mark.parametrize(
    "text", ["2025-03-01", "2025/3/1", "2025.3.1", "20250301", "2025年3月1日", "2025-03-01 00:00:00"]
)
def test_days(text: str) -> None:
    assert cells.day(text) == DAY


@pytest.mark.parametrize(
    ("text", "month"),
    [("2025-03", "2025-03"), ("2025年3月", "2025-03"), ("202503", "2025-03"), ("2025/3/9", "2025-03")],
)
def test_months(text: str, month: str) -> None:
    assert cells.month(text) == month


@pytest.mark.parametrize("text", ["2025-01至2025-03", "2025年1月—2025年3月", "2025-01..2025-03"])
def test_ranges_of_months(text: str) -> None:
    assert cells.months(text) == "2025-01..2025-03"


@pytest.mark.parametrize(("text", "fen"), [("1,234.50", 123450), ("￥3", 300), ("（12.00）", -1200), ("0.1", 10)])
def test_amounts(text: str, fen: int) -> None:
    assert cells.fen(text) == fen


@pytest.mark.parametrize(
    ("parse", "text", "why"),
    [
        (cells.day, "2025-02-30", "不是存在的日期"),
        (cells.day, "三月一日", "应写作 2025-03-01"),
        (cells.month, "2025-13", "不是存在的月份"),
        (cells.months, "2025-03至2025-01", "起月晚于止月"),
        (cells.fen, "12.345", "超过两位小数"),
        (cells.fen, "一百元", "不是金额"),
        (cells.count, "两张", "不是整数"),
        (cells.moment, "2025-03-01 25:00", "不是存在的时间"),
        (cells.documents, "../../etc/passwd", "相对路径"),
    ],
)
def test_faults_name_the_cell_and_the_way_out(parse: Callable[[str], object], text: str, why: str) -> None:
    with pytest.raises(cells.CellError, match=why) as caught:
        parse(text)
    assert text in str(caught.value)


def test_words_are_translated_and_unknown_ones_refused() -> None:
    assert cells.value("name", "fund", "专项") == "earmarked"
    assert cells.value("name", "fund", "earmarked") == "earmarked"
    assert cells.value("text", "grants.signed", "是") == "yes"
    assert cells.value("text", "grants.signed", "2025年3月1日") == "2025-03-01"
    with pytest.raises(cells.CellError, match="应为：会费、留成、专项、代管、补助"):
        cells.value("name", "fund", "小金库")


@pytest.mark.parametrize(
    ("text", "word", "period", "number"),
    [
        ("记-2025-03-0012", "", "", VoucherNumber("记", 2025, 3, 12)),
        ("记-12", "", "", VoucherNumber("记", 2025, 3, 12)),
        ("记12", "", "", VoucherNumber("记", 2025, 3, 12)),
        ("记字第12号", "", "", VoucherNumber("记", 2025, 3, 12)),
        ("记字0012号", "", "", VoucherNumber("记", 2025, 3, 12)),
        ("12", "付", "", VoucherNumber("付", 2025, 3, 12)),
        ("12", "银付字", "2", VoucherNumber("银付", 2025, 2, 12)),
        ("12", "", "2025年02期", VoucherNumber("记", 2025, 2, 12)),
        ("0012", "转", "2024-12", VoucherNumber("转", 2024, 12, 12)),
    ],
)
def test_voucher_numbers(text: str, word: str, period: str, number: VoucherNumber) -> None:
    assert voucher_number(text, word, period, DAY) == number


@pytest.mark.parametrize("text", ["记-", "第号", "记-2025-13-0001", "记-0", "记-1-2-3"])
def test_what_is_no_voucher_number(text: str) -> None:
    with pytest.raises(cells.CellError):
        voucher_number(text, "", "", DAY)


def test_gaps_are_counted_from_one_within_word_and_month() -> None:
    numbers = [VoucherNumber("记", 2025, 3, n) for n in (2, 5)] + [VoucherNumber("记", 2025, 4, 1)]
    assert gaps(numbers) == {("记", "2025-03"): (1, 3, 4)}
    assert shown_numbers((1, 3, 4)) == "1、3—4"
