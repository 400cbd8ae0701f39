"""Chances of a bad year."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from playbook.simulation import risk

YEARS = 400_000


def exceedance(threshold: float, *, events: float, sigma: float) -> float:
    """Chance for a median loss of one."""
    chance = risk.exceedance_fraction(
        events_per_year=events, median_loss=1, sigma=sigma, thresholds=[threshold]
    )
    return float(chance[0])


@pytest.mark.parametrize(("events", "sigma"), [(0.3, 2.5), (3.0, 0.2), (3.0, 1.0), (12.0, 2.5), (200.0, 1.5)])
def test_chances_agree_with_simulated_years(events: float, sigma: float) -> None:
    """400,000 years: within four standard errors, at most 0.0032, at every threshold."""
    rng = np.random.default_rng(17)
    years = min(YEARS, int(2e7 / events))
    counts = rng.poisson(events, years)
    edges = np.concatenate(([0], np.cumsum(counts)))
    cumulative = np.concatenate(([0.0], np.cumsum(rng.lognormal(0, sigma, edges[-1]))))
    totals = np.where(counts > 0, cumulative[edges[1:]] - cumulative[edges[:-1]], 0.0)
    thresholds = np.concatenate(([0.0], np.quantile(totals, [0.5, 0.8, 0.95, 0.99, 0.999])))
    thresholds = thresholds[(thresholds == 0) | (thresholds > 1e-6)]
    computed = risk.exceedance_fraction(
        events_per_year=events, median_loss=1, sigma=sigma, thresholds=thresholds
    )
    for chance, threshold in zip(computed, thresholds, strict=True):
        error = math.sqrt(max(chance * (1 - chance), 1e-9) / years)
        assert np.mean(totals > threshold) == pytest.approx(chance, abs=4 * error)


@given(st.floats(0, 50), st.floats(0, 3))
def test_at_zero_it_is_the_chance_of_any_event(events: float, sigma: float) -> None:
    assert exceedance(0, events=events, sigma=sigma) == pytest.approx(-math.expm1(-events), abs=1e-12)


@pytest.mark.parametrize("threshold", [0.01, 0.3, 1.0, 5.0, 200.0])
@pytest.mark.parametrize("sigma", [0.5, 1.5, 2.5])
def test_rare_events_come_singly(threshold: float, sigma: float) -> None:
    """One event or none, but for events² / 2."""
    events = 1e-3
    single = events * stats.lognorm.sf(threshold, sigma)
    assert exceedance(threshold, events=events, sigma=sigma) == pytest.approx(single, abs=events**2)


@pytest.mark.parametrize("threshold", [0.5, 1.0, 3.0, 10.0])
def test_one_and_two_events_by_convolution(threshold: float) -> None:
    """Exact for up to two events by numerical integration; three or more have 2e-4 of the chance."""
    events, sigma = 0.1, 1.0
    losses = stats.lognorm(sigma)
    grid = np.linspace(0, threshold, 200_001)
    both = np.trapezoid(losses.pdf(grid) * losses.sf(threshold - grid), grid) + losses.sf(threshold)
    weights = stats.poisson.pmf([1, 2], events)
    low = weights[0] * losses.sf(threshold) + weights[1] * both
    computed = exceedance(threshold, events=events, sigma=sigma)
    assert low - 1e-6 <= computed <= low + stats.poisson.sf(2, events) + 1e-6


@pytest.mark.parametrize("threshold", [0.5, 1.0, 2.5, 7.0])
def test_equal_losses_count_events(threshold: float) -> None:
    expected = stats.poisson.sf(math.floor(threshold), 3)
    assert exceedance(threshold, events=3, sigma=0) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("threshold", [0.5, 2.5, 7.5])
def test_nearly_equal_losses_nearly_count_events(threshold: float) -> None:
    expected = stats.poisson.sf(math.floor(threshold), 3)
    assert exceedance(threshold, events=3, sigma=0.01) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("events", [1_000.0, 20_000.0, 100_000.0])
def test_very_many_events_make_a_normal_year(events: float) -> None:
    """With the third-moment (Edgeworth) term; what it leaves out is of the order 1 / events."""
    sigma = 0.5
    moments = [math.exp(k * k * sigma**2 / 2) for k in (1, 2, 3)]
    mean, deviation = events * moments[0], math.sqrt(events * moments[1])
    skew = events * moments[2] / deviation**3
    for score in (-2.0, 0.0, 1.0, 3.0):
        expected = stats.norm.sf(score) + skew / 6 * (score**2 - 1) * stats.norm.pdf(score)
        computed = exceedance(mean + score * deviation, events=events, sigma=sigma)
        assert computed == pytest.approx(expected, abs=1 / events + 1e-5)


def test_far_in_a_heavy_tail_one_loss_does_it() -> None:
    """Subexponential: the chance of the sum over that of one, times events, tends to 1 from above."""
    ratios = [
        exceedance(threshold, events=12, sigma=2.5) / (12 * stats.lognorm.sf(threshold, 2.5))
        for threshold in (1e3, 1e4, 1e5)
    ]
    assert ratios == sorted(ratios, reverse=True)
    assert ratios[-1] == pytest.approx(1, abs=0.02)


@settings(max_examples=25)
@given(st.floats(0.01, 100), st.floats(0.1, 2.5), st.floats(0.01, 1e4))
def test_chances_fall_with_the_threshold_and_rise_with_events(
    events: float, sigma: float, threshold: float
) -> None:
    chance = exceedance(threshold, events=events, sigma=sigma)
    assert 0 <= chance <= 1
    assert exceedance(1.5 * threshold, events=events, sigma=sigma) <= chance + 1e-6
    assert exceedance(threshold, events=1.5 * events, sigma=sigma) >= chance - 1e-6


def test_currency_does_not_matter_and_the_shape_is_kept() -> None:
    thresholds = np.array([[1.0, 10.0], [100.0, 1_000.0]])
    one = risk.exceedance_fraction(events_per_year=5, median_loss=2, sigma=1.2, thresholds=thresholds)
    other = risk.exceedance_fraction(
        events_per_year=5, median_loss=200, sigma=1.2, thresholds=100 * thresholds
    )
    assert one.shape == thresholds.shape
    assert np.allclose(one, other, rtol=0, atol=1e-9)


def test_without_events_there_are_no_losses() -> None:
    assert exceedance(0, events=0, sigma=1) == exceedance(1, events=0, sigma=1) == 0


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"events_per_year": -1.0}, "events_per_year -1.0"),
        ({"events_per_year": math.nan}, "events_per_year nan"),
        ({"median_loss": 0.0}, "median_loss 0.0"),
        ({"sigma": -0.1}, "sigma -0.1"),
        ({"sigma": 50.0}, "sigma 50.0 exceeds 10"),
        ({"median_loss": 1e-320}, r"thresholds\[0\] / median_loss inf"),
        ({"thresholds": [1.0, -2.0]}, r"thresholds\[1\] -2.0"),
        ({"thresholds": [math.inf]}, r"thresholds\[0\] inf"),
        ({"sigma": 1e-9, "thresholds": [3.0]}, "sigma 1e-09"),
    ],
)
def test_a_year_that_cannot_be_computed_is_refused(changed: dict[str, Any], message: str) -> None:
    valid: dict[str, Any] = {"events_per_year": 3.0, "median_loss": 1.0, "sigma": 1.0, "thresholds": [1.0]}
    with pytest.raises(ValueError, match=message):
        risk.exceedance_fraction(**(valid | changed))
