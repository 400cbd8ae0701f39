"""Ways to carry events, by money, by hours, and by what they promise."""

import math
from dataclasses import dataclass

from playbook.architecture.baseline import postgres_fraction
from playbook.architecture.consumers import shards_for_consumers
from playbook.architecture.stream import shards_for_writes
from playbook.model import HOURS_PER_MONTH, REGIONS, Prices, System

MILLION = 1e6
GIGABYTE = 1e9
BROKERS_OVER_ZONES = 3
BROKER_STORAGE_FACTOR = 3.9


@dataclass(frozen=True, slots=True)
class Option:
    """One way to carry every event to every reader, in both regions together.

    ``usd_per_month`` is the service alone; ``hours_per_month`` those of engineers, once it runs.
    """

    name: str
    usd_per_month: float
    hours_per_month: float
    seconds: float
    ordered: str
    replays: bool

    def total_usd_per_month(self, *, usd_per_hour: float) -> float:
        """Money and hours together, an hour at a price."""
        return self.usd_per_month + self.hours_per_month * usd_per_hour


def options(system: System) -> tuple[Option, ...]:
    """The six ways that decision 0003 weighed, each sized for the system's peak minute."""
    o = system.options
    return (
        Option(
            "PostgreSQL, SKIP LOCKED",
            _postgres(system),
            o.postgres_hours_per_month,
            o.postgres_seconds,
            "no",
            False,
        ),
        Option("SQS, batched", _sqs(system), o.sqs_hours_per_month, o.sqs_seconds, "no", False),
        Option(
            "Kinesis, shared", _kinesis(system), o.kinesis_hours_per_month, _shared(system), "by key", True
        ),
        Option(
            "Kinesis, on demand",
            _on_demand(system),
            o.on_demand_hours_per_month,
            o.on_demand_seconds,
            "by key",
            True,
        ),
        Option(
            "Kinesis, fan-out", _fan_out(system), o.fan_out_hours_per_month, o.fan_out_seconds, "by key", True
        ),
        Option("MSK", _kafka(system), o.kafka_hours_per_month, o.kafka_seconds, "by key", True),
    )


def _postgres(system: System) -> float:
    """As many databases of the size that we have as the peak minute needs, one at least in each region."""
    each = max(1, math.ceil(postgres_fraction(system)))
    return sum(each * HOURS_PER_MONTH * system.prices[region].database for region in REGIONS)


def _sqs(system: System) -> float:
    """Send, receive and delete in batches of ten, once for each reader."""
    requests = 0.3 * system.traffic.events_per_month * system.stream.fan_out_consumers
    return requests / MILLION * system.prices["us"].queue_requests


def _kinesis(system: System) -> float:
    return math.fsum(_shards(system, region, system.prices[region]) for region in REGIONS)


def _shards(system: System, region: str, price: Prices) -> float:
    """Shards for the consumers where they bind and for the writes where those do, and the records put."""
    share = system.traffic.region_fraction(region)
    count = max(shards_for_writes(system, region), math.ceil(shards_for_consumers(system) * share))
    records = system.traffic.events_per_month * share / MILLION * price.put_units
    return count * HOURS_PER_MONTH * price.shard + records


def _fan_out(system: System) -> float:
    readers = system.stream.fan_out_consumers
    extra = 0.0
    for region in REGIONS:
        price, share = system.prices[region], system.traffic.region_fraction(region)
        count = max(shards_for_writes(system, region), math.ceil(shards_for_consumers(system) * share))
        extra += readers * count * HOURS_PER_MONTH * price.fan_out_consumer
        extra += readers * _gigabytes(system) * share * price.fan_out_data
    return _kinesis(system) + extra


def _on_demand(system: System) -> float:
    rounded = math.ceil(system.traffic.event_bytes / 1024) * 1024
    arrives = system.traffic.events_per_month * rounded / GIGABYTE
    read = _gigabytes(system) * system.stream.fan_out_consumers
    usd = 0.0
    for region in REGIONS:
        price, share = system.prices[region], system.traffic.region_fraction(region)
        usd += HOURS_PER_MONTH * price.on_demand_stream
        usd += share * (arrives * price.on_demand_in + read * price.on_demand_fan_out)
    return usd


def _kafka(system: System) -> float:
    """Brokers over three zones in each region, a day of retention on three replicas with a third to spare."""
    usd = 0.0
    for region in REGIONS:
        price, share = system.prices[region], system.traffic.region_fraction(region)
        megabytes = system.traffic.peak_per_second * share * system.traffic.event_bytes / MILLION
        brokers = max(BROKERS_OVER_ZONES, math.ceil(megabytes / system.options.broker_megabytes_per_second))
        kept = _gigabytes(system) * share / 30 * BROKER_STORAGE_FACTOR
        usd += brokers * HOURS_PER_MONTH * price.broker + kept * price.broker_storage
    return usd


def _shared(system: System) -> float:
    """The latency floor of shared consumers: between that of one and that of five, in proportion."""
    one, five = system.options.kinesis_seconds, system.options.shared_consumer_seconds
    return one + (five - one) * min(4, system.stream.fan_out_consumers - 1) / 4


def _gigabytes(system: System) -> float:
    return system.traffic.events_per_month * system.traffic.event_bytes / GIGABYTE


def hour_usd(system: System) -> float:
    """What an engineer's hour costs."""
    return system.team.pay_usd_per_year / 12 / system.team.hours_per_engineer_month


def option(system: System, name: str) -> Option:
    """One of the options by its name."""
    return next(candidate for candidate in options(system) if candidate.name == name)
