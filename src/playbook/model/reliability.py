"""Alerts, on-call, and the incidents as recorded."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Alerts:
    """The burn-rate recipe: two that page, two that open a ticket."""

    window_days: float
    contract_fraction: float
    page_budget_fraction: float
    page_window_hours: float
    slow_page_budget_fraction: float
    slow_page_window_hours: float
    ticket_budget_fraction: float
    ticket_window_hours: float
    short_window_divisor: float
    matters_budget_fraction: float
    background_fraction: float
    reads_per_hour: float
    least_errors: int
    blips_per_week: float
    blip_minutes: float
    blip_late_fraction: float


@dataclass(frozen=True, slots=True)
class Retries:
    """What each delivery costs in requests."""

    wire_attempts_per_delivery: float
    tries_per_layer: int
    layers: int
    pool_slots: int
    pool_seconds: float
    stalled_fraction: float
    stall_seconds: float
    deliveries_per_second: float
    timeout_seconds: float
    queue_attempts: int
    paused_fraction: float
    budget_fraction: float
    sdk_tries: int
    destination_limit_per_second: float
    destination_deliveries_per_second: float


@dataclass(frozen=True, slots=True)
class OnCall:
    """What carrying the pager takes."""

    pages_per_week: float
    minutes_per_page: float
    partner_usd_per_month: float


@dataclass(frozen=True, slots=True)
class Signals:
    """At which value each alert on a cause, or on one tenant, speaks."""

    tenant_late_fraction: float
    tenant_window_minutes: float
    tenant_minimum_events: float
    wire_attempts: float
    consumer_behind_seconds: float
    certificate_days: float


@dataclass(frozen=True, slots=True)
class Backlog:
    """What stood in line at the worst moment of an incident, and what kept coming."""

    hot_key_events: float
    hot_key_arrivals_per_second: float
    frozen_pods_events: float


@dataclass(frozen=True, slots=True)
class Policy:
    """At which share of a budget each step of the error-budget policy is taken."""

    review_fraction: float
    stop_fraction: float
    postmortem_fraction: float


@dataclass(frozen=True, slots=True)
class Incident:
    """What an incident did, as recorded: its length, what it made late, whom it reached, who noticed when."""

    name: str
    on: date
    title: str
    minutes: float
    late_events: float
    handled_events: float
    noticed_minutes: float
    tenants_fraction: float
    noticed_by: str
    mechanism: str
