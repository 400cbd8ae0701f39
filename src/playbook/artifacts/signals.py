"""Alerts on causes, and on the one tenant that a global objective cannot see."""

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.artifacts.promql import number, window
from playbook.model import System


@dataclass(frozen=True, slots=True)
class Signal:
    """One alert that is no burn rate: what it records from raw counters and gauges, and when it speaks."""

    name: str
    service: str
    pages: bool
    records: tuple[tuple[str, str], ...]
    expression: str
    summary: str


def signals(system: System) -> Iterator[Signal]:
    """Every such alert, the one on tenants first."""
    s = system.signals
    yield _tenant(system)
    wire = "sum by (region, destination) (increase(delivery_wire_requests_total[10m]))"
    deliveries = "sum by (region, destination) (increase(deliveries_total[10m]))"
    attempts = f"{wire} / ({deliveries} > {number(s.tenant_minimum_events)})"
    yield Signal(
        name="WireAttempts",
        service="delivery",
        pages=True,
        records=(("destination:wire_attempts:ratio10m", attempts),),
        expression=f"destination:wire_attempts:ratio10m > {number(s.wire_attempts)}",
        summary="{{ $labels.destination }} is sent {{ $value | humanize }} requests for each delivery",
    )
    behind, consumer = "kinesis_consumer_millis_behind_latest", "(region, consumer)"
    silent = f"count by {consumer} (last_over_time({behind}[24h])) unless count by {consumer} ({behind})"
    yield Signal(
        name="ConsumerBehind",
        service="delivery",
        pages=True,
        records=(
            ("consumer:behind_seconds:min5m", f"max by {consumer} (min_over_time({behind}[5m])) / 1000"),
            ("consumer:silent:count", silent),
        ),
        expression=f"consumer:behind_seconds:min5m > {number(s.consumer_behind_seconds)} "
        "or consumer:silent:count > 0",
        summary="{{ $labels.consumer }} in {{ $labels.region }} is behind its stream, or says nothing at all",
    )
    zones = system.delivery.zones
    in_flight = "sum by (region) (avg_over_time(delivery_slots_in_flight[5m]))"
    slots = f"sum by (region) (avg_over_time(delivery_slots[5m])) * {zones - 1} / {zones}"
    used, limit = "region:slots_in_flight_zone_lost:ratio5m", system.delivery.slots_limit_fraction
    yield Signal(
        name="SlotsInFlight",
        service="delivery",
        pages=False,
        records=((used, f"{in_flight} / ({slots} > 0)"),),
        expression=f"{used} > {number(limit)}",
        summary="A zone less, {{ $value | humanizePercentage }} of {{ $labels.region }}'s slots are taken",
    )
    remaining = "certificate:remaining_seconds:min"
    expiry = "min by (region, name) (certificate_not_after_timestamp_seconds) - time()"
    yield Signal(
        name="CertificateExpiry",
        service="edge",
        pages=False,
        records=((remaining, expiry),),
        expression=f"{remaining} < {number(s.certificate_days * 86400)}",
        summary="{{ $labels.name }} in {{ $labels.region }} expires in {{ $value | humanizeDuration }}",
    )


def _tenant(system: System) -> Signal:
    s = system.signals
    both, total = (s.tenant_window_minutes, s.tenant_window_minutes / 2), "events_due_total"

    def name(minutes: float) -> str:
        return f"tenants:fresh_errors:ratio_rate{window(minutes / 60)}"

    def ratio(minutes: float) -> str:
        over = window(minutes / 60)
        due = f"sum by (region, tenants) (rate({total}[{over}]))"
        fresh = f"sum by (region, tenants) (rate(events_fresh_total[{over}]))"
        least = number(s.tenant_minimum_events / (s.tenant_window_minutes * 60))
        return f"({due} - {fresh}) / ({due} > {least})"

    limit = number(s.tenant_late_fraction)
    return Signal(
        name="TenantDown",
        service="delivery",
        pages=True,
        records=tuple((name(minutes), ratio(minutes)) for minutes in both),
        expression=" and ".join(f"{name(minutes)} > {limit}" for minutes in both),
        summary="{{ $value | humanizePercentage }} of the events of {{ $labels.tenants }} in "
        "{{ $labels.region }} are late",
    )
