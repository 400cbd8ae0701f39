"""How far a flip may lie from where it stands, given what we believe of the assumptions behind it."""

import math
import random
from dataclasses import dataclass
from datetime import date

from playbook import architecture, facts
from playbook.decisions.flips import VOLUME, value
from playbook.decisions.record import Trigger
from playbook.facts.interval import systems
from playbook.model import System, what_if

LOW, HIGH = 1e6, 1e9
STEPS = 24
GROWTH = "traffic.growth_per_month_fraction"


@dataclass(frozen=True, slots=True)
class Spread:
    """The 5th to 95th percentile of a flip: volume in events a day, and date.

    ``earliest`` is None for a flip that lies behind us; ``latest`` is None where that is never.
    """

    low_events_per_day: float
    high_events_per_day: float
    earliest: date | None
    latest: date | None


def spread(trigger: Trigger, system: System, *, samples: int = 80, seed: int = 20231106) -> Spread | None:
    """The spread of a trigger's crossing, by Monte Carlo over the ranges of what its fact read.

    For triggers with one crossing; the growth that turns a volume into a date is drawn as well. A draw
    without a crossing counts as one million or one billion. None for a trigger that volume does not move.
    """
    if not trigger.moves:
        return None
    paths = [*facts.evaluate(trigger.fact, system).reads, GROWTH]
    drawn = [
        (other, _crossing(trigger, other))
        for other in systems(system, paths, samples=samples, rng=random.Random(seed))
    ]
    first, last = round(0.05 * (samples - 1)), round(0.95 * (samples - 1))
    volumes = sorted(volume for _, volume in drawn)
    if _crossing(trigger, system) <= system.traffic.events_per_day:
        return Spread(volumes[first], volumes[last], None, None)
    days = sorted(_day(other, volume) for other, volume in drawn)
    return Spread(volumes[first], volumes[last], days[first], None if days[last] == date.max else days[last])


def _day(system: System, volume: float) -> date:
    """When a volume is reached: today for one behind us, the last of all days for never."""
    if volume <= system.traffic.events_per_day:
        return system.as_of
    return architecture.day_of(system, volume) or date.max


def _crossing(trigger: Trigger, system: System) -> float:
    def tripped(volume: float) -> bool:
        return trigger.tripped(value(trigger, what_if(system, {VOLUME: volume})))

    at_low, low, high = tripped(LOW), LOW, HIGH
    if at_low == tripped(HIGH):
        return LOW if at_low else HIGH
    for _ in range(STEPS):
        middle = math.sqrt(low * high)
        low, high = (middle, high) if tripped(middle) == at_low else (low, middle)
    return high
