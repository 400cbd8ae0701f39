"""What waits after a fault, and how long until nothing does: a fluid queue with constant rates."""

import math

from playbook.laws import domain


def drain_seconds(*, backlog: float, capacity_per_second: float, arrivals_per_second: float) -> float:
    """Seconds until a backlog is gone while new work keeps coming; `math.inf` without spare capacity.

    Reference: L. Kleinrock, Queueing Systems II (1976), section 2.7, the fluid approximation.
    Raises ValueError for a backlog, capacity or arrivals that are negative or not finite.
    """
    domain.require_non_negative(
        backlog=backlog, capacity_per_second=capacity_per_second, arrivals_per_second=arrivals_per_second
    )
    spare = capacity_per_second - arrivals_per_second
    if backlog == 0:
        return 0.0
    return backlog / spare if spare > 0 else math.inf


def late_arrivals(
    *, backlog: float, capacity_per_second: float, arrivals_per_second: float, limit_seconds: float
) -> float:
    """New work that waits longer than the limit behind a backlog that drains first in, first out.

    What arrives finds the backlog before it and waits for that over capacity; it is late until
    the backlog has fallen to `limit_seconds` of capacity. Newest first, with capacity to spare,
    no new work waits, and only what was in the backlog is late.
    Raises ValueError as `drain_seconds` does, and for a limit that is negative.
    """
    domain.require_non_negative(limit_seconds=limit_seconds)
    beyond = max(0.0, backlog - limit_seconds * capacity_per_second)
    lasting = drain_seconds(
        backlog=beyond, capacity_per_second=capacity_per_second, arrivals_per_second=arrivals_per_second
    )
    return arrivals_per_second * lasting if lasting else 0.0


def fresh_again_seconds(*, outage_seconds: float, use_fraction: float) -> float:
    """Seconds from the start of a full outage until its backlog is gone as well.

    At a use of u of capacity the backlog of an outage of T drains in T u / (1 - u), so the whole
    lasts T / (1 - u). `math.inf` at full use.
    Raises ValueError for an outage that is negative and a use outside 0–1.
    """
    domain.require_non_negative(outage_seconds=outage_seconds)
    domain.require_fractions(use_fraction=use_fraction)
    return outage_seconds / (1 - use_fraction) if use_fraction < 1 else math.inf
