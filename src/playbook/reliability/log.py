"""The log of every incident: what spent the budget, and what could have contained it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from playbook.answer import answer
from playbook.model import CONTAINED_BY, Logged, System, at
from playbook.reliability.budget import error_budget_events

MEANS = ("quota", "retry budget", "cell")


@dataclass(frozen=True, slots=True)
class Spent:
    """One line of the log beside the monthly budgets of fresh that it spent, at that day's volume."""

    logged: Logged
    budgets: float
    handled_minutes: float
    """Its events over what the mean minute of that day brings: its length, were traffic even."""


def spent(system: System) -> tuple[Spent, ...]:
    """Every line of the log with what it spent, by date."""
    return tuple(_spent(system, logged) for logged in system.log)


def _spent(system: System, logged: Logged) -> Spent:
    then = at(system, logged.on)
    return Spent(
        logged=logged,
        budgets=logged.late_events / error_budget_events(then),
        handled_minutes=logged.handled_events / (then.traffic.mean_per_second * 60),
    )


def budgets_by_cause(system: System) -> Mapping[str, float]:
    """Monthly budgets of fresh that each class of cause has spent, the largest first."""
    rows = spent(system)
    sums = {
        cause: math.fsum(row.budgets for row in rows if row.logged.cause == cause) for cause in CONTAINED_BY
    }
    return dict(sorted(sums.items(), key=lambda pair: -pair[1]))


def containable_budgets(system: System, means: str) -> float:
    """Monthly budgets spent by causes that ``means`` can contain: a quota, a retry budget or a cell."""
    return math.fsum(row.budgets for row in spent(system) if means in row.logged.containable_by)


def by_quarter(system: System) -> Mapping[date, int]:
    """Critical incidents by calendar quarter: those that spent what the slow page speaks at."""
    quarters = range(_quarter(system.eras[0].end), _quarter(system.eras[-1].end) + 1)
    limit = system.alerts.slow_page_budget_fraction
    critical = [_quarter(row.logged.on) for row in spent(system) if row.budgets > limit]
    return {date(quarter // 4, 3 * (quarter % 4) + 1, 1): critical.count(quarter) for quarter in quarters}


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3


@answer(unit="incidents", show="{:d} incidents")
def logged_incidents(system: System) -> int:
    """Incidents in the log, the small ones included."""
    return len(system.log)


@answer(unit="budgets", show="{:.1f} monthly budgets")
def logged_budgets(system: System) -> float:
    """Monthly budgets of fresh that the whole log has spent."""
    return math.fsum(row.budgets for row in spent(system))


@answer(unit="fraction", show="{:.0%}")
def told_budgets_fraction(system: System) -> float:
    """Share of those budgets that the incidents told whole have spent."""
    told = {incident.name for incident in system.incidents}
    return math.fsum(row.budgets for row in spent(system) if row.logged.name in told) / logged_budgets(system)


@answer(unit="", show="{:s}")
def costliest_cause(system: System) -> str:
    """The class of cause that has spent the most budget."""
    return next(iter(budgets_by_cause(system)))


@answer(unit="fraction", show="{:.0%}")
def costliest_cause_fraction(system: System) -> float:
    """Its share of all budgets spent."""
    return max(budgets_by_cause(system).values()) / logged_budgets(system)


@answer(unit="fraction", show="{:.0%}")
def quota_containable_fraction(system: System) -> float:
    """Share of all budgets spent by causes that a quota can contain."""
    return containable_budgets(system, "quota") / logged_budgets(system)


@answer(unit="fraction", show="{:.0%}")
def retry_containable_fraction(system: System) -> float:
    """Share of all budgets spent by causes that a retry budget can contain."""
    return containable_budgets(system, "retry budget") / logged_budgets(system)


@answer(unit="fraction", show="{:.0%}")
def cell_containable_fraction(system: System) -> float:
    """Share of all budgets spent by causes that a cell can contain; a retry budget claims some too."""
    return containable_budgets(system, "cell") / logged_budgets(system)


@answer(unit="fraction", show="{:.0%}")
def cell_alone_fraction(system: System) -> float:
    """Share of all budgets spent by causes that a cell can contain and a retry budget cannot."""
    rows = spent(system)
    return math.fsum(r.budgets for r in rows if r.logged.containable_by == ("cell",)) / logged_budgets(system)


@answer(unit="fraction", show="{:.0%}")
def uncontainable_fraction(system: System) -> float:
    """Share of all budgets spent by causes that nothing of ours contains."""
    return math.fsum(r.budgets for r in spent(system) if not r.logged.containable_by) / logged_budgets(system)


@answer(unit="quarters", show="{:d} quarters")
def critical_quarters_missed(system: System) -> int:
    """Calendar quarters with as many critical incidents as the given limit, or more."""
    return sum(n >= system.targets.critical_incidents_per_quarter for n in by_quarter(system).values())


@answer(unit="quarters", show="{:d}")
def logged_quarters(system: System) -> int:
    """Calendar quarters that the log covers, the first and the last in part."""
    return len(by_quarter(system))


@answer(unit="incidents", show="{:d}")
def logged_in_year(system: System) -> int:
    """Incidents in the log over the last 365 days."""
    return sum(system.as_of - timedelta(days=365) < logged.on <= system.as_of for logged in system.log)


@answer(unit="incidents/year", show="{:.0f} a year")
def logged_per_year(system: System) -> float:
    """Incidents a year over the whole log."""
    return len(system.log) / ((system.eras[-1].end - system.eras[0].end).days / 365)


@answer(unit="fraction", show="{:.0%}")
def logged_by_tenants_fraction(system: System) -> float:
    """Share of logged incidents that a tenant's ticket told us of."""
    return sum(logged.noticed_by == "a tenant's ticket" for logged in system.log) / len(system.log)
