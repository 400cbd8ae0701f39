"""The tenant that is wholly down and too small for a page on the sum over all tenants."""

import math

from playbook.answer import answer
from playbook.laws import slo, tail
from playbook.model import System
from playbook.reliability.alerts import alerts


def tenant_fractions(system: System) -> tuple[float, ...]:
    """Each tenant's share of the events, the largest first, tenants being Zipf."""
    return tail.zipf_fractions(count=system.tenancy.tenants, exponent=system.tenancy.skew_exponent)


@answer(unit="fraction", show="{:.2%}")
def quietest_page_fraction(system: System) -> float:
    """Share of events late below which no page ever speaks, however long it lasts."""
    allowed = 1 - system.targets.availability_fraction
    return min(alert.burn_rate for alert in alerts(system) if alert.pages) * allowed


@answer(unit="tenants", show="{:d} tenants")
def unheard_tenants(system: System) -> int:
    """Tenants so small that each could be wholly down without any page on the sum."""
    return sum(share < quietest_page_fraction(system) for share in tenant_fractions(system))


@answer(unit="fraction", show="{:.0%}")
def unheard_tenants_fraction(system: System) -> float:
    """The same as a share of all tenants."""
    return unheard_tenants(system) / system.tenancy.tenants


@answer(unit="fraction", show="{:.0%}")
def unheard_volume_fraction(system: System) -> float:
    """Share of all events that those tenants send together."""
    return math.fsum(share for share in tenant_fractions(system) if share < quietest_page_fraction(system))


@answer(unit="fraction", show="{:.2%}")
def smallest_tenant_fraction(system: System) -> float:
    """The smallest tenant's share of the events."""
    return tenant_fractions(system)[-1]


@answer(unit="hours", show="{:.0f} hours")
def smallest_tenant_ticket_hours(system: System) -> float:
    """Time until a ticket opens on the sum when the smallest tenant is wholly down."""
    seconds = slo.detection_seconds(
        objective=system.targets.availability_fraction,
        error_fraction=smallest_tenant_fraction(system),
        window_hours=alerts(system)[-1].window_hours,
        burn_rate=alerts(system)[-1].burn_rate,
    )
    return seconds / 3600


@answer(unit="days", show="{:.1f} days")
def smallest_tenant_budget_days(system: System) -> float:
    """Time in which the smallest tenant, wholly down, alone spends the whole budget."""
    allowed = 1 - system.targets.availability_fraction
    return system.alerts.window_days * allowed / smallest_tenant_fraction(system)


@answer(unit="events", show="{:,.0f} events")
def smallest_tenant_events(system: System) -> float:
    """Events that the smallest tenant sends in five minutes of a mean day, for its own alert to count."""
    return smallest_tenant_fraction(system) * system.traffic.events_per_day / (24 * 12)


@answer(unit="fraction", show="{:.1%}")
def lost_request_hour_fraction(system: System) -> float:
    """Share of an hour's reads that one failed request is, at night."""
    return 1 / system.alerts.reads_per_hour


@answer(unit="×", show="{:.0f} times")
def lost_request_burn_rate(system: System) -> float:
    """Burn rate that one failed read makes over an hour of the night."""
    return lost_request_hour_fraction(system) / (1 - system.targets.availability_fraction)
