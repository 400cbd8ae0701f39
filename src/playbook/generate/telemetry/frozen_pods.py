"""Incident 4: the EU's delivery pods frozen at the night's number while its morning came."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from playbook import reliability
from playbook.generate.telemetry.day import Clock, around, moment, per_second
from playbook.generate.telemetry.rows import drawn, panel, together
from playbook.generate.telemetry.steady import queued
from playbook.model import System, at
from playbook.simulation.backlog import Array

SEED = 20250805
STEP_SECONDS = 60.0
FROZEN, THAWED = "05:20", "08:54"
PODS_AFTER = 2  # times the night's number, once the control plane could start them again
ISSUED, VALID_DAYS = datetime.fromisoformat("2025-05-06T00:00+00:00"), 90
"""The standby's certificate: the region that could not help."""


def telemetry(system: System) -> pd.DataFrame:
    """The day's telemetry by region: one pool of delivery connections each."""
    then, clock = _then(system), _clock(system)
    rng = np.random.default_rng(SEED)
    pods = _pods(then, clock)
    per_pod = clock.step_seconds * _pod_per_second(then)
    regions = [
        queued(
            then,
            clock,
            rng,
            stream=(region, region, "rest"),
            due=drawn(per_second(then, region, clock), clock, rng),
            capacities=capacities,
        )
        for region, capacities in (
            ("us", np.full(clock.steps, then.delivery.us_max_pods * per_pod)),
            ("eu", pods * per_pod),
        )
    ]
    us, eu = regions
    # No stream is read here: what is behind is the queue to the pods, and the column is the readers'.
    us["behind_seconds"] = eu["behind_seconds"] = 0.0
    eu["in_flight_fraction"] = np.round(eu["reconciled"] / (pods * per_pod), 4)
    expires = ISSUED + timedelta(days=VALID_DAYS)
    eu["certificate_expires_seconds"] = -clock.since(expires)
    return together(us, eu)


def panels(system: System) -> pd.DataFrame:
    """What we looked at: processors, which delivery hardly uses, and pods, as many as had been asked for."""
    then, clock = _then(system), _clock(system)
    frame = telemetry(system)
    handed = frame[frame["region"] == "eu"]["reconciled"].to_numpy() / clock.step_seconds
    pods = _pods(then, clock)
    busy = handed * then.traffic.deliveries_per_event * then.delivery.cpu_seconds_per_delivery / pods
    return together(
        panel(clock.times, "CPU of the workers, share", busy, then.targets.cpu_fraction),
        panel(clock.times, "delivery pods", pods),
    )


def _then(system: System) -> System:
    return at(system, reliability.incident(system, "frozen_pods").on)


def _clock(system: System) -> Clock:
    on = reliability.incident(system, "frozen_pods").on
    return around(moment(on, FROZEN), moment(on, THAWED), step_seconds=STEP_SECONDS)


def _pods(then: System, clock: Clock) -> Array:
    night = then.delivery.night_floor_pods
    return np.where(clock.since(moment(then.as_of, THAWED)) < 0, night, PODS_AFTER * night).astype(np.float64)


def _pod_per_second(then: System) -> float:
    """Events a second that one pod hands on with every connection held."""
    held = then.delivery.seconds_per_delivery * then.traffic.deliveries_per_event
    return then.delivery.connections_per_pod / held
