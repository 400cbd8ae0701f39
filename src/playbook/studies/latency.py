"""What the whole path takes, stage distributions and the consumer's wait convolved."""

from functools import cache

from playbook.answer import answer
from playbook.architecture.consumers import busiest_consumer_fraction
from playbook.architecture.path import Stage, stages, wait_seconds
from playbook.model import System, at_end_of
from playbook.simulation import latency
from playbook.simulation.latency import Array

STEP_SECONDS = 0.0005
CELLS = 4000


def path_cells(system: System, *, hops: int = 1, hedged: bool = False) -> Array:
    """Probability of the path's time by cell of half a millisecond, up to two seconds, ``(4000,)``."""
    parts = [_cells(stage) for stage in stages(system)]
    if hedged:
        key = parts[1]
        after = round(latency.quantile(key, system.latency.hedge_after_fraction, step=1.0, stages=1))
        parts[1] = latency.hedged_cells(key, after=after)
    put, stream = parts[2], parts[3]
    wait = latency.exponential_cells(
        mean=wait_seconds(system),
        busy_fraction=busiest_consumer_fraction(system),
        step=STEP_SECONDS,
        cells=CELLS,
    )
    return latency.in_series([*parts, wait, *[part for _ in range(hops - 1) for part in (put, stream, wait)]])


def path_milliseconds(
    system: System, fraction: float, *, hops: int = 1, hedged: bool = False
) -> float | None:
    """A percentile of the path's time; None once the consumer cannot keep up."""
    if busiest_consumer_fraction(system) >= 1:
        return None
    count = len(stages(system)) + 1 + 3 * (hops - 1)
    cells = path_cells(system, hops=hops, hedged=hedged)
    return 1000 * latency.quantile(cells, fraction, step=STEP_SECONDS, stages=count)


def _cells(stage: Stage) -> Array:
    return _lognormal(stage.p50_seconds, stage.sigma)


@cache
def _lognormal(median: float, sigma: float) -> Array:
    return latency.lognormal_cells(median=median, sigma=sigma, step=STEP_SECONDS, cells=CELLS)


@answer(unit="ms", show="{:.0f} ms")
def p50_milliseconds(system: System) -> float | None:
    """Median from accepted at the edge to the destination's queue."""
    return path_milliseconds(system, 0.5)


@answer(unit="ms", show="{:.0f} ms")
def ship_p50_milliseconds(system: System) -> float | None:
    """The same median at the end of the first era."""
    return p50_milliseconds(at_end_of(system, "ship"))


@answer(unit="ms", show="{:.0f} ms")
def p95_milliseconds(system: System) -> float | None:
    """95th percentile from accepted at the edge to the destination's queue."""
    return path_milliseconds(system, 0.95)


@answer(unit="ms", show="{:.0f} ms")
def p99_milliseconds(system: System) -> float | None:
    """99th percentile from accepted at the edge to the destination's queue."""
    return path_milliseconds(system, 0.99)


@answer(unit="ms", show="{:.0f} ms")
def two_hops_p50_milliseconds(system: System) -> float | None:
    """The median with a second stream behind the enricher, as first drawn."""
    return path_milliseconds(system, 0.5, hops=2)


@answer(unit="ms", show="{:.0f} ms")
def hedged_p99_milliseconds(system: System) -> float | None:
    """The 99th percentile if the write of the idempotency key were hedged."""
    return path_milliseconds(system, 0.99, hedged=True)
