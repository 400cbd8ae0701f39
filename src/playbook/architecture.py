"""What the volume asks of the stream, its consumers and its baseline, and what binds next."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from playbook.answer import answer
from playbook.laws import queueing
from playbook.model import DAYS_PER_MONTH, REGIONS, SECONDS_PER_DAY, System, at, at_end_of

SHARD_HEADROOM = 1.25


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that saturates: its use in the peak minute, the volume that fills it, whether we run it."""

    name: str
    region: str
    meaning: str
    used_fraction: float
    events_per_day: float
    ours: bool


def limits(system: System) -> tuple[Limit, ...]:
    """Every limit on an event's path in every region, the nearest first.

    Each use is proportional to volume, so the volume at which a limit is full follows by division;
    settings are held as they are, since the question is what we must change next.
    """
    volume = system.traffic.events_per_day
    shard = (
        ("shard, records in", "writes are refused", records_fraction),
        ("shard, bytes in", "writes are refused", bytes_fraction),
        ("shard, serial consumer", "the hottest shard falls behind", consumer_fraction),
    )
    found = [
        Limit(name, region, meaning, use(system, region), volume / use(system, region), ours=True)
        for region in REGIONS
        for name, meaning, use in shard
    ]
    kept = postgres_fraction(system)
    found.append(
        Limit("PostgreSQL as a queue", "us", "dequeues fall behind", kept, volume / kept, ours=False)
    )
    return tuple(sorted(found, key=lambda limit: -limit.used_fraction))


def hottest_per_second(system: System, region: str) -> float:
    """Events per second on the hottest shard of a region in the peak minute."""
    traffic, stream = system.traffic, system.stream
    per_shard = traffic.peak_per_second * traffic.region_fraction(region) / stream.shards(region)
    return per_shard * min(stream.hottest_shard_factor, stream.shards(region))


def records_fraction(system: System, region: str) -> float:
    """Use of the hottest shard's record quota in the peak minute."""
    return hottest_per_second(system, region) / system.stream.records_per_shard_second


def bytes_fraction(system: System, region: str) -> float:
    """Use of the hottest shard's byte quota in the peak minute."""
    return (
        hottest_per_second(system, region) * system.traffic.event_bytes / system.stream.bytes_per_shard_second
    )


def consumer_fraction(system: System, region: str) -> float:
    """Use of the hottest shard's serial consumer in the peak minute."""
    return hottest_per_second(system, region) * system.stream.consumer_seconds_per_record


def postgres_fraction(system: System) -> float:
    """Use of the inherited PostgreSQL queue in the peak minute, had we kept it."""
    return system.traffic.peak_per_second / system.stream.postgres_dequeues_per_second


def shards_for_writes(system: System, region: str) -> int:
    """Shards that records and bytes ask for in the peak minute, with a quarter of headroom."""
    peak = system.traffic.peak_per_second * system.traffic.region_fraction(region)
    by_records = peak / system.stream.records_per_shard_second
    by_bytes = peak * system.traffic.event_bytes / system.stream.bytes_per_shard_second
    return max(1, math.ceil(SHARD_HEADROOM * max(by_records, by_bytes)))


@answer(unit="shards", show="{:d} shards")
def shards(system: System) -> int:
    """Shards provisioned in both regions."""
    return sum(system.stream.shards(region) for region in REGIONS)


@answer(unit="shards", show="{:d} shards")
def shards_needed_for_writes(system: System) -> int:
    """Shards that records and bytes alone would ask for in both regions."""
    return sum(shards_for_writes(system, region) for region in REGIONS)


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


@answer(unit="fraction", show="{:.0%}")
def busiest_write_fraction(system: System) -> float:
    """Use of the nearer of the two write quotas on the busiest shard in the peak minute."""
    return max(use(system, region) for region in REGIONS for use in (records_fraction, bytes_fraction))


@answer(unit="events/s", show="{:,.0f} per second")
def consumer_per_second(system: System) -> float:
    """What one serial consumer can read from one shard."""
    return 1 / system.stream.consumer_seconds_per_record


@answer(unit="", show="{:s}")
def binds_next(system: System) -> str:
    """The limit of the running system that the peak minute uses most."""
    nearest = next(limit for limit in limits(system) if limit.ours)
    return f"{nearest.name}, {nearest.region.upper()}"


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


@answer(unit="events/day", show="{:~3}/day")
def postgres_events_per_day(system: System) -> float:
    """Volume at which the inherited PostgreSQL queue is full in the peak minute."""
    return system.stream.postgres_dequeues_per_second / system.traffic.peak_factor * SECONDS_PER_DAY


@answer(unit="date", show="{:%Y-%m}")
def postgres_ended_on(system: System) -> date | None:
    """Month in which the volume that came passed what the PostgreSQL queue could have carried."""
    return reached_on(system, postgres_events_per_day(system))


@answer(unit="months", show="month {:.0f}")
def postgres_months(system: System) -> float | None:
    """Months from M0 until the volume that came passed what the PostgreSQL queue could have carried."""
    day = postgres_ended_on(system)
    return None if day is None else (day - system.eras[0].end).days / DAYS_PER_MONTH


def reached_on(system: System, events_per_day: float) -> date | None:
    """The first day on which the recorded volume was at least ``events_per_day``; None if it never was."""
    low, high = system.eras[0].start, system.eras[-1].end
    if at(system, high).traffic.events_per_day < events_per_day:
        return None
    while low < high:
        middle = low + (high - low) // 2
        if at(system, middle).traffic.events_per_day >= events_per_day:
            high = middle
        else:
            low = middle + timedelta(days=1)
    return low


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


@answer(unit="shards", show="{:d}")
def ship_us_shards(system: System) -> int:
    """Shards that the US stream had at the end of the first era."""
    return at_end_of(system, "ship").stream.us_shards


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


@answer(unit="fraction", show="{:.0%}")
def ship_postgres_fraction(system: System) -> float:
    """Use of the inherited queue in the peak minute at the end of the first era, had we kept it."""
    return postgres_fraction(at_end_of(system, "ship"))


@answer(unit="shards", show="{:d} shard")
def ship_shards_needed_for_writes(system: System) -> int:
    """Shards that the United States' records and bytes asked for at the end of the first era."""
    return shards_for_writes(at_end_of(system, "ship"), "us")
