"""Error budgets, burn rates and the alerts built on them, under constant traffic.

A burn rate of 1 spends the budget of a period in exactly that period.

Reference: The Site Reliability Workbook (2018), chapter 5, Alerting on SLOs.
"""

import math
from dataclasses import dataclass

from playbook.laws import domain

SECONDS_PER_HOUR = 3_600
HOURS_PER_DAY = 24


@dataclass(frozen=True, slots=True)
class AlertTimeline:
    """When a two-window alert fires and clears, in seconds; None where it never fires."""

    fires_after_seconds: float | None
    """From the incident's start."""
    clears_after_end_seconds: float | None
    """From the incident's end until either window has recovered."""
    long_window_clears_after_end_seconds: float | None
    """From the incident's end until the long window has recovered: without a short window, the clearing."""


def burn_rate(*, budget_fraction: float, window_hours: float, period_days: float = 30) -> float:
    """Burn rate, dimensionless, that spends `budget_fraction` of the period's budget in the window.

    Raises ValueError for a fraction outside 0–1 and a window or period that is not positive.
    """
    domain.require_fractions(budget_fraction=budget_fraction)
    domain.require_positive(window_hours=window_hours, period_days=period_days)
    return budget_fraction * period_days * HOURS_PER_DAY / window_hours


def budget_spent_fraction(
    *, objective: float, error_fraction: float, duration_seconds: float, period_days: float = 30
) -> float:
    """Share of the period's budget that errors at `error_fraction` for that long spend; may exceed 1.

    Raises ValueError for fractions outside 0–1, an objective of 1, which leaves no budget, a
    negative duration and a period that is not positive.
    """
    domain.require_fractions(error_fraction=error_fraction)
    domain.require_non_negative(duration_seconds=duration_seconds)
    domain.require_positive(period_days=period_days)
    budget_seconds = _budget_fraction(objective) * period_days * HOURS_PER_DAY * SECONDS_PER_HOUR
    return error_fraction * duration_seconds / budget_seconds


def detection_seconds(
    *, objective: float, error_fraction: float, window_hours: float, burn_rate: float
) -> float:
    """Seconds from the start of steady errors until one window's burn rate exceeds the threshold.

    `math.inf` when it never does: errors within one part in 1e9 of the threshold equal it and
    do not exceed it. Nothing failed before the start.
    Raises ValueError for fractions outside 0–1, an objective of 1, and a window or burn rate
    that is not positive.
    """
    domain.require_fractions(error_fraction=error_fraction)
    domain.require_positive(window_hours=window_hours, burn_rate=burn_rate)
    threshold = burn_rate * _budget_fraction(objective)
    if not _exceeds(error_fraction, threshold):
        return math.inf
    return window_hours * SECONDS_PER_HOUR * threshold / error_fraction


def alert_timeline(
    *,
    objective: float,
    error_fraction: float,
    duration_seconds: float,
    long_window_seconds: float,
    short_window_seconds: float,
    burn_rate: float,
) -> AlertTimeline:
    """When an alert that needs both windows above the burn rate fires and clears.

    One incident with constant errors, none before or after. In closed form: a window of
    length w holds more errors than threshold t allows once the incident covers more than
    s = w t / error_fraction of it, which is from s after the start until w - s after the
    end, if the incident lasts longer than s. Both windows share t, so the long one decides
    when the alert fires and the short one when it clears, also when the incident is shorter
    than either. Exceeding is strict, to one part in 1e9.

    Raises ValueError for fractions outside 0–1, an objective of 1, a negative duration, a
    window or burn rate that is not positive, and a short window longer than the long one.
    """
    domain.require_fractions(error_fraction=error_fraction)
    domain.require_non_negative(duration_seconds=duration_seconds)
    domain.require_positive(
        long_window_seconds=long_window_seconds,
        short_window_seconds=short_window_seconds,
        burn_rate=burn_rate,
    )
    if short_window_seconds > long_window_seconds:
        raise ValueError(
            f"short_window_seconds {short_window_seconds} exceeds long_window_seconds "
            f"{long_window_seconds}: swap them"
        )
    threshold = burn_rate * _budget_fraction(objective)
    if not _exceeds(error_fraction, threshold):
        return AlertTimeline(None, None, None)
    covered_fraction = threshold / error_fraction
    fires_after_seconds = long_window_seconds * covered_fraction
    if not _exceeds(duration_seconds, fires_after_seconds):
        return AlertTimeline(None, None, None)
    return AlertTimeline(
        fires_after_seconds=fires_after_seconds,
        clears_after_end_seconds=short_window_seconds * (1 - covered_fraction),
        long_window_clears_after_end_seconds=long_window_seconds * (1 - covered_fraction),
    )


def _budget_fraction(objective: float) -> float:
    domain.require_fractions(objective=objective)
    if objective == 1:
        raise ValueError("objective 1 leaves no error budget, needs less than 1: try 0.9999")
    return 1 - objective


def _exceeds(value: float, limit: float) -> bool:
    # 14.4 × (1 - 0.999) is not 0.0144 in binary: equal on paper must stay equal here.
    return value > limit and not math.isclose(value, limit)
