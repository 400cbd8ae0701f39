"""The volumes at which a trigger trips or lets go."""

import math
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from playbook import architecture, facts
from playbook.decisions.record import Trigger
from playbook.model import System, what_if

VOLUME = "traffic.events_per_day"
GRID = tuple(10 ** (6 + 3 * i / 60) for i in range(61))
STEPS = 40


@dataclass(frozen=True, slots=True)
class Flip:
    """A crossing: its volume in events a day, whether the trigger trips there, and when by forecast."""

    events_per_day: float
    trips: bool
    on: date | None


def value(trigger: Trigger, system: System) -> float:
    """The number that a trigger watches; infinite for a fact that is "never"."""
    found = facts.value(trigger.fact, system)
    if found is None:
        return math.inf
    if not isinstance(found, int | float):
        raise ValueError(f"{trigger.fact} is {found!r}; a trigger watches a number")
    return float(found)


def flips(trigger: Trigger, system: System) -> tuple[Flip, ...]:
    """Every crossing between 1M and 1B events a day, settings held, from low volume to high.

    Found on a logarithmic grid and bisected between its points, since ceilings make facts stepped and
    some are not monotone; two crossings between neighbouring points, an eighth apart, are missed.
    """
    states = [_tripped(trigger, system, volume) for volume in GRID]
    return tuple(
        _flip(trigger, system, GRID[i], GRID[i + 1], trips=after)
        for i, (before, after) in enumerate(pairwise(states))
        if before != after
    )


def _flip(trigger: Trigger, system: System, low: float, high: float, *, trips: bool) -> Flip:
    for _ in range(STEPS):
        middle = math.sqrt(low * high)
        if _tripped(trigger, system, middle) == trips:
            high = middle
        else:
            low = middle
    return Flip(high, trips, architecture.day_of(system, high))


def _tripped(trigger: Trigger, system: System, volume: float) -> bool:
    return trigger.tripped(value(trigger, what_if(system, {VOLUME: volume})))
