"""The targets as received, and what each implies by itself."""

import math

from playbook import architecture
from playbook.answer import answer
from playbook.model import DAYS_PER_MONTH, SECONDS_PER_DAY, System

HOURS_PER_WEEK = 168.0


@answer(unit="USD/month", show="${:,.0f}")
def ceiling_usd_per_month(system: System) -> float:
    """The given ceiling on the bill."""
    return system.targets.usd_per_month


@answer(unit="USD/event", show="${:g}")
def given_usd_per_event(system: System) -> float:
    """The given ceiling on the cost of an event."""
    return system.targets.usd_per_event


@answer(unit="USD/month", show="${:,.0f}")
def tenant_cost_usd_per_month(system: System) -> float:
    """The given ceiling on the cost of a tenant."""
    return system.targets.usd_per_tenant_month


@answer(unit="hours", show="{:g} hour")
def cost_dashboard_hours(system: System) -> float:
    """The given age at which costs have to be visible."""
    return system.targets.cost_dashboard_hours


@answer(unit="hours", show="{:g} hours")
def recovery_time_hours(system: System) -> float:
    """The given time to recover from a regional loss."""
    return system.targets.recovery_time_hours


@answer(unit="ms", show="{:.0f} ms")
def p50_milliseconds(system: System) -> float:
    """The given median latency."""
    return system.targets.p50_seconds * 1000


@answer(unit="ms", show="{:.0f} ms")
def p95_milliseconds(system: System) -> float:
    """The given 95th percentile of latency."""
    return system.targets.p95_seconds * 1000


@answer(unit="ms", show="{:.0f} ms")
def p99_milliseconds(system: System) -> float:
    """The given 99th percentile of latency."""
    return system.targets.p99_seconds * 1000


@answer(unit="fraction", show="{:.0%}")
def given_processor_fraction(system: System) -> float:
    """The given use of the processors."""
    return system.targets.cpu_fraction


@answer(unit="%", show="{:.4g} %")
def objective_percent(system: System) -> float:
    """The availability that we aim for, in per cent."""
    return 100 * system.targets.availability_fraction


@answer(unit="min", show="{:.0f} minutes")
def detect_minutes(system: System) -> float:
    """The given time to detect."""
    return system.targets.detect_minutes


@answer(unit="min", show="{:.0f} minutes")
def repair_minutes(system: System) -> float:
    """The given time to repair."""
    return system.targets.repair_minutes


@answer(unit="events/s", show="{:,.0f} per second")
def given_mean_per_second(system: System) -> float:
    """Events per second that the given 10M a day are."""
    return system.targets.events_per_day / SECONDS_PER_DAY


@answer(unit="events/s", show="{:,.0f} per second")
def given_capacity_per_second(system: System) -> float:
    """What the given peak capacity, a number of events per day, is per second."""
    return system.targets.peak_events_per_day / SECONDS_PER_DAY


@answer(unit="events/s", show="{:,.0f} per second")
def given_peak_per_second(system: System) -> float:
    """The peak minute of the given 10M a day."""
    return given_mean_per_second(system) * system.traffic.peak_factor


@answer(unit="USD/month", show="${:,.0f}")
def unit_cost_ceiling_usd_per_month(system: System) -> float:
    """What the given unit cost allows at the given volume, in dollars a month."""
    return system.targets.usd_per_event * system.targets.events_per_day * DAYS_PER_MONTH


@answer(unit="events/day", show="{:~3}/day")
def ceilings_meet_events_per_day(system: System) -> float:
    """The volume at which the given ceiling and the given unit cost are one and the same."""
    return system.targets.usd_per_month / system.targets.usd_per_event / DAYS_PER_MONTH


@answer(unit="fraction", show="{:.2%}")
def availability_with_maintenance_fraction(system: System) -> float:
    """Availability that tenants may see when the maintenance exclusion is used whole."""
    hours = system.alerts.window_days * 24
    return system.targets.availability_fraction - system.targets.maintenance_hours_per_month / hours


@answer(unit="×", show="{:.0f} times")
def server_errors_over_allowance(system: System) -> float:
    """The given limit on server errors over what the given availability leaves for every kind of failure."""
    return system.targets.server_error_fraction / (1 - system.targets.availability_fraction)


@answer(unit="hours/week", show="{:.0f} h a week")
def on_call_hours_per_week(system: System) -> float:
    """The given limit on on-call, for each engineer."""
    return system.targets.on_call_hours_per_week


@answer(unit="hours/week", show="{:.0f} h a week")
def watch_hours_per_engineer(system: System) -> float:
    """Hours a week that each engineer watches if four share every hour of the week."""
    return HOURS_PER_WEEK / system.targets.platform_engineers


@answer(unit="fraction", show="{:.1%}")
def first_attempt_fraction(system: System) -> float:
    """First attempts that must succeed for the delivery and retry targets to hold together."""
    return 1 - (1 - system.targets.delivered_fraction) / (1 - system.targets.retry_success_fraction)


@answer(unit="events/day", show="{:~3}/day")
def forecast_events_per_day(system: System) -> float:
    """Volume at the book's date had the given volume grown by the given share a month since M6."""
    months = (system.eras[-1].end - system.eras[1].end).days / DAYS_PER_MONTH
    return system.targets.events_per_day * math.pow(1 + system.targets.growth_per_month_fraction, months)


@answer(unit="×", show="{:.1f} times")
def forecast_over_actual(system: System) -> float:
    """The volume foretold for the book's date over the volume that came."""
    return forecast_events_per_day(system) / system.traffic.events_per_day


@answer(unit="×", show="{:.0f} times")
def forecast_tenant_key_over_consumer(system: System) -> float:
    """What the tenant as key would ask of one consumer at the volume foretold, over what it can read."""
    return architecture.tenant_key_fraction(system) * forecast_over_actual(system)
