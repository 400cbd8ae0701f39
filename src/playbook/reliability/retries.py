"""What a budget of retries leaves of a storm, and what a retry that we do not see adds, in closed form."""

from playbook.answer import answer
from playbook.model import System
from playbook.reliability.load import storm_attempts, storm_capacity_per_second, storm_stable_per_second


@answer(unit="deliveries/s", show="{:,.0f} a second")
def storm_load_per_second(system: System) -> float:
    """Deliveries a second that the pool of incident 2 was asked for that afternoon."""
    return system.retries.deliveries_per_second


@answer(unit="calls/s", show="{:,.0f} a second")
def storm_calls_per_second(system: System) -> float:
    """Calls at the pool of incident 2 when every delivery used all its tries."""
    return system.retries.deliveries_per_second * storm_attempts(system)


@answer(unit="s", show="{:.1f} s")
def storm_fill_seconds(system: System) -> float:
    """Time from the stall until every connection of the pool was held, without any retry."""
    r = system.retries
    stalled_per_second = r.deliveries_per_second * r.stalled_fraction
    healthy = (r.deliveries_per_second - stalled_per_second) * r.pool_seconds
    return (r.pool_slots - healthy) / stalled_per_second


@answer(unit="s", show="{:.0f} s")
def storm_timeout_given_seconds(system: System) -> float:
    """Time after which the router gave up on a delivery and called again."""
    return system.retries.timeout_seconds


@answer(unit="s", show="{:.1f} s")
def storm_queue_seconds(system: System) -> float:
    """Wait in a full queue of the pool, in health."""
    return system.retries.queue_attempts / storm_capacity_per_second(system)


@answer(unit="deliveries/s", show="{:,.0f} a second")
def storm_shed_load_per_second(system: System) -> float:
    """Load that has to go before the storm can end."""
    return max(0.0, system.retries.deliveries_per_second - storm_stable_per_second(system))


@answer(unit="fraction", show="{:.1%}")
def storm_paused_fraction(system: System) -> float:
    """Share of the load that was shed on the day, by pausing consumers."""
    return system.retries.paused_fraction


@answer(unit="min/min", show="{:.2f} minutes")
def storm_drain_ratio(system: System) -> float:
    """Minutes of draining that each minute without deliveries costs, the pool whole again."""
    load = system.retries.deliveries_per_second
    return load / (storm_capacity_per_second(system) - load)


@answer(unit="fraction", show="{:.0%}")
def retry_budget_fraction(system: System) -> float:
    """Retries per delivery that decision 0012 allows."""
    return system.retries.budget_fraction


@answer(unit="deliveries/s", show="{:,.0f} a second")
def budgeted_stable_per_second(system: System) -> float:
    """Load below which the pool of incident 2 recovers by itself under the budget of decision 0012."""
    return storm_capacity_per_second(system) / (1 + system.retries.budget_fraction)


@answer(unit="×", show="{:.2f}")
def counted_attempts(system: System) -> float:
    """Attempts per delivery at most, as our own layer counts them."""
    return 1 + system.retries.budget_fraction


@answer(unit="×", show="{:.1f}")
def hidden_attempts(system: System) -> float:
    """Requests on the wire per delivery in incident 5: the SDK's tries under each of ours."""
    return counted_attempts(system) * system.retries.sdk_tries


@answer(unit="requests/s", show="{:,.0f} a second")
def hidden_counted_per_second(system: System) -> float:
    """Requests to incident 5's destination as we counted them."""
    return system.retries.destination_deliveries_per_second * counted_attempts(system)


@answer(unit="requests/s", show="{:,.0f} a second")
def hidden_wire_per_second(system: System) -> float:
    """Requests to incident 5's destination that went out."""
    return system.retries.destination_deliveries_per_second * hidden_attempts(system)


@answer(unit="requests/s", show="{:,.0f} a second")
def hidden_limit_per_second(system: System) -> float:
    """Requests that incident 5's destination allowed us, refused ones counted."""
    return system.retries.destination_limit_per_second


@answer(unit="deliveries/s", show="{:,.0f} a second")
def hidden_stable_per_second(system: System) -> float:
    """Deliveries to incident 5's destination below which its limit would have let us back in."""
    return system.retries.destination_limit_per_second / hidden_attempts(system)


@answer(unit="deliveries/s", show="{:,.0f} a second")
def hidden_load_per_second(system: System) -> float:
    """Deliveries to incident 5's destination on that day."""
    return system.retries.destination_deliveries_per_second
