from playbook import model
from playbook.model.trace import traced

SYSTEM = model.load()


def test_the_same_system_is_asked_once_and_another_one_again() -> None:
    asked: list[float] = []

    @model.once
    def shards(system: model.System, factor: int = 1) -> int:
        asked.append(system.traffic.events_per_day)
        return factor * system.stream.us_shards

    twice = model.what_if(SYSTEM, {"stream.us_shards": 2 * SYSTEM.stream.us_shards})
    assert shards(SYSTEM) == shards(SYSTEM) == shards(twice) / 2
    assert len(asked) == 2
    assert shards(twice, 3) == 3 * shards(twice) == shards(twice, factor=3)


def test_a_traced_system_is_asked_every_time() -> None:
    @model.once
    def volume(system: model.System) -> float:
        return system.traffic.events_per_day

    for _ in range(2):
        seen: set[str] = set()
        assert volume(traced(SYSTEM, seen)) == volume(SYSTEM)
        assert seen == {"traffic.events_per_day"}


def test_a_day_of_the_system_is_the_same_whether_it_was_asked_for_before() -> None:
    day = SYSTEM.eras[2].end
    again = model.at(model.what_if(SYSTEM, {}), day)
    assert model.at(SYSTEM, day) == model.at(SYSTEM, day) == again
