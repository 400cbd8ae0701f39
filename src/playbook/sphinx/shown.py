"""What a page shows of the system, as text that can be computed again to see if the page is still right."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass

from playbook import decisions, facts, reliability
from playbook.charts.house import Figure
from playbook.decisions import Record, Row
from playbook.model import Assumption, System


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact, in its own format or in ``spec``."""

    name: str
    spec: str

    def text(self, system: System) -> str:
        """The text of the fact; ``ValueError`` for an unknown name or a format that does not fit."""
        known = _texts.get(self)
        if known is None or known[0] is not system.assumptions:
            _texts[self] = known = (system.assumptions, facts.text(self.name, system, self.spec))
        return known[1]


# A few facts take a second; within a build each is computed once, in each process.
_texts: dict[ShownFact, tuple[object, str]] = {}


@dataclass(frozen=True, slots=True)
class ShownAssumptions:
    """Assumptions by group or by path; all of them, and all facts, where none is named."""

    which: tuple[str, ...]

    def rows(self, system: System) -> tuple[Assumption, ...]:
        """The assumptions, in the order of the data; ``ValueError`` for a group or path that is none."""
        known = system.assumptions
        rows: dict[str, Assumption] = {}
        for name in self.which:
            found = {path: a for path, a in known.items() if path == name or path.startswith(f"{name}.")}
            if not found:
                groups = ", ".join(dict.fromkeys(path.partition(".")[0] for path in known))
                raise ValueError(f"{name!r} is no assumption and no group of them; groups are {groups}")
            rows |= found
        return tuple(rows.values()) if self.which else tuple(known.values())

    def text(self, system: System) -> str:
        """Everything about the assumptions, in one string."""
        return repr(self.rows(system))


@dataclass(frozen=True, slots=True)
class ShownDecisions:
    """Records by id, or the whole board where none is named, with what their triggers say."""

    which: tuple[str, ...]

    def text(self, system: System) -> str:
        """Rows and margins, in one string."""
        kept = [pair for pair in decided(system) if not self.which or pair[0].id in self.which]
        return repr([(row, decisions.margins(record, system)) for row, record in kept])


def decided(system: System) -> tuple[tuple[Row, Record], ...]:
    """Every row of the board beside its record; found once for each state of the data."""
    if not _board or _board[0][0] is not system.assumptions:
        pairs = tuple(zip(decisions.board(system), decisions.records(system), strict=True))
        _board[:] = [(system.assumptions, pairs)]
    return _board[0][1]


_board: list[tuple[object, tuple[tuple[Row, Record], ...]]] = []


@dataclass(frozen=True, slots=True)
class ShownChart:
    """A chart by the name of its function, with its arguments."""

    name: str
    arguments: tuple[tuple[str, str], ...]

    def text(self, system: System) -> str:
        """The whole figure, in one string."""
        return repr(drawn(self.name, dict(self.arguments), system))


def drawn(name: str, arguments: Mapping[str, str], system: System) -> Figure:
    """The figure that a chart's function makes of a system."""
    module, _, function = name.partition(".")
    make = getattr(importlib.import_module(f"playbook.charts.{module}"), function)
    if not hasattr(make, "__wrapped__"):
        raise ValueError("is no chart")
    figure: Figure = make(system, **arguments)
    return figure


@dataclass(frozen=True, slots=True)
class ShownIncident:
    """What the record has of an incident."""

    name: str

    def text(self, system: System) -> str:
        """Its impact and its timeline, in one string; ``ValueError`` for an unknown name."""
        return repr((reliability.impact(system, self.name), reliability.timeline(system, self.name)))


@dataclass(frozen=True, slots=True)
class ShownDrills:
    """The record of drills."""

    def text(self, system: System) -> str:
        """Every drill, in one string."""
        return repr(system.drills)


Shown = ShownFact | ShownAssumptions | ShownDecisions | ShownChart | ShownDrills | ShownIncident


def current(shown: Shown, system: System) -> str | None:
    """The text now; None for what the system does not know any more."""
    try:
        return shown.text(system)
    except ValueError:
        return None


def anchor(kind: str, name: str) -> str:
    """The address of a fact or an assumption within the register: ``fact-cost-usd_per_month``."""
    return f"{kind}-{name.replace('.', '-')}"
