"""A stream that is read again from an earlier record, and what that hands over twice."""

from dataclasses import dataclass

import numpy as np

from playbook.generate.telemetry.rows import FRESH_SECONDS
from playbook.simulation.backlog import Array, behind_seconds, fifo


@dataclass(frozen=True, slots=True)
class Stopped:
    """The step at which a reader stops, and the one at which it resumes."""

    since: int
    until: int


@dataclass(frozen=True, slots=True, eq=False)
class Replayed:
    """What a reader did in each step, ``(n,)``."""

    within_fraction: Array
    """Share of the step's arrivals that was handed on in time."""
    waiting: Array
    """Records before the reader at the end of the step, those it reads again included."""
    wait_seconds: Array
    behind_seconds: Array
    handed: Array
    """Events handed on for the first time."""
    duplicated: Array
    """Events handed on again: their keys had left the window."""


def replayed(
    due: Array,
    *,
    per_step: float,
    step_seconds: float,
    stopped: Stopped | None,
    back_to: int,
    at: int,
    window_seconds: float,
) -> Replayed:
    """A serial reader set back to step ``back_to`` at step ``at``; it reads ``per_step`` records a step.

    What it reads again costs as much as what is new, and is skipped while its key is in the window, which
    began when it was first handed on. Fresh events stand behind all that, since a stream is read in order.
    """
    capacities = np.full(len(due), per_step)
    if stopped:
        capacities[stopped.since : stopped.until] = 0
    before = fifo(due[:at], capacities[:at], step_seconds=step_seconds)
    after = fifo(due[at:], capacities[at:], step_seconds=step_seconds, waiting=float(due[back_to:at].sum()))
    came = (np.arange(len(due)) + 0.5) * step_seconds
    # When each step's events are read after the reader was set back, and when they had been read before.
    again = at * step_seconds + _middles(due[back_to:]) * step_seconds / per_step
    again = np.maximum(again, came[back_to:])
    first = came[:at] + before.wait_seconds
    first[first > at * step_seconds] = np.inf
    handed = np.concatenate((first, again[at - back_to :]))
    handed[back_to:at] = np.minimum(first[back_to:], again[: at - back_to])
    # Read before and read again so much later that its key has gone; what was not read before has no age.
    expired = again[: at - back_to] - first[back_to:] > window_seconds
    wait = np.concatenate((before.wait_seconds, after.wait_seconds))
    wait[:at] = handed[:at] - came[:at]
    served = np.concatenate((np.zeros(at - back_to), after.served))
    behind = behind_seconds(due[back_to:], served, step_seconds=step_seconds)[at - back_to :]
    return Replayed(
        within_fraction=np.concatenate(
            (before.within_fraction(FRESH_SECONDS), after.within_fraction(FRESH_SECONDS))
        ),
        waiting=np.concatenate((before.waiting, after.waiting)),
        wait_seconds=wait,
        behind_seconds=np.concatenate(
            (behind_seconds(due[:at], before.served, step_seconds=step_seconds), behind)
        ),
        handed=_by_step(handed, due, step_seconds, steps=len(due)),
        duplicated=_by_step(again[: at - back_to], due[back_to:at] * expired, step_seconds, steps=len(due)),
    )


def _by_step(when: Array, events: Array, step_seconds: float, *, steps: int) -> Array:
    """Events counted in the step in which each falls, ``(steps,)``; beyond the last step, in that."""
    places = np.minimum(when // step_seconds, steps - 1).astype(np.int64)
    return np.bincount(places, weights=events, minlength=steps).astype(np.float64)


def _middles(amounts: Array) -> Array:
    """What has come by the middle of each step, ``(n,)``."""
    return np.cumsum(amounts) - amounts / 2
