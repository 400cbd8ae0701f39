"""Histories of incidents against a rolling error budget."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playbook.laws import domain

SECONDS_PER_DAY = 86_400
SECONDS_PER_YEAR = 365 * SECONDS_PER_DAY
RESOLUTION_SECONDS = 1e-3

Draw = Callable[[np.random.Generator, int], NDArray[np.float64]]


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """Incidents on one continuous timeline of `years` × 365 days; arrays of one length.

    Raises ValueError for arrays of unequal length, starts outside the timeline, durations that
    are negative or not finite, severities outside 0–1 and years below 1.
    """

    starts_seconds: NDArray[np.float64]
    """From the beginning of the timeline, in any order."""
    durations_seconds: NDArray[np.float64]
    severities: NDArray[np.float64]
    """Error fraction during the incident, 0–1."""
    years: int

    def __post_init__(self) -> None:
        domain.require_counts(1, years=self.years)
        shapes = {self.starts_seconds.shape, self.durations_seconds.shape, self.severities.shape}
        if len(shapes) > 1 or self.starts_seconds.ndim != 1:
            raise ValueError(
                f"starts, durations, severities have shapes {shapes}: give one value per incident"
            )
        for name, values, limit in (
            ("starts_seconds", self.starts_seconds, self.seconds),
            ("durations_seconds", self.durations_seconds, np.finfo(np.float64).max),
            ("severities", self.severities, 1.0),
        ):
            wrong = values[~((values >= 0) & (values <= limit))]
            if len(wrong):
                raise ValueError(f"{name} {wrong[0]} is outside 0 to {limit}: check the draw and its unit")

    @property
    def seconds(self) -> float:
        """Length of the timeline in seconds."""
        return float(self.years * SECONDS_PER_YEAR)


def histories(
    *,
    incidents_per_year: float,
    duration_seconds: Draw,
    severity: Draw,
    years: int,
    rng: np.random.Generator,
) -> Histories:
    """Incidents of a Poisson process, with independent durations and severities, sorted by start.

    `duration_seconds(rng, size)` and `severity(rng, size)` return arrays of shape (size,):
    seconds, and the fraction of requests that fail during the incident.
    Raises ValueError for a rate that is negative or not finite, years below 1, and draws that
    `Histories` refuses.
    """
    domain.require_non_negative(incidents_per_year=incidents_per_year)
    domain.require_counts(1, years=years)
    count = int(rng.poisson(incidents_per_year * years))
    starts = np.sort(rng.random(count)) * (years * SECONDS_PER_YEAR)
    durations = np.asarray(duration_seconds(rng, count), dtype=np.float64)
    severities = np.asarray(severity(rng, count), dtype=np.float64)
    return Histories(starts, durations, severities, years)


def time_in_breach_fraction(histories: Histories, *, budget_seconds: float, window_days: float = 30) -> float:
    """Share of the timeline, 0–1, in which the trailing window has spent more than its budget.

    An incident spends its severity per second, so `budget_seconds` are seconds of full outage;
    incidents that overlap add up, also beyond a full outage. At a time t the window reaches from
    t - `window_days` to t. Nothing was spent before the timeline, so its first window starts with
    a full budget and errs low; what an incident spends after the end is not seen.

    Exact, not sampled: spending is linear between the starts and ends of incidents and the times
    at which those leave the window, and the crossing of the budget is solved on each piece.
    Floating point resolves a millisecond on 10,000 years: spending within a millisecond of the
    budget counts as within it.
    Raises ValueError for a budget that is negative or not finite and a window that is not positive.
    """
    domain.require_non_negative(budget_seconds=budget_seconds)
    domain.require_positive(window_days=window_days)
    if len(histories.starts_seconds) == 0:
        return 0.0
    moments, excess = _excess(histories, budget_seconds, window_days, ())
    lengths, low, high = np.diff(moments), excess[:-1], excess[1:]
    low, high = np.minimum(low, high), np.maximum(low, high)
    crossing = (low <= 0) & (high > 0)
    breach = lengths[low > 0].sum()
    breach += (lengths[crossing] * (high[crossing] / (high[crossing] - low[crossing]))).sum()
    return float(breach / histories.seconds)


def missed_periods_fraction(
    histories: Histories, *, budget_seconds: float, window_days: float = 30, periods_per_year: int = 4
) -> float:
    """Share of periods, 0–1, in which the trailing window is over budget at any time.

    A year has `periods_per_year` periods of equal length. Exact in the same sense as
    `time_in_breach_fraction`, and with the same reading of budget and window: spending is linear
    between moments, so a period is missed if the window is over budget at one of its moments.
    Raises ValueError as that does, and for fewer than one period a year.
    """
    domain.require_non_negative(budget_seconds=budget_seconds)
    domain.require_positive(window_days=window_days)
    domain.require_counts(1, periods_per_year=periods_per_year)
    count = histories.years * periods_per_year
    if len(histories.starts_seconds) == 0:
        return 0.0
    borders = np.linspace(0, histories.seconds, count + 1)
    moments, excess = _excess(histories, budget_seconds, window_days, borders)
    over = moments[excess > 0]
    # A border belongs to the period that it ends and to the one that it begins.
    missed = np.union1d(
        np.searchsorted(borders, over, side="left"), np.searchsorted(borders, over, side="right")
    )
    return float(np.count_nonzero((missed >= 1) & (missed <= count)) / count)


def _excess(
    histories: Histories, budget_seconds: float, window_days: float, more: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sorted moments between which spending is linear, and what the window is over budget at each."""
    window = window_days * SECONDS_PER_DAY
    edges, spent = _cumulative_spending(histories)
    moments = np.concatenate((edges, edges + window, (0.0, histories.seconds), np.asarray(more)))
    moments.sort(kind="stable")
    np.clip(moments, 0, histories.seconds, out=moments)
    excess = np.interp(moments, edges, spent) - np.interp(moments - window, edges, spent)
    return moments, excess - (budget_seconds + RESOLUTION_SECONDS)


def _cumulative_spending(histories: Histories) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Sorted starts and ends in seconds, and what all incidents had spent by each of them."""
    starts = histories.starts_seconds
    edges = np.concatenate((starts, starts + histories.durations_seconds))
    order = np.argsort(edges, kind="stable")
    edges = edges[order]
    rates = np.cumsum(np.concatenate((histories.severities, -histories.severities))[order])
    under_way = np.cumsum(np.where(order < len(starts), 1, -1))
    # Rounding must not let budget leak while nothing is wrong.
    rates[under_way == 0] = 0
    return edges, np.concatenate(((0.0,), np.cumsum(rates[:-1] * np.diff(edges))))
