import pytest

from playbook import facts, model, platform

SYSTEM = model.load()


def test_three_pods_hand_on_what_decision_0015_computed() -> None:
    # 3 pods x 48 connections / 0.355 s / 1.5 deliveries.
    assert facts.value("platform.frozen_events_per_second", SYSTEM) == pytest.approx(270, abs=1)


def test_the_processor_stands_where_decision_0015_found_it() -> None:
    # EU at 44.6M/day: 181/s on the mean over three pods, 3.2 times that at peak with a zone lost.
    mean = platform.processor_fraction(SYSTEM, events_per_second=181, pods=3)
    peak = platform.processor_fraction(SYSTEM, events_per_second=181 * 3.2, pods=2)
    assert mean == pytest.approx(0.025, abs=0.0005)
    assert peak == pytest.approx(0.12, abs=0.002)


def test_pods_keep_their_slots_below_the_limit_with_a_zone_lost() -> None:
    pods = facts.value("platform.us_pods_needed", SYSTEM)
    assert isinstance(pods, int)
    worker, peak = SYSTEM.delivery, SYSTEM.traffic.peak_per_second * SYSTEM.traffic.us_fraction
    in_flight = peak * SYSTEM.traffic.deliveries_per_event * worker.seconds_per_delivery
    assert in_flight / (pods * 2 / 3 * worker.connections_per_pod) <= worker.slots_limit_fraction
    assert in_flight / ((pods - 2) * 2 / 3 * worker.connections_per_pod) > worker.slots_limit_fraction


def test_the_morning_of_incident_4_fitted_the_night_only_on_average() -> None:
    assert facts.value("platform.frozen_morning_per_second", SYSTEM) == pytest.approx(181, rel=0.01)
