"""Unit tests of the alerts on causes, on one tenant, and on a sample of labels."""

import math
from collections.abc import Iterator

from playbook import reliability
from playbook.artifacts.counters import series, traffic
from playbook.artifacts.unit_test import Case, case, firing
from playbook.model import System

HOUR = 60
"""In minutes, the step of these tests."""
LAG, WIRE = "kinesis_consumer_millis_behind_latest", "delivery_wire_requests_total"


def cases(system: System) -> Iterator[Case]:
    """Those that show within a day."""
    yield from _tenants(system)
    yield from _retries(system)
    yield from _consumers(system)
    yield from _slots(system)
    yield from _certificates(system)


def sampled(system: System) -> Iterator[Case]:
    """The sample of labels, a batch every six hours: the usual share wrong, then more; and too few."""
    for service in system.objectives:
        for sli in (one for one in service.indicators if one.kind == "sample"):
            alert = reliability.burn_alerts(system, sli)[0]
            usual = 1 - reliability.objective_fraction(system, sli)
            drifted = 1 - system.enrichment.drifted_accuracy_fraction
            window = round(sli.sample_window_hours / 6)
            share = (alert.error_fraction - usual) / (drifted - usual)
            turns = math.ceil(window * share)
            enough, few = 1.1 * sli.minimum_events / window, 0.5 * sli.minimum_events / window
            checks = [
                firing(alert.name, f"{6 * (window + 1)}h", False),
                firing(alert.name, f"{6 * (window + 1 + turns - 2)}h", False),
                firing(alert.name, f"{6 * (window + 1 + turns + 2)}h", True),
            ]
            steps = [(window + 1, usual), (window, drifted)]
            yield case(
                f"{alert.name} speaks once the drift fills its share of the window",
                6 * 3600,
                traffic(sli, steps, each=enough),
                checks,
            )
            yield case(
                f"{alert.name} says nothing on too few labels",
                6 * 3600,
                traffic(sli, [(2 * window, 2 * drifted)], each=few),
                [firing(alert.name, f"{12 * window}h", False)],
            )


def _tenants(system: System) -> Iterator[Case]:
    s = system.signals
    least = s.tenant_minimum_events / s.tenant_window_minutes
    after = round(reliability.tenant_down_minutes(system))
    for name, each, speaks in (("down", 3 * least, True), ("too quiet", least / 2, False)):
        due = [(HOUR, each), (HOUR, each)]
        lines = [
            series("events_due_total", due, region="us", tenants="campaign"),
            series("events_fresh_total", [(HOUR, each), (HOUR, 0)], region="us", tenants="campaign"),
        ]
        lines += [
            series(metric, [(2 * HOUR, 3000 * least)], region="us", tenants="rest")
            for metric in ("events_due_total", "events_fresh_total")
        ]
        checks = [
            firing("TenantDown", f"{HOUR + after - 2}m", False),
            firing("TenantDown", f"{HOUR + after + 2}m", speaks),
            *(firing(f"FreshBurn{row}", f"{2 * HOUR}m", False) for row in ("Fast", "Slow")),
        ]
        yield case(f"TenantDown: one group {name} while the platform is green", 60, lines, checks)


def _retries(system: System) -> Iterator[Case]:
    limit = system.signals.wire_attempts
    for ratio, speaks in ((3.3, True), (0.99 * limit, False)):
        lines = [
            series("deliveries_total", [(HOUR, 600)], region="us", destination="a"),
            series(WIRE, [(HOUR, 600 * ratio)], region="us", destination="a"),
        ]
        checks = [firing("WireAttempts", "50m", speaks)]
        yield case(f"WireAttempts at {ratio:.2f} requests for each delivery", 60, lines, checks)


def _consumers(system: System) -> Iterator[Case]:
    limit = 1000 * system.signals.consumer_behind_seconds
    labels = f'{LAG}{{region="us",stream="main",consumer="enricher"}}'
    for name, values, checks in (
        ("in step", f"{0.9 * limit:g}x60", ((30, False),)),
        ("a minute's spike", f"0x20 {10 * limit:g} 0x40", ((21, False), (24, False))),
        ("behind, then caught up", f"0x20 {2 * limit:g}x20 0x20", ((19, False), (27, True), (44, False))),
        ("silent", "0x20 _x199", ((19, False), (30, True), (200, True))),
    ):
        lines = [{"series": labels, "values": values}]
        asked = [firing("ConsumerBehind", f"{minute}m", speaks) for minute, speaks in checks]
        yield case(f"ConsumerBehind: a consumer {name}", 60, lines, asked)


def _slots(system: System) -> Iterator[Case]:
    left = (system.delivery.zones - 1) / system.delivery.zones
    for part, speaks in ((0.95, False), (1.05, True)):
        used = 1000 * part * left * system.delivery.slots_limit_fraction
        lines = [
            {"series": 'delivery_slots_in_flight{region="us",pod="a"}', "values": f"{used:.9g}x30"},
            {"series": 'delivery_slots{region="us",pod="a"}', "values": "1000x30"},
        ]
        asked = [firing("SlotsInFlight", "20m", speaks)]
        yield case(f"SlotsInFlight at {part:.0%} of what a lost zone leaves", 60, lines, asked)


def _certificates(system: System) -> Iterator[Case]:
    ends = system.signals.certificate_days * 86400 + 1800
    labels = 'certificate_not_after_timestamp_seconds{region="eu",name="standby"}'
    lines = [{"series": labels, "values": f"{ends:.0f}x{2 * HOUR}"}]
    asked = [firing("CertificateExpiry", "20m", False), firing("CertificateExpiry", "40m", True)]
    yield case("CertificateExpiry speaks when its days are left", 60, lines, asked)
