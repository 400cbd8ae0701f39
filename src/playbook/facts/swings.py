"""Which assumption moves a fact most."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from playbook.facts.fact import evaluate, value
from playbook.model import System, what_if


@dataclass(frozen=True, slots=True)
class Swing:
    """A fact at the 5th and the 95th percentile of one assumption, all others held."""

    path: str
    at_low: float
    at_high: float

    @property
    def size(self) -> float:
        """Distance between the two, in the fact's unit."""
        return abs(self.at_high - self.at_low)


def sensitivity(name: str, system: System) -> tuple[Swing, ...]:
    """The swing of a numeric fact over the range of each assumption that it reads, the largest first.

    Assumptions without a range (facts as sourced, targets as given) do not swing. Empty for a fact that
    is not a number, or is none at an end.
    """
    if _memory and _memory[0][0] is system and name in _memory[0][1]:
        return _memory[0][1][name]
    return sensitivities((name,), system)[name]


def sensitivities(names: Collection[str], system: System) -> Mapping[str, tuple[Swing, ...]]:
    """The same of many facts: each end of each range is one other system that all of them are asked about."""
    swings: dict[str, list[Swing]] = {name: [] for name in names}
    reads = {name: frozenset(evaluate(name, system).reads) for name in names}
    for path, assumption in system.assumptions.items():
        readers = [name for name in names if path in reads[name]] if assumption.ends else []
        if readers:
            others = [what_if(system, {path: end}) for end in assumption.ends]
            low, high = ({name: value(name, other) for name in readers} for other in others)
            for name in readers:
                at_low, at_high = low[name], high[name]
                if isinstance(at_low, int | float) and isinstance(at_high, int | float):
                    swings[name].append(Swing(path, float(at_low), float(at_high)))
    order = {
        name: sorted(found, key=lambda swing: (-swing.size, swing.path)) for name, found in swings.items()
    }
    return {name: tuple(found) for name, found in order.items()}


def remember(system: System, found: Mapping[str, tuple[Swing, ...]]) -> None:
    """Take the swings of this very system from now on as they are here."""
    _memory[:] = [(system, found)]


_memory: list[tuple[System, Mapping[str, tuple[Swing, ...]]]] = []
