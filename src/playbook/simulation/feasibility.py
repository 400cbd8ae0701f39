"""Which linear inequalities cannot hold at once, and what would have to give."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp


class Inequality(Protocol):
    """The sum of the terms is at most ``bound``; ``scale`` is a relaxation by 100 %."""

    @property
    def terms(self) -> tuple[tuple[str, float], ...]:
        """Quantities, each with its coefficient."""

    @property
    def bound(self) -> float:
        """The largest value of the sum."""

    @property
    def target(self) -> str | None:
        """Who may give; None gives never."""

    @property
    def scale(self) -> float:
        """What a relaxation by one hundred per cent adds to the bound."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A minimal set of targets that cannot hold at once: without any one of them the others can.

    ``relaxations`` says for each member by which fraction it would have to give if it alone gave; a member
    that cannot resolve the conflict by giving, however much, is left out.
    """

    targets: frozenset[str]
    relaxations: Mapping[str, float]


def conflicts(inequalities: Sequence[Inequality], *, largest: int = 5) -> tuple[Conflict, ...]:
    """Every minimal infeasible set of up to ``largest`` targets, quantities being non-negative.

    Minimal by inclusion. Sets are tried by growing size among targets that share a quantity, directly or
    through the world; each trial is a linear programme solved by HiGHS (SciPy). For n connected targets that
    is at most the sum of C(n, k), which is a matter of seconds up to some fifteen.

    Reference: M. Liffiton, K. Sakallah, Algorithms for Computing Minimal Unsatisfiable Subsets of
    Constraints, JAR 40 (2008), for the notion; the search here is plain enumeration.
    """
    found: list[frozenset[str]] = []
    for component in _components(inequalities):
        for size in range(1, min(largest, len(component)) + 1):
            for chosen in map(frozenset, itertools.combinations(sorted(component), size)):
                if not any(known <= chosen for known in found) and not feasible(inequalities, chosen):
                    found.append(chosen)
    return tuple(Conflict(targets, dict(_relaxations(inequalities, targets))) for targets in found)


def feasible(inequalities: Sequence[Inequality], targets: frozenset[str]) -> bool:
    """Whether the world and these targets can hold at once."""
    return _solve(inequalities, targets, give=()) is not None


def fewest_that_give(conflicts: Sequence[Conflict]) -> tuple[str, ...]:
    """A smallest set of targets that meets every conflict: relax these and all others can hold.

    A minimum hitting set by mixed-integer programming; among sets of one size, the one whose relaxations sum
    to least. Raises ValueError for a conflict that no member can resolve.
    """
    names = sorted({name for conflict in conflicts for name in conflict.relaxations})
    for conflict in conflicts:
        if not conflict.relaxations:
            raise ValueError(f"no target of {sorted(conflict.targets)} can resolve their conflict by giving")
    member = np.array([[float(name in c.relaxations) for name in names] for c in conflicts])
    needed = [max(c.relaxations.get(name, 0.0) for c in conflicts) for name in names]
    price = 1 + 1e-3 * np.array(needed) / (1 + sum(needed))
    solved = milp(
        price,
        integrality=np.ones(len(names)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(member, lb=1),
    )
    return tuple(name for name, chosen in zip(names, solved.x, strict=True) if chosen > 0.5)


def _relaxations(inequalities: Sequence[Inequality], targets: frozenset[str]) -> Iterator[tuple[str, float]]:
    for name in sorted(targets):
        given = _solve(inequalities, targets, give=(name,))
        if given is not None:
            yield name, given


def _solve(
    inequalities: Sequence[Inequality], targets: frozenset[str], *, give: tuple[str, ...]
) -> float | None:
    """The least sum of relaxations of ``give`` under which the chosen can hold; None where there is none."""
    rows = [row for row in inequalities if row.target is None or row.target in targets]
    quantities = sorted({quantity for row in rows for quantity, _ in row.terms})
    columns = {name: i for i, name in enumerate((*quantities, *(f"give {name}" for name in give)))}
    matrix = np.zeros((len(rows), len(columns)))
    for i, row in enumerate(rows):
        for quantity, coefficient in row.terms:
            matrix[i, columns[quantity]] = coefficient
        if row.target in give:
            matrix[i, columns[f"give {row.target}"]] = -row.scale
    norm = np.maximum(np.abs(matrix).max(axis=1), 1e-12)
    bounds = np.array([row.bound for row in rows]) / norm
    objective = np.array([float(name.startswith("give ")) for name in columns])
    solved = linprog(objective, A_ub=matrix / norm[:, None], b_ub=bounds, bounds=(0, None), method="highs")
    return float(solved.fun) if solved.status == 0 else None


def _components(inequalities: Sequence[Inequality]) -> tuple[frozenset[str], ...]:
    """Targets that share a quantity, directly or through others."""
    groups: list[tuple[set[str], set[str]]] = []
    for row in inequalities:
        quantities = {quantity for quantity, _ in row.terms}
        targets = {row.target} if row.target else set()
        touching = [group for group in groups if group[0] & quantities or group[1] & targets]
        for group in touching:
            quantities |= group[0]
            targets |= group[1]
            groups.remove(group)
        groups.append((quantities, targets))
    return tuple(frozenset(targets) for _, targets in groups if targets)
