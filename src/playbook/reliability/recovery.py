"""Coming back: the backlog, the replay, the standby, and what we depend on."""

from dataclasses import astuple, dataclass

from playbook.answer import answer
from playbook.laws import availability, backlog
from playbook.model import SECONDS_PER_DAY, System, at
from playbook.reliability.budget import error_budget_events
from playbook.reliability.incidents import incident

FRESH_SECONDS = 2.0
DOUBT_FRACTION = 0.05


@dataclass(frozen=True, slots=True)
class Scenario:
    """One loss and one way back: minutes until service, minutes of data at risk, and how we know."""

    loss: str
    way: str
    recovery_minutes: float
    lost_minutes: float
    known_by: str


def scenarios(system: System) -> tuple[Scenario, ...]:
    """What we can lose, and how we come back, by the latest drill or the assumption behind it."""
    r = system.recovery
    waiting, copied = r.regional_event_hours * 60, r.archive_delay_seconds / 60 + r.replication_minutes
    return (
        Scenario("control plane", "keep what runs", _drilled(system, "control plane"), 0.0, "game day"),
        Scenario("database", "restore last night's copy", _drilled(system, "database"), 1440.0, "drill"),
        Scenario("region", "wait for it", waiting, 0.0, "assumed"),
        Scenario("region", "pilot light, at its best", r.pilot_light_minutes, copied, "drill"),
        Scenario("region", "pilot light, at its worst", _worst_minutes(system), copied, "drill"),
    )


def _drilled(system: System, word: str) -> float:
    return next(drill.measured_minutes for drill in reversed(system.drills) if word in drill.scenario)


def _worst_minutes(system: System) -> float:
    return max(drill.measured_minutes for drill in system.drills if "is gone" in drill.scenario)


@answer(unit="min", show="{:.0f} minutes")
def hot_key_wait_minutes(system: System) -> float:
    """Wait of the event at the end of incident 1's line when the quota went on."""
    return system.backlog.hot_key_events * system.stream.consumer_seconds_per_record / 60


@answer(unit="min", show="{:.0f} minutes")
def hot_key_drain_minutes(system: System) -> float:
    """Time that incident 1's backlog needed to drain after the quota."""
    seconds = backlog.drain_seconds(
        backlog=system.backlog.hot_key_events,
        capacity_per_second=1 / system.stream.consumer_seconds_per_record,
        arrivals_per_second=system.backlog.hot_key_arrivals_per_second,
    )
    return seconds / 60


@answer(unit="events", show="{:~2} events")
def hot_key_late_behind_events(system: System) -> float:
    """Events that came after the quota and were late only because they stood behind the backlog."""
    return backlog.late_arrivals(
        backlog=system.backlog.hot_key_events,
        capacity_per_second=1 / system.stream.consumer_seconds_per_record,
        arrivals_per_second=system.backlog.hot_key_arrivals_per_second,
        limit_seconds=FRESH_SECONDS,
    )


@answer(unit="events", show="{:~2} events")
def frozen_backlog_events(system: System) -> float:
    """The greatest backlog of incident 4, the only events that had to be late."""
    return system.backlog.frozen_pods_events


@answer(unit="×", show="{:.0f} times")
def frozen_first_in_ratio(system: System) -> float:
    """Late events of incident 4, first in and first out, over those of the same morning newest first."""
    return incident(system, "frozen_pods").late_events / system.backlog.frozen_pods_events


@answer(unit="budgets", show="{:.2f} budgets")
def frozen_newest_first_budgets(system: System) -> float:
    """Monthly budgets that incident 4 would have spent newest first."""
    return system.backlog.frozen_pods_events / error_budget_events(
        at(system, incident(system, "frozen_pods").on)
    )


@answer(unit="×", show="{:.0f} times")
def drain_over_outage(system: System) -> float:
    """Time to drain over the time of a full outage, at the use of slots that we scale to at the peak."""
    return system.delivery.slots_limit_fraction / (1 - system.delivery.slots_limit_fraction)


@answer(unit="min", show="{:.0f} minutes")
def fresh_again_at_mean_minutes(system: System) -> float:
    """Region lost to fresh again by the pilot light, its drain at the mean of the day included."""
    use = system.delivery.slots_limit_fraction / system.traffic.peak_factor
    return (
        backlog.fresh_again_seconds(outage_seconds=system.recovery.pilot_light_minutes * 60, use_fraction=use)
        / 60
    )


@answer(unit="min", show="{:.0f} minutes")
def fresh_again_at_peak_minutes(system: System) -> float:
    """The same if the peak lasted throughout."""
    return (
        backlog.fresh_again_seconds(
            outage_seconds=system.recovery.pilot_light_minutes * 60,
            use_fraction=system.delivery.slots_limit_fraction,
        )
        / 60
    )


@answer(unit="min", show="{:.0f} minutes")
def pilot_light_minutes(system: System) -> float:
    """Decision to first fresh event by the pilot light, when it works."""
    return system.recovery.pilot_light_minutes


@answer(unit="fraction", show="{:.0%}")
def recovery_use_limit_fraction(system: System) -> float:
    """Use of capacity up to which the pilot light is fresh again within the given time to recover."""
    return max(0.0, 1 - system.recovery.pilot_light_minutes / (system.targets.recovery_time_hours * 60))


@answer(unit="events/min", show="{:~3} a minute")
def beyond_window_duplicates_per_minute(system: System) -> float:
    """Events sent twice by each minute that a replay of the US reaches back beyond the window of the keys."""
    return system.traffic.mean_per_second * 60 * system.traffic.us_fraction


@answer(unit="min", show="{:.0f} minutes")
def beyond_window_minutes_per_budget(system: System) -> float:
    """Minutes beyond the window that spend a whole monthly budget of correct."""
    return error_budget_events(system) / beyond_window_duplicates_per_minute(system)


@answer(unit="hours", show="{:.0f} hours")
def replay_window_hours(system: System) -> float:
    """How far back a replay may reach without sending anything twice."""
    return system.idempotency.window_hours


@answer(unit="drills", show="{:d}")
def standby_drills(system: System) -> int:
    """Drills of losing the EU region."""
    return sum("is gone" in drill.scenario for drill in system.drills)


@answer(unit="drills", show="{:d}")
def standby_drills_passed(system: System) -> int:
    """Those that kept the given time to recover."""
    return sum("is gone" in drill.scenario and drill.passed for drill in system.drills)


@answer(unit="fraction", show="{:.0%}")
def standby_works_at_least_fraction(system: System) -> float:
    """Lower 95 % bound on the chance that the standby works, by the drills alone (Clopper and Pearson)."""
    return lowest_fraction(passed=standby_drills_passed(system), of=standby_drills(system))


def lowest_fraction(*, passed: int, of: int, doubt_fraction: float = DOUBT_FRACTION) -> float:
    """The chance of success at which so many passes or more would come in ``doubt_fraction`` of cases.

    Exact one-sided bound of C. Clopper and E. Pearson, Biometrika 26 (1934); 0 without a pass.
    """
    if passed == 0:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        tail = availability.k_of_n(needed=passed, total=of, availability=middle)
        low, high = (middle, high) if tail < doubt_fraction else (low, middle)
    return low


@answer(unit="dependencies", show="{:d}")
def dependencies(system: System) -> int:
    """Vendors' services on the path of an event."""
    return len(astuple(system.vendors))


@answer(unit="fraction", show="{:.3%}")
def extra_nine_fraction(system: System) -> float:
    """What each of them would have to keep by the rule of the extra nine (Treynor and others, 2017)."""
    return 1 - (1 - system.targets.availability_fraction) / 10


@answer(unit="dependencies", show="{:d}")
def dependencies_with_extra_nine(system: System) -> int:
    """Those that promise it."""
    return sum(promised >= extra_nine_fraction(system) for promised in astuple(system.vendors))


@answer(unit="fraction", show="{:.0%}")
def extra_nine_spent_fraction(system: System) -> float:
    """Share of our own budget that so many dependencies would spend, each with its extra nine."""
    whole = availability.series([extra_nine_fraction(system)] * dependencies(system))
    return (1 - whole) / (1 - system.targets.availability_fraction)


@answer(unit="fraction", show="{:.2%}")
def hard_dependencies_fraction(system: System) -> float:
    """The promises multiplied of those that an event cannot do without: balancer, instances, stream, keys."""
    v = system.vendors
    return availability.series(
        [v.load_balancer_fraction, v.instances_fraction, v.stream_fraction, v.key_value_fraction]
    )


@answer(unit="min/month", show="{:.0f} minutes")
def hard_dependencies_minutes(system: System) -> float:
    """Minutes a window that these promises leave open."""
    days = system.alerts.window_days
    return (1 - hard_dependencies_fraction(system)) * days * SECONDS_PER_DAY / 60
