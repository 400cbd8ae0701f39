import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook import facts, model
from playbook.facts import fact, kept, swings

NAMES = (
    "cost.usd_per_month",
    "reliability.error_budget_minutes",
    "context.engineer_hour_usd",
    "cost.ship_usd_per_event",
)


@pytest.fixture
def system() -> Iterator[model.System]:
    """A system of one's own, forgotten afterwards."""
    yield model.load()
    fact.remember(model.load(), {})
    swings.remember(model.load(), {})


@pytest.fixture
def file(tmp_path: Path, system: model.System) -> Path:
    found = {name: facts.evaluate(name, system) for name in NAMES}
    moved = swings.sensitivities(NAMES, system)
    (tmp_path / "facts.pickle").write_bytes(pickle.dumps(("d1", found, moved)))
    return tmp_path / "facts.pickle"


def test_what_was_kept_is_taken_for_the_very_system_and_no_other(file: Path, system: model.System) -> None:
    plain = {name: facts.evaluate(name, system) for name in NAMES}
    assert kept.recall(system, file, digest="d1")
    assert {name: facts.evaluate(name, system) for name in NAMES} == plain
    assert all(facts.evaluate(name, system) is facts.evaluate(name, system) for name in NAMES)
    other = model.what_if(system, {"traffic.events_per_day": 360e6})
    assert facts.value("cost.usd_per_month", other) != facts.value("cost.usd_per_month", system)


def test_data_or_code_of_another_day_are_not_taken(file: Path, system: model.System) -> None:
    assert not kept.recall(system, file, digest="d2")
    assert facts.evaluate(NAMES[0], system) is not facts.evaluate(NAMES[0], system)


@pytest.mark.parametrize(
    "damage", [b"", b"no pickle", pickle.dumps(("d1", {}))], ids=["empty", "text", "cut short"]
)
def test_a_damaged_file_is_as_good_as_none(file: Path, system: model.System, damage: bytes) -> None:
    file.write_bytes(damage)
    assert not kept.recall(system, file, digest="d1")
    assert not kept.recall(system, file.with_name("absent"), digest="d1")


def test_what_moves_many_facts_is_what_moves_each() -> None:
    alone = model.load()
    assert swings.sensitivities(NAMES, alone) == {name: facts.sensitivity(name, alone) for name in NAMES}
