"""Seeded generators of the simulated record: run again, they write the same values."""

from collections.abc import Callable, Mapping
from pathlib import Path

from playbook.generate import hours, incidents, load_test, telemetry
from playbook.model import System

FILES: Mapping[str, Callable[[System], str]] = {
    "context/hours.csv": hours.ledger,
    "reliability/log.csv": incidents.log,
    "architecture/load_test.csv": load_test.results,
}


def stale(system: System, folder: Path) -> tuple[str, ...]:
    """The generated files that do not hold what their generator writes."""
    texts = (name for name, make in FILES.items() if not _holds(folder / name, make(system)))
    frames = (
        name for name, make in telemetry.FRAMES.items() if not telemetry.holds(folder / name, make(system))
    )
    return (*texts, *frames)


def write(system: System, folder: Path) -> tuple[str, ...]:
    """Write the stale ones; returns their names."""
    names = stale(system, folder)
    for name in names:
        if name in FILES:
            (folder / name).write_text(FILES[name](system), "utf-8", newline="")
        else:
            telemetry.write(folder / name, telemetry.FRAMES[name](system))
    return names


def _holds(file: Path, text: str) -> bool:
    return file.is_file() and file.read_bytes() == text.encode("utf-8")
