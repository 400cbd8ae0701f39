"""What the real Prometheus said of each incident: the panels of the day, and the rules of today."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from playbook.answer import answer
from playbook.model import Firing, Incident, System
from playbook.reliability.impact import timeline
from playbook.reliability.incidents import incident


@dataclass(frozen=True, slots=True)
class Heard:
    """One incident: minutes from its start until a panel of the day tripped, and until today's alert speaks.

    ``now`` is the first page, or the first ticket of an indicator where no page comes; minutes are infinite
    where nothing spoke before the end. A recording of the rules of today: no what-if on them moves it.
    """

    incident: Incident
    then: Firing | None
    now: Firing | None
    then_minutes: float
    now_minutes: float

    @property
    def minutes_earlier(self) -> float:
        """How much sooner today's alert speaks than we knew; negative when later, or never."""
        return self.incident.noticed_minutes - self.now_minutes


def heard(system: System) -> tuple[Heard, ...]:
    """Every recorded incident as it was replayed, by date."""
    return tuple(replayed(system, each.name) for each in system.incidents)


def replayed(system: System, name: str) -> Heard:
    """One of them by name; ``ValueError`` where the record has none of that name."""
    start, end = timeline(system, name).when("started"), timeline(system, name).when("fresh")
    mine = [each for each in system.firings if each.incident == name and each.fires_at <= end]
    then = _first([each for each in mine if each.rules == "then"])
    pages = [each for each in mine if each.severity == "page" and each.fires_at >= start]
    now = _first(pages or [each for each in mine if each.severity == "ticket" and each.fires_at >= start])
    return Heard(
        incident=incident(system, name),
        then=then,
        now=now,
        then_minutes=_minutes(start, then),
        now_minutes=_minutes(start, now),
    )


def _first(found: list[Firing]) -> Firing | None:
    return min(found, key=lambda each: each.fires_at, default=None)


def _minutes(start: datetime, firing: Firing | None) -> float:
    return math.inf if firing is None else (firing.fires_at - start) / timedelta(minutes=1)


@answer(unit="incidents", show="{:d}")
def sooner_heard_incidents(system: System) -> int:
    """Recorded incidents of which today's rules, replayed, speak before anyone knew."""
    return sum(each.minutes_earlier > 0 for each in heard(system))


@answer(unit="incidents", show="{:d}")
def silent_panel_incidents(system: System) -> int:
    """Recorded incidents in which no panel of the day tripped before somebody knew."""
    return sum(each.then_minutes > each.incident.noticed_minutes for each in heard(system))


@answer(unit="incidents", show="{:d}")
def late_heard_incidents(system: System) -> int:
    """Recorded incidents of which today's rules, replayed, speak later than the given time to detect."""
    return sum(each.now_minutes > system.targets.detect_minutes for each in heard(system))


@answer(unit="min", show="{:.0f} minutes")
def hot_key_replayed_minutes(system: System) -> float:
    """Time from the start of incident 1 to today's first page, by the real Prometheus over its telemetry."""
    return replayed(system, "hot_key").now_minutes


@answer(unit="min", show="{:.0f} minutes")
def contract_before_expand_replayed_minutes(system: System) -> float:
    """The same of incident 3."""
    return replayed(system, "contract_before_expand").now_minutes


@answer(unit="min", show="{:.0f} minutes")
def hidden_retries_replayed_minutes(system: System) -> float:
    """The same of incident 5."""
    return replayed(system, "hidden_retries").now_minutes


@answer(unit="min", show="{:.0f} minutes")
def frozen_pods_replayed_minutes(system: System) -> float:
    """The same of incident 4."""
    return replayed(system, "frozen_pods").now_minutes


@answer(unit="min", show="{:.0f} minutes")
def retry_storm_replayed_minutes(system: System) -> float:
    """The same of incident 2."""
    return replayed(system, "retry_storm").now_minutes


@answer(unit="days", show="{:.1f} days")
def drift_replayed_earlier_days(system: System) -> float:
    """How much sooner than the cost alarm today's ticket on labels speaks of incident 6."""
    return replayed(system, "enrichment_drift").minutes_earlier / (24 * 60)
