"""Print every measurement as one table: ``python -m tests.bench [MODULE …]``."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from .measurement import Measurement, Memory

HEADER = ("what", "ours", "against", "theirs", "ratio")


def modules() -> list[str]:
    """Names of the modules beside this one, sorted."""
    files = Path(__file__).parent.glob("*.py")
    return sorted(file.stem for file in files if file.stem not in {"__init__", "__main__", "measurement"})


def measured(names: list[str]) -> Iterator[Measurement | Memory]:
    """Yield what each module measures, as soon as it is measured."""
    for name in names:
        yield from importlib.import_module(f"{__package__}.{name}").measurements()


def row(cells: tuple[str, ...]) -> str:
    """One line of the table: names to the left, numbers to the right."""
    what, ours, baseline, others, ratio = cells
    return f"{what:<56}{ours:>10}  {baseline:<58}{others:>11}{ratio:>9}"


def cells(measured: Measurement | Memory) -> tuple[str, ...]:
    """What one measurement says: seconds of CPU time, or megabytes."""
    if isinstance(measured, Measurement):
        numbers = f"{measured.seconds:.3f} s", f"{measured.baseline_seconds:.3f} s"
    else:
        numbers = f"{measured.megabytes:.0f} MB", f"{measured.baseline_megabytes:.0f} MB"
    return measured.what, numbers[0], measured.baseline, numbers[1], f"{measured.ratio:.1f}"


def main(chosen: list[str]) -> int:
    """Measure the chosen modules, or all; 2 for a module that is not there."""
    unknown = sorted(set(chosen) - set(modules()))
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(modules())}", file=sys.stderr)
        return 2
    print(row(HEADER), flush=True)
    for measurement in measured(chosen or modules()):
        print(row(cells(measurement)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
