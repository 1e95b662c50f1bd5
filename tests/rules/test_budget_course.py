"""The course of a year, what the money went for, and spending that had no right to be made on its day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ledger.facts import Facts
from rules.budget.course import course
from rules.budget.lines import LineKey
from rules.budget.structure import groups, shares, year_ends, years_kept
from rules.budget.unlined import Why, uncovered, unused
from tests.rules import handmade
from tests.rules.handmade import BANK, OWN, budget, voucher

MEETING = "Expenses:505-业务支出:50502-会议支出"
TRAINING = "Expenses:505-业务支出:50501-培训支出"
SPORTS = "Expenses:501-职工活动支出:50102-文体活动支出"
YEAR_END = datetime.date(2025, 12, 31)


def spent(day: str, fen: int, account: str = MEETING) -> Mapping[str, object]:
    return voucher(day, [(account, fen), (BANK, -fen)])


def _facts(*vouchers: Mapping[str, object], budgets: list[Mapping[str, object]], plan: bool = False) -> Facts:
    rows = [
        {"activity": "运动会", "month": "2025-03", "account": f"{SPORTS}:01-运动会", "budget_fen": 300_00},
        {"activity": "没有金额", "month": "2025-05", "account": SPORTS},
        {"activity": "上年的", "month": "2024-03", "account": SPORTS, "budget_fen": 900_00},
    ]
    return handmade.facts(vouchers, budgets=budgets, registers={"activities": rows} if plan else {})


def test_the_even_course_follows_the_budget_in_force() -> None:
    facts = _facts(
        spent("2025-01-31", 150_00),
        spent("2025-07-01", 10_00),
        budgets=[budget("2025-02-01", MEETING, 1200_00), budget("2025-07-15", MEETING, 2400_00, 1)],
    )
    found = {m.month: (m.budget_fen, m.even_fen, m.actual_fen) for m in course(facts, 2025, YEAR_END, "expense")}
    assert found["2025-01"] == (None, None, 150_00)
    assert found["2025-02"] == (1200_00, 200_00, 150_00)
    assert found["2025-06"] == (1200_00, 600_00, 150_00)
    assert found["2025-07"] == (2400_00, 1400_00, 160_00)
    assert found["2025-12"] == (2400_00, 2400_00, 160_00)


def test_a_month_cut_short_counts_its_days() -> None:
    facts = _facts(spent("2025-04-20", 5_00), budgets=[budget("2025-01-01", MEETING, 1200_00)])
    *_, april = course(facts, 2025, datetime.date(2025, 4, 15), "expense")
    assert (april.even_fen, april.actual_fen, april.ahead_fen) == (350_00, 0, -350_00)


def test_the_planned_course_puts_activities_into_their_months() -> None:
    facts = _facts(spent("2025-03-10", 310_00, SPORTS), budgets=[budget("2025-01-01", SPORTS, 1500_00)], plan=True)
    found = [m.planned_fen for m in course(facts, 2025, YEAR_END, "expense")]
    assert found[:4] == [100_00, 200_00, 600_00, 700_00]  # 1200.00 evenly, 300.00 in March
    assert found[-1] == 1500_00
    assert [m.planned_fen for m in course(facts, 2025, YEAR_END, "income")] == [None] * 12


amounts = st.integers(0, 9_999_99)


@given(amounts, amounts, st.dates(datetime.date(2025, 1, 1), YEAR_END))
def test_at_the_years_end_the_even_course_is_the_budget(first: int, second: int, day: datetime.date) -> None:
    facts = _facts(budgets=[budget("2025-01-01", MEETING, first), budget(day.isoformat(), TRAINING, second)])
    months = course(facts, 2025, YEAR_END, "expense")
    assert months[-1].even_fen == first + second
    even = [month.even_fen or 0 for month in months]
    assert even == sorted(even)


def test_structure_compares_years_up_to_the_same_day() -> None:
    facts = _facts(
        spent("2024-03-01", 30_00, SPORTS),
        spent("2024-12-30", 99_00),
        spent("2025-03-01", 25_00, SPORTS),
        spent("2025-04-01", 75_00),
        budgets=[],
    )
    june = datetime.date(2025, 6, 30)
    years = years_kept(facts, june, 3)
    found = groups(facts, years, june)
    assert years == (2025, 2024)
    assert [(g.name, g.amounts_fen) for g in found] == [("职工活动支出", (25_00, 30_00)), ("业务支出", (75_00, 0))]
    assert shares(found, 0) == (Decimal("0.25"), Decimal("0.75"))
    # A year that is over is told whole.
    assert [(e.year, e.spent_fen, e.last_month_fen) for e in year_ends(facts, years, june)] == [(2024, 129_00, 99_00)]


def test_the_years_end_begins_on_the_twenty_second() -> None:
    facts = _facts(
        spent("2025-11-30", 40_00), spent("2025-12-21", 30_00), spent("2025-12-22", 20_00), spent("2025-12-31", 10_00),
        budgets=[],
    )  # fmt: skip
    (end,) = year_ends(facts, (2025,), YEAR_END)
    assert (end.spent_fen, end.last_month_fen, end.last_days_fen) == (100_00, 60_00, 30_00)
    assert end.share(end.last_days_fen) == Decimal("0.3")


def test_spending_without_a_right_on_its_day() -> None:
    facts = _facts(
        spent("2025-01-05", 1_00),
        spent("2025-01-20", 2_00),
        spent("2025-01-31", 4_00),
        spent("2025-02-01", 8_00),
        spent("2025-03-01", 16_00, TRAINING),
        spent("2025-03-02", 32_00, SPORTS),
        budgets=[
            budget("2025-01-10", MEETING, 1000_00, approved=datetime.date(2025, 2, 1)),
            budget("2025-06-01", TRAINING, 1000_00, 1),
        ],
    )
    told = [(one.why, one.key, one.amount_fen, one.vouchers) for one in uncovered(facts, 2025, YEAR_END)]
    assert told == [
        (Why.BEFORE, LineKey("", ""), 1_00, 1),
        (Why.BY_REVISION, LineKey(TRAINING, ""), 16_00, 1),
        (Why.NEVER, LineKey(SPORTS, ""), 32_00, 1),
        (Why.UNAPPROVED, LineKey(MEETING, ""), 6_00, 2),
    ]


def test_unused_lines_are_those_that_nothing_touched() -> None:
    facts = _facts(
        spent("2025-03-01", 5_00),
        spent("2025-03-02", -5_00),
        budgets=[
            budget("2025-01-01", MEETING, 100_00),
            budget("2025-01-01", TRAINING, 200_00),
            budget("2025-01-01", SPORTS, 0),
            budget("2025-01-01", OWN, 300_00),
        ],
    )
    assert [line.account for line in unused(facts, 2025, YEAR_END)] == [TRAINING]
