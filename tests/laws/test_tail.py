"""Fan-out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.laws import tail

FRACTIONS = st.floats(0, 1)


@given(FRACTIONS, st.integers(0, 10_000))
def test_more_calls_never_make_a_slow_one_less_likely(slow: float, calls: int) -> None:
    fewer = tail.any_slow_fraction(slow_fraction=slow, calls=calls)
    assert 0 <= fewer <= tail.any_slow_fraction(slow_fraction=slow, calls=calls + 1) <= 1


@given(FRACTIONS)
def test_one_call_is_as_slow_as_itself(slow: float) -> None:
    assert tail.any_slow_fraction(slow_fraction=slow, calls=1) == pytest.approx(slow, rel=1e-12)


@given(FRACTIONS, st.integers(1, 100), st.integers(1, 100))
def test_two_fan_outs_combine_like_independent_risks(slow: float, some: int, more: int) -> None:
    fast = [
        1 - tail.any_slow_fraction(slow_fraction=slow, calls=calls) for calls in (some, more, some + more)
    ]
    assert fast[0] * fast[1] == pytest.approx(fast[2], abs=1e-12)


def test_no_call_is_never_slow() -> None:
    assert tail.any_slow_fraction(slow_fraction=1, calls=0) == 0


def test_a_fraction_below_the_rounding_of_one_still_counts() -> None:
    assert tail.any_slow_fraction(slow_fraction=1e-20, calls=1_000) == pytest.approx(1e-17, rel=1e-9)


def test_zipf_shares_add_up_to_the_whole_and_fall_with_rank() -> None:
    shares = tail.zipf_fractions(count=50, exponent=0.9)
    assert sum(shares) == pytest.approx(1)
    assert list(shares) == sorted(shares, reverse=True)


def test_zipf_of_exponent_zero_is_even_and_of_one_is_harmonic() -> None:
    assert tail.zipf_fractions(count=4, exponent=0) == pytest.approx((0.25,) * 4)
    assert tail.zipf_fractions(count=3, exponent=1)[1] == pytest.approx((1 / 2) / (1 + 1 / 2 + 1 / 3))


def test_zipf_of_nobody_or_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="count 0 is not an int of at least 1"):
        tail.zipf_fractions(count=0, exponent=1)
    with pytest.raises(ValueError, match="exponent -1"):
        tail.zipf_fractions(count=4, exponent=-1)
