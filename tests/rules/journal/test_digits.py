"""Digits against Benford's law, and the chi-square distribution, held to published figures."""

from __future__ import annotations

import math

import pytest

from rules.journal.benford import Digits, digit_test, of_counts, shares
from rules.journal.chisquare import tail
from rules.journal.jet23_digits_off_benford import refusal

# First digits of the 772 figures in the statements of Sino-Forest for 2010, and the test of them: figures of the
# data set `sinoForest` of the audit sampling package jfa.
SINO_FOREST = dict(zip(range(1, 10), (231, 124, 97, 70, 64, 54, 40, 54, 38), strict=True))

# Upper percentage points as every table of the chi-square distribution prints them.
TABLE = [
    (3.841, 1, 0.05),
    (6.635, 1, 0.01),
    (15.507, 8, 0.05),
    (20.090, 8, 0.01),
    (16.919, 9, 0.05),
    (123.225, 99, 0.05),
]


def test_sino_forest_2010() -> None:
    test = of_counts(SINO_FOREST, Digits.FIRST)
    assert (test.n, test.freedom) == (772, 8)
    assert test.chi_square == pytest.approx(7.651742698949985, rel=1e-14)
    assert test.p == pytest.approx(0.4682063813003676, rel=1e-14)
    assert round(test.mean_deviation, 6) == 0.006598


@pytest.mark.parametrize(("statistic", "freedom", "probability"), TABLE)
def test_the_printed_table(statistic: float, freedom: int, probability: float) -> None:
    assert tail(statistic, freedom) == pytest.approx(probability, abs=5e-5)


def test_the_tail_of_two_degrees_is_an_exponential() -> None:
    for statistic in (0.5, 3.0, 40.0, 1400.0):
        assert tail(statistic, 2) == pytest.approx(math.exp(-statistic / 2), rel=1e-12)
    assert tail(0.0, 5) == 1.0
    assert tail(1e6, 89) == 0.0


@pytest.mark.parametrize(("statistic", "freedom"), [(-0.1, 3), (1.0, 0)])
def test_no_chi_square_of_that_kind(statistic: float, freedom: int) -> None:
    with pytest.raises(ValueError, match="no chi-square"):
        tail(statistic, freedom)


@pytest.mark.parametrize("digits", list(Digits))
def test_shares_sum_to_one(digits: Digits) -> None:
    assert math.fsum(shares(digits).values()) == pytest.approx(1, abs=1e-12)


def test_which_digits_are_taken() -> None:
    amounts = [12_34, 9_05, 7]
    for digits, expected in ((Digits.FIRST, {1, 9, 7}), (Digits.SECOND, {2, 0}), (Digits.LAST_TWO, {34, 5})):
        assert {row.digit for row in digit_test(amounts, digits).rows if row.count} == expected
    assert digit_test(amounts, Digits.FIRST_TWO).n == 2


def test_no_amounts_no_test() -> None:
    with pytest.raises(ValueError, match="no amounts"):
        digit_test([0, -5], Digits.FIRST)


def _spread(n: int, decades: int = 3) -> list[int]:
    return [round(1000 * 10 ** (decades * (i + 0.5) / n)) for i in range(n)]


def test_a_test_is_refused_with_its_reason() -> None:
    assert refusal(_spread(300), Digits.FIRST) is None
    for amounts, digits, why in (
        (_spread(299), Digits.FIRST, "n=299"),
        (_spread(1149), Digits.FIRST_TWO, "n≥1150"),
        (_spread(150) * 2 + [5], Digits.SECOND, None),
        (_spread(149) * 2 + _spread(149)[:2], Digits.SECOND, "多为定额"),
        (_spread(300, decades=1), Digits.FIRST, "跨度不足"),
        ([fen * 100 for fen in range(1, 501)], Digits.LAST_TWO, "整元"),
    ):
        told = refusal(amounts, digits)
        assert told is None if why is None else told is not None and why in told.zh, (len(amounts), digits, told)
