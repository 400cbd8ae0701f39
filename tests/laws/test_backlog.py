"""Backlogs, by hand and event by event."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.laws import backlog


@pytest.mark.parametrize(
    ("waiting", "capacity", "arrivals", "seconds"),
    [
        pytest.param(360_000, 250, 36, 1682.24, id="incident 1: 28 minutes, from 15:08 to 15:36"),
        pytest.param(100, 10, 0, 10, id="nothing new comes"),
        pytest.param(0, 10, 10, 0, id="nothing waits"),
        pytest.param(1, 10, 10, math.inf, id="nothing to spare"),
        pytest.param(1, 10, 20, math.inf, id="it grows"),
    ],
)
def test_a_backlog_drains_at_what_is_spare(
    waiting: float, capacity: float, arrivals: float, seconds: float
) -> None:
    drained = backlog.drain_seconds(
        backlog=waiting, capacity_per_second=capacity, arrivals_per_second=arrivals
    )
    assert drained == pytest.approx(seconds, rel=1e-5)


def waits_beyond(waiting: int, capacity: int, arrivals: int, limit: float, *, newest_first: bool) -> int:
    """New events later than ``limit``, one by one: a server with a stack or a line, deterministic."""
    line = [-1.0] * waiting
    late, now, coming = 0, 0.0, 1
    while any(born >= 0 for born in line) or coming / arrivals < 400:
        now += 1 / capacity
        while coming / arrivals <= now:
            line.append(coming / arrivals)
            coming += 1
        if line:
            born = line.pop() if newest_first else line.pop(0)
            late += born >= 0 and now - born > limit
        if coming / arrivals > 400 and not line:
            break
    return late


def test_first_in_first_out_makes_those_late_who_come_later() -> None:
    """A line of 2,000 at 20 a second against 12: each new event within 245 s waits beyond 2 s."""
    foretold = backlog.late_arrivals(
        backlog=2000, capacity_per_second=20, arrivals_per_second=12, limit_seconds=2
    )
    assert foretold == pytest.approx(12 * (2000 - 40) / 8)
    assert waits_beyond(2000, 20, 12, 2, newest_first=False) == pytest.approx(foretold, rel=0.01)
    assert waits_beyond(2000, 20, 12, 2, newest_first=True) == 0


@given(st.floats(0, 0.99), st.floats(0, 1e5))
def test_fresh_again_is_the_outage_and_its_drain(use: float, outage: float) -> None:
    capacity = 100.0
    drained = backlog.drain_seconds(
        backlog=use * capacity * outage, capacity_per_second=capacity, arrivals_per_second=use * capacity
    )
    whole = backlog.fresh_again_seconds(outage_seconds=outage, use_fraction=use)
    assert whole == pytest.approx(outage + drained, rel=1e-9, abs=1e-9)


def test_at_full_use_nothing_is_ever_fresh_again() -> None:
    assert backlog.fresh_again_seconds(outage_seconds=1, use_fraction=1) == math.inf


@pytest.mark.parametrize("wrong", [-1.0, math.nan, math.inf])
def test_a_backlog_that_cannot_be_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="backlog"):
        backlog.drain_seconds(backlog=wrong, capacity_per_second=1, arrivals_per_second=0)
