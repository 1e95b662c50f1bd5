"""What is usual in a set of amounts, and what is far from it: median and median deviation in whole numbers.

Both are kept doubled, because the median of an even number of amounts may lie half a fen between two of them.
One enormous amount moves neither, which is why they are used here instead of mean and standard deviation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

NORMAL = Fraction(14826, 10000)  # median deviation × 1.4826 is the standard deviation of normal figures


def twice_median(values: Sequence[int]) -> int:
    """Return twice the median of some whole numbers; raises ValueError where there is none."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] * 2 if len(ordered) % 2 else ordered[middle - 1] + ordered[middle]


@dataclass(frozen=True)
class Usual:
    """What is usual: twice the median, and four times the median deviation, of `count` amounts."""

    count: int
    median2: int
    deviation4: int

    @property
    def median_fen(self) -> int:
        """The median in whole fen, halves up."""
        return (self.median2 + 1) // 2

    def distance(self, value: int) -> Fraction:
        """Return how many standard deviations above or below the median a value lies, by the robust measure.

        A deviation below a tenth of the median counts as that tenth: where nearly all amounts are the same, a
        difference of a few yuan is no outlier.
        """
        floor4 = abs(self.median2) * 2 // 10
        spread = NORMAL * max(self.deviation4, floor4, 4) / 4
        return Fraction(2 * value - self.median2, 2) / spread


def usual(values: Sequence[int]) -> Usual:
    """Return what is usual in some amounts; raises ValueError where there is none."""
    median2 = twice_median(values)
    return Usual(len(values), median2, twice_median([abs(2 * value - median2) for value in values]))
