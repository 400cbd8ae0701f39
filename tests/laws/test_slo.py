"""Burn rates and alerts."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.laws import availability, slo

OBJECTIVES = st.sampled_from([0.9, 0.99, 0.995, 0.999, 0.9995, 0.9999])
ERRORS = st.floats(0, 1)


def alert(**changes: float) -> slo.AlertTimeline:
    """Fast-burn alert of the Workbook during half an hour of full outage, changed as told."""
    usual = {
        "objective": 0.999,
        "error_fraction": 1.0,
        "duration_seconds": 1_800.0,
        "long_window_seconds": 3_600.0,
        "short_window_seconds": 300.0,
        "burn_rate": 14.4,
    }
    return slo.alert_timeline(**usual | changes)


@given(OBJECTIVES, st.floats(1, 90))
def test_the_allowed_downtime_spends_exactly_the_budget(objective: float, days: float) -> None:
    seconds = availability.downtime_seconds(objective=objective, window_days=days)
    spent = slo.budget_spent_fraction(
        objective=objective, error_fraction=1, duration_seconds=seconds, period_days=days
    )
    assert spent == pytest.approx(1, rel=1e-12)


@given(OBJECTIVES, st.floats(0.001, 1), st.floats(0.1, 72))
def test_errors_at_a_burn_rate_for_its_window_spend_its_budget(
    objective: float, budget: float, hours: float
) -> None:
    rate = slo.burn_rate(budget_fraction=budget, window_hours=hours)
    errors = rate * (1 - objective)
    if errors <= 1:
        spent = slo.budget_spent_fraction(
            objective=objective, error_fraction=errors, duration_seconds=3_600 * hours
        )
        assert spent == pytest.approx(budget, rel=1e-9)


@given(OBJECTIVES, ERRORS, st.floats(0.1, 72), st.floats(1, 40))
def test_detection_takes_at_most_the_window_or_never_happens(
    objective: float, errors: float, hours: float, rate: float
) -> None:
    seconds = slo.detection_seconds(
        objective=objective, error_fraction=errors, window_hours=hours, burn_rate=rate
    )
    assert 0 < seconds <= 3_600 * hours or seconds == math.inf


@pytest.mark.parametrize("objective", [0.9, 0.99, 0.999, 0.9995, 0.9999, 0.99999])
@pytest.mark.parametrize("rate", [1.0, 3.0, 6.0, 9.3])
def test_errors_equal_to_the_threshold_on_paper_do_not_exceed_it(objective: float, rate: float) -> None:
    errors = round(rate * (1 - objective), 12)
    seconds = slo.detection_seconds(
        objective=objective, error_fraction=errors, window_hours=1, burn_rate=rate
    )
    assert seconds == math.inf
    assert alert(objective=objective, error_fraction=errors, burn_rate=rate).fires_after_seconds is None


def test_no_errors_are_never_detected() -> None:
    assert alert(error_fraction=0) == slo.AlertTimeline(None, None, None)
    assert slo.detection_seconds(objective=0.999, error_fraction=0, window_hours=1, burn_rate=1) == math.inf


def test_an_incident_that_ends_before_the_long_window_is_over_never_fires() -> None:
    """A full outage needs 51.84 s to put 1.44 % into an hour."""
    assert alert(duration_seconds=51.84) == slo.AlertTimeline(None, None, None)
    assert alert(duration_seconds=51.85).fires_after_seconds == pytest.approx(51.84)


def test_an_incident_longer_than_both_windows_changes_nothing() -> None:
    week = alert(duration_seconds=7 * 86_400)
    assert week.fires_after_seconds == alert().fires_after_seconds
    assert week.clears_after_end_seconds == alert().clears_after_end_seconds


def test_the_short_window_clears_the_alert_while_the_long_one_is_still_over() -> None:
    timeline = alert(duration_seconds=60)
    assert timeline.clears_after_end_seconds == pytest.approx(300 * (1 - 0.0144))
    assert timeline.long_window_clears_after_end_seconds == pytest.approx(3_600 * (1 - 0.0144))


def test_equal_windows_make_a_single_window_alert() -> None:
    timeline = alert(short_window_seconds=3_600)
    assert timeline.clears_after_end_seconds == timeline.long_window_clears_after_end_seconds
    assert timeline.fires_after_seconds == slo.detection_seconds(
        objective=0.999, error_fraction=1, window_hours=1, burn_rate=14.4
    )


@given(
    OBJECTIVES,
    st.floats(0.001, 1),
    st.integers(0, 900),
    st.integers(2, 400),
    st.data(),
    st.floats(1, 20),
)
def test_the_closed_form_agrees_with_a_grid_of_seconds(
    objective: float, errors: float, duration: int, long: int, data: st.DataObject, rate: float
) -> None:
    short = data.draw(st.integers(1, long))
    timeline = slo.alert_timeline(
        objective=objective,
        error_fraction=errors,
        duration_seconds=duration,
        long_window_seconds=long,
        short_window_seconds=short,
        burn_rate=rate,
    )
    failed = np.concatenate(([0.0], np.cumsum(np.arange(duration + long + 2) < duration))) * errors
    limit = rate * (1 - objective) * (1 + 1e-9)

    def over(window: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        before = np.concatenate((np.zeros(window), failed[:-window]))[: len(failed)]
        return np.asarray((failed - before) / window > limit)

    firing = np.flatnonzero(over(long) & over(short))
    if timeline.fires_after_seconds is None:
        assert len(firing) == 0
        return
    assert timeline.clears_after_end_seconds is not None
    if len(firing) == 0:
        clears = duration + timeline.clears_after_end_seconds
        assert math.floor(timeline.fires_after_seconds) + 1 >= clears - 1e-6
        return
    assert firing[0] == pytest.approx(timeline.fires_after_seconds, abs=1 + 1e-6)
    assert firing[-1] - duration == pytest.approx(timeline.clears_after_end_seconds, abs=1 + 1e-6)
    still_over = np.flatnonzero(over(long))[-1] - duration
    assert still_over == pytest.approx(timeline.long_window_clears_after_end_seconds, abs=1 + 1e-6)
    assert np.all(np.diff(firing) == 1)
