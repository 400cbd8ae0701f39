"""Availability."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from playbook.laws import availability

FRACTIONS = st.floats(0, 1)
PARTS = st.lists(FRACTIONS, min_size=1, max_size=8)


@given(PARTS)
def test_a_chain_is_no_better_than_its_worst_link_and_a_pool_no_worse_than_its_best(
    parts: list[float],
) -> None:
    assert availability.series(parts) <= min(parts)
    assert availability.parallel(parts) >= max(parts) - 1e-15


@given(PARTS)
def test_a_pool_fails_when_a_chain_of_failures_holds(parts: list[float]) -> None:
    failing = availability.series([1 - part for part in parts])
    assert availability.parallel(parts) == pytest.approx(1 - failing, abs=1e-15)


@given(FRACTIONS, st.integers(1, 12))
def test_all_of_n_is_a_chain_and_one_of_n_a_pool(each: float, total: int) -> None:
    parts = [each] * total

    def chance(needed: int) -> float:
        return availability.k_of_n(needed=needed, total=total, availability=each)

    assert chance(total) == pytest.approx(availability.series(parts), rel=1e-9, abs=1e-300)
    assert chance(1) == pytest.approx(availability.parallel(parts), rel=1e-9, abs=1e-15)
    assert chance(0) == 1


@given(FRACTIONS, st.integers(1, 60))
def test_needing_more_is_never_likelier(each: float, total: int) -> None:
    chances = [
        availability.k_of_n(needed=needed, total=total, availability=each) for needed in range(total + 1)
    ]
    assert chances == sorted(chances, reverse=True)


@pytest.mark.parametrize(("needed", "total", "each"), [(3, 5, "0.9"), (9, 12, "0.5"), (1, 3, "0.001")])
def test_k_of_n_is_exact_where_rational_arithmetic_can_check_it(needed: int, total: int, each: str) -> None:
    works = Fraction(each)
    exact = sum(math.comb(total, k) * works**k * (1 - works) ** (total - k) for k in range(needed, total + 1))
    computed = availability.k_of_n(needed=needed, total=total, availability=float(each))
    assert computed == pytest.approx(float(exact), rel=1e-14)


@pytest.mark.parametrize("needed", [1, 9_700, 9_800, 9_900, 10_000])
def test_ten_thousand_parts_neither_overflow_nor_vanish(needed: int) -> None:
    computed = availability.k_of_n(needed=needed, total=10_000, availability=0.98)
    assert computed == pytest.approx(stats.binom.sf(needed - 1, 10_000, 0.98), rel=1e-9)


@given(FRACTIONS, st.floats(0.01, 1e4))
def test_downtime_scales_with_the_window(objective: float, days: float) -> None:
    once = availability.downtime_seconds(objective=objective, window_days=days)
    assert availability.downtime_seconds(objective=objective, window_days=3 * days) == pytest.approx(3 * once)


def test_an_objective_of_one_allows_no_downtime_and_of_zero_the_whole_window() -> None:
    assert availability.downtime_seconds(objective=1, window_days=30) == 0
    assert availability.downtime_seconds(objective=0, window_days=30) == 30 * 86_400


def test_half_an_hour_of_outage_exceeds_a_month_at_three_and_a_half_nines() -> None:
    assert availability.downtime_seconds(objective=0.9995, window_days=30) == pytest.approx(21.6 * 60)
