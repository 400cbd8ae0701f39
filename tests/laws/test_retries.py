"""Retries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.laws import retries

TRIES = st.integers(1, 10)


@given(st.lists(TRIES, min_size=1), st.lists(TRIES, min_size=1))
def test_layers_multiply(above: list[int], below: list[int]) -> None:
    assert retries.attempts(above + below) == retries.attempts(above) * retries.attempts(below)


def test_three_retries_are_four_tries() -> None:
    assert retries.attempts([3 + 1] * 5) == 1024


@given(st.floats(1e-3, 1e6), st.lists(TRIES, min_size=1, max_size=5))
def test_a_storm_at_the_stable_load_just_fills_the_capacity(capacity: float, layers: list[int]) -> None:
    tries = retries.attempts(layers)
    stable = retries.stable_load_per_second(capacity_per_second=capacity, tries=tries)
    assert stable * tries == pytest.approx(capacity, rel=1e-12)


def test_without_retries_the_whole_capacity_is_stable() -> None:
    assert retries.stable_load_per_second(capacity_per_second=914.0, tries=1) == 914
