"""Work that many answers share, done once for the system that they are all asked about."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from playbook.model.system import System

P = ParamSpec("P")
R = TypeVar("R")


def once(function: Callable[Concatenate[System, P], R]) -> Callable[Concatenate[System, P], R]:
    """The function, its results kept for as long as the very same system is asked about.

    Systems are frozen, so the same one gives the same result; only the last one is kept. A traced system
    is asked every time: a kept result would have read nothing. Other arguments must be hashable, and the
    result must not be changed.
    """
    last: list[System] = []
    results: dict[Hashable, R] = {}

    @wraps(function)
    def kept(system: System, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if type(system) is not System:
            return function(system, *args, **kwargs)
        if not last or last[0] is not system:
            last[:] = [system]
            results.clear()
        key = (args, tuple(kwargs.items()))
        if key not in results:
            results[key] = function(system, *args, **kwargs)
        return results[key]

    return kept
