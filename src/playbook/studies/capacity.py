"""How the enricher scales: the load test under Gunther's law."""

from functools import cache

import numpy as np

from playbook.answer import answer
from playbook.laws.scalability import Usl
from playbook.model import SECONDS_PER_DAY, System
from playbook.simulation import scalability


def usl(system: System) -> Usl:
    """The universal scalability law, fitted to the load test."""
    return _fit(tuple((point.consumers, point.events_per_second) for point in system.load_test))


@cache
def _fit(points: tuple[tuple[float, float], ...]) -> Usl:
    loads, rates = (np.array(side) for side in zip(*points, strict=True))
    return scalability.fit_usl(loads, rates)


@answer(unit="consumers", show="{:.0f} consumers")
def peak_consumers(system: System) -> float:
    """Consumers beyond which the enricher reads less, by the fitted law."""
    return usl(system).peak_load


@answer(unit="events/s", show="{:,.0f} per second")
def peak_events_per_second(system: System) -> float:
    """Events per second that the enricher reads at its peak, by the fitted law."""
    return usl(system).throughput(peak_consumers(system))


@answer(unit="fraction", show="{:.0%}")
def efficiency_fraction(system: System) -> float:
    """What the consumers of one US cell read over what they would without contention, by the fitted law."""
    consumers = system.stream.us_shards / system.platform.us_clusters
    return usl(system).throughput(consumers) / (usl(system).rate * consumers)


@answer(unit="events/day", show="{:~3}/day")
def ends_at_events_per_day(system: System) -> float:
    """Volume whose US peak minute one cluster could read at its peak, the hottest shard as hot as now."""
    read = peak_events_per_second(system) / system.stream.hottest_shard_factor / system.traffic.peak_factor
    return read / system.traffic.us_fraction * SECONDS_PER_DAY
