"""Losing a region: what the objective leaves, what recovery takes, what a standby costs."""

from playbook import context, cost
from playbook.answer import answer
from playbook.laws import availability
from playbook.model import System

HOURS_PER_YEAR = 8766.0


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
    yearly = system.platform.standby_clusters * system.platform.standby_usd_per_month * 12
    saved = (pilot_light_fraction(system) - no_standby_fraction(system)) * HOURS_PER_YEAR
    return yearly / saved


@answer(unit="USD/month", show="${:,.0f}")
def warm_extra_usd_per_month(system: System) -> float:
    """What a warm standby would have cost beyond the pilot light."""
    return system.recovery.warm_usd_per_month - system.platform.standby_usd_per_month


@answer(unit="clusters", show="{:d} clusters")
def clusters(system: System) -> int:
    """Clusters that the team keeps current."""
    return system.platform.us_clusters + system.platform.eu_clusters + system.platform.standby_clusters


@answer(unit="fraction", show="{:.0%}")
def standby_of_bill_fraction(system: System) -> float:
    """The pilot light's share of the bill."""
    return (
        system.platform.standby_clusters * system.platform.standby_usd_per_month / cost.usd_per_month(system)
    )
