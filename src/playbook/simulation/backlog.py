"""A fluid backlog served first in, first out: what waits, and how long what arrives will wait."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Backlog:
    """A queue over ``n`` equal steps; arrivals and service are even within a step."""

    step_seconds: float
    arrivals: Array
    """What arrived in each step, ``(n,)``."""
    served: Array
    """What left in each step, ``(n,)``."""
    waiting: Array
    """What waited at the end of each step, ``(n,)``."""
    first_wait_seconds: Array
    """Wait of what arrives at the beginning of each step, ``(n,)``."""
    last_wait_seconds: Array
    """Wait of what arrives at the end of each step, ``(n,)``; it differs from the next first one where
    service stops."""

    @property
    def wait_seconds(self) -> Array:
        """Wait of what arrives in each step, the mean of its ends, ``(n,)``."""
        return (self.first_wait_seconds + self.last_wait_seconds) / 2

    def within_fraction(self, limit_seconds: float) -> Array:
        """Share of each step's arrivals that waits no longer than the limit, 0–1, ``(n,)``.

        The wait is taken as straight between a step's ends.
        """
        low = np.minimum(self.first_wait_seconds, self.last_wait_seconds)
        high = np.maximum(self.first_wait_seconds, self.last_wait_seconds)
        partly = (low <= limit_seconds) & (high > limit_seconds)
        width = np.where(partly, high - low, 1.0)
        return np.where(partly, (limit_seconds - low) / width, np.where(high <= limit_seconds, 1.0, 0.0))


def fifo(arrivals: Array, capacities: Array, *, step_seconds: float, waiting: float = 0.0) -> Backlog:
    """The backlog of ``arrivals`` served by ``capacities``, both in events per step, ``(n,)``.

    ``waiting`` stands before the first step. An arrival leaves when the service after it has covered what
    it found: the cumulative curves of Newell, Applications of Queueing Theory, 1982, chapter 2. Beyond the
    last step, service goes on as in it. Raises ValueError for arrays of unequal length or with negative
    values, a step that is not positive, and service that has stopped for good while something waits.
    """
    if arrivals.shape != capacities.shape or arrivals.ndim != 1 or not len(arrivals):
        raise ValueError(
            f"arrivals {arrivals.shape} and capacities {capacities.shape}: give one value per step"
        )
    if step_seconds <= 0 or waiting < 0 or min(arrivals.min(), capacities.min()) < 0:
        raise ValueError("a step must be positive, and arrivals, capacities and waiting not negative")
    queue = np.empty(len(arrivals) + 1)
    queue[0] = waiting
    for step, (arrived, capacity) in enumerate(zip(arrivals, capacities, strict=True)):
        queue[step + 1] = max(0.0, queue[step] + arrived - capacity)
    if capacities[-1] == 0 and queue[-1] > 0:
        raise ValueError(f"{queue[-1]:.0f} events wait for a service that has stopped: end after it resumes")
    service = np.concatenate(((0.0,), np.cumsum(capacities)))
    edges = np.arange(len(service)) * step_seconds
    found = service + queue
    return Backlog(
        step_seconds=step_seconds,
        arrivals=arrivals,
        served=arrivals - np.diff(queue),
        waiting=queue[1:],
        first_wait_seconds=_reached(found[:-1], service, step_seconds, side="right") - edges[:-1],
        last_wait_seconds=np.maximum(
            0.0, _reached(found[1:], service, step_seconds, side="left") - edges[1:]
        ),
    )


def behind_seconds(arrivals: Array, served: Array, *, step_seconds: float) -> Array:
    """Age of the oldest event not yet served at the end of each step, 0 where none is, ``(n,)``.

    It is what a stream reports as milliseconds behind the latest record. ``served`` never exceeds what had
    arrived; within a thousandth of an event the two count as equal.
    """
    came, left = np.cumsum(arrivals), np.cumsum(served)
    edges = np.arange(len(arrivals) + 1) * step_seconds
    oldest = np.interp(left, np.concatenate(((0.0,), came)), edges)
    return np.where(came - left > 1e-3, edges[1:] - oldest, 0.0)


def _reached(amounts: Array, service: Array, step_seconds: float, *, side: str) -> Array:
    """When cumulative service covers each amount: on a pause its beginning (left) or its end (right)."""
    if side == "left":
        below = np.clip(np.searchsorted(service, amounts, side="left") - 1, 0, None)
    else:
        below = np.searchsorted(service, amounts, side="right") - 1
    rates = np.append(np.diff(service), service[-1] - service[-2])[below]
    part = np.divide(amounts - service[below], rates, out=np.zeros_like(amounts), where=rates > 0)
    return np.asarray((below + part) * step_seconds, dtype=np.float64)
