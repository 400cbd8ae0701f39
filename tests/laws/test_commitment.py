"""Commitments."""

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
