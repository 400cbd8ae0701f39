import pytest

from playbook import facts, model

SYSTEM = model.load()


def test_a_standby_that_takes_longer_than_the_outage_saves_nothing() -> None:
    slow = model.what_if(SYSTEM, {"recovery.pilot_light_minutes": 600, "recovery.regional_event_hours": 5})
    assert facts.value("infrastructure.pilot_light_fraction", slow) == facts.value(
        "infrastructure.no_standby_fraction", slow
    )


def test_regional_events_leave_what_the_hand_arithmetic_says() -> None:
    # 0.3 a year x 5 h of 8,766 h.
    assert facts.value("infrastructure.no_standby_fraction", SYSTEM) == pytest.approx(1 - 1.5 / 8766)


def test_six_clusters_are_kept_current() -> None:
    assert facts.value("infrastructure.clusters", SYSTEM) == 6
