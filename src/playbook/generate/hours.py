"""The engineer-hours ledger: where the platform team's hours went, by month and cause."""

import math
from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.random import Generator

from playbook.model import Incident, System, at

SEED = 20231106
CAUSES = ("building", "clusters", "incidents", "releases", "on call", "audit", "moving tenants", "cost")
AUDITS = {date(2024, 6, 1): 120.0, date(2024, 9, 1): 60.0, date(2025, 3, 1): 150.0, date(2026, 3, 1): 90.0}
MOVING = (date(2024, 2, 1), date(2024, 5, 1))
COST_WORK = {date(2025, 7, 1): 70.0, date(2026, 3, 1): 80.0}
HOURS_PER_INCIDENT = 45.0
HOURS_PER_MINUTE = 0.35
LONGEST_MINUTES = 600.0


def ledger(system: System) -> str:
    """The ledger as CSV: month, cause, hours; what is left after all other causes is building.

    Upkeep of clusters, pages and releases follow from the settings of the month; an incident costs a base
    and a share of its length, two thirds in its month and one third in the next.
    """
    rng = np.random.default_rng(SEED)
    lines = ["month,cause,hours"]
    for month in _months(system):
        spent = _spent(system, month, rng)
        team = at(system, month).team
        total = team.platform_engineers * team.hours_per_engineer_month
        spent["building"] = max(0.0, total - math.fsum(spent.values()))
        lines += [f"{month},{cause},{round(2 * spent[cause]) / 2:g}" for cause in CAUSES]
    return "\n".join(lines) + "\n"


def _months(system: System) -> Iterator[date]:
    """The first day of each month after M0, up to the book's."""
    start, end = system.eras[0].end, system.eras[-1].end
    first = start.year * 12 + start.month
    for index in range(first, end.year * 12 + end.month):
        yield date(index // 12, index % 12 + 1, 1)


def _spent(system: System, month: date, rng: Generator) -> dict[str, float]:
    then = at(system, month)
    clusters = then.platform.us_clusters + then.platform.eu_clusters + then.platform.standby_clusters
    pages = then.on_call.pages_per_week * 52 / 12 * then.on_call.minutes_per_page / 60
    noise = rng.lognormal(0.0, 0.2, size=4)
    return {
        "clusters": clusters * then.platform.hours_per_cluster_month * noise[0],
        "incidents": 10 * noise[1]
        + math.fsum(_incident_hours(incident, month) for incident in system.incidents),
        "releases": 24 * noise[2],
        "on call": pages + 6 * noise[3],
        "audit": AUDITS.get(month, 4.0),
        "moving tenants": 130.0 if MOVING[0] <= month <= MOVING[1] else 0.0,
        "cost": COST_WORK.get(month, 3.0),
    }


def _incident_hours(incident: Incident, month: date) -> float:
    whole = HOURS_PER_INCIDENT + HOURS_PER_MINUTE * min(incident.minutes, LONGEST_MINUTES)
    later = (month.year - incident.on.year) * 12 + month.month - incident.on.month
    return {0: 2 / 3, 1: 1 / 3}.get(later, 0.0) * whole
