"""How a release meets its first requests."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Canary:
    """How a release meets its first requests."""

    traffic_fraction: float
    minutes: float
    baseline_failure_fraction: float
