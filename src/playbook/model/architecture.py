"""The stream, the keys against duplicates, and what is stored."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stream:
    """The Kinesis stream and the consumers that read it."""

    records_per_shard_second: float
    bytes_per_shard_second: float
    us_shards: int
    eu_shards: int
    fan_out_consumers: int
    retention_hours: float
    consumer_seconds_per_record: float
    consumer_rewrite_hours: float
    hottest_shard_factor: float
    hot_shard_limit_fraction: float
    postgres_dequeues_per_second: float
    kafka_only_readers: int

    def shards(self, region: str) -> int:
        """Shards provisioned in a region."""
        return {"us": self.us_shards, "eu": self.eu_shards}[region]


@dataclass(frozen=True, slots=True)
class LoadTest:
    """A point of the enricher's load test."""

    consumers: float
    events_per_second: float


@dataclass(frozen=True, slots=True)
class Latency:
    """What each stage of an event's path takes, and how the dashboards of 2024 saw it."""

    edge_p50_seconds: float
    edge_p99_seconds: float
    key_p50_seconds: float
    key_p99_seconds: float
    put_p50_seconds: float
    put_p99_seconds: float
    stream_p50_seconds: float
    stream_p99_seconds: float
    enrich_p50_seconds: float
    enrich_p99_seconds: float
    route_p50_seconds: float
    route_p99_seconds: float
    hedge_after_fraction: float
    healthy_shard_p99_seconds: float
    histogram_limit_seconds: float


@dataclass(frozen=True, slots=True)
class Options:
    """Ways to carry events: latency floor from accepted to read, engineer hours a month once running."""

    postgres_seconds: float
    postgres_hours_per_month: float
    sqs_seconds: float
    sqs_hours_per_month: float
    kinesis_seconds: float
    kinesis_hours_per_month: float
    on_demand_seconds: float
    on_demand_hours_per_month: float
    fan_out_seconds: float
    fan_out_hours_per_month: float
    kafka_seconds: float
    kafka_hours_per_month: float
    broker_megabytes_per_second: float
    shared_consumer_seconds: float
    containers_hours_per_month: float
    functions_hours_per_month: float
    function_gigabytes: float
    gigabytes_per_cpu: float
    least_cpus_per_region: float
    records_per_call: float


@dataclass(frozen=True, slots=True)
class Quotas:
    """What a tenant may send at once."""

    burst_factor: float
    rejected_valid_fraction: float
    campaign_per_second: float


@dataclass(frozen=True, slots=True)
class Idempotency:
    """The keys that keep a retried event from counting twice."""

    window_hours: float
    writes_per_event: float
    duplicated_events: float


@dataclass(frozen=True, slots=True)
class Storage:
    """The archive, the database and the warehouse."""

    compression_factor: float
    standard_months: float
    infrequent_months: float
    instant_months: float
    firehose_rounding_bytes: float
    delivered_compression_factor: float
    zone_crossings_per_event: float
    database_gigabytes: float
    backup_gigabytes: float
    backup_days: float
    warehouse_credits_per_month: float
    warehouse_terabytes: float
