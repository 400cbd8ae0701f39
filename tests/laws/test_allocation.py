"""Cost allocation."""

import itertools
import math
from collections.abc import Callable
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


# Four planes and the runways that they need; each part added up by hand: 8/4, + 3/3, + 2/2, + 5/1.
AIRPORT = ({"a": 8.0, "b": 11.0, "c": 13.0, "d": 18.0}, {"a": 2.0, "b": 3.0, "c": 4.0, "d": 9.0})


def test_each_stretch_of_the_runway_is_paid_by_those_who_need_it() -> None:
    needs, parts = AIRPORT
    assert allocation.shapley_airport(needs) == parts
    assert allocation.shapley_airport(dict(reversed(needs.items()))) == parts


def test_a_fixed_cost_is_an_airport_where_all_need_the_same() -> None:
    assert allocation.shapley_airport(dict.fromkeys("abcd", 100.0)) == dict.fromkeys("abcd", 25.0)


def runway(needs: dict[str, float]) -> Callable[[frozenset[str]], float]:
    return lambda group: max((needs[plane] for plane in group), default=0.0)


NEEDS = st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 1e6), min_size=1, max_size=6)


@given(NEEDS)
def test_the_simple_expression_is_the_average_over_all_orders_of_arrival(needs: dict[str, float]) -> None:
    general = allocation.shapley(list(needs), runway(needs))
    assert allocation.shapley_airport(needs) == pytest.approx(general, rel=1e-9, abs=1e-6)


@given(NEEDS)
def test_nobody_subsidises_anybody_on_an_airport(needs: dict[str, float]) -> None:
    assert allocation.subsidies(allocation.shapley_airport(needs), runway(needs)) == {}


def test_three_players_of_the_glove_game_as_published() -> None:
    """Two left gloves, one right: the right one is worth 2/3, a left one 1/6 (Shapley and Shubik, 1969)."""
    value = allocation.shapley(
        ["left", "other left", "right"], lambda group: float("right" in group and len(group) > 1)
    )
    assert value == pytest.approx({"left": 1 / 6, "other left": 1 / 6, "right": 4 / 6})


def test_a_region_that_pays_for_the_other_is_a_subsidy() -> None:
    """Two regions cost 70 and 20 whoever is there; two tenants in the one, one in the other, split equally."""
    where, fixed = {"a": "us", "b": "us", "c": "eu"}, {"us": 70.0, "eu": 20.0}
    cost = lambda group: math.fsum(fixed[place] for place in {where[tenant] for tenant in group})  # noqa: E731
    equal = dict.fromkeys("abc", 30.0)
    assert allocation.subsidies(equal, cost) == {frozenset("c"): 10.0}
    regional = allocation.shapley("abc", cost)
    assert regional == pytest.approx({"a": 35.0, "b": 35.0, "c": 20.0})
    assert allocation.subsidies(regional, cost) == {}


@pytest.mark.parametrize(
    ("players", "cost", "says"),
    [
        ("abcdefghijklmnopq", 0.0, "17 players"),
        ("ab", 5.0, "nobody costs 5.0"),
        ("", 0.0, "players has 0 elements"),
    ],
)
def test_a_game_too_large_or_without_a_zero_is_refused(players: str, cost: float, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        allocation.shapley(players, lambda group: cost)
