"""Targets against each other, two at a time: what just meeting one takes of what the other allows."""

from collections.abc import Iterator
from dataclasses import dataclass

from playbook import cost
from playbook.answer import answer
from playbook.context.given import (
    given_capacity_per_second,
    given_peak_per_second,
    unit_cost_ceiling_usd_per_month,
    watch_hours_per_engineer,
)
from playbook.laws import availability
from playbook.model import System, at_end_of

MINUTES_PER_DAY = 1440.0
AUDIT_DAYS = 365.0


@dataclass(frozen=True, slots=True)
class Tension:
    """Two targets that meet in one quantity: what just meeting one takes, and what the other allows."""

    asks: str
    allows: str
    unit: str
    needed: float
    allowed: float

    @property
    def ratio(self) -> float:
        """Above 1, a platform that just meets the first has missed the second."""
        return self.needed / self.allowed


def tensions(system: System) -> tuple[Tension, ...]:
    """Pairs of given targets in one unit each, the worst first."""
    pairs = (*_of_volume_and_money(system), *_of_time(system), *_of_people_and_evidence(system))
    return tuple(sorted(pairs, key=lambda pair: -pair.ratio))


def _of_volume_and_money(system: System) -> Iterator[Tension]:
    given, ship = system.targets, at_end_of(system, "ship")
    bill = cost.usd_per_month(ship)
    ceiling = f"${given.usd_per_month:,.0f} a month"
    unit = f"${given.usd_per_event:g} an event"
    yield Tension(
        f"peak minute of {given.events_per_day / 1e6:g}M/day",
        f"{given.peak_events_per_day / 1e6:g}M/day peak capacity",
        "events/s",
        given_peak_per_second(system),
        given_capacity_per_second(system),
    )
    yield Tension(ceiling, unit, "USD/month", given.usd_per_month, unit_cost_ceiling_usd_per_month(system))
    yield Tension("the bill at M6", unit, "USD/month", bill, unit_cost_ceiling_usd_per_month(system))
    yield Tension("the bill at M6", ceiling, "USD/month", bill, given.usd_per_month)
    per_tenant = f"${given.usd_per_tenant_month:,.0f} a tenant"
    allowed = given.usd_per_tenant_month * ship.tenancy.tenants
    yield Tension("the bill at M6", per_tenant, "USD/month", bill, allowed)


def _of_time(system: System) -> Iterator[Tension]:
    given = system.targets
    window_minutes = system.alerts.window_days * MINUTES_PER_DAY
    budget = (1 - given.availability_fraction) * window_minutes
    objective = f"{100 * given.availability_fraction:g} % available"
    noticed = given.detect_minutes + given.rollback_minutes
    failing = given.deployments_per_week * system.alerts.window_days / 7 * given.change_failure_fraction
    deployments = (
        f"{given.deployments_per_week:g} deployments a week, "
        f"{given.change_failure_fraction:.0%} failing, rolled back {noticed:g} min later"
    )
    rows = (
        ("one incident on target: MTTD + MTTR", given.detect_minutes + given.repair_minutes),
        ("one regional loss: the RTO", given.recovery_time_hours * 60),
        (deployments, failing * noticed),
        (
            f"maintenance, {given.maintenance_hours_per_month:g} h a month",
            given.maintenance_hours_per_month * 60,
        ),
        (f"5xx up to {given.server_error_fraction:.1%}", given.server_error_fraction * window_minutes),
        ("the vendors' promises in series", vendor_loss_minutes(system)),
    )
    for asks, minutes in rows:
        yield Tension(asks, objective, "minutes/window", minutes, budget)


def _of_people_and_evidence(system: System) -> Iterator[Tension]:
    given = system.targets
    yield Tension(
        f"MTTD {given.detect_minutes:g} min round the clock, by {given.platform_engineers}",
        f"{given.on_call_hours_per_week:g} h of on-call a week",
        "hours/week",
        watch_hours_per_engineer(system),
        given.on_call_hours_per_week,
    )
    kept = f"logs kept {given.audit_log_days:g} days"
    yield Tension("an auditor's year of logs", kept, "days", AUDIT_DAYS, given.audit_log_days)
    yield Tension(
        f"{given.attributed_fraction:.0%} attributed to tenants",
        f"{given.cpu_fraction:.0%} of the processors used",
        "fraction",
        given.attributed_fraction,
        given.cpu_fraction,
    )


def vendor_loss_minutes(system: System) -> float:
    """Minutes a window that the vendors' promises, multiplied along the path, leave open."""
    return (1 - vendors_in_series(system)) * system.alerts.window_days * MINUTES_PER_DAY


def vendors_in_series(system: System) -> float:
    """The vendors' promises on the path of an event, multiplied."""
    v = system.vendors
    return availability.series(
        [
            v.load_balancer_fraction,
            v.clusters_fraction,
            v.instances_fraction,
            v.stream_fraction,
            v.key_value_fraction,
            v.database_fraction,
            v.identity_fraction,
        ]
    )


@answer(unit="pairs", show="{:d}")
def broken_tensions(system: System) -> int:
    """Pairs of given targets of which just meeting the first breaks the second."""
    return sum(tension.ratio > 1 for tension in tensions(system))


@answer(unit="pairs", show="{:d}")
def compared_tensions(system: System) -> int:
    """Pairs of given targets compared in one unit."""
    return len(tensions(system))
