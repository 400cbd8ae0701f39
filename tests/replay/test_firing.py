"""When an alert speaks, from the values of its expression."""

import pytest

from playbook.replay.firing import Rule, Spell, inlined, seconds, stretches
from playbook.replay.server import ReplayError


def _spells(
    times: list[float], *, waits: float = 0.0, until: float = 1000.0
) -> list[tuple[float, float | None]]:
    rule = Rule("A", "up", "page", waits)
    found: list[Spell] = list(stretches(rule, "", [(at, 1.0) for at in times], until=until, step=30.0))
    return [(spell.starts, spell.ends) for spell in found]


def test_an_alert_speaks_from_its_first_value_to_the_evaluation_after_its_last() -> None:
    assert _spells([60, 90, 120]) == [(60, 150)]


def test_a_missing_evaluation_ends_one_stretch_and_begins_another() -> None:
    assert _spells([60, 90, 150, 180]) == [(60, 120), (150, 210)]


def test_an_alert_that_waits_speaks_later_and_not_at_all_in_shorter_stretches() -> None:
    assert _spells([60, 90, 120, 300], waits=60.0) == [(120, 150)]


def test_an_alert_that_speaks_at_the_end_has_no_end() -> None:
    assert _spells([940, 970, 1000]) == [(940, None)]


def test_an_alert_without_values_is_silent() -> None:
    assert _spells([]) == []


@pytest.mark.parametrize(
    ("text", "value"), [("0s", 0), ("90s", 90), ("5m", 300), ("1h30m", 5400), ("3d", 259_200)]
)
def test_durations_read_as_prometheus_reads_them(text: str, value: float) -> None:
    assert seconds(text) == value


@pytest.mark.parametrize("text", ["", "5", "5 m", "1.5h", "m"])
def test_a_duration_that_prometheus_would_refuse_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be like"):
        seconds(text)


def test_a_recorded_name_is_replaced_whole_and_by_nothing_longer() -> None:
    recorded = {"a:ratio": "(x / y)"}
    assert inlined("a:ratio > 2 and a:ratio5m > 2", recorded) == "(x / y) > 2 and a:ratio5m > 2"


def test_a_recorded_name_that_is_selected_by_labels_is_refused() -> None:
    with pytest.raises(ReplayError, match="selected by labels"):
        inlined('a:ratio{region="eu"} > 2', {"a:ratio": "(x / y)"})
