"""Prices and what is capped in dollars."""

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True, slots=True)
class Enrichment:
    """LLM enrichment: a share of the events, capped in dollars."""

    events_fraction: float
    usd_per_call: float
    cap_usd_per_month: float
    cache_hit_fraction: float
    accuracy_fraction: float
    rules_accuracy_fraction: float
    drifted_accuracy_fraction: float
    self_hosted_usd_per_month: float
    self_hosted_hours_per_month: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """How soon what was spent is known."""

    export_hours: float


@dataclass(frozen=True, slots=True)
class Commitment:
    """The savings plan on the nodes, and what the year after could ask of them."""

    signed: int
    discount_fraction: float
    usd_per_hour: float
    demand_median: float
    demand_sigma: float


@dataclass(frozen=True, slots=True)
class Prices:
    """Dollars per unit in one region; the unit is the one that the row in the price table must state."""

    eks_cluster: Annotated[float, "hour"]
    node_general: Annotated[float, "hour"]
    node_compute: Annotated[float, "hour"]
    node_memory: Annotated[float, "hour"]
    volume: Annotated[float, "GB-month"]
    shard: Annotated[float, "shard-hour"]
    shard_retention: Annotated[float, "shard-hour"]
    put_units: Annotated[float, "million units"]
    fan_out_consumer: Annotated[float, "consumer-shard-hour"]
    fan_out_data: Annotated[float, "GB"]
    firehose: Annotated[float, "GB"]
    s3_standard: Annotated[float, "GB-month"]
    s3_infrequent: Annotated[float, "GB-month"]
    s3_instant: Annotated[float, "GB-month"]
    key_value_writes: Annotated[float, "million"]
    database: Annotated[float, "hour"]
    database_storage: Annotated[float, "GB-month"]
    database_backup: Annotated[float, "GB-month"]
    queue_requests: Annotated[float, "million"]
    load_balancer: Annotated[float, "hour"]
    load_balancer_capacity: Annotated[float, "LCU-hour"]
    firewall: Annotated[float, "month"]
    firewall_rule: Annotated[float, "month"]
    firewall_requests: Annotated[float, "million"]
    nat: Annotated[float, "hour"]
    nat_data: Annotated[float, "GB"]
    internet: Annotated[float, "GB"]
    zone_crossing: Annotated[float, "GB"]
    endpoint: Annotated[float, "AZ-hour"]
    endpoint_data: Annotated[float, "GB"]
    logs: Annotated[float, "GB"]
    log_storage: Annotated[float, "GB-month"]
    metric: Annotated[float, "metric-month"]
    key: Annotated[float, "key-month"]
    secret: Annotated[float, "secret-month"]
    on_demand_stream: Annotated[float, "stream-hour"]
    on_demand_in: Annotated[float, "GB"]
    on_demand_fan_out: Annotated[float, "GB"]
    broker: Annotated[float, "hour"]
    broker_storage: Annotated[float, "GB-month"]
    fargate_cpu: Annotated[float, "hour"]
    fargate_memory: Annotated[float, "GB-hour"]
    function_requests: Annotated[float, "million"]
    function_time: Annotated[float, "GB-second"]
    warehouse_credit: Annotated[float, "credit"]
    warehouse_storage: Annotated[float, "TB-month"]
