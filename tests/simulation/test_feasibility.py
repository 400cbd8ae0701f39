from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.simulation import feasibility


@dataclass(frozen=True)
class Row:
    terms: tuple[tuple[str, float], ...]
    bound: float
    target: str | None = None
    scale: float = 1.0


def most(quantity: str, bound: float, target: str | None = None) -> Row:
    return Row(((quantity, 1.0),), bound, target, abs(bound))


def least(quantity: str, bound: float, target: str | None = None) -> Row:
    return Row(((quantity, -1.0),), -bound, target, abs(bound))


def sets(*rows: Row) -> list[list[str]]:
    return sorted(sorted(conflict.targets) for conflict in feasibility.conflicts(rows))


def test_two_bounds_that_cross_are_one_conflict() -> None:
    assert sets(least("x", 35, "need"), most("x", 21.6, "allow")) == [["allow", "need"]]


def test_bounds_that_touch_hold() -> None:
    assert sets(least("x", 21.6, "need"), most("x", 21.6, "allow")) == []


def test_a_target_that_the_world_refuses_stands_alone() -> None:
    assert sets(most("x", 15, "allow"), least("x", 16), least("x", 20, "need")) == [["allow"]]


def test_three_that_hold_in_pairs_can_break_together() -> None:
    together = Row((("x", 1.0), ("y", 1.0), ("sum", -1.0)), 0.0)
    assert sets(least("x", 4, "a"), least("y", 4, "b"), most("sum", 7, "c"), together) == [["a", "b", "c"]]


def test_a_superset_of_a_conflict_is_none() -> None:
    found = sets(least("x", 2, "a"), most("x", 1, "b"), least("x", 3, "c"))
    assert found == [["a", "b"], ["b", "c"]]


def test_targets_that_share_nothing_are_never_tried_together() -> None:
    assert sets(least("x", 2, "a"), most("x", 1, "b"), least("y", 2, "c"), most("y", 1, "d")) == [
        ["a", "b"],
        ["c", "d"],
    ]


def test_the_least_relaxation_is_the_ratio_of_the_bounds() -> None:
    (conflict,) = feasibility.conflicts((least("x", 35, "need"), most("x", 21.6, "allow")))
    assert conflict.relaxations == pytest.approx({"allow": 35 / 21.6 - 1, "need": 1 - 21.6 / 35})


@given(low=st.floats(1, 1e6), high=st.floats(1, 1e6))
def test_giving_the_least_relaxation_and_no_less_resolves_a_conflict(low: float, high: float) -> None:
    for conflict in feasibility.conflicts((least("x", low, "need"), most("x", high, "allow"))):
        needed = conflict.relaxations["allow"]
        for factor, holds in ((1.001, True), (0.999, False)):
            relaxed = (
                least("x", low, "need"),
                most("x", high * (1 + needed * factor) + (1e-6 if holds else -1e-6), "allow"),
            )
            assert feasibility.feasible(relaxed, frozenset({"need", "allow"})) is holds


def test_a_shared_member_gives_once_for_two_conflicts() -> None:
    found = feasibility.conflicts((least("x", 2, "a"), most("x", 1, "b"), least("x", 3, "c")))
    assert feasibility.fewest_that_give(found) == ("b",)


def test_without_conflicts_nobody_gives() -> None:
    assert feasibility.conflicts((least("x", 1, "a"), most("x", 2, "b"))) == ()
