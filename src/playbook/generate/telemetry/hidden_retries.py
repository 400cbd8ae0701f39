"""Incident 5: a destination's SDK retries under each of our attempts, and its limit counts refusals."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from playbook import reliability
from playbook.generate.telemetry.day import Clock, around, moment, per_second
from playbook.generate.telemetry.rows import drawn, panel, together
from playbook.generate.telemetry.steady import queued, steady
from playbook.model import System, at
from playbook.simulation.backlog import Array

SEED = 20260114
STEP_SECONDS = 30.0
# A minute of refusals is the trigger; the SDK's retries were switched off at the second time. The story gives
# no clock: the hour is one at which the platform handles its mean, the length is the recorded one.
REFUSED, SWITCHED_OFF, TOLD_FRESH = "22:20", "22:47:30", "23:07"
TRIGGER_SECONDS = 60.0
CELL = "us-2"
DESTINATION = "us-2-destination"
TARGET_ATTEMPTS = 1.2  # decision 0012's, which we read off our own count


def telemetry(system: System) -> pd.DataFrame:
    """The evening's telemetry by cell, the destination apart; ``wire_attempts`` below every SDK."""
    then, clock = _then(system), _clock(system)
    rng = np.random.default_rng(SEED)
    per_event = then.traffic.deliveries_per_event
    due_per_second = np.full(clock.steps, then.retries.destination_deliveries_per_second / per_event)
    attempts, wire = _attempts(then, clock)
    accepted = then.retries.destination_limit_per_second / wire * STEP_SECONDS / per_event
    refused = _refused(then, clock)
    due = drawn(due_per_second, clock, rng)
    destination = queued(
        then,
        clock,
        rng,
        stream=("us", DESTINATION, "rest"),
        due=due,
        capacities=np.where(refused, 0.0, accepted),
    )
    begun = np.where(refused, due, destination["reconciled"].to_numpy()) * per_event
    destination["deliveries"] = np.round(begun, 2)
    destination["wire_attempts"] = np.round(begun * wire, 2)
    destination["counted_attempts"] = np.round(begun * attempts, 2)
    cells = [f"us-{n + 1}" for n in range(then.platform.us_clusters)]
    others = [("us", cell) for cell in cells] + [
        ("eu", f"eu-{n + 1}") for n in range(then.platform.eu_clusters)
    ]
    frames = []
    for region, cell in others:
        clusters = then.platform.us_clusters if region == "us" else then.platform.eu_clusters
        rate = per_second(then, region, clock) / clusters
        rate = rate - due_per_second if cell == CELL else rate
        frame = steady(
            then,
            clock,
            rng,
            stream=(region, cell, "rest"),
            per_second=rate,
            capacity_per_second=3 * float(rate.max()),
        )
        frame["deliveries"] = np.round(frame["reconciled"] * per_event, 2)
        frame["wire_attempts"] = np.round(frame["deliveries"] * _usual(then), 2)
        frame["counted_attempts"] = frame["wire_attempts"]
        frames.append(frame)
    frames.append(destination)
    for frame in frames:
        frame["behind_seconds"] = 0.0
    return together(*frames)


def panels(system: System) -> pd.DataFrame:
    """What we looked at: our own attempts per delivery to the destination, and what we counted per second."""
    then, clock = _then(system), _clock(system)
    frame = telemetry(system)
    there = frame[frame["stream"] == DESTINATION]
    counted = there["counted_attempts"].to_numpy()
    return together(
        panel(
            clock.times,
            "attempts per delivery, ours",
            np.divide(counted, there["deliveries"].to_numpy(), out=np.ones(clock.steps), where=counted > 0),
            TARGET_ATTEMPTS,
        ),
        panel(
            clock.times,
            "requests a second, ours",
            counted / STEP_SECONDS,
            then.retries.destination_limit_per_second,
        ),
    )


def _then(system: System) -> System:
    return at(system, reliability.incident(system, "hidden_retries").on)


def _clock(system: System) -> Clock:
    on = reliability.incident(system, "hidden_retries").on
    return around(moment(on, REFUSED), moment(on, TOLD_FRESH), step_seconds=STEP_SECONDS)


def _usual(then: System) -> float:
    return 2 - then.delivery.first_attempt_fraction


def _attempts(then: System, clock: Clock) -> tuple[Array, Array]:
    """Per delivery: our attempts, and requests on the wire; refused, both stand at their most."""
    refused = _refused(then, clock)
    ours = np.where(refused, 1 + then.retries.budget_fraction, _usual(then))
    sdk = np.where(refused & (clock.since(moment(then.as_of, SWITCHED_OFF)) < 0), then.retries.sdk_tries, 1)
    return ours, ours * sdk


def _refused(then: System, clock: Clock) -> NDArray[np.bool_]:
    """Whether the destination refuses everything in a step.

    Its limit counts what it refuses: once more is sent than it allows, nothing gets through until less is.
    """
    r = then.retries
    since, ended = clock.since(moment(then.as_of, REFUSED)), clock.since(moment(then.as_of, SWITCHED_OFF))
    wire = r.destination_deliveries_per_second * (1 + r.budget_fraction) * r.sdk_tries
    fed = (wire > r.destination_limit_per_second) & (ended < 0)
    return np.asarray((since >= 0) & ((since < TRIGGER_SECONDS) | fed), dtype=np.bool_)
