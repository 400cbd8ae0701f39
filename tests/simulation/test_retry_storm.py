"""A pool under retries, against the closed form and by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.laws import retries
from playbook.simulation import retry_storm
from playbook.simulation.retry_storm import Pool, Storm

# System facts, incident 2: 320 slots x 0.35 s, three layers of three tries, a fifth stalls for 10 s, 240/s.
POOL = Pool(
    slots=320,
    hold_seconds=0.35,
    stall_seconds=10,
    timeout_seconds=6,
    tries=27,
    queue_limit=8_000,
    stalled_fraction=0.2,
)
LOAD = 240.0
BEFORE, STALL, AFTER = 60.0, 300.0, 600.0


def told(
    pool: Pool = POOL,
    load: float = LOAD,
    shed_fraction: float = 0.0,
    shed_seconds: float = 300.0,
    restart: bool = False,
) -> tuple[Storm, np.ndarray]:
    """A stall of five minutes; a minute after it, some load is shed for a while or everything is restarted."""
    steps = round((BEFORE + STALL + AFTER) / pool.hold_seconds)
    seconds = np.arange(steps) * pool.hold_seconds
    stalled = (seconds >= BEFORE) & (seconds < BEFORE + STALL)
    acted = BEFORE + STALL + 60
    shed = (seconds >= acted) & (seconds < acted + shed_seconds)
    loads = np.where(shed, load * (1 - shed_fraction), load)
    emptied = int(acted / pool.hold_seconds) if restart else None
    return retry_storm.storm(pool, load_per_second=loads, stalled=stalled, emptied=emptied), seconds


def goes_on(storm: Storm) -> bool:
    """Whether callers still try more than once at the end."""
    return bool(storm.amplification[-1] > 1.001)


def test_in_health_a_delivery_is_one_attempt_and_littles_law_holds() -> None:
    storm, _ = told()
    healthy = slice(20, int(BEFORE / POOL.hold_seconds))
    assert storm.amplification[healthy] == pytest.approx(1.0)
    assert storm.held[healthy] == pytest.approx(LOAD * POOL.hold_seconds)


def test_the_stall_alone_fills_the_pool_before_any_retry() -> None:
    # By hand: healthy deliveries hold 192 x 0.35 = 67.2; 48/s fill the other 252.8 in 5.27 s; wanted are 480.
    for pool in (POOL, replace(POOL, tries=1)):
        storm, seconds = told(pool)
        full = int(np.argmax(storm.held >= POOL.slots - 1e-6))
        assert seconds[full] - BEFORE == pytest.approx(252.8 / 48, abs=2 * POOL.hold_seconds)
        assert storm.amplification[full] == pytest.approx(1.0)


def test_a_pool_of_more_than_its_needs_is_not_filled_by_the_stall() -> None:
    # 480 slots of stalled deliveries and 67.2 of the others: 547.2, without retries.
    storm, _ = told(replace(POOL, slots=600, tries=1))
    assert storm.held.max() == pytest.approx(192 * 0.35 + 48 * 10, rel=0.03)


@given(tries=st.integers(1, 3), layers=st.integers(1, 3), load=st.sampled_from([12.0, 60.0, 150.0, 240.0]))
@settings(max_examples=12)
def test_calls_per_delivery_multiply_over_layers_while_nothing_answers(
    tries: int, layers: int, load: float
) -> None:
    product = retries.attempts([tries] * layers)
    storm, _ = told(replace(POOL, tries=product, stalled_fraction=1.0, slots=1), load)
    during = int((BEFORE + STALL) / POOL.hold_seconds) - 1
    assert storm.amplification[during] == pytest.approx(product, rel=1e-9)
    assert storm.calls[during].sum() == pytest.approx(load * POOL.hold_seconds * product, rel=1e-9)


@pytest.mark.parametrize("over", [0.6, 0.9, 0.97, 1.03, 1.1, 3.0])
@pytest.mark.parametrize("tries", [3, 9, 27])
def test_a_storm_ends_by_itself_below_the_stable_load_and_only_there(tries: int, over: float) -> None:
    """Bronson and others, Metastable Failures (2021): the trigger, here everybody's stall, is long gone."""
    stable = retries.stable_load_per_second(capacity_per_second=POOL.capacity_per_second, tries=tries)
    storm, _ = told(replace(POOL, tries=tries, stalled_fraction=1.0), over * stable)
    assert storm.queued.max() == pytest.approx(POOL.queue_limit, rel=0.01)
    assert goes_on(storm) == (over > 1)


def test_without_a_trigger_the_same_load_never_storms() -> None:
    loads = np.full(2_000, LOAD)
    storm = retry_storm.storm(POOL, load_per_second=loads, stalled=np.zeros(2_000, dtype=bool))
    assert storm.amplification.max() == pytest.approx(1.0)


def test_above_the_capacity_it_storms_without_a_trigger() -> None:
    loads = np.full(2_000, 1.1 * POOL.capacity_per_second)
    storm = retry_storm.storm(POOL, load_per_second=loads, stalled=np.zeros(2_000, dtype=bool))
    assert goes_on(storm)


def test_a_restart_does_not_end_it() -> None:
    storm, _ = told(restart=True)
    assert storm.queued[int((BEFORE + STALL + 61) / POOL.hold_seconds)] < POOL.queue_limit
    assert goes_on(storm)


@pytest.mark.parametrize(
    ("shed", "ends"), [(0.0, False), (0.8, False), (0.85, False), (0.865, True), (1.0, True)]
)
def test_shedding_down_to_the_stable_load_ends_it_and_all_can_come_back(shed: float, ends: bool) -> None:
    # By hand: 1 - 320 / 0.35 / 27 / 240 = 0.8589.
    storm, _ = told(shed_fraction=shed)
    assert goes_on(storm) != ends


def test_a_retry_budget_ends_it_with_the_stall_and_does_not_keep_the_pool_free() -> None:
    storm, seconds = told(replace(POOL, retry_budget_fraction=0.1))
    stall = (seconds > BEFORE + 10) & (seconds < BEFORE + STALL)
    assert storm.amplification.max() <= 1.1 + 1e-9
    assert storm.held[stall].min() == pytest.approx(POOL.slots)
    assert storm.answered[stall, 0].sum() < 0.1 * 0.8 * LOAD * STALL
    assert not goes_on(storm)


def test_a_queue_and_a_limit_of_its_own_keep_the_stall_where_it_is() -> None:
    storm, seconds = told(replace(POOL, isolated=True, retry_budget_fraction=0.1))
    stall = (seconds > BEFORE) & (seconds < BEFORE + STALL)
    assert storm.answered[stall, 0] == pytest.approx(0.8 * LOAD * POOL.hold_seconds)
    assert storm.held[stall].max() < POOL.slots / 2
    assert not goes_on(storm)


def test_isolation_alone_leaves_the_destination_its_own_storm() -> None:
    # 48/s x 27 is more than the 720/s that the others leave of the pool.
    storm, _ = told(replace(POOL, isolated=True))
    assert storm.answered[20:-40, 0] == pytest.approx(0.8 * LOAD * POOL.hold_seconds)
    assert goes_on(storm)


@pytest.mark.parametrize("isolated", [False, True])
def test_no_more_goes_out_than_is_called_and_no_more_is_held_than_there_is(isolated: bool) -> None:
    storm, _ = told(replace(POOL, isolated=isolated))
    called, started = np.cumsum(storm.calls.sum(axis=1)), np.cumsum(storm.started)
    assert np.all(started <= called + 1e-6)
    assert storm.held.max() <= POOL.slots + 1e-6
    assert storm.held.min() >= 0
    assert storm.queued.min() >= -1e-6


@pytest.mark.parametrize(
    ("name", "value"), [("slots", 0.0), ("hold_seconds", -1.0), ("tries", 0), ("stalled_fraction", 1.5)]
)
def test_an_impossible_pool_is_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"{name} {value}"):
        replace(POOL, **{name: value})  # type: ignore[arg-type]


def test_loads_and_stalls_of_unequal_length_or_below_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="one value per step"):
        retry_storm.storm(POOL, load_per_second=np.ones(3), stalled=np.zeros(4, dtype=bool))
    with pytest.raises(ValueError, match=r"least_load -1\.0"):
        retry_storm.storm(POOL, load_per_second=-np.ones(3), stalled=np.zeros(3, dtype=bool))
