import math

import numpy as np
import pytest

from playbook.simulation import latency

STEP = 0.0005
CELLS = 4000


def lognormal(median: float, sigma: float) -> latency.Array:
    return latency.lognormal_cells(median=median, sigma=sigma, step=STEP, cells=CELLS)


def test_a_stage_alone_keeps_its_percentiles() -> None:
    one = lognormal(0.066, 0.32)
    assert one.sum() == pytest.approx(1)
    for share, z in ((0.5, 0.0), (0.99, 2.3263)):
        got = latency.quantile(one, share, step=STEP, stages=1)
        assert got == pytest.approx(0.066 * math.exp(0.32 * z), abs=STEP)


def test_a_path_agrees_with_a_simulation_within_its_standard_error() -> None:
    parts = ((0.003, 0.8), (0.066, 0.32), (0.02, 0.6))
    whole = latency.in_series([lognormal(median, sigma) for median, sigma in parts])
    rng = np.random.default_rng(1)
    size = 400_000
    drawn = sum(median * np.exp(sigma * rng.standard_normal(size)) for median, sigma in parts)
    for share in (0.5, 0.95, 0.99):
        theory = latency.quantile(whole, share, step=STEP, stages=3)
        # Within four standard errors of the share of draws below the computed quantile, and half a cell a stage.
        error = 4 * math.sqrt(share * (1 - share) / size)
        below = float(np.mean(drawn < theory))
        around = [float(np.mean(drawn < theory + side * 1.5 * STEP)) for side in (-1, 1)]
        assert around[0] - error <= share <= around[1] + error, (share, below)


def test_two_exponential_stages_are_an_erlang() -> None:
    one = latency.exponential_cells(mean=0.05, busy_fraction=1.0, step=STEP, cells=CELLS)
    both = latency.in_series([one, one])
    median = latency.quantile(both, 0.5, step=STEP, stages=2)
    # Median of an Erlang of two stages: 1.67835 means of one (tables of the gamma distribution).
    assert median == pytest.approx(1.67835 * 0.05, abs=STEP)


def test_a_wait_has_its_mean_whatever_its_busy_share() -> None:
    for busy in (0.2, 0.8):
        wait = latency.exponential_cells(mean=0.01, busy_fraction=busy, step=STEP, cells=CELLS)
        middles = (np.arange(CELLS) + 0.5) * STEP
        middles[0] = STEP / 2 * busy
        assert float(wait @ middles) == pytest.approx(0.01, rel=0.05)


def test_hedging_squares_the_tail_behind_its_delay() -> None:
    single = lognormal(0.004, 0.65)
    after = 20
    hedged = latency.hedged_cells(single, after=after)
    assert hedged.sum() == pytest.approx(1, abs=1e-9)
    beyond = 1 - np.cumsum(single)
    faster = 1 - np.cumsum(hedged)
    assert faster[100] == pytest.approx(beyond[100] * beyond[100 - after])
    assert faster[10] == pytest.approx(beyond[10])


def test_stages_on_unequal_grids_are_refused() -> None:
    with pytest.raises(ValueError, match="one grid"):
        latency.in_series([lognormal(0.1, 0.3), np.ones(10) / 10])
