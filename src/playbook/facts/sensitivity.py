"""Which assumption moves a fact most."""

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
    swings = []
    for path in evaluate(name, system).reads:
        assumption = system.assumptions[path]
        if assumption.ends:
            low, high = (value(name, what_if(system, {path: end})) for end in assumption.ends)
            if isinstance(low, int | float) and isinstance(high, int | float):
                swings.append(Swing(path, float(low), float(high)))
    return tuple(sorted(swings, key=lambda swing: (-swing.size, swing.path)))
