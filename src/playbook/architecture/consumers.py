"""What reads the stream: one record at a time from each shard."""

import math
from datetime import date, timedelta

from playbook.answer import answer
from playbook.architecture.stream import hottest_per_second
from playbook.laws import queueing
from playbook.model import DAYS_PER_MONTH, REGIONS, System


def consumer_fraction(system: System, region: str) -> float:
    """Use of the hottest shard's serial consumer in the peak minute."""
    return hottest_per_second(system, region) * system.stream.consumer_seconds_per_record


@answer(unit="subscriptions", show="{:d}")
def shard_consumers_needed(system: System) -> int:
    """Shards that keep every consumer below its limit, times the consumers that read each."""
    return shards_for_consumers(system) * system.stream.fan_out_consumers


def shards_for_consumers(system: System) -> int:
    """Shards in both regions that keep the hottest shard's consumer below its limit in the peak minute."""
    stream, peak = system.stream, system.traffic.peak_per_second * system.stream.hottest_shard_factor
    read = stream.hot_shard_limit_fraction / stream.consumer_seconds_per_record
    return sum(math.ceil(peak * system.traffic.region_fraction(region) / read) for region in REGIONS)


@answer(unit="fraction", show="{:.0%}")
def us_consumer_fraction(system: System) -> float:
    """Use of the hottest US shard's serial consumer in the peak minute."""
    return consumer_fraction(system, "us")


@answer(unit="fraction", show="{:.0%}")
def eu_consumer_fraction(system: System) -> float:
    """Use of the hottest EU shard's serial consumer in the peak minute."""
    return consumer_fraction(system, "eu")


@answer(unit="fraction", show="{:.0%}")
def busiest_consumer_fraction(system: System) -> float:
    """Use of the busiest serial consumer in the peak minute, either region."""
    return max(consumer_fraction(system, region) for region in REGIONS)


@answer(unit="events/s", show="{:,.0f} per second")
def consumer_per_second(system: System) -> float:
    """What one serial consumer can read from one shard."""
    return 1 / system.stream.consumer_seconds_per_record


@answer(unit="events/day", show="{:~3}/day")
def binds_at_events_per_day(system: System) -> float:
    """Volume at which the busiest consumer passes the share of a shard that we let it use."""
    used = busiest_consumer_fraction(system) / system.stream.hot_shard_limit_fraction
    return system.traffic.events_per_day / used


@answer(unit="months", show="{:.1f} months")
def binds_in_months(system: System) -> float:
    """Months from the system's date until the busiest consumer passes that share; negative when it has."""
    ratio = binds_at_events_per_day(system) / system.traffic.events_per_day
    return math.log(ratio) / math.log1p(system.traffic.growth_per_month_fraction)


@answer(unit="date", show="{:%Y-%m}")
def binds_on(system: System) -> date:
    """Month in which the busiest consumer passes that share, by today's growth."""
    return system.as_of + timedelta(days=binds_in_months(system) * DAYS_PER_MONTH)


@answer(unit="ms", show="{:.1f} ms")
def consumer_wait_milliseconds(system: System) -> float | None:
    """Mean wait before the busiest serial consumer in the peak minute; None once it cannot keep up.

    Arrivals at random and a constant service time: M/D/1 by Pollaczek and Khinchine.
    """
    used = busiest_consumer_fraction(system)
    return None if used >= 1 else wait_milliseconds(system, used=used)


def wait_milliseconds(system: System, *, used: float, scv: float = 0.0) -> float:
    """Mean wait before one serial consumer; ``scv`` of its service time, 0 for a constant one."""
    service = system.stream.consumer_seconds_per_record
    return 1000 * queueing.wait_seconds(
        arrivals_per_second=used / service, service_seconds=service, servers=1, service_scv=scv
    )


@answer(unit="ms", show="{:.1f} ms")
def wait_added_by_tenth_milliseconds(system: System) -> float:
    """Wait that a tenth more volume adds at the limit that we let a consumer reach."""
    limit = system.stream.hot_shard_limit_fraction
    return wait_milliseconds(system, used=1.1 * limit) - wait_milliseconds(system, used=limit)


@answer(unit="ms", show="{:.1f} ms")
def wait_added_by_doubling_milliseconds(system: System) -> float:
    """Wait that the doubling of volume before that limit added."""
    limit = system.stream.hot_shard_limit_fraction
    return wait_milliseconds(system, used=limit) - wait_milliseconds(system, used=limit / 2)
