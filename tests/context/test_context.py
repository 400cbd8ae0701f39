"""The tensions, against the hand arithmetic of the system's facts ("What we were given")."""

import pytest

from playbook import context, facts, model

SYSTEM = model.load()

# As computed by hand there, to the figures printed.
BY_HAND = [
    ("context.ceilings_meet_events_per_day", 16.4e6, 0.01),
    ("context.given_capacity_per_second", 174, 0.003),
    ("context.given_peak_per_second", 370, 0.002),
    ("context.watch_hours_per_engineer", 42, 1e-9),
    ("context.first_attempt_fraction", 0.98, 1e-9),
    ("context.availability_with_maintenance_fraction", 0.9939, 1e-4),
    ("context.forecast_events_per_day", 662e6, 0.01),
    ("context.unit_cost_ceiling_usd_per_month", 30_000, 0.02),
    ("context.ship_pay_over_bill", 4, 0.1),
    ("context.ship_unspent_engineers", 2.4, 0.03),
    ("context.tenants_for_tenant_cost", 30, 0.1),
    ("reliability.target_incident_budgets", 1.6, 0.02),
    ("infrastructure.recovery_time_budgets", 11, 0.02),
    ("infrastructure.vendors_fraction", 0.9974, 0.0005),
]


@pytest.mark.parametrize(("name", "by_hand", "rel"), BY_HAND)
def test_a_figure_agrees_with_the_hand_arithmetic(name: str, by_hand: float, rel: float) -> None:
    assert facts.value(name, SYSTEM) == pytest.approx(by_hand, rel=rel)


def test_the_worst_pair_comes_first_and_all_that_break_come_before_all_that_hold() -> None:
    ratios = [pair.ratio for pair in context.tensions(SYSTEM)]
    assert ratios == sorted(ratios, reverse=True)


def test_a_target_that_is_relaxed_enough_breaks_no_pair() -> None:
    loose = model.what_if(SYSTEM, {"targets.availability_fraction": 0.99})
    minutes = [pair for pair in context.tensions(loose) if pair.unit == "minutes/window"]
    assert len(minutes) == 6
    assert all(pair.ratio < 1 for pair in minutes)


def test_the_words_of_a_pair_follow_its_target() -> None:
    strict = model.what_if(SYSTEM, {"targets.availability_fraction": 0.999, "targets.usd_per_month": 40_000})
    words = {word for pair in context.tensions(strict) for word in (pair.asks, pair.allows)}
    assert {"99.9 % available", "$40,000 a month"} <= words
    assert not [word for word in words if "50,000" in word or "99.95" in word]


def test_the_thesis_falls_when_people_are_nearly_free() -> None:
    cheap = model.what_if(SYSTEM, {"team.pay_usd_per_year": 30_000})
    assert facts.value("context.ship_pay_over_bill", cheap) == pytest.approx(10_000 / 14_600, rel=0.03)
