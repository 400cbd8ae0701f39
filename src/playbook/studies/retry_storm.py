"""The retry storm of incident 2 run again: what starts it, what ends it, and what would have kept it away."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from playbook import reliability
from playbook.answer import answer
from playbook.model import System
from playbook.simulation.retry_storm import Array, Pool, Storm, storm

BEFORE_SECONDS = 60.0
STALL_SECONDS = 300.0
ACTED_SECONDS = 120.0
"""From the stall's end until somebody acts."""
AFTER_SECONDS = 900.0
SHED_SECONDS = 300.0
WATCHED_SECONDS = 600.0
LAYERS = ("SDK", "worker", "router")
CALM = 1.01
"""Calls per delivery below which a storm counts as over."""

Change = Callable[[Pool, float], Pool]
REMEDIES: Mapping[str, Change] = MappingProxyType(
    {
        "as it was": lambda pool, _: pool,
        "a retry budget": lambda pool, budget: replace(pool, retry_budget_fraction=budget),
        "a queue and a limit per destination": lambda pool, _: replace(pool, isolated=True),
        "both": lambda pool, budget: replace(pool, isolated=True, retry_budget_fraction=budget),
    }
)


@dataclass(frozen=True, slots=True)
class Remedy:
    """What one change would have made of the same stall, shares 0–1."""

    name: str
    during_fraction: float
    """Deliveries to other destinations answered while one stalls."""
    after_fraction: float
    """All deliveries answered in the quarter of an hour after it."""
    ends: bool
    """Whether callers stop retrying by themselves."""


def pool(system: System) -> Pool:
    """The US delivery pool of incident 2."""
    r = system.retries
    return Pool(
        slots=r.pool_slots,
        hold_seconds=r.pool_seconds,
        stall_seconds=r.stall_seconds,
        timeout_seconds=r.timeout_seconds,
        tries=reliability.storm_attempts(system),
        queue_limit=r.queue_attempts,
        stalled_fraction=r.stalled_fraction,
    )


def seconds(shared: Pool) -> Array:
    """When each step begins, 0 at the beginning of the stall, ``(n,)``."""
    steps = round((BEFORE_SECONDS + STALL_SECONDS + AFTER_SECONDS) / shared.hold_seconds)
    return np.asarray(np.arange(steps) * shared.hold_seconds - BEFORE_SECONDS, dtype=np.float64)


@lru_cache(maxsize=128)
def run(shared: Pool, *, load: float, shed_fraction: float = 0.0, restart: bool = False) -> Storm:
    """Five minutes of stall, a quarter of an hour after; two minutes after it somebody sheds or restarts."""
    since = seconds(shared)
    acted = STALL_SECONDS + ACTED_SECONDS
    shed = (since >= acted) & (since < acted + SHED_SECONDS)
    return storm(
        shared,
        load_per_second=np.where(shed, load * (1 - shed_fraction), load),
        stalled=np.asarray((since >= 0) & (since < STALL_SECONDS), dtype=np.bool_),
        emptied=int(np.searchsorted(since, acted)) if restart else None,
    )


def ends(told: Storm) -> bool:
    """Whether nobody retries any more at the end."""
    return bool(told.amplification[-1] < CALM)


def edge_per_second(shared: Pool) -> float:
    """The greatest load whose storm ends within the run, by bisection."""
    low, high = 0.0, shared.capacity_per_second
    while high - low > 2e-4 * shared.capacity_per_second:
        middle = (low + high) / 2
        low, high = (middle, high) if ends(run(shared, load=middle)) else (low, middle)
    return (low + high) / 2


def least_shed_fraction(shared: Pool, load: float) -> float:
    """The least share of a load whose shedding for five minutes ends the storm, by bisection."""
    low, high = 0.0, 1.0
    while high - low > 0.005:
        middle = (low + high) / 2
        low, high = (low, middle) if ends(run(shared, load=load, shed_fraction=middle)) else (middle, high)
    return high


def filled_seconds(shared: Pool, load: float) -> float | None:
    """Time from the stall until every connection is held; none where that never happens."""
    since, held = seconds(shared), run(shared, load=load).held
    full = np.flatnonzero((held >= shared.slots * (1 - 1e-6)) & (since >= 0))
    return float(since[full[0]]) if len(full) else None


def calls_per_delivery(shared: Pool, load: float) -> float:
    """Calls at the pool over deliveries at the end of a run."""
    return float(run(shared, load=load).amplification[-1])


def answered_after_restart_fraction(shared: Pool, load: float) -> float:
    """Share of the deliveries due in ten minutes after a restart that was answered."""
    told, since = run(shared, load=load, restart=True), seconds(shared)
    acted = STALL_SECONDS + ACTED_SECONDS
    window = (since >= acted) & (since < acted + WATCHED_SECONDS)
    return float(told.answered[window].sum() / (load * shared.hold_seconds * window.sum()))


def layers(system: System) -> tuple[tuple[str, float], ...]:
    """Tries per call that each layer saw of itself long after the stall, then the product of all."""
    calls = run(pool(system), load=system.retries.deliveries_per_second).calls[-1]
    per_layer = system.retries.tries_per_layer
    own = [
        (name, float(calls[:: per_layer**i].sum() / calls[:: per_layer ** (i + 1)].sum()))
        for i, name in enumerate(LAYERS[: system.retries.layers])
    ]
    return (*own, ("all together", math.prod(tries for _, tries in own)))


def outcome(system: System, *, load: float, tries: int) -> bool:
    """Whether a storm after a stall of everything ends by itself."""
    return ends(run(replace(pool(system), tries=tries, stalled_fraction=1.0), load=load))


def remedies(system: System) -> tuple[Remedy, ...]:
    """The same stall without and with what decision 0012 chose."""
    return tuple(_remedy(system, name, change) for name, change in REMEDIES.items())


def _remedy(system: System, name: str, change: Change) -> Remedy:
    shared = change(pool(system), system.retries.budget_fraction)
    load = system.retries.deliveries_per_second
    told, since = run(shared, load=load), seconds(shared)
    due = load * shared.hold_seconds
    during = (since >= 0) & (since < STALL_SECONDS)
    # The last calls of the run are judged a timeout later, and so not at all.
    after = (since >= STALL_SECONDS) & (since < since[-1] - 2 * shared.timeout_seconds)
    others = 1 - shared.stalled_fraction
    return Remedy(
        name=name,
        during_fraction=min(1.0, float(told.answered[during, 0].mean()) / (due * others)),
        after_fraction=min(1.0, float(told.answered[after].sum(axis=1).mean()) / due),
        ends=ends(told),
    )


@answer(unit="s", show="{:.1f} s")
def full_seconds(system: System) -> float | None:
    """Time from the stall until every connection is held; none where the pool is large enough."""
    return filled_seconds(pool(system), system.retries.deliveries_per_second)


@answer(unit="×", show="{:.0f}")
def amplification(system: System) -> float:
    """Calls at the pool per delivery a quarter of an hour after the stall."""
    return calls_per_delivery(pool(system), system.retries.deliveries_per_second)


@answer(unit="deliveries/s", show="{:,.1f} a second")
def stable_per_second(system: System) -> float:
    """The load above which a storm is not over a quarter of an hour after a stall of all, by bisection."""
    return edge_per_second(replace(pool(system), stalled_fraction=1.0))


@answer(unit="fraction", show="{:.0%}")
def shed_fraction(system: System) -> float:
    """The least share of the load whose shedding for five minutes ends the storm, by bisection."""
    return least_shed_fraction(pool(system), system.retries.deliveries_per_second)


@answer(unit="fraction", show="{:.1%}")
def restarted_fraction(system: System) -> float:
    """Share of the deliveries of ten minutes after a restart that were answered."""
    return answered_after_restart_fraction(pool(system), system.retries.deliveries_per_second)


@answer(unit="fraction", show="{:.0%}")
def budgeted_during_fraction(system: System) -> float:
    """Deliveries to other destinations answered during the stall with a retry budget alone."""
    return remedies(system)[1].during_fraction


@answer(unit="fraction", show="{:.0%}")
def isolated_during_fraction(system: System) -> float:
    """The same with a queue and a limit per destination alone."""
    return remedies(system)[2].during_fraction


@answer(unit="fraction", show="{:.0%}")
def isolated_after_fraction(system: System) -> float:
    """All deliveries answered in the quarter of an hour after the stall with a queue and a limit alone."""
    return remedies(system)[2].after_fraction


@answer(unit="fraction", show="{:.0%}")
def chosen_after_fraction(system: System) -> float:
    """The same with both, as decision 0012 chose."""
    return remedies(system)[3].after_fraction
