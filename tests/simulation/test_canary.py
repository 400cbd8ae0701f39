"""Mann–Whitney intervals."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import optimize, stats

from playbook.simulation.canary import mann_whitney_interval

VALUES = st.floats(-1e6, 1e6)
SAMPLES = st.lists(VALUES, min_size=1, max_size=30)
COARSE = st.lists(st.integers(0, 5).map(float), min_size=2, max_size=30)


def kayenta_limit(x: NDArray[np.float64], y: NDArray[np.float64], quantile: float) -> float:
    """As R's wilcox.test and Kayenta search it: the root in d of the corrected statistic of x - d and y."""
    n, m = len(x), len(y)

    def statistic(shift: float) -> float:
        ranks = stats.rankdata(np.concatenate((x - shift, y)))
        ties = np.unique(ranks, return_counts=True)[1].astype(float)
        centred = ranks[:n].sum() - n * (n + 1) / 2 - n * m / 2
        variance = n * m / 12 * (n + m + 1 - (ties**3 - ties).sum() / ((n + m) * (n + m - 1)))
        return float(
            (centred - math.copysign(0.5, centred) * (centred != 0)) / math.sqrt(variance) - quantile
        )

    low, high = x.min() - y.max(), x.max() - y.min()
    if statistic(low) <= 0:
        return float(low)
    if statistic(high) >= 0:
        return float(high)
    return float(optimize.brentq(statistic, low, high, xtol=1e-10))


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.98])
@pytest.mark.parametrize("rounding", [1, 6])
@pytest.mark.parametrize("seed", range(5))
def test_the_limits_are_the_roots_that_r_and_kayenta_search(
    confidence: float, rounding: int, seed: int
) -> None:
    """With rounding to one digit, most values are tied."""
    rng = np.random.default_rng(seed)
    x, y = rng.lognormal(0, 1, 25).round(rounding), rng.lognormal(0.2, 1, 40).round(rounding)
    quantile = stats.norm.ppf((1 + confidence) / 2)
    shift = mann_whitney_interval(x, y, confidence=confidence)
    assert shift.low == pytest.approx(kayenta_limit(x, y, quantile), abs=1e-8)
    assert shift.high == pytest.approx(kayenta_limit(x, y, -quantile), abs=1e-8)


@given(SAMPLES, SAMPLES)
def test_the_estimate_is_the_median_of_all_differences(x: list[float], y: list[float]) -> None:
    shift = mann_whitney_interval(x, y)
    assert shift.estimate == pytest.approx(float(np.median(np.subtract.outer(x, y))), abs=1e-9)
    assert shift.low <= shift.estimate <= shift.high


@given(SAMPLES, SAMPLES)
def test_exchanging_the_samples_mirrors_the_interval(x: list[float], y: list[float]) -> None:
    there, back = mann_whitney_interval(x, y), mann_whitney_interval(y, x)
    assert (there.low, there.high, there.estimate) == (-back.high, -back.low, -back.estimate)


@given(COARSE, COARSE, st.integers(-100, 100))
def test_a_shift_of_the_experiment_shifts_the_interval(x: list[float], y: list[float], by: int) -> None:
    before, after = mann_whitney_interval(x, y), mann_whitney_interval([value + by for value in x], y)
    assert (after.low, after.high, after.estimate) == (
        before.low + by,
        before.high + by,
        before.estimate + by,
    )


@given(SAMPLES, SAMPLES, st.floats(0.5, 0.98))
def test_more_confidence_never_narrows_the_interval(
    x: list[float], y: list[float], confidence: float
) -> None:
    narrow = mann_whitney_interval(x, y, confidence=confidence)
    wide = mann_whitney_interval(x, y, confidence=confidence + 0.01)
    assert wide.low <= narrow.low <= narrow.high <= wide.high


def test_the_interval_covers_the_true_shift_as_often_as_it_says() -> None:
    """1,000 experiments: standard error 0.0095 at 90 %, and four of them."""
    rng = np.random.default_rng(13)
    covered = 0
    for _ in range(1_000):
        shift = mann_whitney_interval(rng.exponential(1, 30) + 0.5, rng.exponential(1, 30), confidence=0.9)
        covered += shift.low <= 0.5 <= shift.high
    assert covered / 1_000 == pytest.approx(0.9, abs=0.038)


def test_nothing_but_ties_gives_the_one_difference_there_is() -> None:
    shift = mann_whitney_interval([3.0] * 50, [1.0] * 50)
    assert (shift.low, shift.high, shift.estimate) == (2, 2, 2)


def test_thousands_of_values_need_no_table_of_all_differences() -> None:
    """Sixteen million differences would take 128 MB; the limits agree with the normal law's."""
    rng = np.random.default_rng(1)
    shift = mann_whitney_interval(rng.normal(1, 1, 4_000), rng.normal(0, 1, 4_000), confidence=0.95)
    half_width = 1.96 * math.sqrt(math.pi / 3) * math.sqrt(2 / 4_000)
    assert shift.high - shift.low == pytest.approx(2 * half_width, rel=0.05)
    assert shift.estimate == pytest.approx(1, abs=2 * half_width)


@pytest.mark.parametrize(
    ("x", "y", "confidence", "message"),
    [
        ([], [1.0], 0.98, "experiment has 0 elements"),
        ([1.0], [], 0.98, "control has 0 elements"),
        ([1.0, math.nan], [1.0], 0.98, "experiment holds nan"),
        ([1.0], [math.inf], 0.98, "control holds inf"),
        ([1.0], [1.0], 1.0, "confidence 1.0"),
        ([1.0], [1.0], 98.0, "confidence 98.0"),
    ],
)
def test_samples_that_cannot_be_judged_are_refused(
    x: list[float], y: list[float], confidence: float, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        mann_whitney_interval(x, y, confidence=confidence)
