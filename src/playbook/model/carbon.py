"""Coefficients of energy and carbon, from a table that is read as strictly as the prices are."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Annotated, get_type_hints

from playbook.model.assumption import Assumption, DataError, scalar, text
from playbook.model.files import rows_of

FILE = "cost/carbon.csv"
COLUMNS = (
    "key",
    "kind",
    "subject",
    "unit",
    "value",
    "low",
    "high",
    "as_of",
    "source",
    "licence",
    "note",
)


@dataclass(frozen=True, slots=True)
class Coefficients:
    """What a unit of hardware draws or took to make; the unit is the one that the row must state."""

    min_watts: Annotated[float, "W/vCPU"]
    max_watts: Annotated[float, "W/vCPU"]
    memory_per_chip: Annotated[float, "GB"]
    memory_energy: Annotated[float, "kWh/GB-hour"]
    pue: Annotated[float, "ratio"]
    ssd: Annotated[float, "Wh/TB-hour"]
    hdd: Annotated[float, "Wh/TB-hour"]
    network: Annotated[float, "kWh/GB"]
    grid_us: Annotated[float, "tCO2e/kWh"]
    grid_eu: Annotated[float, "tCO2e/kWh"]
    grid_standby: Annotated[float, "tCO2e/kWh"]
    replication_archive: Annotated[float, "factor"]
    replication_volume: Annotated[float, "factor"]
    replication_database: Annotated[float, "factor"]
    embodied_general: Annotated[float, "kgCO2e/server"]
    embodied_compute: Annotated[float, "kgCO2e/server"]
    embodied_memory: Annotated[float, "kgCO2e/server"]
    lifespan: Annotated[float, "hours"]


@dataclass(frozen=True, slots=True)
class Carbon:
    """What the coefficients are multiplied with, where the bill does not say it."""

    utilisation_fraction: float
    node_cpus: int
    database_cpus: int
    server_cpus: int
    general_server_gigabytes: float
    compute_server_gigabytes: float
    memory_server_gigabytes: float
    accelerator_factor: float
    other_on_hours_per_day: float
    usd_per_tonne: float


UNITS: Mapping[str, str] = {
    name: hint.__metadata__[0] for name, hint in get_type_hints(Coefficients, include_extras=True).items()
}


def coefficients(folder: Path) -> Mapping[str, Assumption]:
    """Path to assumption for every coefficient.

    Rows without a key are held to the same rules and kept for reference. Raises ``DataError`` for a row
    that is malformed, not positive, undated, without a source or licence, in another unit, given twice or
    missing, and for a range that does not hold its value.
    """
    found: dict[str, Assumption] = {}
    for number, cells in rows_of(folder, FILE, columns=COLUMNS):
        row, key = dict(zip(COLUMNS, cells, strict=True)), f"row {number}"
        read = _assumption(row, key=key)
        if not row["key"]:
            continue
        if read.path in found:
            raise DataError(FILE, key, read.path, "is given already")
        found[read.path] = read
    for field in fields(Coefficients):
        if f"coefficients.{field.name}" not in found:
            raise DataError(FILE, f"coefficients.{field.name}", None, "missing; the model needs it")
    return found


def _assumption(row: Mapping[str, str], *, key: str) -> Assumption:
    value = _positive(row["value"], key=f"{key}.value")
    source = text(row["source"], file=FILE, key=f"{key}.source")
    licence = text(row["licence"], file=FILE, key=f"{key}.licence")
    note = f"; {row['note']}" if row["note"] else ""
    if row["key"]:
        unit = UNITS.get(row["key"])
        if unit is None:
            raise DataError(FILE, f"{key}.key", row["key"], "unknown; a row kept for reference has no key")
        if row["unit"] != unit:
            raise DataError(
                FILE, f"{key}.unit", row["unit"], f"must be {unit}, as the model multiplies by that"
            )
    return Assumption(
        path=f"coefficients.{row['key']}",
        value=value,
        kind="sourced",
        limits=(0.0, 10 * value),
        range=_range(row, value, key=key),
        source=f"{source} ({licence})",
        as_of=_day(row["as_of"], key=f"{key}.as_of"),
        why=f"{row['subject']}, {row['kind']}, {row['unit']}{note}",
        file=FILE,
        whole=False,
    )


def _range(row: Mapping[str, str], value: float, *, key: str) -> tuple[float, float] | None:
    if not row["low"] and not row["high"]:
        return None
    low, high = (_positive(row[end], key=f"{key}.{end}") for end in ("low", "high"))
    if not low < high <= 10 * value or not low <= value <= high:
        allowed = f"must hold the value {value:g} and stay within ten times of it"
        raise DataError(FILE, f"{key}.low", f"{low:g} to {high:g}", allowed)
    return low, high


def _positive(cell: str, *, key: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        raise DataError(FILE, key, cell, "must be a number") from None
    if value <= 0:
        raise DataError(FILE, key, cell, "must be above zero; leave out what is nothing")
    return float(scalar(value, whole=False, limits=(0.0, 1e9), file=FILE, key=key))


def _day(cell: str, *, key: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise DataError(FILE, key, cell, "must be a date such as 2026-11-06") from None
