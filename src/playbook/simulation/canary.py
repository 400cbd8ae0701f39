"""Canary against control, as Kayenta judges them."""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playbook.laws import domain

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ShiftInterval:
    """By how much the experiment's values lie above the control's, in the unit of the data."""

    low: float
    high: float
    estimate: float
    """Hodges–Lehmann: the median of all differences between one value of each."""


def mann_whitney_interval(
    experiment: ArrayLike, control: ArrayLike, *, confidence: float = 0.98
) -> ShiftInterval:
    """Confidence interval for the shift of experiment over control, by inverting Mann–Whitney.

    As in Spinnaker's Kayenta, which follows R's `wilcox.test(exact = FALSE, correct = TRUE)`: a
    normal approximation with correction for continuity and for ties within each sample, good
    from about ten values on each side; smaller samples may be covered less than they claim. R
    and Kayenta search the limits to 1e-4; here they are exact, being two of the differences.

    Never holds all n × m differences: the two limits and the median are selected by bisection
    over sorted samples, in memory of the order n + m.

    Reference: D. F. Bauer, Constructing confidence sets using rank statistics, JASA 67 (1972);
    spinnaker/kayenta, kayenta-mannwhitney, MannWhitney.scala.
    Raises ValueError for an empty sample, values that are not finite and a confidence not
    strictly between 0 and 1.
    """
    domain.require_inner_fractions(confidence=confidence)
    ascending = np.sort(_sample("experiment", experiment))
    descending = np.sort(_sample("control", control))[::-1]
    pairs = len(ascending) * len(descending)
    score = NormalDist().inv_cdf((1 + confidence) / 2)
    outside = pairs / 2 - 0.5 - score * _standard_deviation(ascending, descending)
    rank = max(1, math.ceil(outside))
    middle = ((pairs + 1) // 2, pairs // 2 + 1)
    return ShiftInterval(
        low=_difference(ascending, descending, rank),
        high=_difference(ascending, descending, pairs + 1 - rank),
        estimate=math.fsum(_difference(ascending, descending, k) for k in middle) / 2,
    )


def _sample(name: str, values: ArrayLike) -> Floats:
    sample = np.asarray(values, dtype=np.float64).ravel()
    domain.require_some(**{name: sample})
    wrong = sample[~np.isfinite(sample)]
    if len(wrong):
        raise ValueError(f"{name} holds {wrong[0]}, needs finite values: drop or replace missing data first")
    return sample


def _standard_deviation(experiment: Floats, control: Floats) -> float:
    """Of the Mann–Whitney count when both samples come from one distribution."""
    total = len(experiment) + len(control)
    ties = 0.0
    for sample in (experiment, control):
        repeats = np.unique(sample, return_counts=True)[1].astype(np.float64)
        ties += float((repeats**3 - repeats).sum())
    spread = total + 1 - ties / (total * (total - 1))
    return math.sqrt(len(experiment) * len(control) / 12 * spread)


def _difference(experiment: Floats, descending: Floats, rank: int) -> float:
    """Difference of one value of each that is `rank`-th from below, counted from 1.

    Differences rise along each row of the table experiment - descending. Each round takes
    the weighted median of the rows' middles and discards a quarter of the cells or more.
    """
    first = np.zeros(len(experiment), dtype=np.int64)
    last = np.full(len(experiment), len(descending))
    while True:
        widths = last - first
        rows = np.flatnonzero(widths)
        middles = experiment[rows] - descending[(first + last)[rows] // 2]
        order = np.argsort(middles)
        weight = np.cumsum(widths[rows][order])
        pivot = middles[order][np.searchsorted(weight, weight[-1] / 2)]
        below = _row_counts(experiment, descending, np.less, pivot)
        up_to = _row_counts(experiment, descending, np.less_equal, pivot)
        if rank <= below.sum():
            last = np.minimum(last, below)
        elif rank > up_to.sum():
            first = np.maximum(first, up_to)
        else:
            return float(pivot)


def _row_counts(experiment: Floats, descending: Floats, compare: np.ufunc, pivot: float) -> Counts:
    """How many leading cells of each row compare true with the pivot, by bisection of all rows at once."""
    low = np.zeros(len(experiment), dtype=np.int64)
    high = np.full(len(experiment), len(descending))
    while np.any(unsettled := low < high):
        middle = np.minimum((low + high) // 2, len(descending) - 1)
        inside = compare(experiment - descending[middle], pivot)
        low = np.where(unsettled & inside, middle + 1, low)
        high = np.where(unsettled & ~inside, middle, high)
    return low
