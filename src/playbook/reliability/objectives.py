"""The objectives of each service as numbers, and the alerts that follow from them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import NormalDist

from playbook.answer import answer
from playbook.laws import slo
from playbook.model import Indicator, System
from playbook.reliability.alerts import alerts
from playbook.reliability.incidents import incident

ROWS = ("Fast", "Slow", "Ticket")


@dataclass(frozen=True, slots=True)
class BurnAlert:
    """One alert on an indicator: above which share of errors, over which windows, it speaks."""

    name: str
    long_window_hours: float
    short_window_hours: float
    burn_rate: float
    error_fraction: float
    minimum_events: float
    pages: bool


def objective_fraction(system: System, indicator: Indicator) -> float:
    """The share of good events that an indicator asks for, 0–1."""
    return _stated(system, indicator.objective)


def objective_window_days(system: System, indicator: Indicator) -> float:
    """The days over which its budget is counted."""
    return _stated(system, indicator.window_days)


def burn_alerts(system: System, indicator: Indicator) -> tuple[BurnAlert, ...]:
    """The alerts on one indicator, the fastest first.

    Where traffic is high, the rows of the recipe; where it is low, those rows without the fast one and with a
    least number of events; for a sample, one test of a proportion, one-sided, over the sample's own window.
    """
    if indicator.kind == "sample":
        return (_sampled(system, indicator),)
    low = indicator.minimum_events > 0
    return tuple(_burns(system, indicator))[1 if low else 0 :]


def _burns(system: System, indicator: Indicator) -> Iterator[BurnAlert]:
    allowed = 1 - objective_fraction(system, indicator)
    days = objective_window_days(system, indicator)
    for row, alert in zip(ROWS, alerts(system), strict=True):
        part = alert.burn_rate * alert.window_hours / (system.alerts.window_days * 24)
        rate = slo.burn_rate(budget_fraction=part, window_hours=alert.window_hours, period_days=days)
        yield BurnAlert(
            name=f"{indicator.alert}{row}",
            long_window_hours=alert.window_hours,
            short_window_hours=alert.window_hours / system.alerts.short_window_divisor,
            burn_rate=rate,
            error_fraction=rate * allowed,
            minimum_events=indicator.minimum_events,
            pages=alert.pages,
        )


def _sampled(system: System, indicator: Indicator) -> BurnAlert:
    allowed = 1 - objective_fraction(system, indicator)
    beyond = NormalDist().inv_cdf(1 - indicator.false_alarm_fraction)
    spread = math.sqrt(allowed * (1 - allowed) / indicator.minimum_events)
    critical = allowed + beyond * spread
    return BurnAlert(
        name=indicator.alert,
        long_window_hours=indicator.sample_window_hours,
        short_window_hours=indicator.sample_window_hours,
        burn_rate=critical / allowed,
        error_fraction=critical,
        minimum_events=indicator.minimum_events,
        pages=False,
    )


def _stated(system: System, value: str | float) -> float:
    if not isinstance(value, str):
        return value
    found: object = system
    for name in value.split("."):
        found = getattr(found, name)
    assert isinstance(found, int | float)
    return float(found)


def indicator(system: System, name: str) -> Indicator:
    """An indicator by name; ``ValueError`` where no service has one of that name."""
    known = {one.name: one for service in system.objectives for one in service.indicators}
    if name not in known:
        raise ValueError(f"indicator {name!r} is not among {', '.join(known)}")
    return known[name]


@answer(unit="alerts", show="{:d}")
def burn_alert_count(system: System) -> int:
    """Alerts that follow from the objectives."""
    return sum(len(burn_alerts(system, one)) for service in system.objectives for one in service.indicators)


@answer(unit="%", show="{:.4g} %")
def reads_objective_percent(system: System) -> float:
    """Reads that must be good, in per cent."""
    return 100 * objective_fraction(system, indicator(system, "reads"))


@answer(unit="reads", show="{:.0f} reads")
def reads_least(system: System) -> float:
    """Reads in a window below which no alert on them speaks."""
    return indicator(system, "reads").minimum_events


@answer(unit="reads", show="{:.0f}")
def reads_failures_to_page(system: System) -> float:
    """Failures in an hour of twenty reads at which the fast recipe would have paged."""
    return math.floor(20 * alerts(system)[0].burn_rate * (1 - reads_objective_percent(system) / 100)) + 1


@answer(unit="fraction", show="{:.0%}")
def quality_page_error_fraction(system: System) -> float:
    """Share of wrong labels that the fast page of the recipe would need: above all, it cannot speak."""
    return alerts(system)[0].burn_rate * (1 - objective_fraction(system, indicator(system, "quality")))


@answer(unit="fraction", show="{:.1%}")
def quality_alert_fraction(system: System) -> float:
    """Share of wrong labels in the sample at which its ticket is opened."""
    return burn_alerts(system, indicator(system, "quality"))[0].error_fraction


@answer(unit="labels", show="{:.0f} labels")
def quality_least(system: System) -> float:
    """Labels in its window below which the sample says nothing."""
    return indicator(system, "quality").minimum_events


@answer(unit="days", show="{:.1f} days")
def quality_alert_days(system: System) -> float:
    """Time from a fall such as incident 6's to the ticket, when the sample shows exactly what is true."""
    usual = 1 - objective_fraction(system, indicator(system, "quality"))
    drifted = 1 - system.enrichment.drifted_accuracy_fraction
    days = indicator(system, "quality").sample_window_hours / 24
    return days * (quality_alert_fraction(system) - usual) / (drifted - usual)


@answer(unit="days", show="{:.0f} days")
def drift_noticed_days(system: System) -> float:
    """Time until the cost alarm told us of incident 6."""
    return incident(system, "enrichment_drift").noticed_minutes / (24 * 60)
