"""Losing a region: what the objective leaves, what recovery takes, what a standby costs."""

import math
from datetime import date

from playbook import context, cost
from playbook.answer import answer
from playbook.laws import availability
from playbook.model import REGIONS, System, at, at_end_of

HOURS_PER_YEAR = 8766.0
STANDBY_DECIDED = date(2025, 5, 6)


@answer(unit="fraction", show="{:.2%}")
def vendors_fraction(system: System) -> float:
    """The vendors' promises on the path of an event, multiplied."""
    return context.vendors_in_series(system)


@answer(unit="min/month", show="{:.0f} minutes")
def vendors_loss_minutes(system: System) -> float:
    """Minutes a window that those promises leave open."""
    return context.vendor_loss_minutes(system)


@answer(unit="budgets", show="{:.1f} monthly budgets")
def recovery_time_budgets(system: System) -> float:
    """Monthly error budgets that one recovery within the given RTO spends."""
    given = system.targets
    budget = availability.downtime_seconds(
        objective=given.availability_fraction, window_days=system.alerts.window_days
    )
    return given.recovery_time_hours * 3600 / budget


@answer(unit="fraction", show="{:.3%}")
def no_standby_fraction(system: System) -> float:
    """Availability that regional events alone leave when we wait for the region."""
    down = system.recovery.regional_events_per_year * system.recovery.regional_event_hours
    return 1 - down / HOURS_PER_YEAR


@answer(unit="fraction", show="{:.3%}")
def pilot_light_fraction(system: System) -> float:
    """Availability that regional events alone leave with a pilot light that works every time."""
    hours = min(system.recovery.pilot_light_minutes / 60, system.recovery.regional_event_hours)
    return 1 - system.recovery.regional_events_per_year * hours / HOURS_PER_YEAR


@answer(unit="USD/hour", show="${:,.0f} an hour")
def pilot_light_usd_per_hour_saved(system: System) -> float:
    """Dollars a year for the pilot light over the hours of EU outage that it is expected to save."""
    yearly = system.platform.standby_clusters * cost.standby_usd_per_month(system) * 12
    saved = (pilot_light_fraction(system) - no_standby_fraction(system)) * HOURS_PER_YEAR
    return yearly / saved


@answer(unit="USD/month", show="${:,.0f}")
def warm_extra_usd_per_month(system: System) -> float:
    """What a warm standby would have cost beyond the pilot light."""
    return system.recovery.warm_usd_per_month - cost.standby_usd_per_month(system)


@answer(unit="min", show="{:.0f} minutes")
def recovery_point_minutes(system: System) -> float:
    """What a regional loss may lose, by the promises of what we rent: buffer, then replication."""
    return system.recovery.archive_delay_seconds / 60 + system.recovery.replication_minutes


@answer(unit="recoveries", show="{:d}")
def missed_recoveries(system: System) -> int:
    """Drills and real recoveries that missed the given time since decision 0017."""
    return system.recovery.missed_recoveries


@answer(unit="regions", show="{:d} regions")
def regions(system: System) -> int:
    """Regions that hold tenants' data."""
    return len(REGIONS) + min(1, system.platform.standby_clusters)


@answer(unit="clusters", show="{:d} clusters")
def clusters(system: System) -> int:
    """Clusters that the team keeps current."""
    return system.platform.us_clusters + system.platform.eu_clusters + system.platform.standby_clusters


@answer(unit="hours/month", show="{:.0f} hours a month")
def cluster_hours_per_month(system: System) -> float:
    """Engineer hours a month that the clusters take to keep."""
    return clusters(system) * system.platform.hours_per_cluster_month


@answer(unit="hours/month", show="{:.0f} hours a month")
def ship_cluster_hours_per_month(system: System) -> float:
    """The same at the end of the first era, when there were two."""
    return cluster_hours_per_month(at_end_of(system, "ship"))


@answer(unit="hours/month", show="{:.0f} hours a month")
def cell_hours_per_month(system: System) -> float:
    """Engineer hours a month that the cells alone take, the standby aside."""
    return (clusters(system) - system.platform.standby_clusters) * system.platform.hours_per_cluster_month


@answer(unit="fraction", show="{:.0%}")
def ship_cells_of_team_fraction(system: System) -> float:
    """Share of the first era's team that as many cells as we run now would have taken."""
    team = at_end_of(system, "ship").team
    return cell_hours_per_month(system) / (team.platform_engineers * team.hours_per_engineer_month)


@answer(unit="USD/month", show="${:,.0f}")
def cluster_hours_usd_per_month(system: System) -> float:
    """What those hours cost."""
    return cluster_hours_per_month(system) * context.engineer_hour_usd(system)


@answer(unit="fraction", show="{:.0%}")
def standby_of_bill_fraction(system: System) -> float:
    """The pilot light's share of the bill."""
    kept = system.platform.standby_clusters * cost.standby_usd_per_month(system)
    return kept / cost.usd_per_month(system)


@answer(unit="USD/month", show="${:,.0f}")
def hours_usd_per_cluster_month(system: System) -> float:
    """What the hours that one cluster takes to keep cost."""
    return system.platform.hours_per_cluster_month * context.engineer_hour_usd(system)


@answer(unit="engineers", show="{:.1f} engineers")
def cluster_engineers(system: System) -> float:
    """Engineers that the clusters' hours would fill."""
    return cluster_hours_per_month(system) / system.team.hours_per_engineer_month


@answer(unit="USD/month", show="${:,.0f}")
def cells_usd_per_month(system: System) -> float:
    """What the cells beyond one cluster a region cost, money and hours, each at the price of a US cell."""
    beyond = system.platform.us_clusters + system.platform.eu_clusters - len(REGIONS)
    return beyond * (cost.cell_usd_per_month(system) + hours_usd_per_cluster_month(system))


@answer(unit="hours/year", show="{:.1f} hours a year")
def waiting_hours_per_year(system: System) -> float:
    """Hours a year that a region is expected to be out, were we to wait for it."""
    return system.recovery.regional_events_per_year * system.recovery.regional_event_hours


@answer(unit="budgets", show="{:.1f} monthly budgets")
def waiting_budgets(system: System) -> float:
    """Monthly error budgets that waiting out one regional event spends, every event late."""
    objective, days = system.targets.availability_fraction, system.alerts.window_days
    return (
        system.recovery.regional_event_hours
        * 3600
        / availability.downtime_seconds(objective=objective, window_days=days)
    )


@answer(unit="USD/hour", show="${:,.0f} an hour")
def warm_usd_per_hour_saved(system: System) -> float:
    """Dollars a year for warm beyond the pilot light over the hours that the pilot light leaves.

    As if warm took over in no time, so the least that such an hour can cost.
    """
    return warm_extra_usd_per_month(system) * 12 / ((1 - pilot_light_fraction(system)) * HOURS_PER_YEAR)


@answer(unit="USD/hour", show="${:,.0f} an hour")
def pilot_light_with_hours_usd_per_hour_saved(system: System) -> float:
    """Dollars a year for the pilot light, its cluster's keeping included, over the hours that it saves."""
    saved = (pilot_light_fraction(system) - no_standby_fraction(system)) * HOURS_PER_YEAR
    return (cost.standby_usd_per_month(system) + hours_usd_per_cluster_month(system)) * 12 / saved


@answer(unit="USD/month", show="${:,.0f}")
def active_active_usd_per_month(system: System) -> float:
    """The fixed part of the EU a second time, on the day of decision 0017: the least for active-active."""
    then = at(system, STANDBY_DECIDED)
    return math.fsum(line.usd for line in cost.region_lines(then, "eu") if line.fixed)
