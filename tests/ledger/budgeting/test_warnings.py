"""Warnings at entry: where they begin to the fen, which line they name, and what they never depend on."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.budgeting import OVERRIDE, WARNING_SHARE, BudgetWarning, Warned, override_of, warnings
from ledger.facts import Facts
from ledger.vouchers import Line, Voucher, VoucherNumber
from tests.ledger.budgeting.made import MEETING, OWN, SKILLS, TRAINING
from tests.rules import handmade
from tests.rules.handmade import BANK, budget

BUSINESS = "Expenses:505-业务支出"


def spending(fen: int, account: str = MEETING, day: str = "2025-06-01", **metadata: str) -> Voucher:
    """A voucher that spends an amount from the bank."""
    date = datetime.date.fromisoformat(day)
    return Voucher(date, None, "某店", "购买", (Line(account, fen), Line(BANK, -fen)), metadata)


def book(*vouchers: tuple[str, str, int], budgets: tuple[object, ...] = ()) -> Facts:
    """Facts of vouchers (day, account, fen) and of a meeting budget of 1,000.00 yuan, or other budgets."""
    lines = budgets or (budget("2025-01-01", MEETING, 1000_00),)
    made = [handmade.voucher(day, [(account, fen), (BANK, -fen)]) for day, account, fen in vouchers]
    return handmade.facts(made, budgets=lines)  # type: ignore[arg-type]


def told(facts: Facts, voucher: Voucher, **values: str) -> tuple[BudgetWarning, ...]:
    """The warnings with values of the union."""
    return warnings(facts, {f"budget.{key}": Decimal(text) for key, text in values.items()}, voucher)


@pytest.mark.parametrize(
    ("fen", "kind"),
    [
        (799_99, None),
        (800_00, Warned.NEAR),
        (999_99, Warned.NEAR),
        (1000_00, Warned.REACHED),
        (1000_01, Warned.REACHED),
    ],
)
def test_warning_begins_at_the_fen_that_makes_four_fifths_and_the_whole(fen: int, kind: Warned | None) -> None:
    found = told(book(), spending(fen))
    assert [w.kind for w in found] == ([kind] if kind else [])


def test_union_sets_where_the_warning_begins() -> None:
    assert told(book(), spending(899_99), warning_share="0.90") == ()
    (warning,) = told(book(), spending(900_00), warning_share="0.90")
    assert warning.kind is Warned.NEAR
    assert WARNING_SHARE == "budget.warning_share"


def test_warning_says_before_after_and_by_how_much() -> None:
    (warning,) = told(book(("2025-02-01", MEETING, 700_00)), spending(400_00))
    assert (warning.before_fen, warning.after_fen, warning.budget_fen) == (700_00, 1100_00, 1000_00)
    assert warning.share == Decimal("1.1")
    assert "超预算" in warning.text
    assert "超出 100.00 元" in warning.text


def test_reason_is_asked_of_the_voucher_that_gets_near_and_of_every_one_beyond() -> None:
    (first,) = told(book(("2025-02-01", MEETING, 700_00)), spending(150_00))
    (second,) = told(book(("2025-02-01", MEETING, 850_00)), spending(50_00))
    (third,) = told(book(("2025-02-01", MEETING, 1050_00)), spending(50_00))
    assert [w.needs_reason for w in (first, second, third)] == [True, False, True]


def test_money_spent_without_a_line_is_told_and_asks_a_reason_only_where_there_is_a_budget() -> None:
    (warning,) = told(book(), spending(1, TRAINING))
    assert (warning.kind, warning.line, warning.needs_reason) == (Warned.NO_LINE, None, True)
    (without,) = told(book(), spending(1, TRAINING, "2024-06-01"))
    assert (without.kind, without.needs_reason) == (Warned.NO_LINE, False)
    assert "没有 2024 年度预算" in without.text


def test_budget_not_in_force_yet_covers_nothing() -> None:
    facts = book(budgets=(budget("2025-01-20", MEETING, 1000_00),))
    (warning,) = told(facts, spending(1, day="2025-01-19"))
    assert warning.kind is Warned.NO_LINE
    assert "尚未生效" in warning.text
    assert told(facts, spending(1, day="2025-01-20")) == ()


def test_revision_counts_from_its_day() -> None:
    facts = book(budgets=(budget("2025-01-01", MEETING, 1000_00), budget("2025-07-01", MEETING, 2000_00, 1)))
    assert [w.kind for w in told(facts, spending(1000_00, day="2025-06-30"))] == [Warned.REACHED]
    assert told(facts, spending(1000_00, day="2025-07-01")) == ()


def test_line_below_and_line_above_both_warn() -> None:
    facts = book(budgets=(budget("2025-01-01", BUSINESS, 1000_00), budget("2025-01-01", MEETING, 500_00)))
    found = told(facts, spending(900_00))
    assert [(w.account, w.kind) for w in found] == [(BUSINESS, Warned.NEAR), (MEETING, Warned.REACHED)]


def test_project_money_counts_on_the_project_line_alone() -> None:
    budgets = (budget("2025-01-01", SKILLS, 100_00), budget("2025-01-01", SKILLS, 1000_00, project="比武"))
    facts = book(budgets=budgets)
    assert told(facts, spending(500_00, SKILLS, project="比武")) == ()
    (basic,) = told(facts, spending(500_00, SKILLS))
    assert basic.project == ""
    (other,) = told(facts, spending(500_00, SKILLS, project="别的"))  # no line of its own: the basic one takes it
    assert other.line == (SKILLS, "")


def test_income_and_corrections_never_warn() -> None:
    income = Voucher(datetime.date(2025, 6, 1), None, "", "拨缴", (Line(BANK, 9), Line(OWN, -9)))
    assert told(book(), income) == ()
    assert told(book(("2025-02-01", MEETING, 1500_00)), spending(-100_00)) == ()


def test_posted_voucher_is_not_counted_twice() -> None:
    facts = book(("2025-06-01", MEETING, 790_00))
    voucher = spending(790_00)
    again = Voucher(voucher.date, VoucherNumber("记", 2025, 6, 1), "", "", voucher.lines, voucher.metadata)
    assert told(facts, again) == ()


def test_reason_is_read_from_the_voucher() -> None:
    assert override_of(spending(1, **{OVERRIDE: "  应急采购 "})) == "应急采购"
    assert override_of(spending(1)) == ""


_SPENT = st.tuples(
    st.sampled_from(["2025-01-15", "2025-03-01", "2025-08-01", "2025-12-31"]),
    st.sampled_from([MEETING, f"{MEETING}:01-场地", TRAINING]),
    st.integers(1, 700_00),
)


@settings(max_examples=40)
@given(st.lists(_SPENT, max_size=6).flatmap(lambda x: st.tuples(st.just(x), st.permutations(x))), st.integers(1, 10**5))
def test_order_of_vouchers_changes_no_warning(
    both: tuple[list[tuple[str, str, int]], list[tuple[str, str, int]]], fen: int
) -> None:
    first, second = both
    voucher = spending(fen, f"{MEETING}:01-场地")
    assert told(book(*first), voucher) == told(book(*second), voucher)


@settings(max_examples=30)
@given(st.integers(1, 10**5), st.integers(0, 10**5))
def test_splitting_a_line_changes_no_warning(fen: int, part: int) -> None:
    part = min(part, fen)
    whole = spending(fen)
    lines = (Line(MEETING, part), Line(MEETING, fen - part), Line(BANK, -fen))
    assert told(book(), whole) == told(book(), Voucher(whole.date, None, "", "", lines))
