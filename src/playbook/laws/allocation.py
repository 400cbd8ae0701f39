"""Sharing one cost among many, with nothing lost and nothing invented."""

import math
from collections.abc import Mapping

from playbook.laws import domain


def split(shared: float, weights: Mapping[str, float]) -> dict[str, float]:
    """Parts of `shared` in proportion to the weights, in the unit of `shared` and the order of `weights`.

    The parts sum to `shared` to the last bit, by `sum` or `math.fsum`, in any order, and so
    do sums of sums. That holds because the split is one of whole units, as with cents: the
    unit is the last binary digit of `shared`, so that `shared` is a whole number of at most
    53 bits, each part is a whole number of units, and every partial sum is exact. Units left
    after rounding down go to the largest remainders, first come, first served (Hamilton's
    method; Balinski and Young, Fair Representation, 1982).

    So each part is within one unit, 2.3e-16 of `shared`, of its exact share; a share below
    one unit may be zero. `shared` may be negative (a refund); weights of any magnitude are
    compared exactly.
    Raises ValueError when `shared` is not finite, when there are no weights, when a weight
    is negative or not finite, and when all are zero.
    """
    domain.require_some(weights=weights)
    domain.require_non_negative(**{f"weight of {key!r}": weight for key, weight in weights.items()})
    if not math.isfinite(shared):
        raise ValueError(f"shared {shared} is not finite: give the amount to split")
    scaled = _whole_weights(weights)
    total_weight = sum(scaled.values())
    if total_weight == 0:
        raise ValueError("all weights are 0, at least one must be above: split equally with weights of 1")
    unit = math.copysign(math.ulp(shared), shared)
    units = int(shared / unit)
    floors = {key: units * weight // total_weight for key, weight in scaled.items()}
    remainders = {key: units * weight % total_weight for key, weight in scaled.items()}
    left = units - sum(floors.values())
    for key in sorted(remainders, key=lambda key: remainders[key], reverse=True)[:left]:
        floors[key] += 1
    return {key: count * unit for key, count in floors.items()}


def _whole_weights(weights: Mapping[str, float]) -> dict[str, int]:
    # Every float is a fraction of integers: a common denominator makes the weights whole.
    ratios = {key: weight.as_integer_ratio() for key, weight in weights.items()}
    denominator = math.lcm(*(below for _, below in ratios.values()))
    return {key: above * (denominator // below) for key, (above, below) in ratios.items()}
