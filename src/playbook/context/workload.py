"""What arrives."""

from playbook.answer import answer
from playbook.model import SECONDS_PER_DAY, System, at_end_of


@answer(unit="events/day", show="{:~3}/day")
def events_per_day(system: System) -> float:
    """Events that the platform accepts on a mean day."""
    return system.traffic.events_per_day


@answer(unit="events/s", show="{:,.0f} per second")
def mean_per_second(system: System) -> float:
    """Events per second on a mean day."""
    return system.traffic.events_per_day / SECONDS_PER_DAY


@answer(unit="events/s", show="{:,.0f} per second")
def peak_per_second(system: System) -> float:
    """Events per second in the peak minute."""
    return mean_per_second(system) * system.traffic.peak_factor


@answer(unit="events/day", show="{:~3}/day")
def ship_events_per_day(system: System) -> float:
    """Events that the platform accepted on a mean day at the end of the first era."""
    return at_end_of(system, "ship").traffic.events_per_day


@answer(unit="×", show="{:.0f} times")
def growth_since_ship(system: System) -> float:
    """Volume over that of the end of the first era."""
    return system.traffic.events_per_day / ship_events_per_day(system)
