"""The register of dues by month: rows in any order, members who pay twice, refunds and months without a payment."""

from __future__ import annotations

from collections.abc import Mapping

from rules.income.payments import NOTHING_PAID, Payments, payments_by_month
from tests.rules import handmade


def paid(*rows: tuple[str, str, int]) -> Mapping[str, Payments]:
    register = [
        {"month": month, "member_id": member, "paid_fen": fen, "line": line}
        for line, (month, member, fen) in enumerate(rows, 2)
    ]
    return payments_by_month(handmade.facts([], registers={"dues": register}))


def test_months_come_oldest_first_and_keep_their_rows_together() -> None:
    found = paid(("2025-02", "甲", 1_00), ("2025-01", "甲", 2_00), ("2025-02", "乙", 3_00))
    assert list(found) == ["2025-01", "2025-02"]
    february = found["2025-02"]
    assert (february.members, february.fen, february.lines) == (["甲", "乙"], [1_00, 3_00], [2, 4])
    assert february.total_fen == 4_00


def test_what_a_member_pays_in_two_rows_adds_up() -> None:
    assert paid(("2025-01", "甲", 1_00), ("2025-01", "乙", 5_00), ("2025-01", "甲", 2_00))["2025-01"].by_member == {
        "甲": 3_00,
        "乙": 5_00,
    }


def test_refunds_count_in_the_sum_and_not_among_the_payments() -> None:
    month = paid(("2025-01", "甲", 1_00), ("2025-01", "甲", -1_00), ("2025-01", "乙", 0))["2025-01"]
    assert (month.total_fen, month.by_member) == (0, {"甲": 0, "乙": 0})
    assert (month.above_zero.members, month.above_zero.lines) == (["甲"], [2])


def test_nothing_paid_has_no_rows() -> None:
    assert paid() == {}
    assert (NOTHING_PAID.total_fen, NOTHING_PAID.by_member, NOTHING_PAID.above_zero) == (0, {}, NOTHING_PAID)
