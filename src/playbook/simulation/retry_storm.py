"""A pool of connections whose callers give up and try again, and when that ends."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playbook.laws import domain

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pool:
    """Connections that two kinds of deliveries share: to a destination that may stall, and to all others.

    Raises ValueError for a time or count that is not positive, and for fractions outside 0–1.
    """

    slots: float
    hold_seconds: float
    """A delivery's own time on its connection, and the simulation's step."""
    stall_seconds: float
    """Time after which a delivery to the stalled destination lets go."""
    timeout_seconds: float
    """Time after which a caller gives up and tries again; what it left keeps its place in the queue."""
    tries: int
    """Attempts of one delivery at most, over all layers."""
    queue_limit: float
    """Attempts that may wait; more are refused."""
    stalled_fraction: float
    """Share of deliveries that go to the destination that stalls."""
    retry_budget_fraction: float = math.inf
    """Retries per delivery that may be made; infinite where there is no budget."""
    isolated: bool = False
    """Whether the destination has a queue and a number of connections of its own."""

    def __post_init__(self) -> None:
        domain.require_positive(
            slots=self.slots,
            hold_seconds=self.hold_seconds,
            stall_seconds=self.stall_seconds,
            timeout_seconds=self.timeout_seconds,
            queue_limit=self.queue_limit,
        )
        domain.require_counts(1, tries=self.tries)
        domain.require_fractions(stalled_fraction=self.stalled_fraction)

    @property
    def capacity_per_second(self) -> float:
        """Attempts per second in health."""
        return self.slots / self.hold_seconds


@dataclass(frozen=True, slots=True, eq=False)
class Storm:
    """What a pool did in each step of ``hold_seconds``; counts per step."""

    step_seconds: float
    held: Array
    """Connections in use, ``(n,)``."""
    queued: Array
    """Attempts that wait at the end of the step, ``(n,)``."""
    calls: Array
    """Attempts at the pool by try, the first one first, ``(n, tries)``: what callers send."""
    started: Array
    """Attempts that got a connection, ``(n,)``: what goes out on the wire."""
    answered: Array
    """Attempts answered before their caller gave up, ``(n, 2)``: to others, and to the one that stalls."""

    @property
    def amplification(self) -> Array:
        """Attempts over deliveries in each step, 0 where none was due, ``(n,)``."""
        first = self.calls[:, 0]
        over = np.divide(self.calls.sum(axis=1), first, out=np.zeros(len(first)), where=first > 0)
        return np.asarray(over, dtype=np.float64)


def storm(
    pool: Pool, *, load_per_second: Array, stalled: NDArray[np.bool_], emptied: int | None = None
) -> Storm:
    """The pool under a load per step of ``hold_seconds``, ``(n,)``, beside a destination that stalls in some.

    A fluid: in each step free connections take what waits, in order of arrival within a kind and in
    proportion between the two. An attempt that was not answered a timeout after its call is called again,
    until all tries or the retry budget are spent; a call that finds the queue full is one of them. So a
    queue longer than the timeout answers nobody and keeps itself full as long as load × tries exceeds the
    capacity: N. Bronson and others, Metastable Failures in Distributed Systems, HotOS (2021), section 2.
    ``emptied`` is a step at which queue and connections are cleared, as a restart does.

    An isolated destination halves its connections when a delivery times out, at most once per timeout, and
    adds one per answered round while it uses half of them: D.-M. Chiu and R. Jain, Computer Networks and
    ISDN Systems 17 (1989).
    Raises ValueError for arrays of unequal length and for loads that are negative or not finite.
    """
    if load_per_second.shape != stalled.shape or load_per_second.ndim != 1:
        raise ValueError(f"load {load_per_second.shape} and stalled {stalled.shape}: give one value per step")
    domain.require_non_negative(
        least_load=float(load_per_second.min()), greatest_load=float(load_per_second.max())
    )
    run = _Run(pool, len(load_per_second))
    for step, load in enumerate(load_per_second.tolist()):
        if step == emptied:
            run.clear(step)
        run.advance(step, load, bool(stalled[step]))
    return Storm(
        step_seconds=pool.hold_seconds,
        held=run.held,
        queued=run.queued,
        calls=run.calls.sum(axis=1),
        started=run.started.sum(axis=1),
        answered=run.answered,
    )


class _Run:
    """Connections, queues and calls of one run; the second of two kinds is the one that may stall."""

    def __init__(self, pool: Pool, steps: int) -> None:
        self.pool = pool
        self.kinds = np.array([1 - pool.stalled_fraction, pool.stalled_fraction])
        self.patience = max(2, round(pool.timeout_seconds / pool.hold_seconds))
        self.stall = max(1, round(pool.stall_seconds / pool.hold_seconds))
        self.calls = np.zeros((steps, 2, pool.tries))
        self.accepted, self.started, self.answered = (np.zeros((steps, 2)) for _ in range(3))
        # Cumulative, with a first row before any step: who came, was taken, and was taken to be answered.
        self.came, self.taken, self.good = (np.zeros((steps + 1, 2)) for _ in range(3))
        self.held, self.queued = np.zeros(steps), np.zeros(steps)
        self.leaves = np.zeros((steps + self.stall + 1, 2))
        self.waiting, self.busy = np.zeros(2), np.zeros(2)
        self.slow = np.zeros(steps, dtype=bool)
        self.limit = self.used = float(pool.slots)
        self.cut = -self.patience

    def clear(self, step: int) -> None:
        self.leaves[step:] = 0
        self.busy[:] = 0
        self.waiting[:] = 0
        # Those who waited are taken and never answered.
        self.taken[step] = self.came[step]

    def advance(self, step: int, load: float, stalled: bool) -> None:
        self.slow[step] = stalled
        self._call(step, load * self.pool.hold_seconds)
        self.busy -= self.leaves[step]
        self._start(step, stalled)
        self.held[step], self.queued[step] = self.busy.sum(), self.waiting.sum()

    def _call(self, step: int, deliveries: float) -> None:
        """First tries, and again those whose callers have just given up."""
        calls = self.calls[step]
        calls[:, 0] = deliveries * self.kinds
        since = step - self.patience
        if since >= 0:
            again = self.calls[since] * (1 - self._answered_fraction(since, step))[:, None]
            calls[:, 1:] = again[:, :-1]
            self._keep_budget(calls)
        wanted = calls.sum(axis=1)
        room = self._room(wanted)
        self.accepted[step] = wanted * room
        self.waiting += self.accepted[step]
        self.came[step + 1] = self.came[step] + self.accepted[step]

    def _keep_budget(self, calls: Array) -> None:
        if math.isinf(self.pool.retry_budget_fraction):
            return
        retries, allowed = calls[:, 1:].sum(axis=1), self.pool.retry_budget_fraction * calls[:, 0]
        for kind in (0, 1):
            if retries[kind] > allowed[kind]:
                calls[kind, 1:] *= allowed[kind] / retries[kind]

    def _room(self, wanted: Array) -> Array:
        """Share of each kind's calls that finds room in its queue."""
        if self.pool.isolated:
            free = np.maximum(0.0, self.pool.queue_limit - self.waiting)
            return np.minimum(1.0, np.divide(free, wanted, out=np.ones(2), where=wanted > 0))
        total, free_places = wanted.sum(), max(0.0, self.pool.queue_limit - self.waiting.sum())
        return np.full(2, 1.0 if total <= free_places else free_places / total)

    def _answered_fraction(self, since: int, step: int) -> Array:
        """Share of a step's calls answered by now: taken in order, a hold ago, and not into a stall."""
        calls = self.calls[since].sum(axis=1)
        window = slice(since, step)
        for kind in (0, 1):
            ends = (self.came[since, kind], self.came[since, kind] + self.accepted[since, kind])
            first, last = np.interp(ends, self.taken[window, kind], self.good[window, kind])
            self.answered[since, kind] = last - first
        share = np.divide(self.answered[since], calls, out=np.ones(2), where=calls > 0)
        return np.asarray(share, dtype=np.float64)

    def _start(self, step: int, stalled: bool) -> None:
        free = max(0.0, self.pool.slots - self.busy.sum())
        if self.pool.isolated:
            self._adapt(step, stalled)
            first = min(self.waiting[0], free)
            wanted = min(self.waiting[1], max(0.0, self.limit - self.busy[1]))
            taken = np.array([first, min(wanted, free - first)])
        else:
            total = self.waiting.sum()
            taken = self.waiting * (min(1.0, free / total) if total > 0 else 0.0)
        self.waiting -= taken
        self.busy += taken
        self.used = float(self.busy[1])
        self.started[step] = taken
        self.taken[step + 1] = self.taken[step] + taken
        self.good[step + 1] = self.good[step] + taken * (1.0, 0.0 if stalled else 1.0)
        self.leaves[step + 1, 0] += taken[0]
        self.leaves[step + (self.stall if stalled else 1), 1] += taken[1]

    def _adapt(self, step: int, stalled: bool) -> None:
        """Connections of the destination: halved when it does not answer, one more per round when it does."""
        silent = stalled and self.slow[max(0, step - self.patience)]
        if silent and step - self.cut >= self.patience:
            self.limit, self.cut = max(1.0, self.limit / 2), step
        elif not stalled and self.used >= self.limit / 2:
            self.limit += 1
        elif not stalled:
            self.limit = max(1.0, 2 * self.used)
