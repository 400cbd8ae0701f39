"""The cumulative sum against its published run lengths."""

import math

import numpy as np
import pytest

from playbook.simulation import cusum

RUNS = 2_000


def one_sided_run_length(two_sided: float, shifted: bool) -> float:
    """Two equal one-sided sums together alarm twice as often; with a shift the other one hardly ever does."""
    return two_sided if shifted else 2 * two_sided


# Montgomery, Introduction to Statistical Quality Control, 7th ed., table 9.3: k = 1/2, h = 5, two-sided.
PUBLISHED = [(0.0, 465.0), (0.5, 38.0), (1.0, 10.4), (2.0, 4.01)]


@pytest.mark.parametrize(("shift", "two_sided"), PUBLISHED)
def test_run_lengths_are_those_of_the_table_within_four_standard_errors(
    shift: float, two_sided: float
) -> None:
    expected = one_sided_run_length(two_sided, shift > 0)
    rng = np.random.default_rng(1954)
    length = int(expected * 12) + 50
    found = cusum.first_above(rng.normal(shift, 1, (RUNS, length)), slack=0.5, limit=5)
    assert (found >= 0).mean() > 0.999
    runs = found[found >= 0] + 1
    # The table is rounded to three figures.
    error = 4 * runs.std() / math.sqrt(RUNS) + 0.005 * expected
    assert runs.mean() == pytest.approx(expected, abs=error)


def test_a_sum_by_hand() -> None:
    # 1.5 − 0.5 = 1, then 2, then 3 > 2.5; a score below the slack gives back what was gained.
    assert cusum.first_above([1.5, 1.5, 1.5], slack=0.5, limit=2.5) == [2]
    assert cusum.first_above([1.5, -9.0, 1.5, 1.5], slack=0.5, limit=2.5) == [-1]


def test_rows_are_judged_apart() -> None:
    assert list(cusum.first_above([[9, 0], [0, 9]], slack=0.5, limit=5)) == [0, 1]


@pytest.mark.parametrize(("slack", "limit"), [(-1, 5), (0.5, 0)])
def test_a_sum_that_cannot_be_is_refused(slack: float, limit: float) -> None:
    with pytest.raises(ValueError, match="outside the finite numbers"):
        cusum.first_above([1.0], slack=slack, limit=limit)
