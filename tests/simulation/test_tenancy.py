import numpy as np
import pytest

from playbook.laws import tail
from playbook.simulation import tenancy


def test_shares_are_zipfs() -> None:
    shares = tenancy.zipf_fractions(count=120, exponent=0.9)
    assert shares.sum() == pytest.approx(1)
    assert tuple(shares) == pytest.approx(tail.zipf_fractions(count=120, exponent=0.9))


def test_one_member_on_one_of_n_shards_is_n_times_the_mean() -> None:
    rng = np.random.default_rng(0)
    assert tenancy.hottest_factors(np.array([1.0]), shards=8, buckets=1, trials=5, rng=rng) == pytest.approx(
        [8.0] * 5
    )


def test_no_shard_is_colder_than_the_mean_at_its_hottest_and_none_hotter_than_all() -> None:
    shares = tenancy.zipf_fractions(count=30, exponent=0.9)
    factors = tenancy.hottest_factors(shares, shards=8, buckets=4, trials=300, rng=np.random.default_rng(0))
    assert factors.min() >= 1
    assert factors.max() <= 8


def test_many_even_members_spread_as_the_birthday_arithmetic_says() -> None:
    # Two members on two shards share one with probability one half; the standard error of 4,000 trials is 0.8 %.
    factors = tenancy.hottest_factors(
        np.array([0.5, 0.5]), shards=2, buckets=1, trials=4000, rng=np.random.default_rng(0)
    )
    assert float(np.mean(factors == 2)) == pytest.approx(0.5, abs=0.032)
