"""What arrives, who sends it, who runs it, and what was asked."""

from dataclasses import dataclass
from datetime import date

SECONDS_PER_DAY = 86_400.0
DAYS_PER_MONTH = 365.25 / 12
HOURS_PER_MONTH = 24 * DAYS_PER_MONTH


@dataclass(frozen=True, slots=True)
class Traffic:
    """What arrives."""

    events_per_day: float
    peak_factor: float
    event_bytes: float
    events_per_request: float
    deliveries_per_event: float
    us_fraction: float
    growth_per_month_fraction: float

    @property
    def mean_per_second(self) -> float:
        """Events per second, averaged over a day."""
        return self.events_per_day / SECONDS_PER_DAY

    @property
    def peak_per_second(self) -> float:
        """Events per second in the peak minute."""
        return self.mean_per_second * self.peak_factor

    @property
    def events_per_month(self) -> float:
        """Events in a mean month of 30.4375 days."""
        return self.events_per_day * DAYS_PER_MONTH

    def region_fraction(self, region: str) -> float:
        """Share of the events that a region takes."""
        return {"us": self.us_fraction, "eu": 1 - self.us_fraction}[region]


@dataclass(frozen=True, slots=True)
class Tenancy:
    """Who sends it."""

    tenants: int
    us_fraction: float
    skew_exponent: float

    def region_fraction(self, region: str) -> float:
        """Share of the tenants that a region serves; all of them for ``all``."""
        return {"us": self.us_fraction, "eu": 1 - self.us_fraction, "all": 1.0}[region]


@dataclass(frozen=True, slots=True)
class Contracts:
    """What contracts ask of the provider and the place, what they are worth, and what they pay back."""

    other_cloud_fraction: float
    unmet_residency_demands: int
    retraining_engineer_months: float
    usd_per_month: float
    value_exponent: float
    lost_rank: int
    second_credit_below_fraction: float
    third_credit_below_fraction: float
    first_credit_fraction: float
    second_credit_fraction: float
    third_credit_fraction: float


@dataclass(frozen=True, slots=True)
class Team:
    """Who runs it."""

    platform_engineers: int
    pay_usd_per_year: float
    hours_per_engineer_month: float
    extras_usd_per_month: float
    extras_hours_per_month: float


@dataclass(frozen=True, slots=True)
class Hours:
    """A line of the ledger: engineer hours that a cause took in a month."""

    month: date
    cause: str
    hours: float


@dataclass(frozen=True, slots=True)
class Targets:
    """What we were given on 2023-11-06, as received."""

    events_per_day: float
    peak_events_per_day: float
    p50_seconds: float
    p95_seconds: float
    p99_seconds: float
    availability_fraction: float
    maintenance_hours_per_month: float
    server_error_fraction: float
    delivered_fraction: float
    retry_success_fraction: float
    recovery_time_hours: float
    recovery_point_minutes: float
    detect_minutes: float
    repair_minutes: float
    deployments_per_week: float
    change_failure_fraction: float
    rollback_minutes: float
    platform_engineers: int
    on_call_hours_per_week: float
    usd_per_month: float
    usd_per_month_cap: float
    usd_per_event: float
    usd_per_tenant_month: float
    attributed_fraction: float
    cpu_fraction: float
    growth_per_month_fraction: float
    audit_log_days: float
    erasure_days: float
    diagnose_minutes: float
    critical_incidents_per_quarter: float
    false_page_fraction: float
    cost_dashboard_hours: float
    audit_window_days: float
    tenants_per_quarter: float
    eu_regions: int
