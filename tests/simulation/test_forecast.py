"""Forecasts: exact on what they assume, and honest about the past."""

import math

import numpy as np
import pytest

from playbook.simulation import forecast
from playbook.simulation.forecast import Forecast, Trial

WALKS = 4_000


def covered(method: forecast.Method, paths: np.ndarray, steps: int) -> float:
    """Share of paths whose last value the interval from the values before the last steps held."""
    hits = 0
    for path in paths:
        made = method(path[:-steps], steps, 0.8)
        hits += made.low[-1] <= path[-1] <= made.high[-1]
    return hits / len(paths)


def walks(length: int, drift: float) -> np.ndarray:
    rng = np.random.default_rng(5)
    return np.exp(np.cumsum(rng.normal(drift, 0.05, (WALKS, length)), axis=1))


ERROR = math.sqrt(0.8 * 0.2 / WALKS)


@pytest.mark.parametrize("steps", [1, 6])
def test_the_naive_interval_holds_80_percent_of_random_walks_within_three_standard_errors(steps: int) -> None:
    assert covered(forecast.naive, walks(14 + steps, 0.0), steps) == pytest.approx(0.8, abs=3 * ERROR)


@pytest.mark.parametrize("steps", [1, 6])
def test_the_drift_interval_holds_80_percent_of_walks_that_drift(steps: int) -> None:
    assert covered(forecast.drift, walks(14 + steps, 0.04), steps) == pytest.approx(0.8, abs=3 * ERROR)


@pytest.mark.parametrize("steps", [1, 6])
def test_the_log_linear_interval_holds_80_percent_of_lines_with_independent_errors(steps: int) -> None:
    rng = np.random.default_rng(6)
    paths = np.exp(0.04 * np.arange(14 + steps) + rng.normal(0, 0.05, (WALKS, 14 + steps)))
    assert covered(forecast.log_linear, paths, steps) == pytest.approx(0.8, abs=3 * ERROR)


def test_the_log_linear_interval_is_too_narrow_for_a_random_walk() -> None:
    # Its errors are not independent there, and at six steps far fewer than 80 % are held.
    assert covered(forecast.log_linear, walks(20, 0.04), 6) < 0.7


def test_the_naive_interval_grows_with_the_root_of_the_horizon() -> None:
    made = forecast.naive([100, 110, 99, 105, 108], 9)
    widths = np.log(made.high / made.low)
    assert widths == pytest.approx(widths[0] * np.sqrt(np.arange(1, 10)))


# Hand-worked: 100, 200, 400 doubles each step, with no spread at all.
@pytest.mark.parametrize("method", [forecast.drift, forecast.log_linear, forecast.holt])
def test_what_doubles_is_forecast_to_double(method: forecast.Method) -> None:
    made = method(np.array([100.0, 200.0, 400.0, 800.0]), 3, 0.8)
    assert made.median == pytest.approx([1600, 3200, 6400], rel=1e-6)
    assert made.low == pytest.approx(made.high, rel=1e-6)


def test_the_naive_forecast_is_the_last_value() -> None:
    assert forecast.naive([3.0, 5.0, 4.0], 2).median == pytest.approx([4, 4])


def test_drift_is_the_line_from_the_first_value_to_the_last() -> None:
    # Hand-worked: e^0 to e^0.4 in four steps is 0.1 a step, whatever lay between.
    made = forecast.drift(np.exp([0.0, 0.3, 0.1, 0.35, 0.4]), 2)
    assert np.log(made.median) == pytest.approx([0.5, 0.6])


def test_holt_follows_a_change_of_slope_that_a_line_averages_away() -> None:
    bent = np.exp(np.concatenate([np.zeros(12), 0.1 * np.arange(1, 7)]))
    truth = math.exp(0.7)
    assert abs(forecast.holt(bent, 1).median[0] - truth) < abs(forecast.log_linear(bent, 1).median[0] - truth)


def test_a_back_test_shows_a_method_nothing_but_the_past() -> None:
    seen: list[int] = []

    def spy(past: np.ndarray, steps: int, coverage: float) -> Forecast:
        seen.append(len(past))
        assert past[-1] == len(past)
        return forecast.naive(past, steps, coverage)

    trials = forecast.back_test(np.arange(1.0, 11.0), spy, horizons=(1, 3), first=4)
    assert seen == [4, 5, 6, 7, 8, 9]
    assert [(t.origin, t.horizon, t.actual) for t in trials if t.horizon == 3] == [
        (4, 3, 7.0), (5, 3, 8.0), (6, 3, 9.0), (7, 3, 10.0),
    ]  # fmt: skip


HITS = (Trial(1, 1, 10, 12, 9, 13), Trial(2, 1, 20, 15, 12, 18))


def test_scores_by_hand() -> None:
    # Errors 2 of 10 and 5 of 20; the interval held the first alone.
    assert forecast.mean_absolute_fraction(HITS) == pytest.approx((0.2 + 0.25) / 2)
    assert forecast.covered_fraction(HITS) == 0.5
    twice = tuple(Trial(t.origin, 1, t.actual, t.actual + 2 * t.error, 0, 1) for t in HITS)
    assert forecast.relative_error(HITS, twice) == pytest.approx(0.5)


def test_forecasts_of_other_origins_are_not_compared() -> None:
    with pytest.raises(ValueError, match="score both alike"):
        forecast.relative_error(HITS, HITS[:1])


@pytest.mark.parametrize(("values", "message"), [([1.0, 2.0], "at least 3"), ([1.0, 0.0, 2.0], "positive")])
def test_a_series_that_cannot_be_forecast_is_refused(values: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        forecast.naive(values, 1)


def test_a_back_test_without_anything_to_score_is_refused() -> None:
    with pytest.raises(ValueError, match="start earlier"):
        forecast.back_test([1, 2, 3, 4], forecast.naive, horizons=(1,), first=4)


def test_misses_that_are_known_move_the_median_and_make_the_interval() -> None:
    # Each came out a fifth above its forecast, so the next is forecast a fifth higher, surely.
    trials = tuple(Trial(origin, 1, 120.0, 100.0, 90.0, 110.0) for origin in range(5))
    again = forecast.by_past_misses(trials, least=3)
    assert [t.origin for t in again] == [3, 4]
    assert [(t.median, t.low, t.high) for t in again] == [(120.0, 120.0, 120.0)] * 2


def test_a_miss_is_not_known_before_its_month_has_come() -> None:
    trials = tuple(Trial(origin, 4, 120.0, 100.0, 90.0, 110.0) for origin in range(6))
    # The first is known at origin 4, the second at 5.
    assert [t.origin for t in forecast.by_past_misses(trials, least=2)] == [5]
