import pytest

from playbook import model
from playbook.model import System, Traffic
from playbook.model.trace import plain, traced


def read(function: object) -> tuple[object, set[str]]:
    seen: set[str] = set()
    assert callable(function)
    return function(traced(model.load(), seen)), seen


def test_a_read_is_noted_by_its_path() -> None:
    assert read(lambda s: s.traffic.peak_factor) == (3.2, {"traffic.peak_factor"})


def test_a_read_through_a_property_notes_what_the_property_reads() -> None:
    assert read(lambda s: s.traffic.peak_per_second)[1] == {"traffic.peak_factor", "traffic.events_per_day"}


def test_a_read_through_a_mapping_notes_its_key() -> None:
    assert read(lambda s: s.prices["eu"].shard)[1] == {"prices.eu.shard"}
    assert len(read(lambda s: [p.shard for p in s.prices.values()])[1]) == 2


def test_a_read_of_a_record_in_a_tuple_is_noted() -> None:
    assert read(lambda s: s.incidents[0].late_events)[1] == {"incidents", "incidents.0.late_events"}


def test_a_read_after_a_what_if_or_in_the_past_is_noted() -> None:
    changed = read(lambda s: model.what_if(s, {"traffic.us_fraction": 0.5}).traffic.us_fraction)
    assert changed == (0.5, {"traffic.us_fraction"})
    then = read(lambda s: model.at_end_of(s, "ship").team.platform_engineers)
    assert then == (4, {"team.platform_engineers", "as_of"})


def test_a_view_passes_for_what_it_views() -> None:
    system = model.load()
    view = traced(system, set())
    assert isinstance(view, System)
    assert view.__class__ is System
    assert view.traffic == system.traffic
    assert system == view
    match view.traffic:
        case Traffic(peak_factor=peak):
            assert peak == 3.2
    assert plain(view) is system
    assert plain(system) is system


def test_a_view_cannot_be_a_key_of_a_cache() -> None:
    with pytest.raises(TypeError, match="lose its provenance"):
        hash(traced(model.load(), set()).traffic)


def test_what_stands_behind_the_numbers_is_not_a_read() -> None:
    assert read(lambda s: s.assumptions["traffic.peak_factor"].value) == (3.2, set())
