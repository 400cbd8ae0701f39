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
    n = len(due)
    capacities = np.full(n, per_step)
    if stopped:
        capacities[stopped.since : stopped.until] = 0
    before = fifo(due[:at], capacities[:at], step_seconds=step_seconds)
    after = fifo(due[at:], capacities[at:], step_seconds=step_seconds, waiting=float(due[back_to:at].sum()))
    starts = np.arange(n) * step_seconds
    again = at * step_seconds + _middles(due[back_to:]) * step_seconds / per_step
    again = np.maximum(again, starts[back_to:] + step_seconds / 2)
    middles = starts[:at] + step_seconds / 2
    first = middles + before.wait_seconds
    unread = first > at * step_seconds
    wait = np.concatenate((before.wait_seconds, after.wait_seconds))
    reread = again[: at - back_to]
    wait[back_to:at] = np.where(unread[back_to:], reread - middles[back_to:], wait[back_to:at])
    expired = ~unread[back_to:] & (reread - first[back_to:] > window_seconds)
    edges = np.append(starts, n * step_seconds)
    duplicated = np.histogram(reread, edges, weights=np.where(expired, due[back_to:at], 0.0))[0]
    handed_first = np.concatenate((np.where(unread, np.inf, first), np.full(n - at, np.inf)))
    handed_first[back_to:] = np.minimum(handed_first[back_to:], again)
    handed = np.histogram(np.minimum(handed_first, edges[-1]), edges, weights=due)[0]
    read_again = np.concatenate((np.zeros(at - back_to), after.served))
    behind = np.concatenate(
        (
            behind_seconds(due[:at], before.served, step_seconds=step_seconds),
            behind_seconds(due[back_to:], read_again, step_seconds=step_seconds)[at - back_to :],
        )
    )
    return Replayed(
        within_fraction=np.concatenate(
            (before.within_fraction(FRESH_SECONDS), after.within_fraction(FRESH_SECONDS))
        ),
        waiting=np.concatenate((before.waiting, after.waiting)),
        wait_seconds=wait,
        behind_seconds=behind,
        handed=handed,
        duplicated=duplicated,
    )


def _middles(amounts: Array) -> Array:
    """What has come by the middle of each step, ``(n,)``."""
    return np.cumsum(amounts) - amounts / 2
