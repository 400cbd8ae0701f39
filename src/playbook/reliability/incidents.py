"""The recorded incidents, against the budget and today's recipe."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from playbook.answer import answer
from playbook.model import Incident, System, at
from playbook.reliability.alerts import page_seconds
from playbook.reliability.budget import error_budget_events

CELLS_DECIDED = date(2025, 10, 20)


@dataclass(frozen=True, slots=True)
class Prediction:
    """One recorded incident beside what the recipe would have done, at a steady share of late events."""

    incident: Incident
    error_fraction: float
    budgets: float
    page_minutes: float

    @property
    def minutes_earlier(self) -> float:
        """How much sooner the page would have come than the notice did; negative when later."""
        return self.incident.noticed_minutes - self.page_minutes


def predictions(system: System) -> tuple[Prediction, ...]:
    """Every recorded incident against today's recipe, by date."""
    return tuple(prediction(system, each.name) for each in system.incidents)


def prediction(system: System, name: str) -> Prediction:
    """One of them by name; ``ValueError`` where the record has none of that name."""
    recorded = incident(system, name)
    then = at(system, recorded.on)
    late = recorded.late_events / recorded.handled_events
    return Prediction(
        incident=recorded,
        error_fraction=late,
        budgets=recorded.late_events / error_budget_events(then),
        page_minutes=page_seconds(system, error_fraction=late) / 60,
    )


def incident(system: System, name: str) -> Incident:
    """A recorded incident by name; ``ValueError`` where the record has none of that name."""
    for candidate in system.incidents:
        if candidate.name == name:
            return candidate
    known = ", ".join(candidate.name for candidate in system.incidents)
    raise ValueError(f"incident {name!r} is not among those recorded: {known}")


@answer(unit="windows", show="{:d}")
def windows_missed_in_quarter(system: System) -> int:
    """Incidents of the last 90 days that spent more than a whole monthly budget of fresh by themselves."""
    return sum(each.budgets > 1 for each in _recent(system, days=90))


@answer(unit="incidents", show="{:d}")
def wide_incidents(system: System) -> int:
    """Recorded incidents that reached more than half of their region's tenants."""
    return sum(recorded.tenants_fraction > 0.5 for recorded in system.incidents)


@answer(unit="incidents", show="{:d}")
def wide_incidents_in_year(system: System) -> int:
    """Incidents of the last 365 days that reached more than half of their region's tenants."""
    return sum(each.incident.tenants_fraction > 0.5 for each in _recent(system, days=365))


def _recent(system: System, *, days: int) -> Iterator[Prediction]:
    since = system.as_of - timedelta(days=days)
    return (each for each in predictions(system) if since < each.incident.on <= system.as_of)


@answer(unit="incidents", show="{:d}")
def incidents_over_budget(system: System) -> int:
    """Recorded incidents that spent more than a whole monthly budget of fresh by themselves."""
    return sum(each.budgets > 1 for each in predictions(system))


@answer(unit="incidents", show="{:d}")
def incidents_over_contract(system: System) -> int:
    """Recorded incidents that made more events late than the contract allows, over all tenants."""
    allowed = (1 - system.alerts.contract_fraction) / (1 - system.targets.availability_fraction)
    return sum(each.budgets > allowed for each in predictions(system))


@answer(unit="budgets", show="{:.1f} budgets")
def contract_before_expand_budgets(system: System) -> float:
    """Monthly budgets of fresh that incident 3 spent; its duplicates are not in it."""
    return prediction(system, "contract_before_expand").budgets


@answer(unit="incidents", show="{:d}")
def recorded_incidents(system: System) -> int:
    """Incidents that the book tells whole."""
    return len(system.incidents)


@answer(unit="incidents", show="{:d}")
def slowly_paged_incidents(system: System) -> int:
    """Recorded incidents that no page of the recipe would have noticed within the given time to detect."""
    return sum(each.page_minutes > system.targets.detect_minutes for each in predictions(system))


@answer(unit="budgets", show="{:.1f} budgets")
def hot_key_budgets(system: System) -> float:
    """Monthly budgets of fresh that incident 1 spent."""
    return prediction(system, "hot_key").budgets


@answer(unit="budgets", show="{:.1f} budgets")
def retry_storm_budgets(system: System) -> float:
    """Monthly budgets of fresh that incident 2 spent."""
    return prediction(system, "retry_storm").budgets


@answer(unit="min", show="{:.0f} minutes")
def retry_storm_minutes(system: System) -> float:
    """Length of incident 2, until events were fresh again."""
    return incident(system, "retry_storm").minutes


@answer(unit="budgets", show="{:.2f} budgets")
def hidden_retries_budgets(system: System) -> float:
    """Monthly budgets of fresh that incident 5 spent."""
    return prediction(system, "hidden_retries").budgets


@answer(unit="×", show="{:.0f} times")
def retry_damage_ratio(system: System) -> float:
    """Budgets of incident 2 over those of incident 5: one mechanism, before decision 0012 and after."""
    return retry_storm_budgets(system) / hidden_retries_budgets(system)


@answer(unit="×", show="{:.0f} times")
def retry_late_events_ratio(system: System) -> float:
    """The same in late events, which do not shrink because the platform has grown."""
    return incident(system, "retry_storm").late_events / incident(system, "hidden_retries").late_events


@answer(unit="events", show="{:~3} events")
def hot_key_late_events(system: System) -> float:
    """Events that incident 1 made late."""
    return incident(system, "hot_key").late_events


@answer(unit="fraction", show="{:.0%}")
def hot_key_late_fraction(system: System) -> float:
    """Share of the events of incident 1 that were late."""
    return prediction(system, "hot_key").error_fraction


@answer(unit="min", show="{:.1f} minutes")
def hot_key_page_minutes(system: System) -> float:
    """Time from the start of incident 1 to today's first page, its late events spread evenly."""
    return prediction(system, "hot_key").page_minutes


@answer(unit="min", show="{:.0f} minutes")
def hot_key_noticed_minutes(system: System) -> float:
    """Time from the start of incident 1 until a tenant told us."""
    return incident(system, "hot_key").noticed_minutes


@answer(unit="incidents", show="{:d}")
def unseen_incidents(system: System) -> int:
    """Recorded incidents that no page of the recipe would have noticed."""
    return sum(math.isinf(each.page_minutes) for each in predictions(system))


@answer(unit="budgets", show="{:.1f} budgets")
def frozen_pods_budgets(system: System) -> float:
    """Monthly budgets of fresh that incident 4 spent, of the whole platform."""
    return prediction(system, "frozen_pods").budgets


@answer(unit="budgets", show="{:.1f} budgets")
def storm_budgets_in_a_cell(system: System) -> float:
    """Monthly budgets that incident 2 would have spent had it stayed in one of today's US cells."""
    return retry_storm_budgets(system) / system.platform.us_clusters


@answer(unit="fraction", show="{:.0%}")
def containable_fraction(system: System) -> float:
    """Share of the budgets spent before decision 0020 that went in the storm, which a cell contains."""
    before = (each.budgets for each in predictions(system) if each.incident.on < CELLS_DECIDED)
    return retry_storm_budgets(system) / math.fsum(before)


@answer(unit="labels", show="{:~3} labels")
def drift_wrong_labels(system: System) -> float:
    """Wrong labels of incident 6 beyond those that were wrong as usual."""
    drift = incident(system, "enrichment_drift")
    labelled = drift.handled_events * at(system, drift.on).enrichment.events_fraction
    return labelled * (system.enrichment.accuracy_fraction - system.enrichment.drifted_accuracy_fraction)


@answer(unit="fraction", show="{:.0%}")
def drifted_accuracy_fraction(system: System) -> float:
    """Correct labels during incident 6."""
    return system.enrichment.drifted_accuracy_fraction
