"""A stream that keeps up: it is in the telemetry so that a ratio over the platform is one."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from playbook.generate.telemetry.day import Clock
from playbook.generate.telemetry.rows import FRESH_SECONDS, drawn, rows
from playbook.model import System
from playbook.simulation.backlog import Array, behind_seconds, fifo


def steady(
    system: System,
    clock: Clock,
    rng: Generator,
    *,
    stream: tuple[str, str, str],
    per_second: Array,
    capacity_per_second: float,
) -> pd.DataFrame:
    """Rows of one stream with a constant capacity, ``(n,)``."""
    return queued(
        system,
        clock,
        rng,
        stream=stream,
        due=drawn(per_second, clock, rng),
        capacities=np.full(clock.steps, capacity_per_second * clock.step_seconds),
    )


def queued(
    system: System,
    clock: Clock,
    rng: Generator,
    *,
    stream: tuple[str, str, str],
    due: Array,
    capacities: Array,
) -> pd.DataFrame:
    """Rows of one stream that is a single first-in-first-out queue, capacities in events per step."""
    queue = fifo(due, capacities, step_seconds=clock.step_seconds)
    return rows(
        system,
        clock,
        rng,
        stream=stream,
        due=due,
        within_fraction=queue.within_fraction(FRESH_SECONDS),
        backlog=queue.waiting,
        wait_seconds=queue.wait_seconds,
        behind_seconds=behind_seconds(due, queue.served, step_seconds=clock.step_seconds),
        reconciled=queue.served,
    )
