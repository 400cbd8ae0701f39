"""The queue that was there before: a table in PostgreSQL."""

from datetime import date, timedelta

from playbook.answer import answer
from playbook.model import DAYS_PER_MONTH, SECONDS_PER_DAY, System, at, at_end_of


def postgres_fraction(system: System) -> float:
    """Use of the inherited PostgreSQL queue in the peak minute, had we kept it."""
    return system.traffic.peak_per_second / system.stream.postgres_dequeues_per_second


@answer(unit="events/s", show="{:,.0f} a second")
def postgres_dequeues_per_second(system: System) -> float:
    """Dequeues per second that the inherited queue could do."""
    return system.stream.postgres_dequeues_per_second


@answer(unit="events/day", show="{:~3}/day")
def postgres_events_per_day(system: System) -> float:
    """Volume at which the inherited PostgreSQL queue is full in the peak minute."""
    return system.stream.postgres_dequeues_per_second / system.traffic.peak_factor * SECONDS_PER_DAY


@answer(unit="date", show="{:%Y-%m}")
def postgres_ended_on(system: System) -> date | None:
    """Month in which the volume that came passed what the PostgreSQL queue could have carried."""
    return reached_on(system, postgres_events_per_day(system))


@answer(unit="months", show="month {:.0f}")
def postgres_months(system: System) -> float | None:
    """Months from M0 until the volume that came passed what the PostgreSQL queue could have carried."""
    day = postgres_ended_on(system)
    return None if day is None else (day - system.eras[0].end).days / DAYS_PER_MONTH


def reached_on(system: System, events_per_day: float) -> date | None:
    """The first day on which the recorded volume was at least ``events_per_day``; None if it never was."""
    low, high = system.eras[0].start, system.eras[-1].end
    if at(system, high).traffic.events_per_day < events_per_day:
        return None
    while low < high:
        middle = low + (high - low) // 2
        if at(system, middle).traffic.events_per_day >= events_per_day:
            high = middle
        else:
            low = middle + timedelta(days=1)
    return low


@answer(unit="fraction", show="{:.0%}")
def ship_postgres_fraction(system: System) -> float:
    """Use of the inherited queue in the peak minute at the end of the first era, had we kept it."""
    return postgres_fraction(at_end_of(system, "ship"))
