"""Incident 3: a reader that crashes on one shard, and a replay that outran the idempotency window."""

import numpy as np
import pandas as pd

from playbook import reliability
from playbook.generate.telemetry.day import Clock, around, moment, per_second
from playbook.generate.telemetry.replay import Stopped, replayed
from playbook.generate.telemetry.rows import drawn, panel, rows, together
from playbook.generate.telemetry.steady import steady
from playbook.model import System, at

SEED = 20250211
STEP_SECONDS = 60.0
# The column went at 06:04; the first identity merge after that came eight minutes later.
CRASHED, SKIPPED, REPLAYED, DRAINED = "06:12", "12:01", "12:12", "12:38"
REPLAYED_FROM = "05:46"
STUCK = "us-5"  # one of eight: the rate of what was late is one shard's, so merges stood on one
AGE_LIMIT_SECONDS = 300.0  # the alarm's line on an age that nothing fed


def telemetry(system: System) -> pd.DataFrame:
    """The day's telemetry by shard in the United States, the EU as one stream."""
    then, clock = _then(system), _clock(system)
    rng = np.random.default_rng(SEED)
    consumer = 1 / then.stream.consumer_seconds_per_record
    shards = then.stream.us_shards
    us = [_shard(then, clock, rng, f"us-{number}") for number in range(shards)]
    eu = steady(
        then,
        clock,
        rng,
        stream=("eu", "eu", "rest"),
        per_second=per_second(then, "eu", clock),
        capacity_per_second=consumer * then.stream.eu_shards,
    )
    return together(*us, eu)


def panels(system: System) -> pd.DataFrame:
    """What the alarm watched: the age of the iterator, at 0 because enhanced fan-out does not feed it."""
    times = _clock(system).times
    return panel(times, "GetRecords.IteratorAge (s)", np.zeros(len(times)), AGE_LIMIT_SECONDS)


def _then(system: System) -> System:
    return at(system, reliability.incident(system, "contract_before_expand").on)


def _clock(system: System) -> Clock:
    on = reliability.incident(system, "contract_before_expand").on
    return around(moment(on, CRASHED), moment(on, DRAINED), step_seconds=STEP_SECONDS)


def _shard(then: System, clock: Clock, rng: np.random.Generator, name: str) -> pd.DataFrame:
    day = then.as_of
    due = drawn(per_second(then, "us", clock) / then.stream.us_shards, clock, rng)
    stopped = Stopped(*(clock.step(moment(day, when)) for when in (CRASHED, SKIPPED)))
    read = replayed(
        due,
        per_step=clock.step_seconds / then.stream.consumer_seconds_per_record,
        step_seconds=clock.step_seconds,
        stopped=stopped if name == STUCK else None,
        back_to=clock.step(moment(day, REPLAYED_FROM)),
        at=clock.step(moment(day, REPLAYED)),
        window_seconds=3600 * then.idempotency.window_hours,
    )
    return rows(
        then,
        clock,
        rng,
        stream=("us", name, "rest"),
        due=due,
        within_fraction=read.within_fraction,
        backlog=read.waiting,
        wait_seconds=read.wait_seconds,
        behind_seconds=read.behind_seconds,
        reconciled=read.handed + read.duplicated,
        wrong=read.duplicated,
    )
