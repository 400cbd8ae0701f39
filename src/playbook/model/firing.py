"""What the real Prometheus said when the recorded incidents were replayed through it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playbook.model.assumption import DataError
from playbook.model.files import rows_of

FIRINGS = "reliability/replay.csv"
COLUMNS = ("incident", "rules", "alert", "severity", "subject", "fires_at", "clears_at")
RULES = ("then", "now")


@dataclass(frozen=True, slots=True)
class Firing:
    """The first time that one alert spoke in one incident; ``clears_at`` is None where it went on to the end.

    ``rules`` are ``then``, the panels and thresholds of the day, or ``now``, the rules of today.
    """

    incident: str
    rules: str
    alert: str
    severity: str
    subject: str
    fires_at: datetime
    clears_at: datetime | None


def firings(folder: Path, *, incidents: frozenset[str]) -> tuple[Firing, ...]:
    """The record of the last replay; ``DataError`` for unknown incidents or rules, or times out of order."""
    return tuple(_firing(cells, row, incidents) for row, cells in rows_of(folder, FIRINGS, columns=COLUMNS))


def _firing(cells: list[str], row: int, incidents: frozenset[str]) -> Firing:
    incident, rules, alert, severity, subject, fires, clears = cells
    if incident not in incidents:
        raise DataError(
            FIRINGS, f"row {row}.incident", incident, f"must be one of {', '.join(sorted(incidents))}"
        )
    if rules not in RULES:
        raise DataError(FIRINGS, f"row {row}.rules", rules, f"must be one of {', '.join(RULES)}")
    fires_at = _moment(fires, f"row {row}.fires_at")
    clears_at = _moment(clears, f"row {row}.clears_at") if clears else None
    if clears_at is not None and clears_at <= fires_at:
        raise DataError(FIRINGS, f"row {row}.clears_at", clears, f"must be after it fires, {fires}")
    return Firing(incident, rules, alert, severity, subject, fires_at, clears_at)


def _moment(cell: str, key: str) -> datetime:
    try:
        return datetime.strptime(cell, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise DataError(FIRINGS, key, cell, "must be a time in UTC such as 2024-03-19T14:05:00Z") from None
