"""The steps of a day's telemetry, and what each region sends in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from playbook.model import System
from playbook.simulation.backlog import Array

ZONES: Mapping[str, ZoneInfo] = MappingProxyType(
    {"us": ZoneInfo("America/New_York"), "eu": ZoneInfo("Europe/Berlin")}
)
# Local hour and rate over the region's daily mean, simulated; the history holds the mean and the peak minute,
# not the shape. The EU's three crests are its time zones' offices opening; nights stand at 0.4.
SHAPES: Mapping[str, tuple[tuple[float, float], ...]] = MappingProxyType(
    {
        "us": (
            *((0, 1.0), (1, 0.86), (2, 0.53), (3, 0.45), (4, 0.42), (5, 0.46), (6, 0.62), (7, 0.84)),
            *((8, 1.05), (9, 1.2), (12, 1.3), (16, 1.25), (19, 1.2), (21, 1.15), (24, 1.0)),
        ),
        "eu": (
            *((0, 0.52), (1, 0.42), (2, 0.4), (5, 0.4), (6, 0.5), (7, 1.1), (7.35, 1.4), (7.42, 1.56)),
            *((7.52, 1.56), (7.65, 1.1), (8.65, 1.1), (8.78, 1.63), (9, 1.66), (9.25, 1.63), (9.4, 1.0)),
            *((9.6, 0.95), (10.52, 1.1), (10.65, 1.6), (10.75, 1.6), (10.87, 1.2), (11.5, 1.45)),
            *((13, 1.55), (14.5, 1.5), (15.5, 1.35), (17, 1.3), (19, 1.2), (21, 1.0), (24, 0.52)),
        ),
    }
)


BEFORE = timedelta(hours=7)


@dataclass(frozen=True, slots=True)
class Clock:
    """Equal steps from ``start`` until ``end``, both UTC."""

    start: datetime
    end: datetime
    step_seconds: float

    @property
    def steps(self) -> int:
        """How many."""
        return round((self.end - self.start).total_seconds() / self.step_seconds)

    @property
    def times(self) -> pd.DatetimeIndex:
        """The beginning of each, ``(n,)``."""
        step = pd.Timedelta(seconds=self.step_seconds)
        return pd.date_range(self.start, periods=self.steps, freq=step, unit="us")

    def step(self, moment: datetime) -> int:
        """The step that begins at a moment, or holds it."""
        return int((moment - self.start).total_seconds() // self.step_seconds)

    def since(self, moment: datetime) -> Array:
        """Seconds from a moment to the beginning of each step, negative before it, ``(n,)``."""
        offset = (self.start - moment).total_seconds()
        return offset + self.step_seconds * np.arange(self.steps, dtype=np.float64)


def moment(day: date, clock: str) -> datetime:
    """A time of day in UTC, such as ``14:02``."""
    return datetime.combine(day, time.fromisoformat(clock), UTC)


def factor(region: str, clock: Clock) -> Array:
    """Rate over the region's daily mean in the middle of each step, ``(n,)``."""
    middles = clock.times + pd.Timedelta(seconds=clock.step_seconds / 2)
    local = middles.tz_convert(ZONES[region])
    hours = local.hour + local.minute / 60 + local.second / 3600
    at, over = zip(*SHAPES[region], strict=True)
    return np.asarray(np.interp(hours, at, over), dtype=np.float64)


def per_second(system: System, region: str, clock: Clock) -> Array:
    """Events per second that a region sends in each step, ``(n,)``, campaigns apart."""
    return system.traffic.mean_per_second * system.traffic.region_fraction(region) * factor(region, clock)


def around(start: datetime, end: datetime, *, step_seconds: float, before: timedelta = BEFORE) -> Clock:
    """Steps from seven hours before an incident, or ``before``, until an hour and a half after it."""
    whole = timedelta(seconds=step_seconds)
    first, last = start - before, end + timedelta(hours=1.5)
    return Clock(first, first + -((first - last) // whole) * whole, step_seconds)
