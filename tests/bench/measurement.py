"""The rows of the benchmark table."""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measurement:
    """CPU time of ours and of a baseline."""

    what: str
    seconds: float
    baseline: str
    baseline_seconds: float

    @property
    def ratio(self) -> float:
        """How many times longer the baseline takes."""
        return self.baseline_seconds / self.seconds


@dataclass(frozen=True, slots=True)
class Memory:
    """Peak resident memory of ours and of a baseline, each in its own process."""

    what: str
    megabytes: float
    baseline: str
    baseline_megabytes: float

    @property
    def ratio(self) -> float:
        """How many times more the baseline takes."""
        return self.baseline_megabytes / self.megabytes


def cpu_seconds(work: Callable[[], object], *, runs: int = 5) -> float:
    """Least CPU time of several runs, in seconds, all threads of the process counted."""
    return min(_one_run(work) for _ in range(runs))


def _one_run(work: Callable[[], object]) -> float:
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun
