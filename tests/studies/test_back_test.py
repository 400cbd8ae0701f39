"""The back-test of the bill knows what was known, and no more."""

import itertools
import math
from datetime import date

import numpy as np
import pytest

from playbook import model
from playbook.simulation import forecast as methods
from playbook.studies import back_test, forecast
from playbook.studies.back_test import FIRST, GIVEN, HORIZONS, MODEL, TOLD

SYSTEM = model.load()


def test_every_month_of_the_export_is_there() -> None:
    months = back_test.months()
    assert len(months) == len(back_test.bill()) == len(back_test.volume()) == 36
    assert all((a.year * 12 + a.month + 1) == (b.year * 12 + b.month) for a, b in itertools.pairwise(months))


def test_each_method_is_scored_on_the_same_months() -> None:
    # 36 months, the first 6 known: 30 at one month ahead, 30 − 11 at twelve.
    for trials in (back_test.volume_trials(), back_test.bill_trials()):
        for row in back_test.scores(trials):
            assert row.forecasts == 36 - FIRST - row.horizon + 1


def test_settings_are_those_of_the_last_day_that_was_known() -> None:
    cells = back_test.months().index(date(2025, 10, 1)) + 1
    assert back_test.settings(SYSTEM, cells - 1).platform.us_clusters == 1
    assert back_test.settings(SYSTEM, cells).platform.us_clusters == 3


def test_the_given_growth_is_compounded_by_hand() -> None:
    first = next(t for t in back_test.volume_trials()[GIVEN] if t.horizon == 3)
    assert first.median == pytest.approx(back_test.volume()[FIRST - 1] * 1.15**3)


def test_told_the_volume_the_model_differs_from_the_bill_by_less_than_two_percent_in_a_month_without_changes() -> (
    None
):
    # 2026-08 to 2026-10 have no change, no credit and nothing planted.
    quiet = [t for t in back_test.bill_trials()[TOLD] if t.horizon == 1 and t.origin >= 33]
    assert len(quiet) == 3
    assert all(abs(t.error) / t.actual < 0.02 for t in quiet)


def test_a_model_told_the_volume_has_no_interval() -> None:
    assert all(t.low == t.median == t.high for t in back_test.bill_trials()[TOLD])


def test_the_naive_forecast_is_the_measure_of_itself() -> None:
    assert {row.relative for row in back_test.scores(back_test.bill_trials()) if row.method == "naive"} == {
        1.0
    }


def test_next_months_bill_lies_in_its_interval() -> None:
    low, middle, high = (
        fact(SYSTEM)
        for fact in (forecast.next_month_low_usd, forecast.next_month_usd, forecast.next_month_high_usd)
    )
    assert low < middle < high


def test_the_forecast_of_today_has_a_bill_at_every_step() -> None:
    assert len(forecast.ahead().median) == max(HORIZONS)
    assert np.all(np.diff(forecast.ahead().median) > 0)
    assert all(map(math.isfinite, forecast.from_origin(FIRST).median))


def test_misses_use_none_that_was_not_known_yet() -> None:
    trials = back_test.bill_trials()[MODEL]
    by_six = [t for t in methods.by_past_misses(trials, least=1) if t.horizon == 6]
    # The first miss at six months is known after 6 + 6 months.
    assert by_six[0].origin == FIRST + 6


def test_the_mechanism_beats_every_extrapolation_of_the_bill_at_every_distance() -> None:
    rows = {(row.method, row.horizon): row.relative for row in back_test.scores(back_test.bill_trials())}
    for horizon in HORIZONS:
        assert rows[MODEL, horizon] < min(rows[name, horizon] for name in back_test.EXTRAPOLATED)


def test_what_has_no_interval_has_no_coverage() -> None:
    rows = back_test.scores(back_test.bill_trials())
    assert {row.method for row in rows if row.covered_fraction is None} == {GIVEN, TOLD}
