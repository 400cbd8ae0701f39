"""Print every measurement as one table: ``python -m tests.bench [MODULE …]``."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from .measurement import Measurement

HEADER = ("what", "CPU s", "against", "CPU s", "ratio")


def modules() -> list[str]:
    """Names of the modules beside this one, sorted."""
    files = Path(__file__).parent.glob("*.py")
    return sorted(file.stem for file in files if file.stem not in {"__init__", "__main__", "measurement"})


def measured(names: list[str]) -> Iterator[Measurement]:
    """Yield what each module measures, as soon as it is measured."""
    for name in names:
        yield from importlib.import_module(f"{__package__}.{name}").measurements()


def row(cells: tuple[str, ...]) -> str:
    """One line of the table: names to the left, numbers to the right."""
    what, seconds, baseline, baseline_seconds, ratio = cells
    return f"{what:<56}{seconds:>9}  {baseline:<58}{baseline_seconds:>10}{ratio:>9}"


def main(chosen: list[str]) -> int:
    """Measure the chosen modules, or all; 2 for a module that is not there."""
    unknown = sorted(set(chosen) - set(modules()))
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(modules())}", file=sys.stderr)
        return 2
    print(row(HEADER), flush=True)
    for m in measured(chosen or modules()):
        numbers = (f"{m.seconds:.3f}", f"{m.baseline_seconds:.3f}", f"{m.ratio:.1f}")
        print(row((m.what, numbers[0], m.baseline, numbers[1], numbers[2])), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
