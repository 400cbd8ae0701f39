"""The path of an event, stage by stage, to the queue of its destination."""

import math
from dataclasses import dataclass
from statistics import NormalDist

from playbook.answer import answer
from playbook.architecture.consumers import busiest_consumer_fraction, wait_milliseconds
from playbook.laws import tail
from playbook.model import System

STAGES = ("edge", "key", "put", "stream", "enrich", "route")
TAIL = NormalDist().inv_cdf(0.99)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage whose time is lognormal, by its median and its 99th percentile."""

    name: str
    p50_seconds: float
    p99_seconds: float

    @property
    def sigma(self) -> float:
        """Standard deviation of the logarithm."""
        return math.log(self.p99_seconds / self.p50_seconds) / TAIL

    @property
    def mean_seconds(self) -> float:
        """Mean time."""
        return self.p50_seconds * math.exp(self.sigma**2 / 2)


def stages(system: System) -> tuple[Stage, ...]:
    """The measured stages in order, without the consumer's wait, which comes before the enricher."""
    latency = system.latency
    return tuple(
        Stage(name, getattr(latency, f"{name}_p50_seconds"), getattr(latency, f"{name}_p99_seconds"))
        for name in STAGES
    )


def wait_seconds(system: System) -> float:
    """Mean wait before the busiest consumer; infinite once it cannot keep up."""
    used = busiest_consumer_fraction(system)
    return math.inf if used >= 1 else wait_milliseconds(system, used=used) / 1000


@answer(unit="ms", show="{:.0f} ms")
def edge_milliseconds(system: System) -> float:
    """Median time at the edge."""
    return 1000 * system.latency.edge_p50_seconds


@answer(unit="ms", show="{:.0f} ms")
def key_milliseconds(system: System) -> float:
    """Median time of the idempotency key's write."""
    return 1000 * system.latency.key_p50_seconds


@answer(unit="ms", show="{:.0f} ms")
def put_milliseconds(system: System) -> float:
    """Median time of the put into the stream."""
    return 1000 * system.latency.put_p50_seconds


@answer(unit="ms", show="{:.0f} ms")
def stream_milliseconds(system: System) -> float:
    """Median time from the put to the reader's push."""
    return 1000 * system.latency.stream_p50_seconds


@answer(unit="ms", show="{:.0f} ms")
def enrich_milliseconds(system: System) -> float:
    """Median time of enrichment by rules and lookups."""
    return 1000 * system.latency.enrich_p50_seconds


@answer(unit="ms", show="{:.0f} ms")
def route_milliseconds(system: System) -> float:
    """Median time of routing into the destination's queue."""
    return 1000 * system.latency.route_p50_seconds


@answer(unit="ms", show="{:.0f} ms")
def edge_p99_milliseconds(system: System) -> float:
    """99th percentile of the time at the edge."""
    return 1000 * system.latency.edge_p99_seconds


@answer(unit="ms", show="{:.0f} ms")
def key_p99_milliseconds(system: System) -> float:
    """99th percentile of the time of the idempotency key's write."""
    return 1000 * system.latency.key_p99_seconds


@answer(unit="ms", show="{:.0f} ms")
def put_p99_milliseconds(system: System) -> float:
    """99th percentile of the time of the put into the stream."""
    return 1000 * system.latency.put_p99_seconds


@answer(unit="ms", show="{:.0f} ms")
def stream_p99_milliseconds(system: System) -> float:
    """99th percentile of the time from the put to the reader's push."""
    return 1000 * system.latency.stream_p99_seconds


@answer(unit="ms", show="{:.0f} ms")
def enrich_p99_milliseconds(system: System) -> float:
    """99th percentile of the time of enrichment by rules and lookups."""
    return 1000 * system.latency.enrich_p99_seconds


@answer(unit="ms", show="{:.0f} ms")
def route_p99_milliseconds(system: System) -> float:
    """99th percentile of the time of routing into the destination's queue."""
    return 1000 * system.latency.route_p99_seconds


@answer(unit="ms", show="{:.0f} ms")
def medians_milliseconds(system: System) -> float:
    """The sum of the stages' medians and the mean wait: no percentile of anything."""
    return 1000 * (wait_seconds(system) + math.fsum(stage.p50_seconds for stage in stages(system)))


@answer(unit="ms", show="{:.0f} ms")
def added_p99_milliseconds(system: System) -> float:
    """The sum of the stages' 99th percentiles: what a dashboard that adds them would show."""
    return 1000 * math.fsum(stage.p99_seconds for stage in stages(system))


@answer(unit="fraction", show="{:.0%}")
def stream_of_median_fraction(system: System) -> float:
    """Share of the summed medians that the stream takes."""
    return stream_milliseconds(system) / medians_milliseconds(system)


@answer(unit="fraction", show="{:.0%}")
def any_event_slow_fraction(system: System) -> float:
    """Chance that a request of the mean batch has an event beyond the 99th percentile of the path."""
    return tail.any_slow_fraction(slow_fraction=0.01, calls=round(system.traffic.events_per_request))


@answer(unit="s", show="{:.2f} s")
def averaged_p99_seconds(system: System) -> float:
    """What the dashboards of incident 1 showed: the mean of three healthy shards and one clipped one."""
    latency, shards = system.latency, 4
    return ((shards - 1) * latency.healthy_shard_p99_seconds + latency.histogram_limit_seconds) / shards
