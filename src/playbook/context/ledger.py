"""Where the platform team's hours went."""

import math
from datetime import timedelta

from playbook.answer import answer
from playbook.context import money
from playbook.model import System, at_end_of

CAUSES = ("building", "clusters", "incidents", "releases", "on call", "audit", "moving tenants", "cost")
UPKEEP = ("clusters", "incidents", "on call", "releases")


def hours(system: System, *, causes: tuple[str, ...] | None = None, days: int = 365) -> float:
    """Hours of the causes, all of them where none are named, over the days up to the system's date."""
    since = system.as_of - timedelta(days=days)
    return math.fsum(
        line.hours
        for line in system.ledger
        if since <= line.month <= system.as_of and (causes is None or line.cause in causes)
    )


@answer(unit="fraction", show="{:.0%}")
def upkeep_fraction(system: System) -> float | None:
    """Share of the last year's hours that clusters, incidents, pages and releases took."""
    return hours(system, causes=UPKEEP) / hours(system) if hours(system) else None


@answer(unit="fraction", show="{:.0%}")
def building_fraction(system: System) -> float | None:
    """Share of the last year's hours that went into building."""
    return hours(system, causes=("building",)) / hours(system) if hours(system) else None


@answer(unit="fraction", show="{:.0%}")
def ship_building_fraction(system: System) -> float:
    """Share of the first era's hours that went into building."""
    ship = at_end_of(system, "ship")
    return hours(ship, causes=("building",), days=183) / hours(ship, days=183)


@answer(unit="hours/month", show="{:,.0f} hours a month")
def ship_team_hours(system: System) -> float:
    """Engineer hours a month that the team had at the end of the first era."""
    team = at_end_of(system, "ship").team
    return team.platform_engineers * team.hours_per_engineer_month


@answer(unit="hours/month", show="{:,.0f}")
def ship_unspent_hours(system: System) -> float:
    """Engineer hours a month that the unspent ceiling would have paid at the end of the first era."""
    return money.ship_unspent_engineers(system) * system.team.hours_per_engineer_month


@answer(unit="hours", show="{:,.0f} hours")
def cluster_hours(system: System) -> float:
    """Hours that keeping clusters took in the last year."""
    return hours(system, causes=("clusters",))


@answer(unit="hours", show="{:,.0f} hours")
def incident_hours(system: System) -> float:
    """Hours that incidents took in the last year, the small ones included."""
    return hours(system, causes=("incidents",))
