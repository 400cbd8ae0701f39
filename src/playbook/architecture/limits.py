"""Everything that saturates, side by side."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from playbook.answer import answer
from playbook.architecture.baseline import postgres_fraction
from playbook.architecture.consumers import consumer_fraction
from playbook.architecture.stream import bytes_fraction, records_fraction
from playbook.model import DAYS_PER_MONTH, REGIONS, System

CENTURY_MONTHS = 1200.0


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that saturates: its use in the peak minute, the volume that fills it, whether we run it."""

    name: str
    region: str
    meaning: str
    used_fraction: float
    events_per_day: float
    ours: bool


def limits(system: System) -> tuple[Limit, ...]:
    """Every limit on an event's path in every region, the nearest first.

    Each use is proportional to volume, so the volume at which a limit is full follows by division;
    settings are held as they are, since the question is what we must change next.
    """
    volume = system.traffic.events_per_day
    shard = (
        ("shard, records in", "writes are refused", records_fraction),
        ("shard, bytes in", "writes are refused", bytes_fraction),
        ("shard, serial consumer", "the hottest shard falls behind", consumer_fraction),
    )
    found = [
        Limit(name, region, meaning, use(system, region), volume / use(system, region), ours=True)
        for region in REGIONS
        for name, meaning, use in shard
    ]
    kept = postgres_fraction(system)
    found.append(
        Limit("PostgreSQL as a queue", "us", "dequeues fall behind", kept, volume / kept, ours=False)
    )
    return tuple(sorted(found, key=lambda limit: -limit.used_fraction))


@answer(unit="", show="{:s}")
def binds_next(system: System) -> str:
    """The limit of the running system that the peak minute uses most."""
    nearest = next(limit for limit in limits(system) if limit.ours)
    return f"{nearest.name}, {nearest.region.upper()}"


def day_of(system: System, events_per_day: float) -> date | None:
    """The day on which today's growth reaches a volume; None for one behind us, or a century off."""
    ratio, growth = events_per_day / system.traffic.events_per_day, system.traffic.growth_per_month_fraction
    if ratio <= 1 or growth <= 0:
        return None
    months = math.log(ratio) / math.log1p(growth)
    return system.as_of + timedelta(days=months * DAYS_PER_MONTH) if months < CENTURY_MONTHS else None
