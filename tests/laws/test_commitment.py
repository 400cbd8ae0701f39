"""Commitments."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.laws import commitment


def test_a_discount_of_28_percent_covers_the_28th_percentile() -> None:
    assert commitment.critical_fraction(price=1.0, cost=0.72) == pytest.approx(0.28)


def test_a_free_unit_covers_all_demand_and_one_at_its_price_none() -> None:
    assert commitment.critical_fraction(price=7, cost=0) == 1
    assert commitment.critical_fraction(price=7, cost=7) == 0


@given(st.floats(0.5, 10), st.floats(0.01, 0.99), st.integers(1, 40))
def test_the_critical_quantile_earns_the_most(price: float, discount: float, size: int) -> None:
    cost = price * (1 - discount)
    demand = range(size)

    def profit(bought: int) -> float:
        return sum(price * min(bought, wanted) for wanted in demand) / size - cost * bought

    ratio = commitment.critical_fraction(price=price, cost=cost)
    quantile = next(wanted for wanted in demand if (wanted + 1) / size >= ratio - 1e-12)
    assert profit(quantile) >= max(profit(bought) for bought in range(size + 1)) - 1e-9


@given(st.floats(0.5, 10), st.floats(0, 1), st.floats(0.01, 100))
def test_currency_does_not_matter(price: float, share: float, rate: float) -> None:
    one = commitment.critical_fraction(price=price, cost=price * share)
    other = commitment.critical_fraction(price=price * rate, cost=price * share * rate)
    assert one == pytest.approx(other, abs=1e-12)


# Hand-worked: price 1, cost 0.75. Idle units lose 0.75 each, missing ones 0.25.
REGRETS = [
    (6.0, 4.0, 1.5),  # two idle
    (6.0, 12.0, 1.5),  # six missing
    (6.0, 6.0, 0.0),
    (0.0, 8.0, 2.0),  # nothing bought: the whole discount on eight
]


@pytest.mark.parametrize(("committed", "demand", "expected"), REGRETS)
def test_regret_is_the_cost_of_what_is_idle_or_the_discount_on_what_is_missing(
    committed: float, demand: float, expected: float
) -> None:
    found = commitment.regret(committed=committed, demand=demand, price=1.0, cost=0.75)
    assert found == pytest.approx(expected)


def test_between_four_and_twelve_at_a_quarter_off_six_has_the_least_largest_regret() -> None:
    # Equal at both ends by the rows above: 0.75 × 2 = 0.25 × 6.
    assert commitment.minimax_regret_quantity(low=4, high=12, price=1.0, cost=0.75) == pytest.approx(6)


@given(st.floats(0, 10), st.floats(0, 10), st.floats(0.01, 0.99), st.floats(0, 20))
def test_no_other_commitment_has_a_smaller_largest_regret(
    low: float, width: float, discount: float, other: float
) -> None:
    terms = {"price": 1.0, "cost": 1 - discount}
    best = commitment.minimax_regret_quantity(low=low, high=low + width, **terms)

    def largest(committed: float) -> float:
        ends = (low, low + width)
        return max(commitment.regret(committed=committed, demand=end, **terms) for end in ends)

    assert largest(best) <= largest(other) + 1e-9


def test_a_third_of_the_term_to_wait_at_a_quarter_off_covers_the_tenth_percentile() -> None:
    # Hand-worked: missing 0.25 × 1/3 = 1/12, idle 3/4 = 9/12, so 1 in 10.
    found = commitment.critical_fraction_with_top_up(price=1.0, cost=0.75, wait_fraction=1 / 3)
    assert found == pytest.approx(0.1)


@given(st.floats(0.5, 10), st.floats(0.01, 0.99))
def test_a_top_up_that_never_comes_is_the_newsvendors_and_one_at_once_buys_nothing(
    price: float, discount: float
) -> None:
    terms = {"price": price, "cost": price * (1 - discount)}
    plain = commitment.critical_fraction(**terms)
    assert commitment.critical_fraction_with_top_up(**terms, wait_fraction=1) == pytest.approx(plain)
    assert commitment.critical_fraction_with_top_up(**terms, wait_fraction=0) == 0


@pytest.mark.parametrize(("low", "high"), [(2, 1), (-1, 1)])
def test_a_range_that_is_none_is_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match=r"swap them|outside the finite numbers"):
        commitment.minimax_regret_quantity(low=low, high=high, price=1, cost=0.5)


# Hand-worked from tables of the normal distribution: Φ(-1) = 0.158655, Φ(-0.5) = 0.308538.
MET = [
    (1.0, 1.0, 1.0, math.exp(0.5) * 0.158655 + 0.5),
    (4.0, 4.0, 0.5, 4 * (math.exp(0.125) * 0.308538 + 0.5)),
    (2.0, 4.0, 0.001, 2.0),  # demand is sure to be 4
    (6.0, 4.0, 0.001, 4.0),
    (0.0, 4.0, 0.5, 0.0),
]


@pytest.mark.parametrize(("committed", "median", "sigma", "expected"), MET)
def test_what_a_commitment_meets_of_lognormal_demand(
    committed: float, median: float, sigma: float, expected: float
) -> None:
    found = commitment.met_lognormal(committed=committed, median=median, sigma=sigma)
    assert found == pytest.approx(expected, rel=1e-5)


def test_a_commitment_without_end_meets_the_mean() -> None:
    found = commitment.met_lognormal(committed=1e6, median=2.0, sigma=0.5)
    assert found == pytest.approx(2 * math.exp(0.125))
