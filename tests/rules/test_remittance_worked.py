"""拨缴的手工算例：一个月的经费分三次、跨两年缴清，有滞纳金，也有滞纳金的上限；每一步都在纸上算过。

单位在重庆（500000）：《重庆市实施〈中华人民共和国工会法〉办法》第四十五条，按欠缴金额每日千分之五加收滞纳金，
滞纳金不得超过欠款本金。到期日是本单位的标准：次月 15 日；留成 60%。

2024 年 11 月工资总额 100,000.00 元：

  应拨    100,000.00 × 2% ＝ 2,000.00 元，其中留成 1,200.00、应上解 800.00，到期日 2024 年 12 月 15 日

  第一次  2024-12-10 收 800.00    未到期，不迟；还差 1,200.00
  第二次  2025-01-14 收 700.00    迟 30 天（12 月 16 天 ＋ 1 月 14 天）
          滞纳金 700.00 × 0.005 × 30 ＝ 105.00；上限 700.00，取 105.00；还差 500.00
  第三次  2025-12-20 收 500.00    迟 370 天（16 ＋ 354）
          滞纳金 500.00 × 0.005 × 370 ＝ 925.00；上限 500.00，取 500.00；不差了

  合计    迟收 1,200.00，滞纳金 105.00 ＋ 500.00 ＝ 605.00 元

上限到得正好的一天：500.00 × 0.005 × 200 ＝ 500.00，即 2025 年 7 月 3 日；此前一天 497.50，此后不再增加。

逐级：应拨 2,000.00 － 少收 0 ＝ 已收 2,000.00 － 留成 1,200.00 ＝ 应上解 800.00 － 已上解 320.00 ＝ 未上解 480.00
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.union import Standard
from rules.law import Law, ValueStatus
from rules.remittance.schedule import MonthDue, schedule, upward_position
from rules.remittance.waterfall import waterfall
from tests.rules import handmade
from tests.rules.handmade import BANK, OWN, UNION, UPWARD, voucher

MONTH, WAGES = "2024-11", {"2024-11": 100_000_00}
SINCE, END = datetime.date(2024, 1, 1), datetime.date(2025, 12, 31)


def _standard(key: str, value: str) -> Standard:
    return Standard(key, Decimal(value), datetime.date(2020, 1, 1), None, "某区总工会〔2020〕1号")


CHONGQING = replace(
    UNION,
    region="500000",
    standards=(_standard("contribution.due_day", "15"), _standard("contribution.retained_share", "0.60")),
)


def received(day: str, fen: int) -> Mapping[str, object]:
    own = fen * 6 // 10
    return voucher(day, [(BANK, fen), (OWN, -own), (UPWARD, own - fen)], month_of=MONTH)


THREE = (received("2024-12-10", 800_00), received("2025-01-14", 700_00), received("2025-12-20", 500_00))
PASSED_ON = voucher("2025-01-20", [(UPWARD, 320_00), (BANK, -320_00)], month_of=MONTH)


def month(law: Law, *vouchers: Mapping[str, object], as_of: datetime.date = END) -> MonthDue:
    facts = handmade.facts(vouchers, WAGES, CHONGQING)
    (found,) = schedule(facts, law, SINCE, END, as_of=as_of)
    return found


def test_what_is_due_and_when(law: Law) -> None:
    found = month(law)
    assert (found.due_fen, found.own_due_fen, found.upward_due_fen) == (2000_00, 1200_00, 800_00)
    assert found.due_by == datetime.date(2024, 12, 15)
    assert found.late_fee_daily is not None
    assert found.late_fee_cap is not None
    assert (found.late_fee_daily.number, found.late_fee_cap.number) == (Decimal("0.005"), Decimal(1))
    assert {found.late_fee_daily.status, found.late_fee_cap.status} == {ValueStatus.VERIFIED}


@pytest.mark.parametrize(
    ("parts", "as_of", "short", "late", "fee"),
    [
        (1, "2024-12-15", 1200_00, [], 0),
        (2, "2025-01-14", 500_00, [(700_00, 30)], 105_00),
        (3, "2025-12-31", 0, [(700_00, 30), (500_00, 370)], 605_00),
    ],
)
def test_every_payment_as_on_paper(
    law: Law, parts: int, as_of: str, short: int, late: list[tuple[int, int]], fee: int
) -> None:
    found = month(law, *THREE[:parts], as_of=datetime.date.fromisoformat(as_of))
    assert found.shortfall_fen == short
    assert [(part.amount_fen, part.days) for part in found.late] == late
    assert found.late_fee_fen == fee


@pytest.mark.parametrize(
    ("as_of", "days", "fee"),
    [
        ("2025-06-30", 197, 492_50),
        ("2025-07-02", 199, 497_50),
        ("2025-07-03", 200, 500_00),
        ("2025-07-04", 201, 500_00),
    ],
)
def test_the_fee_grows_to_the_cap_and_no_further(law: Law, as_of: str, days: int, fee: int) -> None:
    found = month(law, *THREE[:2], as_of=datetime.date.fromisoformat(as_of))
    assert [(part.amount_fen, part.days) for part in found.missing] == [(500_00, days)]
    assert found.missing_fee_fen == fee


def test_the_waterfall_as_on_paper(law: Law) -> None:
    facts = handmade.facts([*THREE, PASSED_ON], WAGES, CHONGQING)
    found = waterfall(schedule(facts, law, SINCE, END, as_of=END), upward_position(facts, law, END))
    (step,) = found.months
    assert (step.due_fen, step.short_fen, step.received_fen) == (2000_00, 0, 2000_00)
    assert (step.retained_fen, step.payable_fen, step.passed_fen, step.owed_fen) == (1200_00, 800_00, 320_00, 480_00)
    assert found.adds_up
    assert step.upward_again_fen == 2000_00


late_days = st.integers(1, 800)
DUE_BY = datetime.date(2024, 12, 15)


@given(late_days, st.integers(1, 2000_00))
def test_a_payment_moved_by_a_day_is_late_by_exactly_that_day(law: Law, days: int, fen: int) -> None:
    end = datetime.date(2027, 12, 31)
    paid = [DUE_BY + datetime.timedelta(days=n) for n in (days - 1, days)]
    before, after = (month(law, received(day.isoformat(), fen), as_of=end) for day in paid)
    assert (before.days_late, after.days_late) == (days - 1, days)
    assert (before.late_fen, after.late_fen) == (fen if days > 1 else 0, fen)
    assert before.received_fen == after.received_fen


@given(late_days, st.integers(2, 2000_00), st.integers(1, 1999_99))
def test_a_payment_in_two_is_the_same_payment(law: Law, days: int, fen: int, first: int) -> None:
    day = (DUE_BY + datetime.timedelta(days=days)).isoformat()
    parts, own = (first := 1 + first % (fen - 1), fen - first), fen * 6 // 10
    kept = min(own, parts[0])
    halves = [
        voucher(day, [(BANK, parts[0]), (OWN, -kept), (UPWARD, kept - parts[0])], month_of=MONTH),
        voucher(day, [(BANK, parts[1]), (OWN, kept - own), (UPWARD, own - kept - parts[1])], month_of=MONTH),
    ]
    end = datetime.date(2027, 12, 31)
    whole, split = month(law, received(day, fen), as_of=end), month(law, *halves, as_of=end)
    assert _told(whole) == _told(split)
    in_one = voucher(day, [(BANK, parts[0]), (BANK, parts[1]), (OWN, -own), (UPWARD, own - fen)], month_of=MONTH)
    assert _told(whole) == _told(month(law, in_one, as_of=end))


def _told(found: MonthDue) -> MonthDue:
    """A month without the vouchers that it was read from."""
    return replace(found, receipts=())
