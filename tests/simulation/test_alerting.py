"""Alert recipes over simulated minutes, against the closed form of a steady incident."""

import math

import numpy as np
import pytest

from playbook.laws import slo
from playbook.simulation import alerting
from playbook.simulation.alerting import Condition, Minutes, Recipe

OBJECTIVE = 0.9995
FAST = Condition(60, 5, 14.4)
SLOW = Condition(360, 30, 6.0)


def _minutes(severity: float, *, length: int = 120, start: int = 1000, total: int = 4000) -> Minutes:
    """One steady incident and nothing else, without chance."""
    events, errors = np.full(total, 1000.0), np.zeros(total)
    errors[start : start + length] = 1000.0 * severity
    spent = severity * length / ((1 - OBJECTIVE) * 30 * 1440)
    return Minutes(events, errors, np.array([start]), np.array([length]), np.array([spent]))


@pytest.mark.parametrize("severity", [0.01, 0.05, 0.3, 1.0])
def test_a_steady_incident_is_heard_when_the_closed_form_says_and_no_sooner(severity: float) -> None:
    score = alerting.score(
        _minutes(severity), Recipe("fast", (FAST,)), objective=OBJECTIVE, matters_fraction=0.01
    )
    exact = slo.detection_seconds(
        objective=OBJECTIVE, error_fraction=severity, window_hours=1, burn_rate=14.4
    )
    assert score.detection_minutes is not None
    assert exact / 60 < score.detection_minutes <= exact / 60 + 1


@pytest.mark.parametrize("severity", [0.02, 0.2, 1.0])
def test_the_short_window_silences_it_when_the_closed_form_says(severity: float) -> None:
    score = alerting.score(
        _minutes(severity), Recipe("fast", (FAST,)), objective=OBJECTIVE, matters_fraction=0.01
    )
    clears = slo.alert_timeline(
        objective=OBJECTIVE,
        error_fraction=severity,
        duration_seconds=7200,
        long_window_seconds=3600,
        short_window_seconds=300,
        burn_rate=14.4,
    ).clears_after_end_seconds
    assert clears is not None
    assert score.reset_minutes == math.floor(clears / 60)


def test_errors_below_the_threshold_are_never_heard() -> None:
    score = alerting.score(
        _minutes(0.007), Recipe("fast", (FAST,)), objective=OBJECTIVE, matters_fraction=0.01
    )
    assert (score.alerts_per_year, score.recall_fraction, score.precision_fraction) == (0, 0, None)


def test_no_traffic_is_silent_and_poisons_nothing() -> None:
    minutes = _minutes(0.5)
    minutes.events[1500:2500] = 0
    speaks = alerting.speaking(minutes, Recipe("pages", (FAST, SLOW)), objective=OBJECTIVE)
    assert speaks[1000:1120].any()
    assert not speaks[1600:].any()


def test_a_window_is_the_ratio_of_sums_and_not_the_mean_of_ratios() -> None:
    # One event a minute that always fails beside an hour of thousands that do not: 59 of 60 minutes are wholly bad.
    minutes = _minutes(0.0)
    minutes.events[1000:1060], minutes.errors[1000:1060] = 1.0, 1.0
    minutes.events[1030], minutes.errors[1030] = 1e6, 0.0
    speaks = alerting.speaking(minutes, Recipe("hour", (Condition(60, 60, 1.0),)), objective=OBJECTIVE)
    assert not speaks[1059]


def test_a_page_that_needs_several_errors_ignores_the_first() -> None:
    minutes = _minutes(0.0)
    minutes.events[:] = 1.0
    minutes.errors[[1000, 1010, 1020]] = 1.0
    one = Recipe("one", (Condition(60, 5, 14.4),))
    three = Recipe("three", (Condition(60, 5, 14.4, least_errors=3),))
    assert alerting.speaking(minutes, one, objective=OBJECTIVE)[1000]
    speaks = alerting.speaking(minutes, three, objective=OBJECTIVE)
    assert not speaks[:1020].any()
    assert speaks[1020]


def test_a_duration_is_lost_on_one_good_minute() -> None:
    hold = Recipe("hold", (Condition(1, 1, 1.0),), hold_minutes=60)
    minutes = _minutes(0.5, length=100)
    assert alerting.speaking(minutes, hold, objective=OBJECTIVE)[1059]
    minutes.errors[1030] = 0
    assert not alerting.speaking(minutes, hold, objective=OBJECTIVE)[1059]


def test_errors_of_a_history_have_the_mean_that_they_were_drawn_with() -> None:
    drawn = alerting.history(
        starts=np.array([100]),
        lengths=np.array([2000]),
        severities=np.array([0.3]),
        minutes=4000,
        events_per_minute=50.0,
        background_fraction=0.01,
        objective=OBJECTIVE,
        window_days=30,
        rng=np.random.default_rng(1),
    )
    during, beside = drawn.errors[100:2100].sum(), drawn.errors.sum() - drawn.errors[100:2100].sum()
    # Poisson counts: the mean within four standard errors.
    assert during == pytest.approx(30_000, abs=4 * math.sqrt(30_000))
    assert beside == pytest.approx(1_000, abs=4 * math.sqrt(1_000))


def test_an_incident_beyond_the_end_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after minute 50"):
        alerting.history(
            starts=np.array([40]),
            lengths=np.array([20]),
            severities=np.array([0.3]),
            minutes=50,
            events_per_minute=1.0,
            background_fraction=0.0,
            objective=OBJECTIVE,
            window_days=30,
            rng=np.random.default_rng(1),
        )
