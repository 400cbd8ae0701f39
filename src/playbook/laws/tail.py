"""What fan-out does to slow responses."""

import math

from playbook.laws import domain


def any_slow_fraction(*, slow_fraction: float, calls: int) -> float:
    """Chance, 0–1, that at least one of `calls` independent calls is slow.

    Keeps its relative precision for fractions far below 1e-16. Correlated calls, one slow
    host under all of them, make it an upper bound.

    Reference: J. Dean, L. A. Barroso, The Tail at Scale, CACM 56(2) (2013).
    Raises ValueError for a fraction outside 0–1 and for a negative number of calls.
    """
    domain.require_fractions(slow_fraction=slow_fraction)
    domain.require_counts(0, calls=calls)
    if slow_fraction == 1:
        return float(calls > 0)
    return -math.expm1(calls * math.log1p(-slow_fraction))


def zipf_fractions(*, count: int, exponent: float) -> tuple[float, ...]:
    """Shares, 0–1, of the whole that `count` members have by Zipf's law, the largest first.

    Exponent 0 is an even split, and the share of the largest grows with it.

    Reference: G. K. Zipf, Human Behavior and the Principle of Least Effort (1949).
    Raises ValueError for a count below 1 and a negative exponent.
    """
    domain.require_counts(1, count=count)
    domain.require_non_negative(exponent=exponent)
    weights = [math.pow(rank, -exponent) for rank in range(1, count + 1)]
    whole = math.fsum(weights)
    return tuple(weight / whole for weight in weights)
