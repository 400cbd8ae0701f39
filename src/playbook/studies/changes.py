"""What decisions and price lists did to the bill on their day: recorded settings before and after."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from playbook import cost
from playbook.model import DAYS_PER_MONTH, System, at, load, what_if

LEAST_USD_PER_DAY = 1.0


@dataclass(frozen=True, slots=True)
class Change:
    """Settings or prices that changed on a day, and what that did to each subject of the bill.

    ``usd_per_day`` is by subject, at the volume of the day; subjects that moved by less than a dollar are
    left out.
    """

    day: date
    paths: tuple[str, ...]
    usd_per_day: Mapping[str, float]

    @property
    def usd_per_month(self) -> float:
        """Dollars a month, all subjects together."""
        return math.fsum(self.usd_per_day.values()) * DAYS_PER_MONTH

    @property
    def priced(self) -> bool:
        """Whether the provider made it, and not we."""
        return all(path.startswith("prices.") for path in self.paths)


@cache
def changes() -> tuple[Change, ...]:
    """Every day on which settings or prices moved the bill, in order, as recorded: no what-if moves them."""
    system = load()
    days: dict[date, list[str]] = {}
    for path, assumption in system.assumptions.items():
        for point in assumption.history:
            if not point.grows and system.eras[0].end < point.day <= system.eras[-1].end:
                days.setdefault(point.day, []).append(path)
    made = (Change(day, tuple(sorted(days[day])), _moved(system, day)) for day in sorted(days))
    return tuple(change for change in made if change.usd_per_day)


def _moved(system: System, day: date) -> Mapping[str, float]:
    after = at(system, day)
    events = {"traffic.events_per_day": after.traffic.events_per_day}
    before = what_if(at(system, day - timedelta(days=1)), events)
    old, new = (_by_subject(one) for one in (before, after))
    gaps = {subject: new.get(subject, 0.0) - old.get(subject, 0.0) for subject in {**old, **new}}
    return MappingProxyType({name: gap for name, gap in gaps.items() if abs(gap) >= LEAST_USD_PER_DAY})


def _by_subject(system: System) -> dict[str, float]:
    sums: dict[str, float] = {}
    for line in cost.lines(system):
        sums[line.subject] = sums.get(line.subject, 0.0) + line.usd / DAYS_PER_MONTH
    return sums
