"""Both retry incidents in closed form, against the figures that the story gives."""

import pytest

from playbook import facts, model, reliability

SYSTEM = model.load()

# System facts, incidents 2 and 5, and what follows from them by hand.
TOLD = [
    ("storm_calls_per_second", 240 * 27, 1e-12),
    ("storm_capacity_per_second", 914, 1e-3),
    ("storm_stable_per_second", 34, 0.01),
    ("stalled_slots", 480, 1e-12),
    ("shed_fraction", 0.86, 0.01),
    # (320 - 192 x 0.35) / 48
    ("storm_fill_seconds", 5.267, 1e-3),
    # Any timeout that fills the pool before the first retry lies between the two.
    ("storm_timeout_given_seconds", 6, 1e-12),
    ("storm_queue_seconds", 8.75, 1e-9),
    # 914 / 1.1
    ("budgeted_stable_per_second", 831.2, 1e-3),
    # 127 minutes without deliveries, from 15:10 to 17:17, were drained until 18:01, in 44 to 46.
    ("storm_drain_ratio", 45 / 127, 0.03),
    ("counted_attempts", 1.10, 1e-12),
    ("hidden_attempts", 3.3, 1e-12),
    ("hidden_wire_per_second", 330, 1e-12),
    ("hidden_counted_per_second", 110, 1e-12),
    # 250 / 3.3
    ("hidden_stable_per_second", 75.76, 1e-3),
]


@pytest.mark.parametrize(("name", "told", "tolerance"), TOLD)
def test_the_closed_form_gives_what_is_told(name: str, told: float, tolerance: float) -> None:
    assert facts.value(f"reliability.{name}", SYSTEM) == pytest.approx(told, rel=tolerance)


def test_the_first_retry_finds_the_pool_full_and_a_full_queue_outlasts_the_routers_patience() -> None:
    fill, patience = reliability.storm_fill_seconds(SYSTEM), reliability.storm_timeout_given_seconds(SYSTEM)
    assert fill < patience < reliability.storm_queue_seconds(SYSTEM)


def test_what_was_paused_was_enough_and_one_shard_fewer_would_not_have_been() -> None:
    paused = reliability.storm_paused_fraction(SYSTEM)
    shards = model.at(SYSTEM, reliability.incident(SYSTEM, "retry_storm").on).stream.us_shards
    assert paused - 1 / shards < reliability.shed_fraction(SYSTEM) <= paused
    assert paused * shards == round(paused * shards)


def test_the_hidden_tries_alone_put_the_destination_above_its_limit() -> None:
    limit = reliability.hidden_limit_per_second(SYSTEM)
    assert reliability.hidden_counted_per_second(SYSTEM) < limit < reliability.hidden_wire_per_second(SYSTEM)
