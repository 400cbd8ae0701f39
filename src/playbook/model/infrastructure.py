"""What the vendors promise, and losing a region."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vendors:
    """Availability that the vendors on an event's path promise, each as a fraction of a month."""

    load_balancer_fraction: float
    clusters_fraction: float
    instances_fraction: float
    stream_fraction: float
    key_value_fraction: float
    database_fraction: float
    identity_fraction: float


@dataclass(frozen=True, slots=True)
class Recovery:
    """Losing a region, and what a standby gives."""

    regional_events_per_year: float
    regional_event_hours: float
    pilot_light_minutes: float
    warm_usd_per_month: float
    missed_recoveries: int
    archive_delay_seconds: float
    replication_minutes: float
