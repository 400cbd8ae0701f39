"""The log of every incident, the small ones included."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from playbook.model.assumption import DataError, scalar, text
from playbook.model.files import rows_of

LOG = "reliability/log.csv"
COLUMNS = (
    "on",
    "name",
    "cause",
    "minutes",
    "late_events",
    "handled_events",
    "noticed_minutes",
    "noticed_by",
    "tenants_fraction",
)
CONTAINED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "tenant's load": ("quota",),
        "destination": ("retry budget", "cell"),
        "release": ("cell",),
        "event": ("cell",),
        "cloud provider": (),
        "capacity": (),
        "credential": (),
        "data or model": (),
    }
)
"""What can contain each cause. Cells share stream, database and control plane (decision 0020)."""


@dataclass(frozen=True, slots=True)
class Logged:
    """One line of the log: minutes until fresh again, late events of all that came, whom it reached.

    ``handled_events`` are the whole platform's; ``tenants_fraction`` is of the tenants of its region.
    """

    on: date
    name: str
    cause: str
    minutes: float
    late_events: float
    handled_events: float
    noticed_minutes: float
    noticed_by: str
    tenants_fraction: float

    @property
    def containable_by(self) -> tuple[str, ...]:
        """What can keep an incident of its cause small; empty where nothing of ours can."""
        return CONTAINED_BY[self.cause]

    @property
    def late_fraction(self) -> float:
        """Share of all events during it that were late."""
        return self.late_events / self.handled_events


def log(folder: Path, *, until: date) -> tuple[Logged, ...]:
    """The log in order of date, each name once.

    Raises ``DataError`` for a row that is out of order, of an unknown cause, named twice, noticed after
    its end, or later than all that came.
    """
    found: list[Logged] = []
    names: set[str] = set()
    for row, cells in rows_of(folder, LOG, columns=COLUMNS):
        logged = _logged(dict(zip(COLUMNS, cells, strict=True)), f"row {row}")
        if not (found[-1].on if found else date.min) <= logged.on <= until:
            raise DataError(
                LOG, f"row {row}.on", logged.on, f"incidents stand in order of date, up to {until}"
            )
        if logged.name in names:
            raise DataError(LOG, f"row {row}.name", logged.name, "stands already in the log")
        names.add(logged.name)
        found.append(logged)
    return tuple(found)


def _logged(cell: Mapping[str, str], row: str) -> Logged:
    if cell["cause"] not in CONTAINED_BY:
        raise DataError(LOG, f"{row}.cause", cell["cause"], f"must be one of {', '.join(CONTAINED_BY)}")
    handled = number(cell["handled_events"], (1.0, 1e12), file=LOG, key=f"{row}.handled_events")
    minutes = number(cell["minutes"], (1.0, 1e5), file=LOG, key=f"{row}.minutes")
    return Logged(
        on=calendar_day(cell["on"], file=LOG, key=f"{row}.on"),
        name=text(cell["name"], file=LOG, key=f"{row}.name"),
        cause=cell["cause"],
        minutes=minutes,
        late_events=number(cell["late_events"], (0.0, handled), file=LOG, key=f"{row}.late_events"),
        handled_events=handled,
        noticed_minutes=number(
            cell["noticed_minutes"], (0.0, minutes), file=LOG, key=f"{row}.noticed_minutes"
        ),
        noticed_by=text(cell["noticed_by"], file=LOG, key=f"{row}.noticed_by"),
        tenants_fraction=number(
            cell["tenants_fraction"], (0.0, 1.0), file=LOG, key=f"{row}.tenants_fraction"
        ),
    )


def calendar_day(cell: str, *, file: str, key: str) -> date:
    """The date that a cell holds."""
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise DataError(file, key, cell, "must be a date such as 2026-11-06") from None


def number(cell: str, limits: tuple[float, float], *, file: str, key: str) -> float:
    """The number that a cell holds, once it lies within its limits."""
    try:
        value = float(cell)
    except ValueError:
        raise DataError(file, key, cell, "must be a number") from None
    return float(scalar(value, whole=False, limits=limits, file=file, key=key))
