"""Waiting lines."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import integrate, stats

from playbook.laws import queueing

SERVERS = st.integers(1, 200)
LOADS = st.floats(1e-6, 0.999)


def wait(servers: int, utilisation: float, **scv: float) -> float:
    """Mean wait for services of one second."""
    return queueing.wait_seconds(
        arrivals_per_second=servers * utilisation, service_seconds=1, servers=servers, **scv
    )


@pytest.mark.parametrize(
    ("servers", "load"), [(10, 4.46118), (20, 12.03061), (50, 37.90140), (100, 84.06416)]
)
def test_one_percent_blocking_agrees_with_tables(servers: int, load: float) -> None:
    """Erlang B tables at 1 %, as quoted with oracle D02."""
    solved = queueing.offered_load_for_blocking(servers=servers, blocking_fraction=0.01)
    assert solved == pytest.approx(load, abs=1e-5)


@given(LOADS)
def test_one_server_is_an_m_m_1(utilisation: float) -> None:
    assert queueing.erlang_c(servers=1, offered_load=utilisation) == pytest.approx(utilisation)
    assert wait(1, utilisation) == pytest.approx(utilisation / (1 - utilisation))


@given(LOADS, st.floats(0, 50))
def test_one_server_with_poisson_arrivals_is_exactly_pollaczek_khinchine(load: float, scv: float) -> None:
    second_moment = 1 + scv
    assert wait(1, load, service_scv=scv) == pytest.approx(load * second_moment / (2 * (1 - load)))


@given(SERVERS, st.floats(1e-3, 400))
def test_blocking_is_the_poisson_distribution_cut_off_at_the_servers(servers: int, load: float) -> None:
    exact = math.exp(stats.poisson.logpmf(servers, load) - stats.poisson.logcdf(servers, load))
    assert queueing.erlang_b(servers=servers, offered_load=load) == pytest.approx(exact, rel=1e-8, abs=1e-300)


@given(SERVERS, st.floats(0, 1e6))
def test_carried_load_fits_the_servers(servers: int, load: float) -> None:
    carried = load * (1 - queueing.erlang_b(servers=servers, offered_load=load))
    assert 0 <= carried <= servers * (1 + 1e-9)


@given(SERVERS, LOADS)
def test_waiting_is_likelier_than_being_turned_away_and_falls_with_servers(servers: int, load: float) -> None:
    offered = servers * load
    waiting = queueing.erlang_c(servers=servers, offered_load=offered)
    assert queueing.erlang_b(servers=servers, offered_load=offered) <= waiting <= 1
    assert queueing.erlang_c(servers=servers + 1, offered_load=offered) <= waiting


@given(SERVERS, st.floats(1e-9, 0.999))
def test_load_for_blocking_inverts_blocking(servers: int, blocking: float) -> None:
    load = queueing.offered_load_for_blocking(servers=servers, blocking_fraction=blocking)
    assert queueing.erlang_b(servers=servers, offered_load=load) == pytest.approx(blocking, rel=1e-9)


def test_no_load_neither_blocks_nor_waits() -> None:
    assert queueing.erlang_b(servers=3, offered_load=0) == 0
    assert queueing.erlang_c(servers=3, offered_load=0) == 0
    assert queueing.offered_load_for_blocking(servers=3, blocking_fraction=0) == 0
    assert wait(3, 0) == 0


def test_constant_arrivals_and_services_do_not_wait() -> None:
    assert wait(4, 0.99, arrival_scv=0, service_scv=0) == 0


def test_wait_explodes_near_saturation() -> None:
    waits = [wait(4, utilisation) for utilisation in (0.5, 0.8, 0.95, 0.99, 0.999)]
    assert all(later > 3 * earlier for earlier, later in pairwise(waits))
    assert wait(4, 1 - 1e-6) * 4e-6 == pytest.approx(1, rel=1e-4)


def test_pooling_four_single_servers_cuts_the_wait_more_than_fourfold() -> None:
    assert wait(1, 0.8) > 4 * wait(4, 0.8)


@given(SERVERS, LOADS, st.floats(1e-3, 1e3))
def test_a_slower_clock_scales_the_wait(servers: int, load: float, service: float) -> None:
    slow = queueing.wait_seconds(
        arrivals_per_second=servers * load / service, service_seconds=service, servers=servers
    )
    assert slow == pytest.approx(service * wait(servers, load), rel=1e-6)


@given(st.integers(1, 20), st.floats(0.5, 0.99))
def test_the_mean_wait_is_the_integral_of_the_fraction_still_waiting(servers: int, load: float) -> None:
    line: dict[str, Any] = {"arrivals_per_second": servers * load, "service_seconds": 1.0, "servers": servers}
    longest = 40 / (servers * (1 - load))
    still_waiting, _ = integrate.quad(
        lambda seconds: 1 - queueing.wait_within_fraction(**line, seconds=seconds), 0, longest
    )
    assert still_waiting == pytest.approx(queueing.wait_seconds(**line), rel=1e-6)


def test_those_who_do_not_wait_are_served_within_no_time() -> None:
    within = queueing.wait_within_fraction(arrivals_per_second=8, service_seconds=1, servers=10, seconds=0)
    assert within == pytest.approx(1 - queueing.erlang_c(servers=10, offered_load=8))


@pytest.mark.parametrize("servers", [10_000, 100_000])
def test_very_many_servers_stay_finite_and_agree_with_the_heavy_traffic_limit(servers: int) -> None:
    """Halfin and Whitt (1981): with one standard deviation to spare the chance to wait is 0.2234.

    The correction at finite size is of the order 1 / sqrt(servers).
    """
    load = servers - math.sqrt(servers)
    limit = 1 / (1 + stats.norm.cdf(1) / stats.norm.pdf(1))
    waiting = queueing.erlang_c(servers=servers, offered_load=load)
    assert waiting == pytest.approx(limit, rel=1 / math.sqrt(servers))


def test_ten_thousand_servers_can_be_inverted() -> None:
    load = queueing.offered_load_for_blocking(servers=10_000, blocking_fraction=0.01)
    assert queueing.erlang_b(servers=10_000, offered_load=load) == pytest.approx(0.01)
    assert 9_900 < load < 10_101


@pytest.mark.parametrize(
    ("servers", "utilisation", "error"),
    [(1, 0.8, 0), (4, 0.5, -0.124), (4, 0.8, -0.035), (4, 0.9, -0.015), (16, 0.5, -0.304), (16, 0.9, -0.040)],
)
def test_allen_cunneen_errs_for_constant_service_as_documented(
    servers: int, utilisation: float, error: float
) -> None:
    exact = constant_service_wait(servers, servers * utilisation)
    assert wait(servers, utilisation, service_scv=0) / exact - 1 == pytest.approx(error, abs=6e-4)


@pytest.mark.parametrize(
    ("servers", "utilisation", "error"), [(1, 0.8, 0), (4, 0.5, 0.302), (4, 0.8, 0.085), (4, 0.9, 0.038)]
)
def test_allen_cunneen_errs_for_hyperexponential_service_as_documented(
    servers: int, utilisation: float, error: float
) -> None:
    exact = hyperexponential_service_wait(servers, servers * utilisation, scv=4)
    assert wait(servers, utilisation, service_scv=4) / exact - 1 == pytest.approx(error, abs=6e-4)


def constant_service_wait(servers: int, load: float, states: int = 400) -> float:
    """Mean wait of M/D/c in services.

    After Crommelin (1932): whoever is in service now has left one service later, so the number
    present then is the number queued now plus a Poisson number of arrivals.
    """
    arrivals = stats.poisson.pmf(np.arange(states), load)
    moves = np.zeros((states, states))
    for present in range(states):
        queued = max(present - servers, 0)
        moves[present, queued:] = arrivals[: states - queued]
    moves[:, -1] += 1 - moves.sum(axis=1)
    return mean_queue(stationary(moves.T - np.eye(states)), np.arange(states), servers) / load


def hyperexponential_service_wait(servers: int, load: float, scv: float) -> float:
    """Mean wait of M/H2/c in mean services, balanced means, from its Markov chain.

    States are the number present and, of those in service, the number in the fast phase. The
    chain is cut off at 1,200 present; with b(n) the row of chances at n present,
    b(n) = b(n - 1) R(n), and R follows from the balance of each level, from the top down
    (M. F. Neuts, Matrix-Geometric Solutions in Stochastic Models, 1981).
    """
    first = (1 + math.sqrt((scv - 1) / (scv + 1))) / 2
    rates = (2 * first, 2 * (1 - first))
    shares = (first, 1 - first)
    top = 1_200

    def up(present: int) -> NDArray[np.float64]:
        if present >= servers:
            return load * np.eye(servers + 1)
        steps = np.zeros((present + 1, present + 2))
        for fast in range(present + 1):
            steps[fast, fast + 1], steps[fast, fast] = load * shares[0], load * shares[1]
        return steps

    def down(present: int) -> NDArray[np.float64]:
        busy = min(present, servers)
        steps = np.zeros((busy + 1, min(present - 1, servers) + 1))
        for fast in range(busy + 1):
            leaving = (fast * rates[0], (busy - fast) * rates[1])
            targets: tuple[tuple[float, int], ...]
            if present <= servers:
                targets = ((leaving[0], fast - 1), (leaving[1], fast))
            else:
                targets = (
                    (leaving[0] * shares[0] + leaving[1] * shares[1], fast),
                    (leaving[0] * shares[1], fast - 1),
                    (leaving[1] * shares[0], fast + 1),
                )
            for rate, target in targets:
                if rate > 0:
                    steps[fast, target] += rate
        return steps

    ratios = []
    back: NDArray[np.float64] = np.zeros(())
    for present in range(top, 0, -1):
        outflow = down(present).sum(axis=1) + (load if present < top else 0)
        local = np.diag(outflow) - (back if present < top else 0)
        ratio = up(present - 1) @ np.linalg.inv(local)
        ratios.append(ratio)
        back = ratio @ down(present)
    phases, queued, total = np.ones(1), 0.0, 1.0
    for present, ratio in enumerate(reversed(ratios), start=1):
        phases = phases @ ratio
        total += phases.sum()
        queued += max(present - servers, 0) * phases.sum()
    return float(queued / total / load)


def stationary(balance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distribution that a balance matrix, columns leaving, maps to zero."""
    balance[-1] = 1
    return np.linalg.solve(balance, np.eye(len(balance))[-1])


def mean_queue(distribution: NDArray[np.float64], present: NDArray[np.int64], servers: int) -> float:
    """Mean number waiting."""
    return float(distribution @ np.maximum(present - servers, 0))
