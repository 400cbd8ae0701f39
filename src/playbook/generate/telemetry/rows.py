"""Rows of telemetry: one for each step of one stream and one group of its tenants."""

import numpy as np
import pandas as pd
from numpy.random import Generator

from playbook.generate.telemetry.day import Clock
from playbook.model import System
from playbook.simulation.backlog import Array

FRESH_SECONDS = 2.0
BASE_LATE_FRACTION = 1e-4  # late on a good day, a fifth of what the objective allows
COUNT_DIGITS = 2


def drawn(rates_per_second: Array, clock: Clock, rng: Generator) -> Array:
    """Events of each step, Poisson around the rate, ``(n,)``."""
    return rng.poisson(rates_per_second * clock.step_seconds).astype(np.float64)


def rows(
    system: System,
    clock: Clock,
    rng: Generator,
    *,
    stream: tuple[str, str, str],
    due: Array,
    within_fraction: Array,
    backlog: Array,
    wait_seconds: Array,
    behind_seconds: Array,
    reconciled: Array,
    refused: Array | None = None,
    wrong: Array | None = None,
) -> pd.DataFrame:
    """A frame of ``n`` rows for one ``(region, stream, tenants)``.

    ``due`` are accepted events, ``within_fraction`` the share of them that the queue hands on within two
    seconds, ``refused`` are events refused over quota. Backlog, wait and behind are the stream's, and so
    alike in the rows of all its tenants. ``reconciled`` counts hand-overs compared with what was accepted,
    second ones included; ``wrong`` is the part of them that was one too many.
    """
    nothing = np.zeros(clock.steps)
    refused = nothing if refused is None else refused
    fresh = rng.binomial(due.astype(np.int64), within_fraction * (1 - BASE_LATE_FRACTION))
    region, name, tenants = stream
    columns = {
        "requests": (due + refused) / system.traffic.events_per_request,
        "refused": refused / system.traffic.events_per_request,
        # Nothing fails at the edge: that is why the definition that we were given saw none of the six.
        "server_errors": nothing,
        "due": due,
        "fresh": fresh.astype(np.float64),
        "reconciled": reconciled,
        "wrong": nothing if wrong is None else wrong,
        "backlog": backlog,
        "wait_seconds": wait_seconds,
        "behind_seconds": behind_seconds,
    }
    frame = pd.DataFrame({name: np.round(values, COUNT_DIGITS) for name, values in columns.items()})
    named = {"at": clock.times, "region": region, "stream": name, "tenants": tenants}
    for place, (label, value) in enumerate(named.items()):
        frame.insert(place, label, value)
    return frame


def panel(times: pd.DatetimeIndex, name: str, values: Array, threshold: float = np.nan) -> pd.DataFrame:
    """What a dashboard showed under a name, with the line that it would have alarmed at."""
    return pd.DataFrame(
        {"at": times, "panel": name, "value": np.round(values, 6), "threshold": float(threshold)}
    )


def together(*frames: pd.DataFrame) -> pd.DataFrame:
    """Frames one below the other, by name and then by time."""
    return pd.concat(frames, ignore_index=True)
