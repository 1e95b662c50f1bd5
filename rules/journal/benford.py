"""Digits of amounts against Benford's law: counts, chi-square with its probability, and each digit's z.

Newcomb and Benford: in figures that grow and spread over several orders of magnitude the first digit d comes
with probability log10(1 + 1/d). The last two digits of such figures are uniform.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from rules.finding import Text
from rules.journal.chisquare import tail

_TEN, _HUNDRED = 10, 100
_POWERS = _TEN ** np.arange(19, dtype=np.int64)  # all that an amount in fen can have

Amounts = Sequence[int] | NDArray[np.int64]


class Digits(StrEnum):
    """Which digits of an amount a test looks at."""

    FIRST = "first"
    SECOND = "second"
    FIRST_TWO = "first-two"
    LAST_TWO = "last-two"


LABELS: Mapping[Digits, Text] = MappingProxyType(
    {
        Digits.FIRST: Text("首位数", "first digit"),
        Digits.SECOND: Text("第二位数", "second digit"),
        Digits.FIRST_TWO: Text("前两位数", "first two digits"),
        Digits.LAST_TWO: Text("末两位数（角分）", "last two digits (jiao and fen)"),
    }
)


@dataclass(frozen=True)
class DigitCount:
    """One digit or pair: how often it came, how often it was to come, and how many deviations lie between."""

    digit: int
    count: int
    expected: float
    z: float


@dataclass(frozen=True)
class DigitTest:
    """The result on one set of amounts: `n` of them, a row a digit, chi-square, degrees, probability, mean deviation.

    `mean_deviation` is the mean absolute difference of the shares (Nigrini's MAD).
    """

    digits: Digits
    n: int
    rows: tuple[DigitCount, ...]
    chi_square: float
    freedom: int
    p: float
    mean_deviation: float


def shares(digits: Digits) -> Mapping[int, float]:
    """Return the probability of each digit or pair."""
    if digits is Digits.FIRST:
        return {d: math.log10(1 + 1 / d) for d in range(1, _TEN)}
    if digits is Digits.SECOND:
        return {d: sum(math.log10(1 + 1 / (_TEN * k + d)) for k in range(1, _TEN)) for d in range(_TEN)}
    if digits is Digits.FIRST_TWO:
        return {d: math.log10(1 + 1 / d) for d in range(_TEN, _HUNDRED)}
    return dict.fromkeys(range(_HUNDRED), 1 / _HUNDRED)


def usable(amounts: Amounts, digits: Digits) -> NDArray[np.int64]:
    """Return the amounts above zero that have the digits a test looks at, smallest first."""
    least = 1 if digits is Digits.FIRST else _TEN
    ordered = np.sort(np.asarray(amounts, dtype=np.int64))
    return ordered[np.searchsorted(ordered, least) :]


def taken(amounts: NDArray[np.int64], digits: Digits) -> NDArray[np.int64]:
    """Return the digit or the pair of each amount, which must have one."""
    if digits is Digits.LAST_TWO:
        return amounts % _HUNDRED
    length = np.searchsorted(_POWERS, amounts, side="right")
    first = amounts // _POWERS[length - (1 if digits is Digits.FIRST else 2)]
    return first % _TEN if digits is Digits.SECOND else first


def digit_test(amounts: Amounts, digits: Digits) -> DigitTest:
    """Return the test of some amounts in whole fen; raises ValueError where none is usable."""
    kept = usable(amounts, digits)
    if not len(kept):
        raise ValueError("no amounts")
    found, counts = np.unique(taken(kept, digits), return_counts=True)
    return of_counts(dict(zip(found.tolist(), counts.tolist(), strict=True)), digits)


def of_counts(counts: Mapping[int, int], digits: Digits) -> DigitTest:
    """Return the test of digits already counted."""
    n = sum(counts.values())
    rows, deviations, squares = [], [], []
    for digit, share in shares(digits).items():
        count, expected = counts.get(digit, 0), n * share
        difference = abs(count / n - share)
        # Continuity correction, as Nigrini has it: only where it is smaller than the difference itself.
        corrected = difference - 1 / (2 * n) if difference > 1 / (2 * n) else difference
        rows.append(DigitCount(digit, count, expected, corrected / math.sqrt(share * (1 - share) / n)))
        deviations.append(difference)
        squares.append((count - expected) ** 2 / expected)
    chi_square = math.fsum(squares)
    freedom = len(rows) - 1
    mean = math.fsum(deviations) / len(rows)
    return DigitTest(digits, n, tuple(rows), chi_square, freedom, tail(chi_square, freedom), mean)
