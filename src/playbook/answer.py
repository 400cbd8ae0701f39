"""Marks a function of the system as an answer that readers see, with its unit and how it is written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from playbook.model import System

Value = float | int | str | date | None
F = TypeVar("F", bound=Callable[[System], Value])


@dataclass(frozen=True, slots=True)
class Shown:
    """The unit of an answer and the template that writes it, such as ``${:,.0f}``."""

    unit: str
    template: str


def answer(*, unit: str, show: str) -> Callable[[F], F]:
    """Make the function a fact, named ``module.function``; its first docstring line says what it is.

    ``show`` is a ``str.format`` template with one field. Besides Python's own format types it knows
    ``~``, a number in few figures with K, M or B: ``{:~3}`` writes 1410000 as 1.41M.
    """

    def mark(function: F) -> F:
        if show.count("{:") != 1:
            raise ValueError(
                f"{function.__qualname__}: show must have one field such as {{:,.0f}}, got {show!r}"
            )
        function.shown = Shown(unit, show)  # type: ignore[attr-defined]  # a mark on the function, read by facts
        return function

    return mark
