"""预算重放的手工算例：一条预算行、两次调整、六张凭证，每一步都在纸上算过。

“会议支出”年初预算 8,000.00 元（1 月 18 日生效），7 月 18 日调到 9,000.00 元，11 月 1 日调到 10,000.00 元。
每张凭证入账后的累计支出，与凭证当日生效的预算比较：

| 日期 | 发生 | 累计 | 当日预算 | 超出 |
| --- | --- | --- | --- | --- |
| 3 月 10 日 | 5,000.00 | 5,000.00 | 8,000.00 | — |
| 6 月 20 日 | 3,500.00 | 8,500.00 | 8,000.00 | 500.00 |
| 7 月 18 日 | 第一次调整 | 8,500.00 | 9,000.00 | 补足，余 500.00 |
| 8 月 5 日 | 400.00 | 8,900.00 | 9,000.00 | — |
| 9 月 12 日 | 300.00 | 9,200.00 | 9,000.00 | 200.00 |
| 11 月 1 日 | 第二次调整 | 9,200.00 | 10,000.00 | 补足，余 800.00 |
| 12 月 2 日 | 冲回 100.00 | 9,100.00 | 10,000.00 | — |
| 12 月 20 日 | 900.00 | 10,000.00 | 10,000.00 | 刚好用完 |

所以：首次超预算是 6 月 20 日的凭证，超出 500.00 元；第一次调整补足；期末不超。
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.facts import Facts
from rules.budget.execution import execution, replay
from rules.budget.history import line_histories, stages
from rules.budget.lines import LineKey
from rules.budget.overruns import Outcome, overruns
from tests.rules import handmade
from tests.rules.handmade import BANK, budget, voucher

MEETING = "Expenses:505-业务支出:50502-会议支出"
TRAINING = "Expenses:505-业务支出:50501-培训支出"
KEY = LineKey(MEETING, "")
YEAR_END = datetime.date(2025, 12, 31)

VERSIONS = (
    budget("2025-01-18", MEETING, 8_000_00),
    budget("2025-07-18", MEETING, 9_000_00, 1),
    budget("2025-11-01", MEETING, 10_000_00, 2),
)
#        日期          发生额        累计        当日预算       超出（None：不超）
STEPS = (
    ("2025-03-10", 5_000_00, 5_000_00, 8_000_00, None),
    ("2025-06-20", 3_500_00, 8_500_00, 8_000_00, 500_00),
    ("2025-08-05", 400_00, 8_900_00, 9_000_00, None),
    ("2025-09-12", 300_00, 9_200_00, 9_000_00, 200_00),
    ("2025-12-02", -100_00, 9_100_00, 10_000_00, None),
    ("2025-12-20", 900_00, 10_000_00, 10_000_00, None),
)


def spent(day: str, fen: int, account: str = MEETING, **more: object) -> Mapping[str, object]:
    return voucher(day, [(account, fen), (BANK, -fen)], **more)


def book(*more: Mapping[str, object], versions: Sequence[Mapping[str, object]] = VERSIONS) -> Facts:
    vouchers = [spent(day, fen, approved_by="李某某" if day == "2025-06-20" else "王某某") for day, fen, *_ in STEPS]
    return handmade.facts([*vouchers, *more], budgets=versions)


@pytest.mark.parametrize(("day", "amount", "total", "in_force", "excess"), STEPS)
def test_every_step_as_on_paper(day: str, amount: int, total: int, in_force: int, excess: int | None) -> None:
    until = datetime.date.fromisoformat(day)
    facts = book()
    (line,) = execution(facts, 2025, until)
    assert (line.actual_fen, line.in_force_fen) == (total, in_force)
    judged = {e.movement.date: e for e in replay(facts, 2025, until).get(KEY, ())}
    assert (judged[until].excess_fen if until in judged else None) == excess
    if until in judged:
        assert (judged[until].spent_fen, judged[until].total_fen) == (amount, total)


def test_first_over_its_approver_and_what_healed_it() -> None:
    (one,) = overruns(book(), 2025, YEAR_END)
    assert one.first.movement.date == datetime.date(2025, 6, 20)
    assert (one.first.excess_fen, one.worst_fen, one.left_fen, one.vouchers) == (500_00, 500_00, 0, 2)
    assert one.approver == "李某某"
    assert one.healed_by is not None
    assert (one.healed_by.version, one.healed_by.amount_fen) == (1, 9_000_00)
    assert one.outcome is Outcome.REVISED


def test_one_fen_more_is_not_healed_at_the_end() -> None:
    (one,) = overruns(book(spent("2025-12-21", 1)), 2025, YEAR_END)
    assert (one.left_fen, one.outcome) == (1, Outcome.OPEN)
    assert one.healed_by is not None, "第一次调整曾经补足"


def test_a_revision_one_fen_short_leaves_it_to_the_next() -> None:
    # 7 月 18 日前累计 8,500.00 元；调整到 8,499.99 元还差一分，11 月 1 日调到 10,000.00 元才补足。
    short = (VERSIONS[0], budget("2025-07-18", MEETING, 8_499_99, 1), VERSIONS[2])
    (one,) = overruns(book(versions=short), 2025, YEAR_END)
    assert one.healed_by is not None
    assert one.healed_by.version == 2


def test_what_came_back_before_a_revision_was_not_healed_by_it() -> None:
    # 6 月 30 日冲回 500.00 元，累计 8,000.00 元，回到当日预算之内；其后的调整没有补什么。
    first = [spent("2025-03-10", 5_000_00), spent("2025-06-20", 3_500_00), spent("2025-06-30", -500_00)]
    (one,) = overruns(handmade.facts(first, budgets=VERSIONS), 2025, YEAR_END)
    assert (one.healed_by, one.outcome) == (None, Outcome.RETURNED)


def test_the_versions_add_up_to_the_last() -> None:
    # 8,000.00 ＋ 1,000.00 ＋ 1,000.00 ＝ 10,000.00
    (line,) = line_histories(book(), 2025, YEAR_END)
    assert (line.original_fen, line.changes_fen, line.final_fen) == (8_000_00, (1_000_00, 1_000_00), 10_000_00)
    assert [s.total_fen("expense") for s in stages(book(), 2025, YEAR_END)] == [8_000_00, 9_000_00, 10_000_00]
    assert [s.number for s in stages(book(), 2025, datetime.date(2025, 10, 31))] == [0, 1]


days = st.dates(datetime.date(2025, 1, 1), YEAR_END).map(str)
payments = st.lists(st.builds(spent, days, st.integers(1, 500_00), st.sampled_from([MEETING, TRAINING])), max_size=12)


@given(payments, st.integers(0, 2000_00))
def test_with_one_version_the_replay_equals_the_plain_comparison(made: list[Mapping[str, object]], limit: int) -> None:
    facts = handmade.facts(made, budgets=[budget("2025-01-01", MEETING, limit)])
    total = sum(fen for one in made for account, fen in one["lines"] if account == MEETING)  # type: ignore[attr-defined]
    over = {one.key: one.left_fen for one in overruns(facts, 2025, YEAR_END)}
    assert over == ({KEY: total - limit} if total > limit else {})


amounts = st.integers(0, 1000_00)
revisions = st.lists(
    st.tuples(
        days, st.sampled_from([MEETING, TRAINING, "Expenses:505-业务支出"]), amounts, st.sampled_from(["", "甲"])
    ),
    max_size=8,
)


@given(revisions, st.integers(0, 2))
def test_original_and_changes_always_add_up(drawn: list[tuple[str, str, int, str]], originals: int) -> None:
    drawn = sorted(drawn)
    versions = [
        budget(day, account, fen, 0 if place < originals else place, project=project, line=place)
        for place, (day, account, fen, project) in enumerate(drawn)
    ]
    facts = handmade.facts([], budgets=versions)
    for until in (YEAR_END, datetime.date(2025, 7, 1)):
        lines = line_histories(facts, 2025, until)
        for line in lines:
            assert (line.original_fen or 0) + sum(line.changes_fen) == line.final_fen
        found = stages(facts, 2025, until)
        whole = sum(line.final_fen for line in lines if not line.contained)
        assert not found or found[-1].total_fen("expense") == whole
        assert len(found) - sum(not s.number for s in found) == len(lines[0].changes_fen if lines else ())
