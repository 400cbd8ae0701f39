"""What production in one region takes: quantities that the system implies, at that region's prices."""

import math
from collections.abc import Iterator
from typing import Literal, NamedTuple

from playbook.model import DAYS_PER_MONTH, HOURS_PER_MONTH, PRICE_UNITS, Prices, System

GIGABYTE = 1e9
MILLION = 1e6
FIREWALL_RULES = 10
KEYS_PER_REGION = 90
SECRETS_PER_REGION = 200
DOLLARS = "USD"

Environment = Literal["production", "other"]


class Line(NamedTuple):
    """One line of the bill: a quantity a month, its unit, and dollars for one of it.

    A tuple, since a page makes a hundred thousand of them at each step of a slider.

    ``where`` is a region's short name, or ``standby`` for the third region, at the prices of ``eu``.
    ``fixed`` says that it stays when no event comes.
    """

    where: str
    environment: Environment
    subject: str
    item: str
    quantity: float
    unit: str
    usd_per_unit: float
    fixed: bool

    @property
    def usd(self) -> float:
        """Dollars a month."""
        return self.quantity * self.usd_per_unit


def region_lines(system: System, region: str) -> tuple[Line, ...]:
    """Production in one region."""
    parts = (_compute, _streaming, _storage, _state, _edge, _network, _observability, _security)
    return tuple(
        priced(system.prices[region], region, part.__name__.strip("_"), item)
        for part in parts
        for item in part(system, region)
    )


Item = tuple[str, float, str, bool]


def _compute(system: System, region: str) -> Iterator[Item]:
    held, clusters = system.platform, system.platform.clusters(region)
    general = held.nodes_per_region + held.nodes_per_cluster * clusters
    minimum = held.worker_nodes_per_cluster * clusters
    workers = max(minimum, math.ceil(events_per_second(system, region) / held.events_per_node_second))
    gigabytes_per_node = held.volume_gigabytes_per_node
    yield "clusters", clusters * HOURS_PER_MONTH, "eks_cluster", True
    yield "nodes, general", general * HOURS_PER_MONTH, "node_general", True
    yield "nodes, workers at their minimum", minimum * HOURS_PER_MONTH, "node_compute", True
    yield "nodes, workers for volume", (workers - minimum) * HOURS_PER_MONTH, "node_compute", False
    yield "volumes", (general + minimum + 2) * gigabytes_per_node, "volume", True
    yield "volumes, workers for volume", (workers - minimum) * gigabytes_per_node, "volume", False


def _streaming(system: System, region: str) -> Iterator[Item]:
    stream, events = system.stream, events_per_month(system, region)
    shard_hours = stream.shards(region) * HOURS_PER_MONTH
    steps = math.ceil(system.traffic.event_bytes / system.storage.firehose_rounding_bytes)
    requests = events * system.traffic.deliveries_per_event * system.delivery.queue_requests_per_delivery
    read = gigabytes(system, region) * stream.fan_out_consumers
    yield "shards", shard_hours, "shard", True
    yield "enhanced fan-out, shards", shard_hours * stream.fan_out_consumers, "fan_out_consumer", True
    if stream.retention_hours > 24:
        yield "retention beyond a day", shard_hours, "shard_retention", True
    yield "records in", events / MILLION, "put_units", False
    yield "enhanced fan-out, data", read, "fan_out_data", False
    yield (
        "archive delivery",
        events * steps * system.storage.firehose_rounding_bytes / GIGABYTE,
        "firehose",
        False,
    )
    yield "destination queues", requests / MILLION, "queue_requests", False


def _storage(system: System, region: str) -> Iterator[Item]:
    kept, archived = system.storage, gigabytes(system, region) / system.storage.compression_factor
    colder = kept.standard_months + kept.infrequent_months
    standard = months_held(system, 0.0, kept.standard_months)
    infrequent = months_held(system, kept.standard_months, colder)
    instant = months_held(system, colder, colder + kept.instant_months)
    yield "archive, standard", archived * standard, "s3_standard", False
    yield "archive, infrequent", archived * infrequent, "s3_infrequent", False
    yield "archive, instant", archived * instant, "s3_instant", False


def _state(system: System, region: str) -> Iterator[Item]:
    writes = events_per_month(system, region) * system.idempotency.writes_per_event
    yield "idempotency keys", writes / MILLION, "key_value_writes", False
    yield "database", HOURS_PER_MONTH, "database", True
    yield "database storage", system.storage.database_gigabytes, "database_storage", True
    yield "database backup", system.storage.backup_gigabytes, "database_backup", True


def _edge(system: System, region: str) -> Iterator[Item]:
    requests = events_per_month(system, region) / system.traffic.events_per_request
    clusters = system.platform.clusters(region)
    by_bytes, by_requests = (
        gigabytes(system, region) / HOURS_PER_MONTH,
        requests / (HOURS_PER_MONTH * 3600) / 25,
    )
    units = max(clusters, by_bytes, by_requests)
    yield "load balancers", clusters * HOURS_PER_MONTH, "load_balancer", True
    yield "load balancer capacity", units * HOURS_PER_MONTH, "load_balancer_capacity", False
    yield "firewall", 1.0, "firewall", True
    yield "firewall rules", FIREWALL_RULES, "firewall_rule", True
    yield "firewall requests", requests / MILLION, "firewall_requests", False


def _network(system: System, region: str) -> Iterator[Item]:
    zones, data = system.delivery.zones, gigabytes(system, region)
    delivered = data * system.traffic.deliveries_per_event / system.storage.delivered_compression_factor
    endpoints = system.platform.interface_endpoints * zones
    yield "NAT gateways", zones * HOURS_PER_MONTH, "nat", True
    yield "NAT data", delivered, "nat_data", False
    yield "internet", delivered, "internet", False
    yield "between zones", data * system.storage.zone_crossings_per_event * 2, "zone_crossing", False
    yield "endpoints", endpoints * HOURS_PER_MONTH, "endpoint", True
    yield "endpoint data", data * 1.5, "endpoint_data", False


def _observability(system: System, region: str) -> Iterator[Item]:
    seen, clusters = system.observability, system.platform.clusters(region)
    logs = events_per_month(system, region) * seen.log_bytes_per_event / GIGABYTE
    base = seen.log_gigabytes_per_region_month
    yield "nodes, metrics", (1 + clusters) * HOURS_PER_MONTH, "node_memory", True
    yield "metrics", seen.metrics_per_region + seen.metrics_per_cluster * clusters, "metric", True
    yield "logs whatever the volume", base, "logs", True
    yield "log storage whatever the volume", base, "log_storage", True
    yield "logs by volume", logs, "logs", False
    yield "log storage by volume", logs, "log_storage", False


def _security(system: System, _region: str) -> Iterator[Item]:
    yield "keys", KEYS_PER_REGION, "key", True
    yield "secrets", SECRETS_PER_REGION, "secret", True
    yield "tooling, an allowance", system.platform.security_tooling_usd_per_region_month, DOLLARS, True
    yield "miscellaneous, an allowance", system.platform.miscellaneous_usd_per_region_month, DOLLARS, True


def priced(price: Prices, where: str, subject: str, item: Item) -> Line:
    """A line at the price that the item names; an allowance is dollars at one dollar each."""
    name, quantity, key, fixed = item
    if key == DOLLARS:
        return dollars(where, subject, name, quantity, fixed=fixed)
    usd: float = getattr(price, key)
    return Line(where, "production", subject, name, quantity, PRICE_UNITS[key], usd, fixed)


def dollars(where: str, subject: str, item: str, usd: float, *, fixed: bool) -> Line:
    """A line that is known in dollars alone."""
    return Line(where, "production", subject, item, usd, DOLLARS, 1.0, fixed)


def months_held(system: System, youngest: float, oldest: float) -> float:
    """How many months of today's flow a store holds, of things aged between two ages in months.

    The flow grew on the way here, and nothing is older than the platform: what is a year old is a year's
    growth smaller than what comes today.
    """
    age = (system.as_of - system.eras[0].end).days / DAYS_PER_MONTH
    start, end = min(youngest, age), min(oldest, age)
    rate = math.log1p(system.traffic.growth_per_month_fraction)
    return (math.exp(-rate * start) - math.exp(-rate * end)) / rate if rate else end - start


def events_per_month(system: System, region: str) -> float:
    """Events that a region takes in a mean month."""
    return system.traffic.events_per_month * system.traffic.region_fraction(region)


def events_per_second(system: System, region: str) -> float:
    """Events per second that a region takes in the peak minute."""
    return system.traffic.peak_per_second * system.traffic.region_fraction(region)


def gigabytes(system: System, region: str) -> float:
    """Gigabytes of events, as sent, that a region takes in a mean month."""
    return events_per_month(system, region) * system.traffic.event_bytes / GIGABYTE
