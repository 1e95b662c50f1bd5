"""The running balance: whatever order a bank prints, the proved order and the balances come out the same."""

from __future__ import annotations

import datetime
import random

from hypothesis import given
from hypothesis import strategies as st

from ledger.importers.bank.chain import Step, chained

MOVES = st.lists(st.tuples(st.integers(0, 9), st.integers(-500_00, 500_00).filter(bool)), min_size=1, max_size=25).map(
    sorted
)


def _steps(moves: list[tuple[int, int]], opening: int = 1_000_000) -> list[Step]:
    steps, balance = [], opening
    for day, amount in moves:
        balance += amount
        steps.append(Step(datetime.date(2025, 3, 1) + datetime.timedelta(days=day), amount, balance))
    return steps


@given(MOVES)
def test_oldest_first_and_newest_first_are_both_proved(moves: list[tuple[int, int]]) -> None:
    steps = _steps(moves)
    for printed in (steps, steps[::-1]):
        chain = chained(printed)
        assert not chain.breaks
        assert [printed[n].day for n in chain.order] == sorted(step.day for step in steps)
        assert printed[chain.order[-1]].balance_fen == steps[-1].balance_fen


@given(MOVES, st.integers(0, 10_000))
def test_lines_of_a_day_in_any_order_are_proved(moves: list[tuple[int, int]], seed: int) -> None:
    steps = _steps(moves)
    mixed = sorted(steps, key=lambda step: (step.day, random.Random(f"{seed}{step}").random()))
    chain = chained(mixed)
    assert not chain.breaks
    assert sorted(chain.order) == list(range(len(steps)))


@given(MOVES, st.data())
def test_a_missing_line_breaks_the_balance(moves: list[tuple[int, int]], data: st.DataObject) -> None:
    # Days apart, so that no other order of the lines can hide what is missing.
    steps = [
        step._replace(day=datetime.date(2025, 1, 1) + datetime.timedelta(days=n))
        for n, step in enumerate(_steps(moves))
    ]
    if len(steps) < 3:
        return
    lost = data.draw(st.integers(1, len(steps) - 2))
    assert chained(steps[:lost] + steps[lost + 1 :]).breaks
