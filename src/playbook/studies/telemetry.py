"""The six incidents as their telemetry counts them."""

from playbook.answer import answer
from playbook.model import System, at
from playbook.reliability import incident
from playbook.studies.impacts import budgets, first_hour_late_fraction, highest_shown, impact, impacts, labels


@answer(unit="fraction", show="{:.2%}")
def server_error_fraction(system: System) -> float:
    """Largest share of requests that any incident answered with 5xx."""
    return max(row.server_error_fraction for row in impacts(system).values())


@answer(unit="incidents", show="{:d}")
def incidents_seen_by_server_errors(system: System) -> int:
    """Incidents in which 5xx passed the share that we were given."""
    given = system.targets.server_error_fraction
    return sum(row.server_error_fraction > given for row in impacts(system).values())


@answer(unit="min", show="{:.0f} minutes")
def hot_key_minutes(system: System) -> float:
    """From incident 1's first late event to its last."""
    return impact(system, "hot_key").minutes


@answer(unit="budgets", show="{:.1f} budgets")
def hot_key_budgets(system: System) -> float:
    """Monthly budgets of fresh that incident 1 spent, counted."""
    return budgets(system, "hot_key")


@answer(unit="fraction", show="{:.1%}")
def hot_key_first_hour_late_fraction(system: System) -> float:
    """Share of the events of incident 1's first hour that were late, over the whole platform."""
    return first_hour_late_fraction(system, "hot_key")


@answer(unit="events", show="{:~3} events")
def hot_key_late_events(system: System) -> float:
    """Events late in incident 1, counted."""
    return impact(system, "hot_key").late_events


@answer(unit="events", show="{:~3} events")
def hot_key_backlog_events(system: System) -> float:
    """Most that waited in incident 1."""
    return impact(system, "hot_key").backlog_events


@answer(unit="min", show="{:.0f} minutes")
def hot_key_longest_wait_minutes(system: System) -> float:
    """Longest wait of incident 1."""
    return impact(system, "hot_key").wait_minutes


@answer(unit="s", show="{:.2f} s")
def hot_key_shown_seconds(system: System) -> float:
    """Highest 99th percentile that the dashboard of incident 1 showed, a mean over shards."""
    return highest_shown(system, "hot_key")


@answer(unit="min", show="{:.0f} minutes")
def contract_before_expand_minutes(system: System) -> float:
    """From incident 3's first late event to its last."""
    return impact(system, "contract_before_expand").minutes


@answer(unit="budgets", show="{:.1f} budgets")
def contract_before_expand_budgets(system: System) -> float:
    """Monthly budgets of fresh that incident 3 spent, counted."""
    return budgets(system, "contract_before_expand")


@answer(unit="fraction", show="{:.1%}")
def contract_before_expand_first_hour_late_fraction(system: System) -> float:
    """Share of the events of incident 3's first hour that were late, over the whole platform."""
    return first_hour_late_fraction(system, "contract_before_expand")


@answer(unit="events", show="{:~3} events")
def contract_before_expand_late_events(system: System) -> float:
    """Events late in incident 3, counted."""
    return impact(system, "contract_before_expand").late_events


@answer(unit="events", show="{:~3} events")
def contract_before_expand_duplicated_events(system: System) -> float:
    """Events that the replay of incident 3 handed over again, counted."""
    return impact(system, "contract_before_expand").wrong_events


@answer(unit="min", show="{:.0f} minutes")
def contract_before_expand_longest_wait_minutes(system: System) -> float:
    """Longest wait of incident 3."""
    return impact(system, "contract_before_expand").wait_minutes


@answer(unit="fraction", show="{:.0%}")
def contract_before_expand_retention_fraction(system: System) -> float:
    """How near the oldest unread event of incident 3 came to that day's retention."""
    then = at(system, incident(system, "contract_before_expand").on)
    return impact(system, "contract_before_expand").wait_minutes / (60 * then.stream.retention_hours)


@answer(unit="min", show="{:.0f} minutes")
def frozen_pods_minutes(system: System) -> float:
    """From incident 4's first late event to its last."""
    return impact(system, "frozen_pods").minutes


@answer(unit="budgets", show="{:.1f} budgets")
def frozen_pods_budgets(system: System) -> float:
    """Monthly budgets of fresh that incident 4 spent, counted."""
    return budgets(system, "frozen_pods")


@answer(unit="fraction", show="{:.1%}")
def frozen_pods_first_hour_late_fraction(system: System) -> float:
    """Share of the events of incident 4's first hour that were late, over the whole platform."""
    return first_hour_late_fraction(system, "frozen_pods")


@answer(unit="events", show="{:~3} events")
def frozen_pods_late_events(system: System) -> float:
    """Events late in incident 4, counted."""
    return impact(system, "frozen_pods").late_events


@answer(unit="events", show="{:~3} events")
def frozen_pods_backlog_events(system: System) -> float:
    """Most that waited in incident 4."""
    return impact(system, "frozen_pods").backlog_events


@answer(unit="min", show="{:.1f} minutes")
def frozen_pods_longest_wait_minutes(system: System) -> float:
    """Longest wait of incident 4."""
    return impact(system, "frozen_pods").wait_minutes


@answer(unit="labels", show="{:.0f} labels")
def enrichment_drift_labels(system: System) -> float:
    """Labels checked while incident 6 lasted."""
    return labels(system, "enrichment_drift")


@answer(unit="labels", show="{:.0f} labels")
def enrichment_drift_correct_labels(system: System) -> float:
    """Those of them that were correct."""
    return labels(system, "enrichment_drift", column="correct")


@answer(unit="fraction", show="{:.1%}")
def enrichment_drift_correct_fraction(system: System) -> float:
    """Correct labels among those checked while incident 6 lasted."""
    return enrichment_drift_correct_labels(system) / enrichment_drift_labels(system)
