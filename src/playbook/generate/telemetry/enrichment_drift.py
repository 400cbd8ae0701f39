"""Incident 6: a model's alias moved, and nothing was late."""

from datetime import UTC, datetime, time, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from playbook import reliability
from playbook.generate.telemetry.day import Clock, around, per_second
from playbook.generate.telemetry.rows import panel, together
from playbook.generate.telemetry.steady import steady
from playbook.model import SECONDS_PER_DAY, System, at
from playbook.simulation.backlog import Array

SEED = 20260512
STEP_SECONDS = 1800.0
BEFORE = timedelta(days=10)  # the window of the alert on labels, full of good days when the drift begins
DAYS = 9
LABELS_PER_DAY = 62
# Share of the new model's answers that failed validation and were asked for again, each try alike; unstated,
# so that the alarm trips with the bill of the ninth day.
FAILED_FRACTION = 0.13
COST_ALARM = 1.2  # over the mean of four weeks before
BASE_DAYS = 28
MEAN_DAYS = 7
BILL_DELAY_DAYS = 2  # the export is daily, and complete two days after the day that it tells of


def telemetry(system: System) -> pd.DataFrame:
    """Ten days and nine by region; labels and calls stand with the EU, whose endpoint serves both."""
    clock = _clock(system)
    then = at(system, _start(system).date())
    rng = np.random.default_rng(SEED)
    consumer = 1 / then.stream.consumer_seconds_per_record
    us, eu = (
        steady(
            then,
            clock,
            rng,
            stream=(region, region, "rest"),
            per_second=per_second(then, region, clock) * _growth(system, clock),
            capacity_per_second=consumer * shards,
        )
        for region, shards in (("us", then.stream.us_shards), ("eu", then.stream.eu_shards))
    )
    checked = _labels(clock)
    accuracy = np.where(
        _drifted(system, clock), then.enrichment.drifted_accuracy_fraction, then.enrichment.accuracy_fraction
    )
    enriched = (us["due"] + eu["due"]).to_numpy() * then.enrichment.events_fraction
    attempts = np.where(_drifted(system, clock), 1 / (1 - FAILED_FRACTION), 1.0)
    calls = enriched * (1 - then.enrichment.cache_hit_fraction) * attempts
    for frame, share in ((us, 0.0), (eu, 1.0)):
        frame["enriched"] = np.round(share * enriched)
        frame["checked"] = share * checked
        frame["correct"] = share * rng.binomial(checked.astype(np.int64), accuracy)
        frame["usd"] = np.round(share * calls * then.enrichment.usd_per_call, 4)
    return together(us, eu)


def panels(system: System) -> pd.DataFrame:
    """What we looked at: seven days' mean cost as the bill told it, and labels once a week."""
    start, clock = _start(system), _clock(system)
    days = pd.date_range(start - timedelta(days=BASE_DAYS), periods=BASE_DAYS + DAYS, freq="1D", unit="us")
    costs = pd.Series([_usd(system, day.to_pydatetime()) for day in days], days)
    line = COST_ALARM * costs[days < pd.Timestamp(start)].mean()
    means = costs.rolling(MEAN_DAYS).mean().dropna()
    told = pd.DatetimeIndex(means.index + timedelta(days=1 + BILL_DELAY_DAYS))
    seen = told <= pd.Timestamp(clock.end)
    frame = telemetry(system)
    week = timedelta(days=7)
    weekly = frame.set_index("at")[["checked", "correct"]].resample(week, origin=start).sum()
    known = pd.DatetimeIndex(weekly.index + week)
    whole = (known - week >= pd.Timestamp(start)) & (known <= pd.Timestamp(clock.end))
    accuracy = (weekly["correct"] / weekly["checked"]).to_numpy()
    return together(
        panel(told[seen], "enrichment cost a day, mean of seven (USD)", means.to_numpy()[seen], line),
        panel(known[whole], "correct labels, weekly", accuracy[whole]),
    )


def _start(system: System) -> datetime:
    return datetime.combine(reliability.incident(system, "enrichment_drift").on, time(), UTC)


def _clock(system: System) -> Clock:
    return around(
        _start(system), _start(system) + timedelta(days=DAYS), step_seconds=STEP_SECONDS, before=BEFORE
    )


def _drifted(system: System, clock: Clock) -> NDArray[np.bool_]:
    since = clock.since(_start(system))
    return (since >= 0) & (since < DAYS * SECONDS_PER_DAY)


def _growth(system: System, clock: Clock) -> Array:
    """Each day's volume over that of the first, ``(n,)``."""
    first = at(system, _start(system).date()).traffic.events_per_day
    days = {day: at(system, day).traffic.events_per_day / first for day in sorted(set(clock.times.date))}
    return np.array([days[day] for day in clock.times.date])


def _labels(clock: Clock) -> Array:
    """A day's labels, spread over its steps, ``(n,)``."""
    labels = np.floor(np.arange(clock.steps + 1) * clock.step_seconds / SECONDS_PER_DAY * LABELS_PER_DAY)
    return np.diff(labels)


def _usd(system: System, day: datetime) -> float:
    """Cost of enrichment on one day; its base is that of the calls that the cache leaves."""
    then = at(system, day.date())
    calls = then.traffic.events_per_day * then.enrichment.events_fraction
    attempts = 1 / (1 - FAILED_FRACTION) if day >= _start(system) else 1.0
    return calls * (1 - then.enrichment.cache_hit_fraction) * then.enrichment.usd_per_call * attempts
