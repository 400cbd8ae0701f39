import dataclasses

import pytest

from playbook import model


def test_what_if_changes_that_path_and_nothing_else() -> None:
    system = model.load()
    other = model.what_if(system, {"traffic.events_per_day": 5e7})
    assert other.traffic == dataclasses.replace(system.traffic, events_per_day=5e7)
    assert dataclasses.replace(other, traffic=system.traffic) == system
    assert system.traffic.events_per_day == 180e6


def test_what_if_reaches_a_price_in_one_region() -> None:
    system = model.load()
    other = model.what_if(system, {"prices.eu.shard": 0.02})
    assert (other.prices["eu"].shard, other.prices["us"]) == (0.02, system.prices["us"])


def test_several_changes_are_one_what_if() -> None:
    system, changes = (
        model.load(),
        {"traffic.peak_factor": 5, "traffic.us_fraction": 0.5, "team.platform_engineers": 8.0},
    )
    other = model.what_if(system, changes)
    assert (other.traffic.peak_factor, other.traffic.us_fraction, other.team.platform_engineers) == (
        5.0,
        0.5,
        8,
    )
    assert isinstance(other.traffic.peak_factor, float)
    assert isinstance(other.team.platform_engineers, int)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (
            "traffic.event_per_day",
            1e6,
            "traffic.event_per_day is no assumption; the nearest are: traffic.events_per_day",
        ),
        ("traffic", 1e6, "traffic is no assumption"),
        ("traffic.events_per_day", 1.0, "within its limits 1e.06 to 2e.09"),
        ("traffic.events_per_day", float("nan"), "finite"),
        ("traffic.events_per_day", "5e7", "must be a number"),
        ("team.platform_engineers", 4.5, "whole number"),
        ("prices.us.shard", -1.0, "within its limits"),
        ("as_of", 1.0, "as_of is no assumption"),
    ],
)
def test_a_change_that_cannot_be_is_refused(path: str, value: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        model.what_if(model.load(), {path: value})


def test_values_are_frozen() -> None:
    system = model.load()
    with pytest.raises(dataclasses.FrozenInstanceError):
        system.traffic.events_per_day = 1.0  # type: ignore[misc]
    with pytest.raises(TypeError):
        system.prices["us"] = system.prices["eu"]  # type: ignore[index]
