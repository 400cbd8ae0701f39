"""Cost allocation."""

import itertools
import math
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.laws import allocation

AMOUNTS = st.floats(allow_nan=False, allow_infinity=False)
WEIGHTS = st.dictionaries(
    st.text(max_size=3), st.floats(0, allow_nan=False, allow_infinity=False), min_size=1, max_size=20
).filter(lambda weights: any(weights.values()))


def naive_sum(values: list[float]) -> float:
    """As `sum` before Python 3.12, which compensates rounding since."""
    return list(itertools.accumulate(values))[-1]


@given(AMOUNTS, WEIGHTS, st.randoms(use_true_random=False))
def test_parts_sum_to_the_last_bit_by_any_sum_in_any_order(
    shared: float, weights: dict[str, float], random: Random
) -> None:
    parts = list(allocation.split(shared, weights).values())
    for _ in range(3):
        assert naive_sum(parts) == sum(parts) == math.fsum(parts) == shared
        random.shuffle(parts)


@given(AMOUNTS, WEIGHTS)
def test_each_part_is_within_one_unit_of_its_exact_share(shared: float, weights: dict[str, float]) -> None:
    parts = allocation.split(shared, weights)
    total = sum(map(Fraction, weights.values()))
    for key, weight in weights.items():
        exact = Fraction(shared) * Fraction(weight) / total
        assert abs(Fraction(parts[key]) - exact) < Fraction(math.ulp(shared))


@given(AMOUNTS, WEIGHTS)
def test_keys_and_their_order_are_kept_and_zero_weights_get_nothing(
    shared: float, weights: dict[str, float]
) -> None:
    parts = allocation.split(shared, weights)
    assert list(parts) == list(weights)
    assert all(parts[key] == 0 for key, weight in weights.items() if weight == 0)


@given(st.floats(0, 1e12), WEIGHTS)
def test_a_greater_weight_never_gets_less(shared: float, weights: dict[str, float]) -> None:
    parts = allocation.split(shared, weights)
    by_weight = sorted(weights, key=lambda key: (weights[key], parts[key]))
    assert [parts[key] for key in by_weight] == sorted(parts.values())


@given(AMOUNTS, WEIGHTS)
def test_a_refund_is_split_like_a_charge(shared: float, weights: dict[str, float]) -> None:
    refund = allocation.split(-shared, weights)
    assert {key: -part for key, part in refund.items()} == allocation.split(shared, weights)


def test_one_key_gets_all_of_it() -> None:
    assert allocation.split(0.1, {"all": 1e-300}) == {"all": 0.1}


@pytest.mark.parametrize("shared", [0.1, 100.0, 1e308, 5e-324, 1.7976931348623157e308, 0.0, -14_600.37])
def test_a_third_each_loses_nothing_at_any_magnitude(shared: float) -> None:
    parts = allocation.split(shared, {"a": 1, "b": 1, "c": 1})
    assert naive_sum(list(parts.values())) == shared
    assert max(parts.values()) - min(parts.values()) <= math.ulp(shared)


def test_weights_six_hundred_orders_of_magnitude_apart_are_compared_exactly() -> None:
    parts = allocation.split(12.0, {"giant": 1.5e308, "twin": 1.5e308, "dwarf": 5e-324})
    assert parts == {"giant": 6.0, "twin": 6.0, "dwarf": 0.0}
