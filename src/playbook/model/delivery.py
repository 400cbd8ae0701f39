"""How a release meets its first requests, and how tenants were moved."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Canary:
    """How a release meets its first requests."""

    traffic_fraction: float
    minutes: float
    baseline_failure_fraction: float


@dataclass(frozen=True, slots=True)
class Releases:
    """What releases did, as measured."""

    rollback_p95_minutes: float
    schema_violations: int
    fault_failure_fraction: float
    schema_readers: int


@dataclass(frozen=True, slots=True)
class Migration:
    """Moving the first tenants by dual write."""

    tenants: int
    dual_write_days: float
    unreconciled_fraction: float
    unreconciled_limit_fraction: float
