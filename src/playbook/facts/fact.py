"""The facts: every answer of the eight sections, by name."""

import difflib
import importlib.util
import pkgutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from playbook.answer import Shown, Value
from playbook.facts.formula import formula, section
from playbook.facts.writing import written
from playbook.model import Assumption, System, at
from playbook.model.trace import traced
from playbook.model.whatif import what_if

SECTIONS = (
    "context",
    "architecture",
    "infrastructure",
    "platform",
    "delivery",
    "reliability",
    "security",
    "cost",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of one system.

    ``reads`` are the paths of the assumptions that the fact can depend on: the union over today, the
    end of every era and the ends of all ranges. ``records`` names what it read of the system's record; what
    is too large to be part of a system, a study names itself, as ``RECORDS``.
    ``live`` facts need the standard library alone, so a browser can compute them again.
    """

    name: str
    value: Value
    unit: str
    template: str
    text: str
    formula: str
    reads: tuple[str, ...]
    records: tuple[str, ...]
    summary: str
    live: bool


@cache
def _answers() -> Mapping[str, Callable[[System], Value]]:
    """Every marked function of the sections and, where there are arrays, of the studies, by its name.

    Raises ``ValueError`` for two of one name.
    """
    arrays = importlib.util.find_spec("numpy") is not None
    homes = [f"playbook.{name}" for name in SECTIONS] + (["playbook.studies"] if arrays else [])
    found: dict[str, Callable[[System], Value]] = {}
    for module in (module for home in homes for module in _modules(home)):
        for name, function in vars(module).items():
            if hasattr(function, "shown") and function.__module__ == module.__name__:
                full = f"{section(function)}.{name}"
                if full in found:
                    raise ValueError(f"{full} stands in {found[full].__module__} and in {module.__name__}")
                found[full] = function
    return found


def _modules(home: str) -> Iterator[ModuleType]:
    """A module, and those in it where it is a package."""
    module = importlib.import_module(home)
    yield module
    for inner in pkgutil.iter_modules(getattr(module, "__path__", ())):
        yield importlib.import_module(f"{home}.{inner.name}")


def names() -> tuple[str, ...]:
    """The names of all facts, sorted."""
    return tuple(sorted(_answers()))


def _function(name: str) -> Callable[[System], Value]:
    try:
        return _answers()[name]
    except KeyError:
        near = ", ".join(difflib.get_close_matches(name, names(), 3, 0.4)) or "see the register"
        raise ValueError(f"{name!r} is no fact; the nearest are: {near}") from None


def _shown(name: str) -> Shown:
    return _function(name).shown  # type: ignore[attr-defined,no-any-return]  # the mark that answer() set


def value(name: str, system: System) -> Value:
    """The value of a fact for a system; ``ValueError`` for an unknown name."""
    known = _remembered(name, system)
    return known.value if known else _function(name)(system)


def text(name: str, system: System, spec: str = "") -> str:
    """The value as readers see it; ``spec`` is another format for it."""
    return written(value(name, system), _shown(name).template, spec=spec)


def summary(name: str) -> str:
    """One line that says what the fact is."""
    return (_function(name).__doc__ or "").strip().split("\n\n")[0].replace("\n    ", " ")


def live(name: str) -> bool:
    """Whether a browser can compute the fact: it needs the standard library alone."""
    return not _function(name).__module__.startswith("playbook.studies.")


def evaluate(name: str, system: System) -> Fact:
    """The fact of a system, with its provenance."""
    if known := _remembered(name, system):
        return known
    function, shown = _function(name), _shown(name)
    result = function(system)
    reads = _reads(name, system)
    records = {path.partition(".")[0] for path in reads if path not in system.assumptions}
    records |= set(getattr(sys.modules[function.__module__], "RECORDS", ()))
    return Fact(
        name=name,
        value=result,
        unit=shown.unit,
        template=shown.template,
        text=written(result, shown.template),
        formula=formula(function),
        reads=tuple(sorted(path for path in reads if path in system.assumptions)),
        records=tuple(sorted(records)),
        summary=summary(name),
        live=live(name),
    )


def remember(system: System, found: Mapping[str, Fact]) -> None:
    """Take facts of this very system from now on as they are here, instead of evaluating them again."""
    _memory[:] = [(system, found)]


_memory: list[tuple[System, Mapping[str, Fact]]] = []


def _remembered(name: str, system: System) -> Fact | None:
    return _memory[0][1].get(name) if _memory and _memory[0][0] is system else None


_read: dict[str, tuple[Mapping[str, Assumption], frozenset[str]]] = {}


def _reads(name: str, system: System) -> frozenset[str]:
    """What a fact reads, in this system and in those around it; kept for as long as the data is the same."""
    known = _read.get(name)
    if known is None or known[0] is not system.assumptions:
        around = frozenset().union(*(_reads_of(name, other) for other in _around(system)))
        _read[name] = known = (system.assumptions, around)
    return known[1] | _reads_of(name, system)


def _around(system: System) -> tuple[System, ...]:
    ranged = [a for a in system.assumptions.values() if a.ends]
    ends = (what_if(system, {a.path: a.ends[side] for a in ranged}) for side in (0, 1))
    return (*(at(system, era.end) for era in system.eras), *ends)


def _reads_of(name: str, system: System) -> frozenset[str]:
    seen: set[str] = set()
    _function(name)(traced(system, seen))
    return frozenset(seen)
