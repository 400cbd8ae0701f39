"""What the objective leaves to spend, and which alert would notice in time."""

import math
from dataclasses import dataclass

from playbook.answer import answer
from playbook.laws import availability, slo
from playbook.model import Incident, System, at


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


@answer(unit="min/month", show="{:.1f} minutes")
def error_budget_minutes(system: System) -> float:
    """Full outage that the objective allows in one window."""
    return (
        availability.downtime_seconds(
            objective=system.targets.availability_fraction, window_days=system.alerts.window_days
        )
        / 60
    )


@answer(unit="events", show="{:~3} events")
def error_budget_events(system: System) -> float:
    """Events that may be late in one window."""
    allowed = 1 - system.targets.availability_fraction
    return system.traffic.events_per_day * system.alerts.window_days * allowed


@answer(unit="min/month", show="{:.1f} minutes")
def contract_budget_minutes(system: System) -> float:
    """Full outage that the contract allows in one window of the same length."""
    return (
        availability.downtime_seconds(
            objective=system.alerts.contract_fraction, window_days=system.alerts.window_days
        )
        / 60
    )


@answer(unit="budgets", show="{:.1f} budgets")
def target_incident_budgets(system: System) -> float:
    """Monthly budgets that one full outage spends when MTTD and MTTR are both met."""
    return (system.targets.detect_minutes + system.targets.repair_minutes) / error_budget_minutes(system)


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


@answer(unit="hours/week", show="{:.1f} h a week")
def paged_hours_per_engineer(system: System) -> float:
    """Hours a week that each platform engineer spends on pages."""
    hours = system.on_call.pages_per_week * system.on_call.minutes_per_page / 60
    return hours / system.team.platform_engineers


@answer(unit="hours", show="{:.0f} hours")
def replay_beyond_window_hours(system: System) -> float:
    """How far beyond the idempotency window a replay of everything retained would reach back."""
    return max(0.0, system.stream.retention_hours - system.idempotency.window_hours)


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


@dataclass(frozen=True, slots=True)
class Replay:
    """One recorded incident beside what the recipe would have done, at a steady share of late events."""

    incident: Incident
    error_fraction: float
    budgets: float
    page_minutes: float

    @property
    def minutes_earlier(self) -> float:
        """How much sooner the page would have come than the notice did; negative when later."""
        return self.incident.noticed_minutes - self.page_minutes


def replays(system: System) -> tuple[Replay, ...]:
    """Every recorded incident against today's recipe, by date."""
    return tuple(_replay(system, recorded) for recorded in system.incidents)


def _replay(system: System, recorded: Incident) -> Replay:
    then = at(system, recorded.on)
    late = recorded.late_events / recorded.handled_events
    return Replay(
        incident=recorded,
        error_fraction=late,
        budgets=recorded.late_events / error_budget_events(then),
        page_minutes=page_seconds(system, error_fraction=late) / 60,
    )


@answer(unit="incidents", show="{:d}")
def incidents_over_budget(system: System) -> int:
    """Recorded incidents that spent more than a whole monthly budget of fresh by themselves."""
    return sum(replay.budgets > 1 for replay in replays(system))


@answer(unit="incidents", show="{:d}")
def recorded_incidents(system: System) -> int:
    """Incidents that the book tells whole."""
    return len(system.incidents)


@answer(unit="incidents", show="{:d}")
def slowly_paged_incidents(system: System) -> int:
    """Recorded incidents that no page of the recipe would have noticed within the given time to detect."""
    return sum(replay.page_minutes > system.targets.detect_minutes for replay in replays(system))


@answer(unit="budgets", show="{:.1f} budgets")
def hot_key_budgets(system: System) -> float:
    """Monthly budgets of fresh that incident 1 spent."""
    return _named(system, "hot_key").budgets


@answer(unit="budgets", show="{:.1f} budgets")
def retry_storm_budgets(system: System) -> float:
    """Monthly budgets of fresh that incident 2 spent."""
    return _named(system, "retry_storm").budgets


@answer(unit="budgets", show="{:.2f} budgets")
def hidden_retries_budgets(system: System) -> float:
    """Monthly budgets of fresh that incident 5 spent."""
    return _named(system, "hidden_retries").budgets


@answer(unit="×", show="{:.0f} times")
def retry_damage_ratio(system: System) -> float:
    """Budgets of incident 2 over those of incident 5: one mechanism, before decision 0012 and after."""
    return retry_storm_budgets(system) / hidden_retries_budgets(system)


@answer(unit="events", show="{:~3} events")
def hot_key_late_events(system: System) -> float:
    """Events that incident 1 made late."""
    return incident(system, "hot_key").late_events


@answer(unit="min", show="{:.1f} minutes")
def hot_key_page_minutes(system: System) -> float:
    """Time from the start of incident 1 to today's first page, its late events spread evenly."""
    return _named(system, "hot_key").page_minutes


@answer(unit="min", show="{:.0f} minutes")
def hot_key_noticed_minutes(system: System) -> float:
    """Time from the start of incident 1 until a tenant told us."""
    return incident(system, "hot_key").noticed_minutes


@answer(unit="incidents", show="{:d}")
def unseen_incidents(system: System) -> int:
    """Recorded incidents that no page of the recipe would have noticed."""
    return sum(math.isinf(replay.page_minutes) for replay in replays(system))


def _named(system: System, name: str) -> Replay:
    return _replay(system, incident(system, name))


def incident(system: System, name: str) -> Incident:
    """A recorded incident by name; ``ValueError`` where the record has none of that name."""
    for candidate in system.incidents:
        if candidate.name == name:
            return candidate
    known = ", ".join(candidate.name for candidate in system.incidents)
    raise ValueError(f"incident {name!r} is not among those recorded: {known}")
