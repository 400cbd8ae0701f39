"""The volume on a day, against the figures that the story gives for each incident's day."""

from datetime import date

import pytest

from playbook import model

# System facts, "Six incidents, by mechanism": events per day as told there, to the figures that they bear.
VOLUMES = [
    (date(2024, 3, 19), 8.7e6),
    (date(2024, 8, 21), 14.3e6),
    (date(2025, 2, 11), 25.5e6),
    (date(2025, 8, 5), 44.6e6),
    (date(2026, 5, 12), 105e6),
]
ENDS = [
    ("before", 6e6, 12, 4),
    ("ship", 10e6, 24, 4),
    ("survive", 25e6, 48, 5),
    ("isolate", 60e6, 85, 6),
    ("economise", 180e6, 120, 7),
]


@pytest.mark.parametrize(("day", "told"), VOLUMES)
def test_volume_on_an_incidents_day_is_what_the_story_tells(day: date, told: float) -> None:
    assert model.load(as_of=day).traffic.events_per_day == pytest.approx(told, rel=0.01)


@pytest.mark.parametrize(("era", "events", "tenants", "engineers"), ENDS)
def test_each_era_ends_as_told(era: str, events: float, tenants: int, engineers: int) -> None:
    then = model.at_end_of(model.load(), era)
    assert then.traffic.events_per_day == pytest.approx(events)
    assert then.tenancy.tenants == tenants
    assert then.team.platform_engineers == engineers


def test_looking_back_from_today_is_loading_that_day() -> None:
    day = date(2025, 1, 1)
    assert model.at(model.load(), day) == model.load(as_of=day)


def test_a_setting_changes_on_its_day_and_not_before() -> None:
    assert model.load(as_of=date(2025, 3, 9)).stream.retention_hours == 24
    assert model.load(as_of=date(2025, 3, 10)).stream.retention_hours == 168


def test_todays_what_if_leaves_the_past_alone() -> None:
    loud = model.what_if(model.load(), {"traffic.events_per_day": 1e9})
    assert model.at_end_of(loud, "ship").traffic.events_per_day == pytest.approx(10e6)
    assert model.at_end_of(loud, "economise").traffic.events_per_day == 1e9


def test_what_if_of_a_price_reaches_the_past() -> None:
    dear = model.what_if(model.load(), {"prices.us.eks_cluster": 0.5})
    assert model.at_end_of(dear, "ship").prices["us"].eks_cluster == 0.5


def test_an_unknown_era_is_named_with_those_that_are() -> None:
    with pytest.raises(ValueError, match="'middle' must be one of before, ship, survive, isolate, economise"):
        model.at_end_of(model.load(), "middle")


def test_every_history_ends_before_its_value_begins() -> None:
    for assumption in model.load().assumptions.values():
        days = [point.day for point in assumption.history]
        assert days == sorted(days)
        assert all(day < assumption.as_of for day in days)
