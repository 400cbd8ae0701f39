import math

import pytest

from playbook import architecture, facts, model

SYSTEM = model.load()


def test_postgres_ends_where_the_hand_arithmetic_says() -> None:
    # 3,000 dequeues/s over a peak of 3.2 is 937.5/s, times 86,400 s; the volume passed it in month 27.
    assert facts.value("architecture.postgres_events_per_day", SYSTEM) == pytest.approx(81e6)
    assert facts.value("architecture.postgres_months", SYSTEM) == pytest.approx(27, abs=0.5)


def test_at_the_first_incident_one_shard_would_have_taken_the_writes() -> None:
    assert facts.value("architecture.ship_shards_needed_for_writes", SYSTEM) == 1


def test_a_volume_that_was_never_reached_has_no_day() -> None:
    assert architecture.reached_on(SYSTEM, 181e6) is None
    assert (
        facts.text(
            "architecture.postgres_ended_on",
            model.what_if(SYSTEM, {"stream.postgres_dequeues_per_second": 1e5}),
        )
        == "never"
    )


def test_the_day_on_which_a_volume_was_reached_is_the_first_such_day() -> None:
    day = architecture.reached_on(SYSTEM, 25e6)
    assert day == SYSTEM.eras[2].end


def test_every_limit_is_full_at_the_volume_it_names() -> None:
    for limit in architecture.limits(SYSTEM):
        if limit.ours:
            full = model.what_if(SYSTEM, {"traffic.events_per_day": limit.events_per_day})
            twin = next(
                o for o in architecture.limits(full) if (o.name, o.region) == (limit.name, limit.region)
            )
            assert twin.used_fraction == pytest.approx(1.0)


def test_doubling_the_shards_halves_every_shard() -> None:
    double = model.what_if(SYSTEM, {"stream.us_shards": 64, "stream.eu_shards": 32})
    before, after = (facts.value("architecture.busiest_consumer_fraction", s) for s in (SYSTEM, double))
    assert isinstance(before, float)
    assert after == pytest.approx(before / 2)


def test_one_shard_cannot_be_hotter_than_the_whole_stream() -> None:
    one = model.what_if(SYSTEM, {"stream.us_shards": 1, "stream.hottest_shard_factor": 5})
    assert architecture.hottest_per_second(one, "us") == pytest.approx(SYSTEM.traffic.peak_per_second * 0.65)


def test_the_consumer_wait_is_pollaczek_and_khinchines() -> None:
    # M/D/1 at 0.8 with 4 ms: rho s / (2 (1 - rho)) = 8 ms.
    assert architecture.wait_milliseconds(SYSTEM, used=0.8) == pytest.approx(8.0)
    assert architecture.wait_milliseconds(SYSTEM, used=0.8, scv=1.0) == pytest.approx(16.0)


def test_a_consumer_that_cannot_keep_up_waits_without_end() -> None:
    assert (
        facts.text(
            "architecture.consumer_wait_milliseconds", model.what_if(SYSTEM, {"traffic.events_per_day": 5e8})
        )
        == "never"
    )


def test_it_has_bound_already_once_the_volume_is_past_the_limit() -> None:
    past = model.what_if(SYSTEM, {"traffic.events_per_day": 3e8})
    months = facts.value("architecture.binds_in_months", past)
    assert isinstance(months, float)
    assert months < 0
    assert not math.isnan(months)
