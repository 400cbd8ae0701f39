"""Waits in a queue, customer by customer."""

import numpy as np
from numpy.typing import NDArray

from playbook.laws import domain

FIRST_BLOCK = 1_024


def waits_seconds(
    *,
    arrivals_per_second: float,
    service_seconds: float,
    servers: int,
    customers: int,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Every wait in the queue in seconds, shape (customers,), in order of arrival: FIFO M/M/c.

    The first customer finds the system empty, so early waits are too short: drop a warm-up of
    several relaxation times, each about 1 / (1 - sqrt(load))² services of the whole system
    (load per server). At 80 % that is 90 customers, at 95 % 1,560; dropping ten of them leaves
    no bias that a million customers could show. Waits in a row are correlated: take standard
    errors from means of long batches. Load above capacity is allowed, and waits then grow.

    Exact in distribution, all waits jointly, without a loop over customers. While all servers
    are busy, departures are Poisson with rate servers / service_seconds, so those who wait and
    the one who took the last free server are the customers of an M/M/1 queue with that rate,
    which Lindley's recursion gives as a running minimum. Between two of its busy periods come
    customers who find a server free; only their number matters, and it is drawn by levels.

    Reference: D. V. Lindley, Proc. Cambridge Phil. Soc. 48 (1952); the split at full
    occupation: L. Kleinrock, Queueing Systems 1 (1975), section 3.5.
    Raises ValueError for a rate or time that is not positive and for counts below 1.
    """
    domain.require_positive(arrivals_per_second=arrivals_per_second, service_seconds=service_seconds)
    domain.require_counts(1, servers=servers, customers=customers)
    queued = _single_server_waits(1 / arrivals_per_second, service_seconds / servers, customers, rng)
    starts = np.flatnonzero(queued == 0)
    unqueued = np.zeros(len(starts), dtype=np.int64)
    begin, end, reached = 0, FIRST_BLOCK, 0
    while servers > 1 and begin < len(starts) and starts[begin] + reached < customers:
        block = unqueued[begin:end]
        block[:] = _unqueued_customers(
            servers, arrivals_per_second * service_seconds, begin == 0, customers, len(block), rng
        )
        reached += int(block.sum())
        begin, end = end, 2 * end
    positions = np.arange(customers) + np.repeat(np.cumsum(unqueued), np.diff(starts, append=customers))
    present = int(np.searchsorted(positions, customers))
    waits = np.zeros(customers)
    waits[positions[:present]] = queued[:present]
    return waits


def _single_server_waits(
    interarrival_seconds: float, service_seconds: float, customers: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    backlog = np.zeros(customers)
    backlog[1:] = rng.standard_exponential(customers - 1) * service_seconds
    backlog[1:] -= rng.standard_exponential(customers - 1) * interarrival_seconds
    np.cumsum(backlog, out=backlog)
    backlog -= np.minimum.accumulate(backlog)
    return backlog


def _unqueued_customers(
    servers: int,
    offered_load: float,
    starts_empty: bool,
    limit: int,
    spells: int,
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Numbers of arrivals that find two or more servers free in each spell, at most `limit`.

    A spell begins with one server just freed, or the first with all of them free, and ends when
    the last free one is taken. To climb from n busy servers to n + 1 takes one arrival and, before
    it, geometrically many departures (odds n : offered_load), each of which asks for one more
    climb from n - 1. So the climbs of a level are negative binomial, given those of the level above.
    """
    climbs = np.ones(spells, dtype=np.int64)
    from_empty = np.zeros(spells, dtype=np.int64)
    from_empty[0] = starts_empty
    unqueued = np.zeros(spells, dtype=np.int64)
    for busy in range(servers - 1, 0, -1):
        mean = rng.standard_gamma(climbs) * (busy / offered_load)
        # Beyond the history all counts are alike: a mean of 4 × limit + 1,000 is never below it.
        departures = rng.poisson(np.minimum(mean, 4 * limit + 1_000))
        climbs = np.minimum(departures + from_empty, limit)
        unqueued = np.minimum(unqueued + climbs, limit)
    return unqueued
