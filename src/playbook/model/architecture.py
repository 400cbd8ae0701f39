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
    hottest_shard_factor: float
    hot_shard_limit_fraction: float
    postgres_dequeues_per_second: float

    def shards(self, region: str) -> int:
        """Shards provisioned in a region."""
        return {"us": self.us_shards, "eu": self.eu_shards}[region]


@dataclass(frozen=True, slots=True)
class Idempotency:
    """The keys that keep a retried event from counting twice."""

    window_hours: float
    writes_per_event: float


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
