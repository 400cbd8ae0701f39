"""The fluid backlog against the closed forms of a constant overload."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.simulation.backlog import Array, behind_seconds, fifo

# Arrivals a second, capacity, seconds of overload, arrivals after it: backlog, longest wait, drained after, by hand.
OVERLOADS = [
    # System facts, incident 1: 90 x 3,960 = 356,400; / 250 = 1,425.6 s; / (250 - 36) = 1,665.4 s.
    (340, 250, 3960, 36, 356_400, 1425.6, 1665.4),
    (20, 10, 100, 0, 1_000, 100, 100),
    (20, 10, 100, 5, 1_000, 100, 200),
]


def overload(
    rate: float, capacity: float, seconds: int, after: float, step: float = 10.0
) -> tuple[Array, Array]:
    """An hour of rest, an overload, and two hours of what came after."""
    rates = np.repeat([0.0, rate, after], [360, round(seconds / step), 720])
    return rates * step, np.full(len(rates), capacity * step)


@pytest.mark.parametrize(("rate", "capacity", "seconds", "after", "backlog", "wait", "drain"), OVERLOADS)
def test_a_constant_overload_waits_and_drains_as_by_hand(
    rate: float, capacity: float, seconds: int, after: float, backlog: float, wait: float, drain: float
) -> None:
    arrivals, capacities = overload(rate, capacity, seconds, after)
    queue = fifo(arrivals, capacities, step_seconds=10)
    assert queue.waiting.max() == pytest.approx(backlog)
    assert queue.last_wait_seconds.max() == pytest.approx(wait)
    busy = np.flatnonzero(queue.waiting)
    assert (busy[-1] - busy[0] + 1) * 10 - seconds == pytest.approx(drain, abs=10)


def test_an_arrival_waits_for_service_to_resume_and_then_for_those_before_it() -> None:
    # 1/s arrives, 4/s is served, nothing from second 100 to 200: the first waits 100 s, the last before
    # the resumption for 100 that stand before it, 25 s.
    capacities = np.full(40, 40.0)
    capacities[10:20] = 0
    queue = fifo(np.full(40, 10.0), capacities, step_seconds=10)
    assert queue.first_wait_seconds[10] == pytest.approx(100)
    assert queue.last_wait_seconds[9] == pytest.approx(0)
    assert queue.last_wait_seconds[19] == pytest.approx(25)
    # Drained when t = 100 / (4 - 1): 33 s after service resumed.
    assert np.flatnonzero(queue.waiting)[-1] == 22


def test_what_stood_before_is_served_first() -> None:
    queue = fifo(np.zeros(3), np.full(3, 10.0), step_seconds=1, waiting=25)
    assert queue.waiting.tolist() == [15, 5, 0]
    assert queue.first_wait_seconds.tolist() == pytest.approx([2.5, 1.5, 0.5])


def test_the_share_within_a_limit_is_read_off_the_wait_across_the_step() -> None:
    # The wait grows from 0 to 10 s across one step: a fifth of its arrivals waits no longer than 2 s.
    queue = fifo(np.array([20.0, 0.0]), np.array([10.0, 10.0]), step_seconds=10)
    assert queue.last_wait_seconds[0] == pytest.approx(10)
    assert queue.within_fraction(2.0)[0] == pytest.approx(0.2)
    assert queue.within_fraction(10.0)[0] == 1


def test_a_reader_falls_behind_by_what_it_cannot_serve() -> None:
    # At 2 arrivals a second and 1 served, the oldest left after t seconds came at t / 2.
    arrivals, served = np.full(10, 20.0), np.full(10, 10.0)
    assert behind_seconds(arrivals, served, step_seconds=10) == pytest.approx(np.arange(1, 11) * 5.0)
    assert not behind_seconds(arrivals, arrivals, step_seconds=10).any()


rates = st.lists(st.tuples(st.floats(0, 1e4), st.floats(0.1, 1e4)), min_size=1, max_size=40)


@given(rates, st.floats(0, 1e5))
def test_what_comes_in_is_served_or_waits(steps: list[tuple[float, float]], standing: float) -> None:
    arrivals, capacities = (np.array(side) for side in zip(*steps, strict=True))
    queue = fifo(arrivals, capacities, step_seconds=30, waiting=standing)
    came = standing + arrivals.sum()
    assert queue.served.sum() + queue.waiting[-1] == pytest.approx(came, rel=1e-9, abs=1e-6)
    assert (queue.waiting >= 0).all()
    assert (queue.served <= capacities + 1e-6).all()


@given(rates)
def test_nobody_overtakes(steps: list[tuple[float, float]]) -> None:
    arrivals, capacities = (np.array(side) for side in zip(*steps, strict=True))
    queue = fifo(arrivals, capacities, step_seconds=30)
    starts = np.arange(len(arrivals)) * 30.0
    leaves = np.stack(
        (starts + queue.first_wait_seconds, starts + 30 + queue.last_wait_seconds), axis=1
    ).ravel()
    assert (np.diff(leaves) >= -1e-6).all()


def test_a_service_that_never_resumes_is_refused() -> None:
    with pytest.raises(ValueError, match="20 events wait for a service that has stopped"):
        fifo(np.full(2, 10.0), np.zeros(2), step_seconds=1)


@pytest.mark.parametrize(
    ("arrivals", "capacities", "step"),
    [
        ([1.0], [1.0, 1.0], 1.0),
        ([], [], 1.0),
        ([-1.0], [1.0], 1.0),
        ([1.0], [-1.0], 1.0),
        ([1.0], [1.0], 0.0),
    ],
)
def test_an_impossible_queue_is_refused(arrivals: list[float], capacities: list[float], step: float) -> None:
    with pytest.raises(ValueError, match=r"step"):
        fifo(np.array(arrivals), np.array(capacities), step_seconds=step)
