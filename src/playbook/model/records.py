"""What was recorded, as opposed to assumed: the eras and the incidents."""

from dataclasses import fields
from datetime import date
from pathlib import Path

from playbook.model.architecture import LoadTest
from playbook.model.assumption import DataError, day, scalar, text
from playbook.model.context import Hours
from playbook.model.files import entries, rows_of, table_in, tables_of
from playbook.model.reliability import Incident
from playbook.model.system import Era

ERAS, INCIDENTS = "eras.toml", "reliability/incidents.toml"
HOURS, LOAD_TEST = "context/hours.csv", "architecture/load_test.csv"


def eras(folder: Path, *, until: date) -> tuple[Era, ...]:
    """The eras in order; each starts on the day the one before it ends, the last ends on ``until``."""
    found: list[Era] = []
    tables = tables_of(folder, ERAS)
    for name in tables:
        table = entries(
            table_in(tables, name, file=ERAS), allowed=("title", "start", "end", "about"), file=ERAS, key=name
        )
        era = Era(
            name=name,
            title=text(table["title"], file=ERAS, key=f"{name}.title"),
            start=day(table["start"], file=ERAS, key=f"{name}.start"),
            end=day(table["end"], file=ERAS, key=f"{name}.end"),
            about=text(table["about"], file=ERAS, key=f"{name}.about"),
        )
        if era.end <= era.start:
            raise DataError(ERAS, f"{name}.end", era.end, f"must be after its start, {era.start}")
        if found and found[-1].end != era.start:
            raise DataError(
                ERAS, f"{name}.start", era.start, f"must be the day the era before ends, {found[-1].end}"
            )
        found.append(era)
    if not found or found[-1].end != until:
        last = found[-1].end if found else None
        raise DataError(ERAS, "end", last, f"the last era must end on the book's date, {until}")
    return tuple(found)


def incidents(folder: Path, *, until: date) -> tuple[Incident, ...]:
    """The incidents in order of date."""
    found: list[Incident] = []
    tables = tables_of(folder, INCIDENTS)
    keys = tuple(f.name for f in fields(Incident) if f.name != "name")
    for name in tables:
        table = entries(table_in(tables, name, file=INCIDENTS), allowed=keys, file=INCIDENTS, key=name)
        on = day(table["on"], file=INCIDENTS, key=f"{name}.on")
        if not (found[-1].on if found else date.min) < on <= until:
            raise DataError(INCIDENTS, f"{name}.on", on, f"incidents stand in order of date, up to {until}")
        handled = _number(table["handled_events"], (1.0, 1e12), name, "handled_events")
        minutes = _number(table["minutes"], (1.0, 1e5), name, "minutes")
        found.append(
            Incident(
                name=name,
                on=on,
                title=text(table["title"], file=INCIDENTS, key=f"{name}.title"),
                minutes=minutes,
                late_events=_number(table["late_events"], (0.0, handled), name, "late_events"),
                handled_events=handled,
                noticed_minutes=_number(table["noticed_minutes"], (0.0, minutes), name, "noticed_minutes"),
                tenants_fraction=_number(table["tenants_fraction"], (0.0, 1.0), name, "tenants_fraction"),
                noticed_by=text(table["noticed_by"], file=INCIDENTS, key=f"{name}.noticed_by"),
                mechanism=text(table["mechanism"], file=INCIDENTS, key=f"{name}.mechanism"),
            )
        )
    return tuple(found)


def ledger(folder: Path) -> tuple[Hours, ...]:
    """The engineer-hours ledger, by month."""
    return tuple(
        Hours(_month(month, row), cause, _positive(hours, HOURS, f"row {row}.hours"))
        for row, (month, cause, hours) in rows_of(folder, HOURS, columns=("month", "cause", "hours"))
    )


def load_test(folder: Path) -> tuple[LoadTest, ...]:
    """The enricher's load test, by consumers."""
    return tuple(
        LoadTest(
            _positive(consumers, LOAD_TEST, f"row {row}.consumers"),
            _positive(rate, LOAD_TEST, f"row {row}.rate"),
        )
        for row, (consumers, rate) in rows_of(folder, LOAD_TEST, columns=("consumers", "events_per_second"))
    )


def _month(cell: str, row: int) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise DataError(HOURS, f"row {row}.month", cell, "must be a date such as 2026-11-01") from None


def _positive(cell: str, file: str, key: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise DataError(file, key, cell, "must be a number") from None
    return float(scalar(value, whole=False, limits=(0.0, 1e9), file=file, key=key))


def _number(value: object, limits: tuple[float, float], name: str, key: str) -> float:
    return float(scalar(value, whole=False, limits=limits, file=INCIDENTS, key=f"{name}.{key}"))
