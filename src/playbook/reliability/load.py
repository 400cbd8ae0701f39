"""What runs into people and into destinations: pages, retries, replays, labels."""

from playbook.answer import answer
from playbook.laws import retries
from playbook.model import System


@answer(unit="hours/week", show="{:.1f} h a week")
def paged_hours_per_engineer(system: System) -> float:
    """Hours a week that each platform engineer spends on pages."""
    hours = system.on_call.pages_per_week * system.on_call.minutes_per_page / 60
    return hours / system.team.platform_engineers


@answer(unit="hours", show="{:.0f} hours")
def replay_beyond_window_hours(system: System) -> float:
    """How far beyond the idempotency window a replay of everything retained would reach back."""
    return max(0.0, system.stream.retention_hours - system.idempotency.window_hours)


@answer(unit="×", show="{:.2f}")
def wire_attempts_per_delivery(system: System) -> float:
    """Requests on the wire over deliveries, measured below every SDK."""
    return system.retries.wire_attempts_per_delivery


@answer(unit="×", show="{:d}")
def storm_attempts(system: System) -> int:
    """Requests that one delivery became when every layer before decision 0012 used all its tries."""
    return retries.attempts([system.retries.tries_per_layer] * system.retries.layers)


@answer(unit="pages", show="{:.2f}")
def pages_per_shift(system: System) -> float:
    """Pages in a shift of twelve hours."""
    return system.on_call.pages_per_week / 14


@answer(unit="fraction", show="{:.0%}")
def enrichment_accuracy_fraction(system: System) -> float:
    """Correct labels over a labelled sample of enriched events."""
    return system.enrichment.accuracy_fraction


@answer(unit="deliveries/s", show="{:,.0f} a second")
def storm_capacity_per_second(system: System) -> float:
    """Deliveries per second that the pool of incident 2 could make before the stall."""
    return system.retries.pool_slots / system.retries.pool_seconds


@answer(unit="deliveries/s", show="{:,.0f} a second")
def storm_stable_per_second(system: System) -> float:
    """Load below which the retry storm of incident 2 would have ended by itself."""
    return retries.stable_load_per_second(
        capacity_per_second=storm_capacity_per_second(system), tries=storm_attempts(system)
    )


@answer(unit="slots", show="{:,.0f} slots")
def stalled_slots(system: System) -> float:
    """Connections that the stalled destination held before any retry."""
    r = system.retries
    return r.deliveries_per_second * r.stalled_fraction * r.stall_seconds


@answer(unit="fraction", show="{:.0%}")
def shed_fraction(system: System) -> float:
    """Share of the load that had to be shed for the storm to end."""
    return 1 - storm_stable_per_second(system) / system.retries.deliveries_per_second


@answer(unit="s", show="{:.1f} s")
def storm_timeout_seconds(system: System) -> float:
    """Timeout at which incident 2's stalled destination would just have filled the pool, before any retry."""
    r = system.retries
    healthy = r.deliveries_per_second * (1 - r.stalled_fraction) * r.pool_seconds
    return (r.pool_slots - healthy) / (r.deliveries_per_second * r.stalled_fraction)


@answer(unit="slots", show="{:,d} slots")
def storm_pool_slots(system: System) -> int:
    """Connections of the US delivery pool on the day of incident 2."""
    return system.retries.pool_slots
