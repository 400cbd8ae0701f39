"""The time of a path: independent stages, one after another."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import special

Array = NDArray[np.float64]


def lognormal_cells(*, median: float, sigma: float, step: float, cells: int) -> Array:
    """Probability of each cell of width ``step`` from 0 on, ``(cells,)``; what lies beyond is in the last."""
    edges = np.arange(cells + 1) * step
    with np.errstate(divide="ignore"):
        below = special.ndtr((np.log(edges) - np.log(median)) / sigma)
    below[-1] = 1.0
    return np.diff(below)


def exponential_cells(*, mean: float, busy_fraction: float, step: float, cells: int) -> Array:
    """The wait of a queue, of this mean: zero when it is idle, exponential when it is busy, ``(cells,)``.

    The exponential tail is exact for M/M/1 and a usual approximation for M/D/1, whose tail falls faster.
    """
    edges = np.arange(cells + 1) * step
    below = 1 - busy_fraction * np.exp(-edges * busy_fraction / mean)
    below[0], below[-1] = 0.0, 1.0
    return np.diff(below)


def hedged_cells(single: Array, *, after: int) -> Array:
    """The faster of one call and of a second one sent ``after`` cells later, ``(cells,)``."""
    beyond = 1 - np.cumsum(single)
    later = np.concatenate([np.ones(after), beyond[: single.size - after]])
    survival = np.concatenate([[1.0], beyond * later])
    return -np.diff(survival)


def in_series(stages: Sequence[Array]) -> Array:
    """Probability of the sum of independent stages by cell, ``(cells,)``; the tail is in the last.

    Each stage is taken at the middle of its cell, so the sum is shifted by half a cell a stage: ``quantile``
    accounts for it. Raises ValueError for stages on grids of unequal size.
    """
    cells = stages[0].size
    if any(stage.size != cells for stage in stages):
        raise ValueError(
            f"stages have {sorted({stage.size for stage in stages})} cells: use one grid for all"
        )
    size = 2 * len(stages) * cells
    spectrum = np.prod([np.fft.rfft(stage, size) for stage in stages], axis=0)
    whole = np.clip(np.fft.irfft(spectrum, size), 0.0, None)
    kept = whole[:cells].copy()
    kept[-1] += whole[cells:].sum()
    return kept


def quantile(cells: Array, fraction: float, *, step: float, stages: int) -> float:
    """The time below which a fraction of the sum of ``stages`` stages lies, in the unit of ``step``."""
    index = int(np.searchsorted(np.cumsum(cells), fraction))
    return float((index + stages / 2) * step)
