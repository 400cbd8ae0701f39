"""The burn-rate recipe, and what it would notice in which time."""

from dataclasses import dataclass

from playbook.answer import answer
from playbook.laws import slo
from playbook.model import System


@dataclass(frozen=True, slots=True)
class Alert:
    """One burn-rate alert: its long window, the rate at which it speaks, and whether it wakes someone."""

    name: str
    window_hours: float
    burn_rate: float
    pages: bool


def alerts(system: System) -> tuple[Alert, ...]:
    """The recipe as alerts, the fastest first."""
    a = system.alerts
    rows = (
        ("page, fast", a.page_window_hours, a.page_budget_fraction, True),
        ("page, slow", a.slow_page_window_hours, a.slow_page_budget_fraction, True),
        ("ticket", a.ticket_window_hours, a.ticket_budget_fraction, False),
    )
    return tuple(
        Alert(
            name,
            hours,
            slo.burn_rate(budget_fraction=part, window_hours=hours, period_days=a.window_days),
            pages,
        )
        for name, hours, part, pages in rows
    )


@answer(unit="×", show="{:.1f}")
def page_burn_rate(system: System) -> float:
    """Burn rate at which the fast page speaks."""
    return alerts(system)[0].burn_rate


@answer(unit="fraction", show="{:.2%}")
def page_error_fraction(system: System) -> float:
    """Share of late events above which the fast page speaks at all."""
    return page_burn_rate(system) * (1 - system.targets.availability_fraction)


@answer(unit="s", show="{:.0f} seconds")
def full_outage_page_seconds(system: System) -> float:
    """Time from a full outage to the fast page."""
    return page_seconds(system, error_fraction=1.0)


@answer(unit="min", show="{:.1f} minutes")
def page_clears_minutes(system: System) -> float:
    """Time from the end of a full outage of the given time to repair until the fast page falls silent."""
    return _page_clears_seconds(system, duration_seconds=system.targets.repair_minutes * 60) / 60


def _page_clears_seconds(system: System, *, duration_seconds: float) -> float:
    """Seconds from the end of a full outage until the fast page falls silent."""
    fast = alerts(system)[0]
    timeline = slo.alert_timeline(
        objective=system.targets.availability_fraction,
        error_fraction=1.0,
        duration_seconds=duration_seconds,
        long_window_seconds=fast.window_hours * 3600,
        short_window_seconds=fast.window_hours * 3600 / system.alerts.short_window_divisor,
        burn_rate=fast.burn_rate,
    )
    return timeline.clears_after_end_seconds or 0.0


@answer(unit="fraction", show="{:.1%}")
def detectable_in_target_fraction(system: System) -> float:
    """Share of late events above which a page comes within the given time to detect."""
    fast = alerts(system)[0]
    return page_error_fraction(system) * fast.window_hours * 60 / system.targets.detect_minutes


def page_seconds(system: System, *, error_fraction: float) -> float:
    """Time from a steady fault to the first page, either of the two; infinite when none comes."""
    return min(
        slo.detection_seconds(
            objective=system.targets.availability_fraction,
            error_fraction=error_fraction,
            window_hours=alert.window_hours,
            burn_rate=alert.burn_rate,
        )
        for alert in alerts(system)
        if alert.pages
    )
