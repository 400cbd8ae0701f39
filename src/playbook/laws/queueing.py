"""Waiting lines with one queue and `servers` equal servers, in steady state.

Loads are in erlangs: mean number of servers that the work would keep busy.
Written by hand because the playbook exists to explain them.
"""

import math

from playbook.laws import domain


def erlang_b(*, servers: int, offered_load: float) -> float:
    """Fraction of arrivals that are turned away, 0–1, when nobody may wait.

    M/G/c/c: Poisson arrivals, any service time, any load. The recursion runs on 1/B,
    whose terms are all positive, so that it neither cancels nor underflows early:
    10,000 servers take under a millisecond.

    Reference: D. L. Jagerman, Some properties of the Erlang loss function, Bell System
    Technical Journal 53 (1974).
    Raises ValueError for servers below 1 and for a load that is negative or not finite.
    """
    domain.require_counts(1, servers=servers)
    domain.require_non_negative(offered_load=offered_load)
    if offered_load == 0:
        return 0.0
    return 1 / _inverse_blocking(servers, offered_load)


def erlang_c(*, servers: int, offered_load: float) -> float:
    """Fraction of arrivals that have to wait, 0–1, when everybody may wait.

    M/M/c with Poisson arrivals and exponential service times, below saturation.

    Reference: L. Kleinrock, Queueing Systems 1 (1975), section 3.5.
    Raises ValueError where `erlang_b` does and when the load needs more servers.
    """
    domain.require_counts(1, servers=servers)
    domain.require_non_negative(offered_load=offered_load)
    if offered_load >= servers:
        raise ValueError(
            f"offered load {offered_load:.6g} erlangs needs at least "
            f"{math.floor(offered_load) + 1} servers, got {servers}"
        )
    if offered_load == 0:
        return 0.0
    return servers / ((servers - offered_load) * _inverse_blocking(servers, offered_load) + offered_load)


def offered_load_for_blocking(*, servers: int, blocking_fraction: float) -> float:
    """Load in erlangs at which `erlang_b` turns away `blocking_fraction` of arrivals.

    Bisection to the last bit: blocking rises with load, and the load that is carried,
    load × (1 - blocking), never exceeds `servers`, which bounds the answer.
    Raises ValueError for servers below 1 and a fraction outside 0–1 or equal to 1.
    """
    domain.require_counts(1, servers=servers)
    domain.require_fractions(blocking_fraction=blocking_fraction)
    if blocking_fraction == 1:
        raise ValueError("blocking_fraction 1 needs an infinite load: give a fraction below 1")
    if blocking_fraction == 0:
        return 0.0
    low, high = 0.0, 2 * servers / (1 - blocking_fraction)
    while low < (middle := low + (high - low) / 2) < high:
        if erlang_b(servers=servers, offered_load=middle) < blocking_fraction:
            low = middle
        else:
            high = middle
    return high


def wait_seconds(
    *,
    arrivals_per_second: float,
    service_seconds: float,
    servers: int,
    arrival_scv: float = 1.0,
    service_scv: float = 1.0,
) -> float:
    """Mean wait in the queue in seconds, service excluded.

    Allen–Cunneen on Erlang C: the M/M/c wait times the mean of the two squared
    coefficients of variation (SCV, variance over squared mean). Exact for M/M/c and,
    as the Pollaczek–Khinchine formula, for one server with Poisson arrivals. With four
    servers and Poisson arrivals, against exact solutions at 50, 80, 90 % load, it errs by
    -12.4, -3.5, -1.5 % for constant service (SCV 0) and by +30.2, +8.5, +3.8 % for
    hyperexponential service with balanced means and SCV 4; with sixteen servers by -30, -9, -4
    and +84, +26, +11 %, of waits that are short by then.

    Reference: A. O. Allen, Probability, Statistics and Queueing Theory (1990), chapter 5.
    Raises ValueError where `erlang_c` does, for a service time that is not positive and
    for a negative SCV.
    """
    domain.require_non_negative(
        arrivals_per_second=arrivals_per_second, arrival_scv=arrival_scv, service_scv=service_scv
    )
    domain.require_positive(service_seconds=service_seconds)
    offered_load = arrivals_per_second * service_seconds
    waiting_fraction = erlang_c(servers=servers, offered_load=offered_load)
    variability = (arrival_scv + service_scv) / 2
    return waiting_fraction * service_seconds / (servers - offered_load) * variability


def wait_within_fraction(
    *, arrivals_per_second: float, service_seconds: float, servers: int, seconds: float
) -> float:
    """Fraction of arrivals, 0–1, whose wait in the queue is at most `seconds`.

    M/M/c, first in, first out: a wait, given that there is one, is exponential. This is the
    "service level" of call centres; at 0 seconds it is the fraction that does not wait.

    Reference: D. Gross, C. M. Harris, Fundamentals of Queueing Theory (1998), chapter 2.
    Raises ValueError where `erlang_c` does, for a service time that is not positive and for a
    negative or infinite time.
    """
    domain.require_non_negative(arrivals_per_second=arrivals_per_second, seconds=seconds)
    domain.require_positive(service_seconds=service_seconds)
    offered_load = arrivals_per_second * service_seconds
    waiting_fraction = erlang_c(servers=servers, offered_load=offered_load)
    return 1 - waiting_fraction * math.exp(-(servers - offered_load) * seconds / service_seconds)


def _inverse_blocking(servers: int, offered_load: float) -> float:
    inverse = 1.0
    for server in range(1, servers + 1):
        inverse = 1 + inverse * (server / offered_load)
    return inverse
