"""How much a year of incidents may cost."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, pdtrc

from playbook.laws import domain

COARSEST_CELLS = 2**12
FINEST_CELLS = 2**20
TOLERANCE = 1e-5
DAMPING = 20.0
GREATEST_SIGMA = 10


def exceedance_fraction(
    *, events_per_year: float, median_loss: float, sigma: float, thresholds: ArrayLike
) -> NDArray[np.float64]:
    """Chance, 0–1, that the losses of one year sum to more than each threshold; shape of `thresholds`.

    Compound Poisson: a Poisson number of independent events with lognormal losses (`median_loss`
    and `sigma`, the standard deviation of the logarithm), events summed. `thresholds` are in the
    unit of `median_loss`. At 0 it is the chance of any event, 1 - exp(-events_per_year).

    Exact to 1e-4, in practice to 1e-5, for up to 100,000 events a year. Each loss is shared between
    the two nearest of n cells up to the threshold so that its mean is kept, and losses are
    compounded by a fast Fourier transform. The error is of the order 1/n², so two values of n give
    an extrapolation; n starts above the number of events and doubles until that moves by less than
    1e-5. No tail is cut off: a loss beyond the threshold exceeds it alone. Damping by exp(-20) keeps
    larger sums from wrapping round.

    Reference: P. Embrechts, M. Frei, Panjer recursion versus FFT for compound distributions,
    Mathematical Methods of Operations Research 69 (2009).
    Raises ValueError for a rate, sigma or threshold that is negative or not finite, for a median
    that is not positive, for a sigma above 10, and where 2**20 cells do not suffice (a sigma
    close to 0 but not 0, more events).
    """
    domain.require_non_negative(events_per_year=events_per_year, sigma=sigma)
    domain.require_positive(median_loss=median_loss)
    limits = np.asarray(thresholds, dtype=np.float64)
    domain.require_non_negative(
        **{f"thresholds[{index}]": limit for index, limit in enumerate(limits.ravel().tolist())}
    )
    if sigma > GREATEST_SIGMA:
        raise ValueError(
            f"sigma {sigma} exceeds {GREATEST_SIGMA}: give the standard deviation of the natural log"
        )
    multiples = [limit / median_loss for limit in limits.ravel().tolist()]
    domain.require_non_negative(
        **{f"thresholds[{index}] / median_loss": multiple for index, multiple in enumerate(multiples)}
    )
    if sigma == 0:
        return np.asarray(pdtrc(np.floor(multiples), events_per_year), dtype=np.float64).reshape(limits.shape)
    chances = [_exceedance(events_per_year, sigma, multiple) for multiple in multiples]
    return np.array(chances, dtype=np.float64).reshape(limits.shape)


def _exceedance(events: float, sigma: float, threshold: float) -> float:
    if threshold == 0:
        return -math.expm1(-events)
    cells = max(COARSEST_CELLS, 2 ** math.ceil(math.log2(max(events, 1))))
    coarse, last = _exceedance_on_cells(events, sigma, threshold, cells), math.inf
    while cells < FINEST_CELLS:
        cells *= 2
        fine = _exceedance_on_cells(events, sigma, threshold, cells)
        extrapolated = fine + (fine - coarse) / 3
        if abs(extrapolated - last) < TOLERANCE:
            return min(max(extrapolated, 0.0), 1.0)
        coarse, last = fine, extrapolated
    raise ValueError(
        f"sigma {sigma} with {events} events a year and a threshold of {threshold:.6g} medians needs more "
        f"than {FINEST_CELLS} cells: give sigma 0, or a greater one, or fewer events"
    )


def _exceedance_on_cells(events: float, sigma: float, threshold: float, cells: int) -> float:
    width = threshold / cells
    length = 2 * cells
    damping = np.exp(-DAMPING / length * np.arange(cells + 1))
    spectrum = np.fft.rfft(_cell_fractions(sigma, width, cells) * damping, length)
    total = np.fft.irfft(np.exp(events * (spectrum - 1)), length)[: cells + 1] / damping
    # The last cell is centred on the threshold: half of it lies beyond.
    return float(1 - total[:-1].sum() - total[-1] / 2)


def _cell_fractions(sigma: float, width: float, cells: int) -> NDArray[np.float64]:
    """Share of losses at 0, 1, … `cells` widths, for a median of 1, keeping the mean.

    From the limited expected value E[min(loss, x)]: its slope over a cell is the mean chance
    of a loss beyond, and the share is the fall of that slope.
    """
    limits = width * np.arange(1, cells + 2)
    scores = np.log(limits) / sigma
    limited_means = math.exp(sigma**2 / 2) * ndtr(scores - sigma) + limits * ndtr(-scores)
    beyond = np.diff(limited_means, prepend=0.0) / width
    return np.asarray(-np.diff(beyond, prepend=1.0), dtype=np.float64)
