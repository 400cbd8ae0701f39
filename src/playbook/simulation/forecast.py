"""Forecasts of a growing series with an interval, and how they would have done: only the past is known.

All work on logarithms, since what grows by shares errs by shares. Nothing here knows a season: three years
of months hold too few of them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats

from playbook.laws import domain

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Forecast:
    """Median and ends of the central interval for each of the coming steps, ``(steps,)`` each."""

    median: Floats
    low: Floats
    high: Floats


Method = Callable[[Floats, int, float], Forecast]


@dataclass(frozen=True, slots=True)
class Trial:
    """One forecast against what came: ``origin`` values were known, ``horizon`` steps were ahead."""

    origin: int
    horizon: int
    actual: float
    median: float
    low: float
    high: float

    @property
    def error(self) -> float:
        """Forecast less what came, in the unit of the series."""
        return self.median - self.actual

    @property
    def inside(self) -> bool:
        """Whether the interval held what came."""
        return self.low <= self.actual <= self.high


def naive(values: ArrayLike, steps: int, coverage: float = 0.8) -> Forecast:
    """As it is, so it stays: a random walk without drift.

    The interval grows with the root of the horizon, and is exact for normal steps (Student's t).
    Reference: R. Hyndman, G. Athanasopoulos, Forecasting: Principles and Practice, 3rd ed., section 5.5.
    Raises ValueError for fewer than three values, one that is not positive, and a coverage outside 0 to 1.
    """
    logs, ahead = _logs(values, coverage), np.arange(1, steps + 1)
    changes = np.diff(logs)
    width = stats.t.ppf((1 + coverage) / 2, len(changes)) * np.sqrt(np.mean(changes**2) * ahead)
    return _around(np.full(steps, logs[-1]), width)


def drift(values: ArrayLike, steps: int, coverage: float = 0.8) -> Forecast:
    """It goes on as it went on average: a random walk with drift.

    The interval knows that the drift is estimated too, and is exact for normal steps. Reference, errors:
    as `naive`.
    """
    logs, ahead = _logs(values, coverage), np.arange(1, steps + 1)
    changes = np.diff(logs)
    spread = np.std(changes, ddof=1) * np.sqrt(ahead * (1 + ahead / len(changes)))
    return _around(
        logs[-1] + ahead * np.mean(changes), stats.t.ppf((1 + coverage) / 2, len(changes) - 1) * spread
    )


def log_linear(values: ArrayLike, steps: int, coverage: float = 0.8) -> Forecast:
    """A straight line through the logarithms: growth at one rate, from which each value errs by itself.

    The interval is that of least squares for a new observation, exact where the errors are independent.
    Errors: as `naive`.
    """
    logs = _logs(values, coverage)
    count = len(logs)
    times, ahead = np.arange(count) - (count - 1) / 2, np.arange(1, steps + 1) + (count - 1) / 2
    slope = np.dot(times, logs) / np.dot(times, times)
    left = logs - logs.mean() - slope * times
    spread = np.sqrt(np.dot(left, left) / (count - 2) * (1 + 1 / count + ahead**2 / np.dot(times, times)))
    return _around(logs.mean() + slope * ahead, stats.t.ppf((1 + coverage) / 2, count - 2) * spread)


def holt(values: ArrayLike, steps: int, coverage: float = 0.8) -> Forecast:
    """Level and slope, each smoothed: exponential smoothing with a trend, its two weights by least squares.

    The interval is that of its state-space form, for weights that were known: too narrow with few values.
    Reference: R. Hyndman and others, Forecasting with Exponential Smoothing (2008), ETS(A,A,N), table 6.1.
    Errors: as `naive`.
    """
    logs, ahead = _logs(values, coverage), np.arange(1, steps + 1)

    def lost(weights: Floats) -> float:
        return float(np.sum(_smoothed(logs, *weights)[0] ** 2))

    bounds = [(1e-4, 0.9999)] * 2
    fit = optimize.minimize(lost, x0=(0.5, 0.1), bounds=bounds, method="L-BFGS-B")
    weight, trend = float(fit.x[0]), float(fit.x[0] * fit.x[1])
    errors, level, slope = _smoothed(logs, *fit.x)
    grown = np.concatenate([[0.0], np.cumsum((weight + trend * ahead[:-1]) ** 2)])
    spread = np.sqrt(np.sum(errors**2) / max(1, len(errors) - 2) * (1 + grown))
    return _around(level + ahead * slope, stats.norm.ppf((1 + coverage) / 2) * spread)


def _smoothed(logs: Floats, weight: float, share: float) -> tuple[Floats, float, float]:
    """Errors one step ahead from the third value on, then level and slope at the end."""
    level, slope = float(logs[1]), float(logs[1] - logs[0])
    errors = np.empty(len(logs) - 2)
    for i, value in enumerate(logs[2:]):
        errors[i] = value - level - slope
        level += slope + weight * errors[i]
        slope += weight * share * errors[i]
    return errors, level, slope


def back_test(
    values: ArrayLike, method: Method, *, horizons: Sequence[int], first: int, coverage: float = 0.8
) -> tuple[Trial, ...]:
    """Every forecast that could have been made and scored: rolling origin, each from the values before it.

    ``first`` is how many values the first of them knew. Raises ValueError for none to score.
    """
    series = np.asarray(values, dtype=np.float64)
    if first + min(horizons) > len(series):
        raise ValueError(f"first {first} leaves nothing of {len(series)} values to score: start earlier")
    trials = []
    for origin in range(first, len(series)):
        made = method(series[:origin].copy(), max(horizons), coverage)
        for ahead in (h for h in horizons if origin + h <= len(series)):
            ends = (float(part[ahead - 1]) for part in (made.median, made.low, made.high))
            trials.append(Trial(origin, ahead, float(series[origin + ahead - 1]), *ends))
    return tuple(trials)


def by_past_misses(trials: Sequence[Trial], *, least: int, coverage: float = 0.8) -> tuple[Trial, ...]:
    """The same forecasts with intervals from their own misses: the errors that were known by each origin.

    An error is what came over the forecast, at the same horizon. Of the first ``least`` there are too few,
    and those forecasts are left out. The median moves with the median miss. Ends are quantiles at
    (k - 1/2) / n, so that n errors reach no farther than themselves.
    """
    again = []
    for trial in trials:
        known = [
            other.actual / other.median
            for other in trials
            if other.horizon == trial.horizon and other.origin + other.horizon <= trial.origin
        ]
        if len(known) >= least:
            ends = np.quantile(known, (0.5, (1 - coverage) / 2, (1 + coverage) / 2), method="hazen")
            again.append(
                replace(
                    trial,
                    median=trial.median * ends[0],
                    low=trial.median * ends[1],
                    high=trial.median * ends[2],
                )
            )
    return tuple(again)


def mean_absolute_fraction(trials: Iterable[Trial]) -> float:
    """Mean absolute error as a share of what came."""
    return float(np.mean([abs(trial.error) / trial.actual for trial in trials]))


def relative_error(trials: Sequence[Trial], against: Sequence[Trial]) -> float:
    """Mean absolute error over that of other forecasts at the same origins and horizons; below 1 is better.

    Raises ValueError where they are not of the same origins and horizons.
    """
    if [(t.origin, t.horizon) for t in trials] != [(t.origin, t.horizon) for t in against]:
        raise ValueError(
            f"{len(trials)} forecasts are not those of the other {len(against)}: score both alike"
        )
    own, other = (np.mean([abs(trial.error) for trial in some]) for some in (trials, against))
    return float(own / other)


def covered_fraction(trials: Sequence[Trial]) -> float:
    """Share of forecasts whose interval held what came."""
    return float(np.mean([trial.inside for trial in trials]))


def _logs(values: ArrayLike, coverage: float) -> Floats:
    domain.require_inner_fractions(coverage=coverage)
    series = np.asarray(values, dtype=np.float64)
    if len(series) < 3:
        raise ValueError(f"{len(series)} values show no change of change: at least 3")
    if not np.all(series > 0):
        raise ValueError(f"{series.min()} is not above 0: a series that grows by shares is positive")
    return np.log(series)


def _around(middle: ArrayLike, width: ArrayLike) -> Forecast:
    middle, width = (np.asarray(part, dtype=np.float64) for part in (middle, width))
    return Forecast(np.exp(middle), np.exp(middle - width), np.exp(middle + width))
