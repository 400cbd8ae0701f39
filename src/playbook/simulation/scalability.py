"""The Universal Scalability Law from measurements."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import least_squares, nnls

from playbook.laws.scalability import Usl


def fit_usl(load: ArrayLike, throughput: ArrayLike) -> Usl:
    """Law with the least sum of squared throughput errors, contention and coherency within 0–1.

    All three parameters are free: the throughput at a load of one is estimated like the others,
    not divided out as in version 1 of the R package usl. Gunther's quadratic for
    load / throughput, which is linear in its coefficients, gives the starting point.

    Reference: N. J. Gunther, Guerrilla Capacity Planning (2007), chapter 5.
    Raises ValueError for lists of unequal length, for values that are not finite and positive,
    and for fewer than three different loads.
    """
    loads, rates = np.asarray(load, dtype=np.float64), np.asarray(throughput, dtype=np.float64)
    if loads.ndim != 1 or loads.shape != rates.shape:
        raise ValueError(f"load {loads.shape} and throughput {rates.shape} must be two lists of one length")
    for name, values in (("load", loads), ("throughput", rates)):
        if not np.all((values > 0) & np.isfinite(values)):
            raise ValueError(f"{name} {values.tolist()} must be finite and above 0: drop the other rows")
    if len(np.unique(loads)) < 3:
        raise ValueError(f"{len(np.unique(loads))} different loads, three parameters need 3: measure more")
    terms = np.stack([np.ones_like(loads), loads - 1, loads * (loads - 1)], axis=1)

    def errors(parameters: NDArray[np.float64]) -> NDArray[np.float64]:
        rate, contention, coherency = parameters
        return np.asarray(rate * loads / (terms @ (1.0, contention, coherency)) - rates)

    fit = least_squares(
        errors,
        _start(terms, loads / rates),
        bounds=([0, 0, 0], [np.inf, 1, 1]),
        x_scale="jac",
        xtol=1e-14,
        ftol=1e-14,
        gtol=1e-14,
    )
    rate, contention, coherency = fit.x.tolist()
    return Usl(rate=rate, contention=contention, coherency=coherency)


def _start(terms: NDArray[np.float64], inverse_rates: NDArray[np.float64]) -> tuple[float, float, float]:
    """Rate, contention and coherency of the linear fit to load / throughput, inside the bounds."""
    (constant, linear, quadratic), _ = nnls(terms, inverse_rates)
    constant = max(constant, inverse_rates.min() / 10)
    return 1 / constant, min(linear / constant, 1.0), min(quadratic / constant, 1.0)
