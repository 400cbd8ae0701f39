"""What the alerts on causes, and on one tenant, speak at, and how soon."""

from playbook.answer import answer
from playbook.model import System


@answer(unit="min", show="{:.0f} minutes")
def tenant_down_minutes(system: System) -> float:
    """Time from the moment that a tenant group is wholly down until its page."""
    return system.signals.tenant_late_fraction * system.signals.tenant_window_minutes


@answer(unit="events/min", show="{:.0f} events a minute")
def tenant_least_per_minute(system: System) -> float:
    """Events due from a tenant group below which it is too quiet for that page."""
    return system.signals.tenant_minimum_events / system.signals.tenant_window_minutes


@answer(unit="×", show="{:.1f}")
def wire_attempts_limit(system: System) -> float:
    """Requests on the wire for each delivery above which we are paged."""
    return system.signals.wire_attempts


@answer(unit="s", show="{:.0f} seconds")
def consumer_behind_seconds(system: System) -> float:
    """Lag of a consumer above which we are paged."""
    return system.signals.consumer_behind_seconds


@answer(unit="×", show="{:.0f} times")
def consumer_warning_factor(system: System) -> float:
    """The idempotency window over that lag: how much earlier than the race of incident 3 the page comes."""
    return system.idempotency.window_hours * 3600 / system.signals.consumer_behind_seconds


@answer(unit="days", show="{:.0f} days")
def certificate_warning_days(system: System) -> float:
    """Days of validity left at which a certificate opens a ticket."""
    return system.signals.certificate_days


@answer(unit="fraction", show="{:.0%}")
def slots_limit_fraction(system: System) -> float:
    """Share of a region's connections in flight, a zone lost, above which a ticket is opened."""
    return system.delivery.slots_limit_fraction
