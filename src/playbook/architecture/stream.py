"""What the stream itself takes."""

import math

from playbook.answer import answer
from playbook.model import REGIONS, System, at_end_of

SHARD_HEADROOM = 1.25


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


def shards_for_writes(system: System, region: str) -> int:
    """Shards that records and bytes ask for in the peak minute, with a quarter of headroom."""
    peak = system.traffic.peak_per_second * system.traffic.region_fraction(region)
    by_records = peak / system.stream.records_per_shard_second
    by_bytes = peak * system.traffic.event_bytes / system.stream.bytes_per_shard_second
    return max(1, math.ceil(SHARD_HEADROOM * max(by_records, by_bytes)))


@answer(unit="readers", show="{:d}")
def kafka_only_readers(system: System) -> int:
    """Readers that speak Kafka and nothing else."""
    return system.stream.kafka_only_readers


@answer(unit="shards", show="{:d} shards")
def shards(system: System) -> int:
    """Shards provisioned in both regions."""
    return sum(system.stream.shards(region) for region in REGIONS)


@answer(unit="shards", show="{:d} shards")
def shards_needed_for_writes(system: System) -> int:
    """Shards that records and bytes alone would ask for in both regions."""
    return sum(shards_for_writes(system, region) for region in REGIONS)


@answer(unit="fraction", show="{:.0%}")
def busiest_write_fraction(system: System) -> float:
    """Use of the nearer of the two write quotas on the busiest shard in the peak minute."""
    return max(use(system, region) for region in REGIONS for use in (records_fraction, bytes_fraction))


@answer(unit="shards", show="{:d}")
def ship_us_shards(system: System) -> int:
    """Shards that the US stream had at the end of the first era."""
    return at_end_of(system, "ship").stream.us_shards


@answer(unit="shards", show="{:d} shard")
def ship_shards_needed_for_writes(system: System) -> int:
    """Shards that the United States' records and bytes asked for at the end of the first era."""
    return shards_for_writes(at_end_of(system, "ship"), "us")
