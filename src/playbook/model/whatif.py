"""The system otherwise: with other values, or on another day."""

import difflib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from playbook.model.assumption import Scalar
from playbook.model.once import once
from playbook.model.system import System
from playbook.model.trace import like, plain


def what_if(system: System, changes: Mapping[str, object]) -> System:
    """The same system with the values at the given paths replaced, such as ``traffic.events_per_day``.

    Raises ``ValueError`` for a path that is no assumption, and for a value that its limits refuse.
    """
    known = system.assumptions
    for path in changes:
        if path not in known:
            near = ", ".join(difflib.get_close_matches(path, known, 3, 0.4)) or "see the register"
            raise ValueError(f"what-if: {path} is no assumption; the nearest are: {near}")
    return _with(system, {path: known[path].check(value) for path, value in changes.items()})


@once
def at(system: System, day: date) -> System:
    """The system as it was on ``day``, by the histories of its assumptions; what-ifs of the others stay."""
    if day == system.as_of:
        return system
    past = {path: a.on(day) for path, a in system.assumptions.items() if a.history}
    return like(system, replace(plain(_with(system, past)), as_of=day))


def at_end_of(system: System, era: str) -> System:
    """The system on the last day of an era."""
    for candidate in plain(system).eras:
        if candidate.name == era:
            return at(system, candidate.end)
    raise ValueError(f"era {era!r} must be one of {', '.join(e.name for e in plain(system).eras)}")


def _with(system: System, values: Mapping[str, Scalar]) -> System:
    """``system`` with trusted values at existing paths."""
    changed = plain(system)
    by_group: dict[tuple[str, ...], dict[str, Scalar]] = {}
    for path, value in values.items():
        *parts, name = path.split(".")
        by_group.setdefault(tuple(parts), {})[name] = value
    for group, fields in by_group.items():
        if len(group) == 1:
            changed = replace(changed, **{group[0]: replace(getattr(changed, group[0]), **fields)})
        else:
            member = replace(changed.prices[group[1]], **fields)
            changed = replace(changed, prices=MappingProxyType({**changed.prices, group[1]: member}))
    return like(system, changed)
