"""Incident 2: a stalled destination fills a shared pool, and three layers of retries keep it full."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from playbook import reliability
from playbook.generate.telemetry.day import Clock, around, moment, per_second
from playbook.generate.telemetry.rows import FRESH_SECONDS, drawn, panel, rows, together
from playbook.generate.telemetry.steady import steady
from playbook.model import System, at
from playbook.simulation.backlog import Array, Backlog, fifo
from playbook.simulation.retry_storm import Storm, storm
from playbook.studies.retry_storm import LAYERS, pool

SEED = 20240821
STEP_SECONDS = 30.0
STALLED, BACK, ROLLED_BACK = "15:10", "15:48", "16:05"
PAUSED, READMITTED, TOLD_FRESH = "17:12", "17:17", "18:01"


def telemetry(system: System) -> pd.DataFrame:
    """The day's telemetry by region; the tenants of the stalled destination apart.

    While that destination stalls, its events are not due: it is not ready. They wait with the others all the
    same. ``wire_attempts`` are requests
    that got a connection, ``deliveries`` those that were begun.
    """
    then, clock = _then(system), _clock(system)
    rng = np.random.default_rng(SEED)
    accepted = drawn(_us_per_second(then, clock), clock, rng)
    told = _storm(then)
    queue = _queue(then, clock, accepted, told)
    ready = (clock.since(moment(then.as_of, STALLED)) < 0) | (clock.since(moment(then.as_of, BACK)) >= 0)
    stalled = rng.binomial(accepted.astype(np.int64), then.retries.stalled_fraction).astype(np.float64)
    us = [
        _rows(then, clock, rng, tenants=tenants, accepted=events, ready=is_ready, queue=queue, told=told)
        for tenants, events, is_ready in (
            ("rest", accepted - stalled, np.ones(clock.steps, dtype=np.bool_)),
            ("stalled", stalled, ready),
        )
    ]
    # The EU's own pool: it keeps up with several times its mean.
    eu_mean = then.traffic.mean_per_second * then.traffic.region_fraction("eu")
    eu = steady(
        then,
        clock,
        rng,
        stream=("eu", "eu", "rest"),
        per_second=per_second(then, "eu", clock),
        capacity_per_second=5 * eu_mean,
    )
    eu["deliveries"] = np.round(eu["reconciled"] * then.traffic.deliveries_per_event, 2)
    eu["wire_attempts"] = np.round(eu["deliveries"] * _usual(then), 2)
    # The readers are not what is behind: what fails waits to be delivered again.
    frames = [*us, eu]
    for frame in frames:
        frame["behind_seconds"] = 0.0
    return together(*frames)


def panels(system: System) -> pd.DataFrame:
    """What we looked at: each layer's own tries per call, each against its own setting, and the queue."""
    then, clock = _then(system), _clock(system)
    told, per_layer = _storm(then), then.retries.tries_per_layer
    shown = []
    for index, layer in enumerate(LAYERS):
        below, above = per_layer**index, per_layer ** (index + 1)
        tries, calls = told.calls[:, ::below].sum(axis=1), told.calls[:, ::above].sum(axis=1)
        # In health the worker alone meets a first attempt that fails.
        usual = _usual(then) if layer == "worker" else 1.0
        shown.append(
            panel(
                clock.times,
                f"tries per call, {layer}",
                _in_steps(then, clock, tries, usual) / _in_steps(then, clock, calls, 1.0),
                float(per_layer),
            )
        )
    waiting = _in_steps(then, clock, told.queued, 0.0) / (STEP_SECONDS / told.step_seconds)
    queue = panel(clock.times, "attempts that wait", waiting, then.retries.queue_attempts / 2)
    return together(*shown, queue)


def _then(system: System) -> System:
    return at(system, reliability.incident(system, "retry_storm").on)


def _clock(system: System) -> Clock:
    on = reliability.incident(system, "retry_storm").on
    return around(moment(on, STALLED), moment(on, TOLD_FRESH), step_seconds=STEP_SECONDS)


def _usual(then: System) -> float:
    """Requests per delivery in health: a first attempt that is refused is made again, and held nothing."""
    return 2 - then.delivery.first_attempt_fraction


def _us_per_second(then: System, clock: Clock) -> Array:
    """Events per second: the day's shape, raised to the deliveries recorded for that afternoon."""
    shape = per_second(then, "us", clock)
    since, until = clock.step(moment(then.as_of, STALLED)), clock.step(moment(then.as_of, TOLD_FRESH))
    afternoon = then.retries.deliveries_per_second / then.traffic.deliveries_per_event
    return np.asarray(shape * (afternoon / shape[since:until].mean()), dtype=np.float64)


def _storm(then: System) -> Storm:
    """The pool from the stall until all was admitted again; the rollback of 16:05 is a restart."""
    shared = pool(then)
    begun = moment(then.as_of, STALLED)

    def since(clock: str) -> float:
        return (moment(then.as_of, clock) - begun).total_seconds()

    seconds = np.arange(int(np.ceil(since(READMITTED) / shared.hold_seconds))) * shared.hold_seconds
    admitted = np.where(seconds < since(PAUSED), 1.0, 1 - then.retries.paused_fraction)
    return storm(
        shared,
        load_per_second=then.retries.deliveries_per_second * admitted,
        stalled=np.asarray(seconds < since(BACK), dtype=np.bool_),
        emptied=int(since(ROLLED_BACK) / shared.hold_seconds),
    )


def _in_steps(then: System, clock: Clock, counts: Array, otherwise: float) -> Array:
    """The storm's counts summed into the clock's steps; a value elsewhere."""
    begun, step = moment(then.as_of, STALLED), then.retries.pool_seconds
    summed = np.concatenate(((0.0,), np.cumsum(counts)))
    edges = np.append(clock.since(begun), clock.since(begun)[-1] + STEP_SECONDS)
    inside = np.diff(np.interp(edges, np.arange(len(summed)) * step, summed))
    stormy = (edges[:-1] >= 0) & (clock.since(moment(then.as_of, READMITTED)) < 0)
    return np.asarray(np.where(stormy, inside, otherwise), dtype=np.float64)


def _queue(then: System, clock: Clock, accepted: Array, told: Storm) -> Backlog:
    """Events that wait to be delivered, oldest first; before and after the storm the whole pool serves."""
    whole = pool(then).capacity_per_second / then.traffic.deliveries_per_event * STEP_SECONDS
    answered = _in_steps(then, clock, told.answered.sum(axis=1), np.nan) / then.traffic.deliveries_per_event
    return fifo(accepted, np.where(np.isnan(answered), whole, answered), step_seconds=STEP_SECONDS)


def _handed(queue: Backlog, due: Array) -> Array:
    """The part of what left in each step that was due: oldest first, whatever had been accepted with it."""
    left, came = np.cumsum(queue.served), np.cumsum(queue.arrivals)
    counted = np.interp(left, np.append(0.0, came), np.append(0.0, np.cumsum(due)))
    return np.asarray(np.diff(counted, prepend=0.0), dtype=np.float64)


def _rows(
    then: System,
    clock: Clock,
    rng: np.random.Generator,
    *,
    tenants: str,
    accepted: Array,
    ready: NDArray[np.bool_],
    queue: Backlog,
    told: Storm,
) -> pd.DataFrame:
    share = then.retries.stalled_fraction if tenants == "stalled" else 1 - then.retries.stalled_fraction
    begun = _in_steps(then, clock, told.calls[:, 0], np.nan)
    wire = _in_steps(then, clock, told.started, np.nan)
    served = queue.served * then.traffic.deliveries_per_event
    due = np.where(ready, accepted, 0.0)
    frame = rows(
        then,
        clock,
        rng,
        stream=("us", "us", tenants),
        due=due,
        within_fraction=queue.within_fraction(FRESH_SECONDS),
        backlog=queue.waiting,
        wait_seconds=queue.wait_seconds,
        behind_seconds=np.zeros(clock.steps),
        reconciled=_handed(queue, due),
    )
    frame["requests"] = np.round(accepted / then.traffic.events_per_request, 2)
    frame["deliveries"] = np.round(share * np.where(np.isnan(begun), served, begun), 2)
    frame["wire_attempts"] = np.round(share * np.where(np.isnan(wire), served * _usual(then), wire), 2)
    held = _in_steps(then, clock, told.held, np.nan) / (STEP_SECONDS / told.step_seconds)
    usual_held = served * _usual(then) / STEP_SECONDS * then.retries.pool_seconds
    held_fraction = np.where(np.isnan(held), usual_held, held) / then.retries.pool_slots
    frame["in_flight_fraction"] = np.round(np.minimum(held_fraction, 1.0), 4)
    return frame
