"""The Universal Scalability Law."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.laws.scalability import Usl

RATES, SHARES = st.floats(1e-3, 1e6), st.floats(0, 1)


@given(RATES, SHARES, SHARES)
def test_a_load_of_one_gives_the_rate_and_none_gives_nothing(rate: float, alpha: float, beta: float) -> None:
    law = Usl(rate, alpha, beta)
    assert law.throughput(1) == rate
    assert law.throughput(0) == 0


@given(RATES, st.floats(1, 1e6))
def test_without_contention_and_coherency_it_is_linear(rate: float, load: float) -> None:
    assert Usl(rate, 0, 0).throughput(load) == pytest.approx(rate * load)


@given(RATES, st.floats(1e-6, 1))
def test_without_coherency_it_is_amdahls_law(rate: float, alpha: float) -> None:
    law = Usl(rate, alpha, 0)
    assert law.throughput(1e12 / alpha) == pytest.approx(rate / alpha, rel=1e-9)
    assert law.peak_load == math.inf


@given(RATES, st.floats(0, 0.99), st.floats(1e-9, 1))
def test_no_load_beats_the_peak_load(rate: float, alpha: float, beta: float) -> None:
    law = Usl(rate, alpha, beta)
    best = law.throughput(law.peak_load)
    assert best >= law.throughput(law.peak_load * 1.01)
    assert best >= law.throughput(law.peak_load * 0.99)


@given(RATES, SHARES, SHARES, st.floats(0, 1e9))
def test_throughput_is_finite_and_not_negative(rate: float, alpha: float, beta: float, load: float) -> None:
    assert 0 <= Usl(rate, alpha, beta).throughput(load) < math.inf
