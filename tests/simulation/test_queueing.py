"""Simulated waits against theory and against a plain event loop."""

import heapq
import math
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from playbook.laws import queueing as theory
from playbook.simulation import queueing

CUSTOMERS = 400_000
WARM_UP = 20_000
BATCHES = 20


def waits(servers: int, utilisation: float, *, customers: int, seed: int) -> NDArray[np.float64]:
    """Waits for services of one second."""
    return queueing.waits_seconds(
        arrivals_per_second=servers * utilisation,
        service_seconds=1,
        servers=servers,
        customers=customers,
        rng=np.random.default_rng(seed),
    )


def loop_waits(servers: int, utilisation: float, customers: int, seed: int) -> list[float]:
    """The same queue, one customer after the other, each to the server that is free first."""
    rng = np.random.default_rng(seed)
    arrivals = np.cumsum(rng.exponential(1 / (servers * utilisation), customers)).tolist()
    free, waited = [0.0] * servers, []
    for arrival, service in zip(arrivals, rng.exponential(1, customers).tolist(), strict=True):
        start = max(arrival, free[0])
        heapq.heapreplace(free, start + service)
        waited.append(start - arrival)
    return waited


def mean_and_error(values: NDArray[np.float64]) -> tuple[float, float]:
    """Mean, and its standard error from batches long enough to be independent."""
    batches = values[: len(values) // BATCHES * BATCHES].reshape(BATCHES, -1).mean(axis=1)
    return float(batches.mean()), float(batches.std(ddof=1) / math.sqrt(BATCHES))


@pytest.mark.parametrize(
    ("servers", "utilisation"), [(1, 0.5), (1, 0.9), (2, 0.3), (4, 0.8), (4, 0.95), (50, 0.9), (300, 0.97)]
)
def test_mean_wait_and_chance_to_wait_agree_with_erlang_c(servers: int, utilisation: float) -> None:
    """Within four standard errors of batch means, after a warm-up that the first batch would show."""
    settled = waits(servers, utilisation, customers=CUSTOMERS, seed=servers)[WARM_UP:]
    wait, wait_error = mean_and_error(settled)
    waiting, waiting_error = mean_and_error((settled > 0).astype(np.float64))
    load = servers * utilisation
    expected = theory.wait_seconds(arrivals_per_second=load, service_seconds=1, servers=servers)
    assert wait == pytest.approx(expected, abs=4 * wait_error)
    assert waiting == pytest.approx(
        theory.erlang_c(servers=servers, offered_load=load), abs=4 * waiting_error
    )


@pytest.mark.parametrize("seconds", [0.0, 0.5, 2.0])
def test_the_share_served_in_time_agrees_with_theory(seconds: float) -> None:
    settled = waits(4, 0.8, customers=CUSTOMERS, seed=5)[WARM_UP:]
    share, error = mean_and_error((settled <= seconds).astype(np.float64))
    expected = theory.wait_within_fraction(
        arrivals_per_second=3.2, service_seconds=1, servers=4, seconds=seconds
    )
    assert share == pytest.approx(expected, abs=4 * error)


@pytest.mark.parametrize(("servers", "utilisation"), [(1, 0.8), (3, 0.9), (5, 0.6), (3, 1.5)])
def test_the_first_customers_wait_as_in_a_plain_loop(servers: int, utilisation: float) -> None:
    """Means by position, and products of neighbours, of 4,000 starts each: within five standard errors."""
    starts, customers = 4_000, 16
    ours = np.array([waits(servers, utilisation, customers=customers, seed=seed) for seed in range(starts)])
    loop = np.array([loop_waits(servers, utilisation, customers, starts + seed) for seed in range(starts)])
    for a, b in ((ours, loop), (ours[:, 1:] * ours[:, :-1], loop[:, 1:] * loop[:, :-1])):
        error = np.sqrt((a.var(axis=0) + b.var(axis=0)) / starts)
        assert np.all(np.abs(a.mean(axis=0) - b.mean(axis=0)) <= 5 * error)


def test_the_fourth_customer_of_three_servers_waits_only_if_nobody_left() -> None:
    """By hand: three times the next event is an arrival, with 1, 2 and 3 at work."""
    rate, starts = 2.7, 8_000
    chance = rate / (rate + 1) * rate / (rate + 2) * rate / (rate + 3)
    fourth = [waits(3, 0.9, customers=4, seed=seed)[3] for seed in range(starts)]
    error = math.sqrt(chance * (1 - chance) / starts)
    assert np.mean(np.array(fourth) > 0) == pytest.approx(chance, abs=4 * error)


@pytest.mark.parametrize("servers", [1, 4, 40])
def test_as_many_customers_as_servers_never_wait(servers: int) -> None:
    assert not waits(servers, 5.0, customers=servers, seed=1).any()


def test_an_empty_start_shortens_early_waits() -> None:
    first = np.mean([waits(4, 0.95, customers=100, seed=seed).mean() for seed in range(300)])
    settled = waits(4, 0.95, customers=CUSTOMERS, seed=2)[WARM_UP:].mean()
    assert first < settled / 2


def test_above_capacity_waits_grow_with_every_customer() -> None:
    """Each customer brings 1 / 2 s of work for the whole system and leaves it 1 / 3 s."""
    waited = waits(2, 1.5, customers=100_000, seed=3)
    assert waited[-1] == pytest.approx(100_000 * (1 / 2 - 1 / 3), rel=0.05)


def test_nobody_waits_where_thousands_of_servers_stand_idle() -> None:
    assert not waits(3_000, 0.1, customers=10_000, seed=4).any()


def test_one_seed_gives_one_history() -> None:
    assert np.array_equal(waits(4, 0.8, customers=1_000, seed=6), waits(4, 0.8, customers=1_000, seed=6))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("arrivals_per_second", 0.0),
        ("arrivals_per_second", math.nan),
        ("service_seconds", -1.0),
        ("servers", 0),
        ("servers", 1.5),
        ("customers", 0),
    ],
)
def test_a_value_outside_the_domain_is_refused_by_name(name: str, value: float) -> None:
    valid: dict[str, Any] = {
        "arrivals_per_second": 1.0,
        "service_seconds": 1.0,
        "servers": 2,
        "customers": 10,
    }
    with pytest.raises(ValueError, match=f"{name} {value}"):
        queueing.waits_seconds(**valid | {name: value}, rng=np.random.default_rng(0))
