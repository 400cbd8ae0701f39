"""Seeded generators of the simulated record: run again, they write the same values."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import pandas as pd

from playbook.generate import billing, frames, hours, incidents, load_test, telemetry
from playbook.model import System

TEXTS: Mapping[str, Callable[[System], str]] = {
    "context/hours.csv": hours.ledger,
    "reliability/log.csv": incidents.log,
    "architecture/load_test.csv": load_test.results,
    "cost/drivers.csv": billing.drivers,
}
FRAMES: Mapping[str, Callable[[System], pd.DataFrame]] = {**telemetry.FRAMES, **billing.FRAMES}
FILES = (*TEXTS, *FRAMES)


def stale(system: System, folder: Path, *, among: Collection[str] = FILES) -> tuple[str, ...]:
    """The generated files, of those named, that do not hold what their generator writes."""
    texts = (name for name in TEXTS if name in among and not _holds(folder / name, TEXTS[name](system)))
    tables = (
        name for name in FRAMES if name in among and not frames.holds(folder / name, FRAMES[name](system))
    )
    return (*texts, *tables)


def write(system: System, folder: Path, *, among: Collection[str] = FILES) -> tuple[str, ...]:
    """Write the stale ones of those named; returns their names."""
    names = stale(system, folder, among=among)
    for name in names:
        if name in TEXTS:
            (folder / name).write_text(TEXTS[name](system), "utf-8", newline="")
        else:
            frames.write(folder / name, FRAMES[name](system))
    return names


def _holds(file: Path, text: str) -> bool:
    return file.is_file() and file.read_bytes() == text.encode("utf-8")
