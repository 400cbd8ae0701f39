"""Incident 1: a campaign of one tenant on one shard, whose reader is serial."""

import numpy as np
import pandas as pd

from playbook import reliability
from playbook.generate.telemetry.day import Clock, around, moment, per_second
from playbook.generate.telemetry.rows import FRESH_SECONDS, drawn, panel, rows, together
from playbook.generate.telemetry.steady import steady
from playbook.model import System
from playbook.simulation.backlog import Array, Backlog, behind_seconds, fifo

SEED = 20240319
STEP_SECONDS = 30.0
HOT = "us-2"
# The split of 14:50 is not here: one key stays one shard, and a parent is read to its end first.
STARTED, LIMITED, FRESH_AGAIN = "14:02", "15:08", "15:36"
ADMITTED_PER_SECOND = 15.0  # what the edge's quota left of the campaign; unstated, so that 15:36 is met
P99_LIMIT_SECONDS = 0.5  # the given target, and the dashboard's line


def telemetry(system: System) -> pd.DataFrame:
    """The day's telemetry by shard in the United States, the EU as one stream."""
    then, clock = reliability.then(system), _clock(system)
    rng = np.random.default_rng(SEED)
    shards = then.stream.us_shards
    consumer = 1 / then.stream.consumer_seconds_per_record
    shard_rate = per_second(then, "us", clock) / shards
    names = [name for name in (f"us-{n}" for n in range(shards)) if name != HOT]
    healthy = [
        steady(
            then,
            clock,
            rng,
            stream=("us", name, "rest"),
            per_second=shard_rate,
            capacity_per_second=consumer,
        )
        for name in names
    ]
    rest, campaign, refused = _arrivals(then, clock, rng, shard_rate)
    queue = _queue(then, clock, rest + campaign)
    behind = behind_seconds(rest + campaign, queue.served, step_seconds=clock.step_seconds)
    shares = np.divide(campaign, rest + campaign, out=np.zeros(clock.steps), where=rest + campaign > 0)
    hot = [
        rows(
            then,
            clock,
            rng,
            stream=("us", HOT, tenants),
            due=due,
            within_fraction=queue.within_fraction(FRESH_SECONDS),
            backlog=queue.waiting,
            wait_seconds=queue.wait_seconds,
            behind_seconds=behind,
            reconciled=queue.served * share,
            refused=over,
        )
        for tenants, due, share, over in (
            ("rest", rest, 1 - shares, np.zeros(clock.steps)),
            ("campaign", campaign, shares, refused),
        )
    ]
    eu = steady(
        then,
        clock,
        rng,
        stream=("eu", "eu", "rest"),
        per_second=per_second(then, "eu", clock),
        capacity_per_second=consumer * then.stream.eu_shards,
    )
    return together(*healthy, *hot, eu)


def panels(system: System) -> pd.DataFrame:
    """What we looked at: the mean over shards of each shard's 99th percentile, read from a clipped histogram.

    A wait beyond the last bucket is recorded as that bucket's bound.
    """
    then = reliability.then(system)
    frame = telemetry(system)
    hot = frame[(frame["stream"] == HOT) & (frame["tenants"] == "rest")].reset_index(drop=True)
    healthy = then.latency.healthy_shard_p99_seconds
    # Recorded at the exit: what leaves now has waited as long as the reader is behind.
    seen = np.clip(hot["behind_seconds"].to_numpy(), healthy, then.latency.histogram_limit_seconds)
    shards = then.stream.us_shards
    mean = (seen + (shards - 1) * healthy) / shards
    return panel(pd.DatetimeIndex(hot["at"]), "p99, mean of shards (s)", mean, P99_LIMIT_SECONDS)


def _clock(system: System) -> Clock:
    on = reliability.incident(system, "hot_key").on
    return around(moment(on, STARTED), moment(on, FRESH_AGAIN), step_seconds=STEP_SECONDS)


def _arrivals(
    then: System, clock: Clock, rng: np.random.Generator, shard_rate: Array
) -> tuple[Array, Array, Array]:
    """On the hot shard: what its other tenants sent, what of the campaign was accepted, what was refused."""
    since_start = clock.since(moment(then.as_of, STARTED))
    since_limit = clock.since(moment(then.as_of, LIMITED))
    offered = np.where(since_start >= 0, then.quotas.campaign_per_second - shard_rate, 0.0)
    admitted = np.where(since_limit >= 0, np.minimum(offered, ADMITTED_PER_SECOND), offered)
    return drawn(shard_rate, clock, rng), drawn(admitted, clock, rng), drawn(offered - admitted, clock, rng)


def _queue(then: System, clock: Clock, due: Array) -> Backlog:
    capacity = clock.step_seconds / then.stream.consumer_seconds_per_record
    return fifo(due, np.full(clock.steps, capacity), step_seconds=clock.step_seconds)
