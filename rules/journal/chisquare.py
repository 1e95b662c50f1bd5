"""The chi-square distribution of whole degrees of freedom, in closed form: no statistics library at run time."""

from __future__ import annotations

import math


def tail(statistic: float, freedom: int) -> float:
    """Return the probability that a chi-square of `freedom` degrees is at least `statistic`.

    For even degrees the upper regularised gamma function is a finite Poisson sum, for odd ones the
    complementary error function and a finite sum; each term is taken by its logarithm, so that none overflows.
    Raises ValueError for less than one degree or a negative statistic.
    """
    if freedom < 1 or statistic < 0:
        raise ValueError(f"no chi-square of {freedom} degrees at {statistic}")
    if statistic == 0:
        return 1.0
    half = statistic / 2
    odd = freedom % 2 == 1
    first = math.erfc(math.sqrt(half)) if odd else 0.0
    powers = [term + (0.5 if odd else 0.0) for term in range(freedom // 2)]
    terms = [math.exp(power * math.log(half) - half - math.lgamma(power + 1)) for power in powers]
    return min(1.0, math.fsum([first, *terms]))
