"""Revisions that may be entered, and each fault that stops one, in the words that the person reads."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from ledger.budgeting import BookState, book_state, check_revision
from ledger.facts import Facts
from ledger.importers.existing import budgets_of
from ledger.vouchers import BudgetEntry
from tests.ledger.budgeting.made import MEETING, PROJECT, SKILLS, SURPLUS, TRAINING, entry, facts_in

JULY = datetime.date(2025, 7, 1)


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return facts_in(tmp_path_factory.mktemp("revisions"))


def faults(facts: Facts, *new: BudgetEntry, most: int | None = 1, existing: tuple[BudgetEntry, ...] = ()) -> list[str]:
    """What stands against a revision."""
    state = book_state(facts, 2025, JULY, most_revisions=most)
    return list(map(str, check_revision((*budgets_of(facts), *existing), new, state)))


def test_revision_in_order_is_entered(facts: Facts) -> None:
    assert faults(facts, entry(MEETING, 8000_00), entry(TRAINING, 9000_00)) == []


def test_line_may_be_cut_to_just_what_is_spent_and_not_a_fen_below(facts: Facts) -> None:
    assert faults(facts, entry(MEETING, 3000_00)) == []
    (fault,) = faults(facts, entry(MEETING, 2999_99))
    assert "小于生效之前已支出的 3,000.00 元" in fault


def test_deficit_of_one_fen_is_refused_with_the_sums(facts: Facts) -> None:
    assert faults(facts, entry(MEETING, 9000_00)) == []
    (fault,) = faults(facts, entry(MEETING, 9000_01))
    assert "支出合计 19,000.01 元" in fault
    assert "收入合计 16,400.00 元" in fault
    assert "差 0.01 元" in fault


def test_no_more_surplus_is_used_than_there_was_at_the_years_beginning(facts: Facts) -> None:
    assert faults(facts, entry(SURPLUS, 10000_00)) == []
    (fault,) = faults(facts, entry(SURPLUS, 10000_01))
    assert "大于年初实有的 10,000.00 元" in fault


def test_funds_of_a_project_are_those_of_that_project(facts: Facts) -> None:
    carried = "Equity:321-工会资金结转:32104-累计结转"
    assert faults(facts, entry(carried, 500_00, project=PROJECT)) == []
    assert "大于年初实有的 500.00 元" in faults(facts, entry(carried, 500_01, project=PROJECT))[0]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"version": 0}, "第 0 版预算已在账套中"),
        ({"version": 2}, "版本号 2 不连续"),
        ({"approved": None}, "没有上级工会批准的日期"),
        ({"committee": None}, "没有工会委员会通过的日期"),
        ({"approved": datetime.date(2025, 7, 2)}, "批准之前不能生效"),
        ({"audit_review": datetime.date(2025, 6, 1)}, "早于工会委员会通过"),
        ({"year": 2024}, "年度是 2024，应为 2025"),
        ({"date": datetime.date(2026, 1, 1)}, "不在 2025 年内"),
        ({"account": "Expenses:505-业务支出:50503-专项业务支出"}, "没有启用或已经停用"),
        ({"account": f"{MEETING}1"}, "没有启用或已经停用"),
        ({"project": "没有的项目"}, "项目“没有的项目”在账套和预算中都没有出现过"),
        ({"amount_fen": -1}, "不能为负数"),
    ],
)
def test_each_fault_is_one_sentence(facts: Facts, changed: dict[str, object], words: str) -> None:
    found = faults(facts, replace(entry(MEETING, 9000_00), **changed))  # type: ignore[arg-type]
    assert sum(words in fault for fault in found) == 1, found


def test_revision_on_the_day_of_the_last_one_is_refused(facts: Facts) -> None:
    (fault,) = faults(facts, entry(MEETING, 9000_00, day="2025-01-08"))
    assert "不晚于上一版的 2025-01-08" in fault


def test_line_twice_and_different_days_are_refused(facts: Facts) -> None:
    assert any("列了两行" in f for f in faults(facts, entry(MEETING, 8000_00), entry(MEETING, 8100_00)))
    two = faults(facts, entry(MEETING, 8000_00), entry(TRAINING, 8000_00, day="2025-08-01"))
    assert any("分次通过的请分次录入" in f for f in two)


def test_number_of_revisions_is_what_the_caller_says(facts: Facts) -> None:
    first = (entry(MEETING, 8500_00),)
    second = entry(MEETING, 8000_00, 2, "2025-09-01")
    (fault,) = faults(facts, second, existing=first)
    assert "已调整 1 次，一年内只可调整 1 次" in fault
    assert faults(facts, second, existing=first, most=2) == []
    assert faults(facts, second, existing=first, most=None) == []


def test_year_without_a_budget_and_a_revision_without_lines_are_refused() -> None:
    state = BookState(2025, {}, frozenset({MEETING}), frozenset(), {})
    assert "没有年初预算" in str(check_revision([], [entry(MEETING, 1)], state)[0])
    assert "没有预算行" in str(check_revision([entry(MEETING, 1, 0)], [], state)[0])


def test_every_fault_is_told_at_once(facts: Facts) -> None:
    wrong = replace(entry(SKILLS, 1, 3, project="没有的项目"), approved=None)
    assert len(faults(facts, wrong)) == 3
