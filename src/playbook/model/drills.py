"""The record of game days and recovery drills."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playbook.model.assumption import DataError, text
from playbook.model.files import rows_of
from playbook.model.log import calendar_day, number

DRILLS = "reliability/drills.csv"
COLUMNS = ("on", "kind", "scenario", "target_minutes", "measured_minutes", "passed", "note")
KINDS = ("game day", "DR drill")


@dataclass(frozen=True, slots=True)
class Drill:
    """One rehearsal: what was played, the time allowed, the time taken, and whether we called it passed."""

    on: date
    kind: str
    scenario: str
    target_minutes: float
    measured_minutes: float
    passed: bool
    note: str


def drills(folder: Path, *, until: date) -> tuple[Drill, ...]:
    """The drills in order of date.

    Raises ``DataError`` for a row out of order, of an unknown kind, and for one that is called passed
    though it took longer than its target.
    """
    found: list[Drill] = []
    for row, cells in rows_of(folder, DRILLS, columns=COLUMNS):
        drill = _drill(dict(zip(COLUMNS, cells, strict=True)), f"row {row}")
        if not (found[-1].on if found else date.min) <= drill.on <= until:
            raise DataError(
                DRILLS, f"row {row}.on", drill.on, f"drills stand in order of date, up to {until}"
            )
        if drill.passed and drill.measured_minutes > drill.target_minutes:
            raise DataError(
                DRILLS, f"row {row}.passed", "yes", f"took longer than its target, {drill.target_minutes:g}"
            )
        found.append(drill)
    return tuple(found)


def _drill(cell: dict[str, str], row: str) -> Drill:
    if cell["kind"] not in KINDS:
        raise DataError(DRILLS, f"{row}.kind", cell["kind"], f"must be one of {', '.join(KINDS)}")
    if cell["passed"] not in ("yes", "no"):
        raise DataError(DRILLS, f"{row}.passed", cell["passed"], "must be yes or no")
    limits = (0.1, 1e5)
    return Drill(
        on=calendar_day(cell["on"], file=DRILLS, key=f"{row}.on"),
        kind=cell["kind"],
        scenario=text(cell["scenario"], file=DRILLS, key=f"{row}.scenario"),
        target_minutes=number(cell["target_minutes"], limits, file=DRILLS, key=f"{row}.target_minutes"),
        measured_minutes=number(cell["measured_minutes"], limits, file=DRILLS, key=f"{row}.measured_minutes"),
        passed=cell["passed"] == "yes",
        note=text(cell["note"], file=DRILLS, key=f"{row}.note"),
    )
