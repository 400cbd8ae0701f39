"""Canary sizes."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from playbook.laws import canary


@given(st.floats(0.05, 0.45), st.floats(0.005, 0.2))
def test_half_the_difference_needs_about_four_times_the_sample(base: float, delta: float) -> None:
    ratio = canary.sample_size(base_fraction=base, delta=delta / 2) / canary.sample_size(
        base_fraction=base, delta=delta
    )
    assert 3 < ratio < 4.5


@given(st.floats(0.01, 0.99), st.floats(-0.3, 0.3))
def test_failures_and_successes_need_the_same_sample(base: float, delta: float) -> None:
    if not 0 <= base + delta <= 1 or abs(delta) < 1e-3:
        return
    failures = canary.sample_size(base_fraction=base, delta=delta)
    assert failures == pytest.approx(canary.sample_size(base_fraction=1 - base, delta=-delta), rel=1e-9)


@given(st.floats(0.5, 0.98), st.floats(0.01, 0.2))
def test_more_certainty_costs_more(power: float, alpha: float) -> None:
    def size(alpha: float, power: float) -> float:
        return canary.sample_size(base_fraction=0.1, delta=0.05, alpha=alpha, power=power)

    assert size(alpha / 2, power) > size(alpha, power)
    assert size(alpha, power + 0.01) > size(alpha, power)


def test_simulated_experiments_of_this_size_have_the_power_asked_for() -> None:
    """20,000 experiments: standard error 0.003; 0.01 is left for the normal approximation."""
    size = math.ceil(canary.sample_size(base_fraction=0.2, delta=0.05))
    rng = np.random.default_rng(14)
    arms = rng.binomial(size, 0.2, 20_000) / size, rng.binomial(size, 0.25, 20_000) / size
    error = np.sqrt(2 * 0.2 * 0.8 / size)
    detected = np.mean(np.abs(arms[1] - arms[0]) / error > stats.norm.ppf(0.975))
    assert detected == pytest.approx(0.8, abs=0.02)


@pytest.mark.parametrize("power", [0.5, 0.8, 0.95])
def test_power_inverts_sample_size(power: float) -> None:
    samples = canary.sample_size(base_fraction=0.2, delta=0.05, power=power)
    assert canary.power_fraction(base_fraction=0.2, delta=0.05, samples=samples) == pytest.approx(power)


def test_power_grows_with_samples_and_with_the_fault() -> None:
    few, many = (canary.power_fraction(base_fraction=0.002, delta=0.02, samples=n) for n in (100, 1000))
    small, large = (canary.power_fraction(base_fraction=0.002, delta=d, samples=200) for d in (0.01, 0.05))
    assert few < many
    assert small < large
