"""CPU time of the simulations against the obvious way to write them."""

import heapq
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from playbook.simulation import incidents, queueing

from .measurement import Measurement, cpu_seconds

SEED = 20231106
CUSTOMERS = 1_000_000
YEARS = 10_000
GRID_YEARS = 20
BUDGET_SECONDS = 1_296.0
MINUTE_SECONDS = 60


def measurements() -> Iterator[Measurement]:
    """Yield one measurement per simulation."""
    yield multiserver_queue()
    yield rolling_window()


def multiserver_queue() -> Measurement:
    """Four servers at 80 % load and a million customers, against a loop with a heap."""
    return Measurement(
        what=f"M/M/4 waits, {CUSTOMERS:,} customers",
        seconds=cpu_seconds(
            lambda: queueing.waits_seconds(
                arrivals_per_second=3.2,
                service_seconds=1,
                servers=4,
                customers=CUSTOMERS,
                rng=np.random.default_rng(SEED),
            )
        ),
        baseline="Python loop with a heap of free times",
        baseline_seconds=cpu_seconds(lambda: heap_waits(3.2, 1, 4, CUSTOMERS), runs=3),
    )


def rolling_window() -> Measurement:
    """10,000 years of incidents against a 30-day window, against a minute grid."""
    drawn = incidents_of(YEARS)
    few = incidents_of(GRID_YEARS)
    grid_seconds = cpu_seconds(lambda: grid_breach_fraction(few), runs=3)
    return Measurement(
        what=f"exact rolling window, {YEARS:,} years, {len(drawn.starts_seconds):,} incidents",
        seconds=cpu_seconds(lambda: incidents.time_in_breach_fraction(drawn, budget_seconds=BUDGET_SECONDS)),
        baseline=f"minute grid in NumPy, {GRID_YEARS} years measured, scaled to {YEARS:,}",
        baseline_seconds=grid_seconds * YEARS / GRID_YEARS,
    )


def incidents_of(years: int) -> incidents.Histories:
    """Twelve incidents a year, half an hour in the median, of all severities."""
    return incidents.histories(
        incidents_per_year=12,
        duration_seconds=lambda rng, size: rng.lognormal(np.log(1_800), 1, size),
        severity=lambda rng, size: rng.uniform(0, 1, size),
        years=years,
        rng=np.random.default_rng(SEED),
    )


def heap_waits(
    arrivals_per_second: float, service_seconds: float, servers: int, customers: int
) -> list[float]:
    """Every wait of an M/M/c queue, one customer after the other."""
    rng = np.random.default_rng(SEED)
    arrivals = np.cumsum(rng.standard_exponential(customers) / arrivals_per_second).tolist()
    services = (rng.standard_exponential(customers) * service_seconds).tolist()
    free, waits = [0.0] * servers, []
    for arrival, service in zip(arrivals, services, strict=True):
        start = max(arrival, free[0])
        heapq.heapreplace(free, start + service)
        waits.append(start - arrival)
    return waits


def grid_breach_fraction(histories: incidents.Histories, window_days: int = 30) -> float:
    """Share of minutes at whose end the trailing window has spent more than the budget."""
    minutes = int(histories.seconds) // MINUTE_SECONDS
    spent = grid_spending(histories, minutes)
    window = window_days * incidents.SECONDS_PER_DAY // MINUTE_SECONDS
    total = np.cumsum(spent)
    total[window:] -= total[:-window].copy()
    return float(np.mean(total > BUDGET_SECONDS))


def grid_spending(histories: incidents.Histories, minutes: int) -> NDArray[np.float64]:
    """Seconds of full outage in each minute."""
    spent = np.zeros(minutes)
    incident_seconds = zip(
        histories.starts_seconds.tolist(),
        histories.durations_seconds.tolist(),
        histories.severities.tolist(),
        strict=True,
    )
    for start, duration, severity in incident_seconds:
        first, last = int(start // MINUTE_SECONDS), int((start + duration) // MINUTE_SECONDS)
        edges = np.arange(first, last + 2) * MINUTE_SECONDS
        overlap = np.diff(np.clip(edges, start, start + duration))
        spent[first : last + 1] += severity * overlap[: minutes - first]
    return spent
