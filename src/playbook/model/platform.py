"""Workers, clusters, and what we see by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delivery:
    """The workers that hand events to destinations."""

    seconds_per_delivery: float
    connections_per_pod: int
    cpu_seconds_per_delivery: float
    night_floor_pods: int
    zones: int
    slots_limit_fraction: float
    queue_requests_per_delivery: float
    us_max_pods: int
    morning_factor: float
    first_attempt_fraction: float


@dataclass(frozen=True, slots=True)
class Platform:
    """Clusters and what a cluster, a region and the other environments hold at least."""

    us_clusters: int
    eu_clusters: int
    standby_clusters: int
    nodes_per_cluster: int
    nodes_per_region: int
    worker_nodes_per_cluster: int
    events_per_node_second: float
    volume_gigabytes_per_node: float
    interface_endpoints: int
    nonproduction_fraction: float
    support_first_tier_usd: float
    enterprise_support_usd_per_month: float
    miscellaneous_usd_per_region_month: float
    security_tooling_usd_per_region_month: float
    hours_per_cluster_month: float

    def clusters(self, region: str) -> int:
        """Clusters that serve production in a region."""
        return {"us": self.us_clusters, "eu": self.eu_clusters}[region]


@dataclass(frozen=True, slots=True)
class Observability:
    """What we keep to see by."""

    log_bytes_per_event: float
    log_gigabytes_per_region_month: float
    unsampled_log_bytes_per_event: float
    metrics_per_region: float
    metrics_per_cluster: float
