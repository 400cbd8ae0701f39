"""Which of the given targets cannot hold at once, found by linear programming."""

from collections.abc import Mapping
from functools import cache

from playbook.answer import answer
from playbook.context import feasibility as targets
from playbook.context.feasibility import Row
from playbook.model import System
from playbook.simulation import feasibility
from playbook.simulation.feasibility import Conflict

ANSWERED = ("availability", "detect", "capacity", "tenant_cost", "dashboards")
"""The targets that our answer of 2023-12 changed."""
PROMISED = "vendors"
"""What may give and was not given to us: what the vendors promise."""


def conflicts(system: System) -> tuple[Conflict, ...]:
    """Every minimal set of given targets that cannot hold at once."""
    return _conflicts(targets.rows(system))


@cache
def _conflicts(rows: tuple[Row, ...]) -> tuple[Conflict, ...]:
    return feasibility.conflicts(rows)


def must_give(system: System) -> tuple[str, ...]:
    """A smallest set of targets that have to give for all others to hold."""
    return feasibility.fewest_that_give(conflicts(system))


def words(system: System) -> Mapping[str, str]:
    """Each target in words."""
    return targets.words(system)


def in_our_answer(system: System, target: str) -> str:
    """What our answer did about the sets that a target is in, in words."""
    if target in ANSWERED:
        return "changed it"
    if any(target in conflict.targets for conflict in left_standing(system)):
        return "left a set standing"
    return "changed another of its set"


def left_standing(system: System) -> list[Conflict]:
    """The minimal sets of which our answer changed no member."""
    return [conflict for conflict in conflicts(system) if not set(ANSWERED) & conflict.targets]


@answer(unit="targets", show="{:d}")
def targets_given(system: System) -> int:
    """Given targets that meet in some quantity."""
    return len(set(words(system)) - {PROMISED})


@answer(unit="sets", show="{:d}")
def conflicts_found(system: System) -> int:
    """Minimal sets of given targets that cannot hold at once."""
    return len(conflicts(system))


@answer(unit="targets", show="{:d}")
def targets_that_must_give(system: System) -> int:
    """The fewest targets that have to give for all others to hold."""
    return len(must_give(system))


@answer(unit="targets", show="{:d}")
def targets_answered(system: System) -> int:
    """Targets that our answer of 2023-12 changed."""
    return len(set(ANSWERED) & set(words(system)))


@answer(unit="sets", show="{:d}")
def conflicts_left(system: System) -> int:
    """Minimal sets that our answer left standing: none of their members gave."""
    return len(left_standing(system))
