"""The bill, bottom up: every line is a quantity that the system implies times a dated price."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from playbook.answer import answer
from playbook.model import HOURS_PER_MONTH, REGIONS, Prices, System, what_if

GIGABYTE = 1e9
MILLION = 1e6
FIREWALL_RULES = 10
KEYS_PER_REGION = 90
SECRETS_PER_REGION = 200
SUPPORT_TIERS = ((1, 0.10), (7, 0.07), (17, 0.05), (math.inf, 0.03))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the bill, dollars a month."""

    where: str
    subject: str
    item: str
    usd: float
    fixed: bool


def lines(system: System) -> tuple[Line, ...]:
    """The whole bill: both regions, the rest of the platform, and support on what goes to AWS."""
    regions = [line for region in REGIONS for line in region_lines(system, region)]
    aws = [*regions, *_other_environments(system)]
    return (*aws, _support(system, aws), *_outside(system))


def region_lines(system: System, region: str) -> tuple[Line, ...]:
    """Production in one region."""
    price = system.prices[region]
    parts = (_compute, _streaming, _storage, _state, _edge, _network, _observability, _security)
    return tuple(
        Line(region, part.__name__.strip("_"), item, usd, fixed)
        for part in parts
        for item, usd, fixed in part(system, region, price)
    )


Item = tuple[str, float, bool]


def _compute(system: System, region: str, price: Prices) -> Iterator[Item]:
    held, clusters = system.platform, system.platform.clusters(region)
    general = held.nodes_per_region + held.nodes_per_cluster * clusters
    minimum = held.worker_nodes_per_cluster * clusters
    workers = max(minimum, math.ceil(events_per_second(system, region) / held.events_per_node_second))
    yield "clusters", clusters * HOURS_PER_MONTH * price.eks_cluster, True
    yield "nodes, general", general * HOURS_PER_MONTH * price.node_general, True
    yield "nodes, workers at their minimum", minimum * HOURS_PER_MONTH * price.node_compute, True
    yield "volumes", (general + minimum + 2) * held.volume_gigabytes_per_node * price.volume, True
    per_node = HOURS_PER_MONTH * price.node_compute + held.volume_gigabytes_per_node * price.volume
    yield "nodes, workers for volume", (workers - minimum) * per_node, False


def _streaming(system: System, region: str, price: Prices) -> Iterator[Item]:
    stream, events = system.stream, events_per_month(system, region)
    shard_hours = stream.shards(region) * HOURS_PER_MONTH
    billed = math.ceil(system.traffic.event_bytes / system.storage.firehose_rounding_bytes)
    yield "shards", shard_hours * price.shard, True
    yield "enhanced fan-out, shards", shard_hours * stream.fan_out_consumers * price.fan_out_consumer, True
    if stream.retention_hours > 24:
        yield "retention beyond a day", shard_hours * price.shard_retention, True
    yield "records in", events / MILLION * price.put_units, False
    yield (
        "enhanced fan-out, data",
        gigabytes(system, region) * stream.fan_out_consumers * price.fan_out_data,
        False,
    )
    archived = events * billed * system.storage.firehose_rounding_bytes / GIGABYTE
    yield "archive delivery", archived * price.firehose, False
    requests = events * system.traffic.deliveries_per_event * system.delivery.queue_requests_per_delivery
    yield "destination queues", requests / MILLION * price.queue_requests, False


def _storage(system: System, region: str, price: Prices) -> Iterator[Item]:
    kept, archived = system.storage, gigabytes(system, region) / system.storage.compression_factor
    yield "archive, standard", archived * kept.standard_months * price.s3_standard, False
    yield "archive, infrequent", archived * kept.infrequent_months * price.s3_infrequent, False
    yield "archive, instant", archived * kept.instant_months * price.s3_instant, False


def _state(system: System, region: str, price: Prices) -> Iterator[Item]:
    writes = events_per_month(system, region) * system.idempotency.writes_per_event
    yield "idempotency keys", writes / MILLION * price.key_value_writes, False
    yield "database", HOURS_PER_MONTH * price.database, True
    yield "database storage", system.storage.database_gigabytes * price.database_storage, True
    yield "database backup", system.storage.backup_gigabytes * price.database_backup, True


def _edge(system: System, region: str, price: Prices) -> Iterator[Item]:
    requests = events_per_month(system, region) / system.traffic.events_per_request
    clusters = system.platform.clusters(region)
    units = max(
        clusters, gigabytes(system, region) / HOURS_PER_MONTH, requests / (HOURS_PER_MONTH * 3600) / 25
    )
    yield "load balancers", clusters * HOURS_PER_MONTH * price.load_balancer, True
    yield "load balancer capacity", units * HOURS_PER_MONTH * price.load_balancer_capacity, False
    yield "firewall", price.firewall + FIREWALL_RULES * price.firewall_rule, True
    yield "firewall requests", requests / MILLION * price.firewall_requests, False


def _network(system: System, region: str, price: Prices) -> Iterator[Item]:
    held, zones, data = system.platform, system.delivery.zones, gigabytes(system, region)
    delivered = data * system.traffic.deliveries_per_event / system.storage.delivered_compression_factor
    yield "NAT gateways", zones * HOURS_PER_MONTH * price.nat, True
    yield "NAT data", delivered * price.nat_data, False
    yield "internet", delivered * price.internet, False
    yield "between zones", data * system.storage.zone_crossings_per_event * 2 * price.zone_crossing, False
    yield "endpoints", held.interface_endpoints * zones * HOURS_PER_MONTH * price.endpoint, True
    yield "endpoint data", data * 1.5 * price.endpoint_data, False


def _observability(system: System, region: str, price: Prices) -> Iterator[Item]:
    seen, clusters = system.observability, system.platform.clusters(region)
    logs = events_per_month(system, region) * seen.log_bytes_per_event / GIGABYTE
    base = seen.log_gigabytes_per_region_month
    yield "nodes, metrics", (1 + clusters) * HOURS_PER_MONTH * price.node_memory, True
    yield "metrics", (seen.metrics_per_region + seen.metrics_per_cluster * clusters) * price.metric, True
    yield "logs whatever the volume", base * (price.logs + price.log_storage), True
    yield "logs by volume", logs * (price.logs + price.log_storage), False


def _security(system: System, _region: str, price: Prices) -> Iterator[Item]:
    yield "keys and secrets", KEYS_PER_REGION * price.key + SECRETS_PER_REGION * price.secret, True
    yield "tooling, an allowance", system.platform.security_tooling_usd_per_region_month, True
    yield "miscellaneous, an allowance", system.platform.miscellaneous_usd_per_region_month, True


def _other_environments(system: System) -> Iterator[Line]:
    held = system.platform
    few = ("platform.us_clusters", "platform.eu_clusters", "stream.us_shards", "stream.eu_shards")
    lean = what_if(system, dict.fromkeys(few, 1))
    base = math.fsum(line.usd for region in REGIONS for line in region_lines(lean, region) if line.fixed)
    yield Line(
        "us",
        "other environments",
        "staging, development, load tests",
        base * held.nonproduction_fraction,
        True,
    )
    standby = held.standby_clusters * held.standby_usd_per_month
    yield Line("eu", "other environments", "standby in eu-central-1", standby, True)


def _support(system: System, aws: list[Line]) -> Line:
    """Business support in its tiers, on everything that AWS bills."""
    spend, fee, floor = math.fsum(line.usd for line in aws), 0.0, 0.0
    for width, rate in SUPPORT_TIERS:
        top = floor + width * system.platform.support_first_tier_usd
        fee += max(0.0, min(spend, top) - floor) * rate
        floor = top
    return Line("us", "support", "support plan", max(100.0, fee), False)


def _outside(system: System) -> Iterator[Line]:
    price, kept = system.prices["us"], system.storage
    warehouse = kept.warehouse_credits_per_month * price.warehouse_credit
    yield Line(
        "us",
        "warehouse",
        "our own warehouse",
        warehouse + kept.warehouse_terabytes * price.warehouse_storage,
        True,
    )
    yield Line("eu", "enrichment", "LLM calls, capped", enrichment_usd_per_month(system), False)


def events_per_month(system: System, region: str) -> float:
    """Events that a region takes in a mean month."""
    return system.traffic.events_per_month * system.traffic.region_fraction(region)


def events_per_second(system: System, region: str) -> float:
    """Events per second that a region takes in the peak minute."""
    return system.traffic.peak_per_second * system.traffic.region_fraction(region)


def gigabytes(system: System, region: str) -> float:
    """Gigabytes of events, as sent, that a region takes in a mean month."""
    return events_per_month(system, region) * system.traffic.event_bytes / GIGABYTE


def by_subject(system: System) -> dict[str, tuple[float, float]]:
    """Subject to dollars a month, fixed and by volume, the largest first."""
    sums: dict[str, tuple[float, float]] = {}
    for line in lines(system):
        fixed, moving = sums.get(line.subject, (0.0, 0.0))
        sums[line.subject] = (fixed + line.usd, moving) if line.fixed else (fixed, moving + line.usd)
    return dict(sorted(sums.items(), key=lambda item: -sum(item[1])))


@answer(unit="USD/month", show="${:,.0f}")
def enrichment_usd_per_month(system: System) -> float:
    """What LLM enrichment costs, its cap applied."""
    return min(enrichment_uncapped_usd_per_month(system), system.enrichment.cap_usd_per_month)


@answer(unit="USD/month", show="${:,.0f}")
def enrichment_uncapped_usd_per_month(system: System) -> float:
    """What LLM enrichment would cost without its cap."""
    return enrichment_unbounded_usd_per_month(system) * (1 - system.enrichment.cache_hit_fraction)


@answer(unit="USD/month", show="${:,.0f}")
def enrichment_unbounded_usd_per_month(system: System) -> float:
    """What LLM enrichment would cost without its cap and without its cache."""
    called = system.traffic.events_per_month * system.enrichment.events_fraction
    return called * system.enrichment.usd_per_call
