"""The error-budget policy, and what it would have stopped."""

from datetime import date, timedelta

from playbook.answer import answer
from playbook.model import System
from playbook.reliability.incidents import predictions


@answer(unit="fraction", show="{:.0%}")
def review_fraction(system: System) -> float:
    """Share of a budget above which every change has a second reviewer."""
    return system.policy.review_fraction


@answer(unit="fraction", show="{:.0%}")
def stop_fraction(system: System) -> float:
    """Share of a budget above which releases stop."""
    return system.policy.stop_fraction


@answer(unit="fraction", show="{:.0%}")
def postmortem_fraction(system: System) -> float:
    """Share of a budget that one incident spends before it must have a postmortem."""
    return system.policy.postmortem_fraction


@answer(unit="incidents", show="{:d}")
def policy_stops(system: System) -> int:
    """Recorded incidents that would have stopped releases by themselves."""
    return sum(each.budgets >= system.policy.stop_fraction for each in predictions(system))


@answer(unit="incidents", show="{:d}")
def policy_postmortems(system: System) -> int:
    """Recorded incidents that the policy, counting fresh alone, asks a postmortem of."""
    return sum(each.budgets >= system.policy.postmortem_fraction for each in predictions(system))


@answer(unit="days", show="{:d} days")
def policy_stopped_days(system: System) -> int:
    """Days on which releases would have stood still, by what fresh spent in the window before each."""
    return len(stopped_days(system))


@answer(unit="fraction", show="{:.0%}")
def policy_stopped_fraction(system: System) -> float:
    """Those days over all days from the given targets to the book's date."""
    return policy_stopped_days(system) / len(recorded_days(system))


@answer(unit="incidents", show="{:d}")
def policy_prevented_incidents(system: System) -> int:
    """Recorded incidents that began while releases would have stood still."""
    eve = timedelta(days=1)
    stopped = stopped_days(system)
    return sum(each.incident.on - eve in stopped for each in predictions(system))


@answer(unit="releases", show="{:.0f}")
def policy_stopped_releases(system: System) -> float:
    """Deployments that would have waited, at the rate that we were given: the log itself is not yet here."""
    return policy_stopped_days(system) / 7 * system.targets.deployments_per_week


def recorded_days(system: System) -> tuple[date, ...]:
    """Every day from the given targets to the system's own date."""
    first = system.eras[1].start
    return tuple(first + timedelta(days=n) for n in range((system.as_of - first).days + 1))


def stopped_days(system: System) -> frozenset[date]:
    """Days whose window, ending with them, holds late events of more budgets than releases bear."""
    recorded = [(each.incident.on, each.budgets) for each in predictions(system)]
    window = timedelta(days=system.alerts.window_days)

    def spent(day: date) -> float:
        return sum(budgets for on, budgets in recorded if day - window < on <= day)

    return frozenset(day for day in recorded_days(system) if spent(day) >= system.policy.stop_fraction)
