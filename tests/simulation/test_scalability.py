"""Fits of the Universal Scalability Law."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.laws.scalability import Usl
from playbook.simulation.scalability import fit_usl

LOADS = [1, 2, 4, 8, 16, 32, 64]


@given(st.floats(0.01, 1e6), st.floats(0, 0.5), st.floats(0, 0.01))
def test_a_fit_recovers_the_law_that_made_the_data(rate: float, alpha: float, beta: float) -> None:
    law = Usl(rate, alpha, beta)
    fit = fit_usl(LOADS, [law.throughput(load) for load in LOADS])
    assert fit.rate == pytest.approx(rate, rel=1e-4)
    assert fit.contention == pytest.approx(alpha, abs=1e-4)
    assert fit.coherency == pytest.approx(beta, abs=1e-5)


def test_noise_never_takes_the_parameters_out_of_bounds() -> None:
    rng = np.random.default_rng(3)
    for _ in range(30):
        fit = fit_usl(LOADS, np.array(LOADS) * rng.lognormal(0, 0.3, len(LOADS)))
        assert 0 <= fit.contention <= 1
        assert 0 <= fit.coherency <= 1


def test_units_of_throughput_do_not_matter() -> None:
    measured = [64.9, 995.9, 1652.4, 1853.2, 1828.9, 1775.0, 1702.2]
    loads = [1, 18, 36, 72, 108, 144, 216]
    fit, scaled = fit_usl(loads, measured), fit_usl(loads, [1e6 * value for value in measured])
    assert scaled.rate == pytest.approx(1e6 * fit.rate, rel=1e-6)
    assert scaled.peak_load == pytest.approx(fit.peak_load, rel=1e-6)


@pytest.mark.parametrize(
    ("load", "throughput", "message"),
    [
        ([1, 2], [1, 2, 3], "one length"),
        ([], [], "0 different loads"),
        ([1, 2, 2], [1, 2, 2], "2 different loads, three parameters need 3"),
        ([0, 1, 2], [1, 2, 3], "load .* above 0"),
        ([1, 2, 3], [1, math.nan, 3], "throughput .* finite"),
    ],
)
def test_data_that_cannot_be_fitted_is_refused(
    load: list[float], throughput: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        fit_usl(load, throughput)
