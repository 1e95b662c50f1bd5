"""Figures: the heights of bars are the amounts, the axis holds them all, and every byte is repeatable."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reports import figures
from reports.model import Bar, Figure
from tests.reports import sample

_BAR = re.compile(r'<rect x="[\d.]+" y="([\d.]+)" width="[\d.]+" height="([\d.]+)"[^>]*><title>')
amounts = st.integers(-(10**13), 10**13)


def _bars(drawn: str) -> list[tuple[Decimal, Decimal]]:
    return [(Decimal(y), Decimal(h)) for y, h in _BAR.findall(drawn)]


@given(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=24))
def test_bars_are_in_proportion_and_inside_the_plot(values: list[tuple[int, int]]) -> None:
    figure = Figure("图", ("甲", "乙"), tuple(Bar(str(n), pair) for n, pair in enumerate(values)))
    heights = [h for _, h in _bars(figures.svg(figure))]
    flat = [abs(v) for pair in values for v in pair]
    assert len(heights) == len(flat)
    largest = max(flat)
    tallest = max(heights)
    for value, height in zip(flat, heights, strict=True):
        assert 0 <= height <= 240
        if largest:
            assert abs(height - tallest * value / largest) <= Decimal("0.2")


def test_equal_figures_are_equal_bytes() -> None:
    assert figures.svg(sample.figure()) == figures.svg(sample.figure())
    made = figures.png(sample.figure(), ppi=72)
    assert made.startswith(b"\x89PNG")
    assert made == figures.png(sample.figure(), ppi=72)


def test_nothing_but_zeros_and_nothing_at_all_can_be_drawn() -> None:
    assert "<svg" in figures.svg(Figure("图", ("甲",), (Bar("零", (0,)),)))
    assert "<svg" in figures.svg(Figure("图", (), ()))


def test_long_labels_are_tilted_and_cut() -> None:
    drawn = figures.svg(Figure("图", ("甲",), tuple(Bar("很长很长的科目名称之" * 3, (n,)) for n in range(12))))
    assert "rotate(-40" in drawn
    assert "…" in drawn
