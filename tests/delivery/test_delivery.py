import pytest

from playbook import delivery, facts, model
from playbook.laws import canary

SYSTEM = model.load()


def test_a_canary_at_the_time_of_its_decision_saw_about_150_requests() -> None:
    then = model.what_if(SYSTEM, {"traffic.events_per_day": 8.7e6})
    assert facts.value("delivery.canary_requests", then) == pytest.approx(150, rel=0.02)


def test_what_is_just_visible_needs_just_the_requests_there_are() -> None:
    base = SYSTEM.canary.baseline_failure_fraction
    needed = canary.sample_size(base_fraction=base, delta=delivery.visible_delta(SYSTEM))
    assert needed == pytest.approx(delivery.canary_requests(SYSTEM), rel=1e-6)


def test_more_requests_show_smaller_faults() -> None:
    longer = model.what_if(SYSTEM, {"canary.minutes": 60})
    assert delivery.visible_delta(longer) < delivery.visible_delta(SYSTEM)
