"""Simulated years against closed forms, and against the log that they were fitted to."""

import numpy as np
import pytest
from scipy import stats

from playbook import model, reliability
from playbook.studies import error_budget, losses

SYSTEM = model.load()


def test_simulated_loss_agrees_with_the_mean_of_a_compound_poisson_sum() -> None:
    """Wald: the mean of the sum is rate times mean; within three of its own standard errors."""
    gap = error_budget.simulated_window_minutes(SYSTEM) - error_budget.mean_window_minutes(SYSTEM)
    assert abs(gap) < 3 * error_budget.simulated_window_error_minutes(SYSTEM)


def test_time_over_budget_agrees_with_the_closed_form_at_every_multiple() -> None:
    """10,000 years hold about 120,000 windows that do not overlap: four standard errors of a share.

    Losses there take time and here none, which a window of thirty days hardly sees.
    """
    multiples = (0.3, 1.0, 3.0, 10.0)
    simulated = error_budget.over_fractions(SYSTEM, multiples)
    closed = error_budget.closed_over_fractions(SYSTEM, multiples)
    windows = losses.YEARS * 365 / SYSTEM.alerts.window_days
    for share, expected in zip(simulated, closed, strict=True):
        error = 4 * np.sqrt(expected * (1 - expected) / windows)
        assert share == pytest.approx(expected, abs=error + 0.005 * expected)


def test_simulated_losses_have_the_distribution_of_the_fit() -> None:
    told, known = losses.history(SYSTEM), losses.sizes(SYSTEM)
    lost = (told.durations_seconds * told.severities)[:20_000]
    fitted = stats.lognorm(known.sigma, scale=known.median_loss_seconds)
    assert stats.kstest(lost, fitted.cdf).pvalue > 0.001


def test_a_quarter_is_missed_at_least_as_often_as_one_incident_alone_would() -> None:
    floor = error_budget.single_incident_quarter_fraction(SYSTEM)
    missed = error_budget.missed_quarter_fraction(SYSTEM)
    assert max(floor, error_budget.over_budget_time_fraction(SYSTEM)) < missed < 1


def test_the_log_itself_was_over_budget_about_a_month_for_each_incident_that_spent_one() -> None:
    """Four of them, none within thirty days of another: about 120 of 1,096 days."""
    over = sum(row.budgets > 1 for row in reliability.spent(SYSTEM))
    days = error_budget.logged_over_budget_time_fraction(SYSTEM) * 1096
    assert over == 4
    assert days == pytest.approx(30 * over, abs=4)


def test_the_interval_holds_the_estimate() -> None:
    low, high = error_budget.over_interval(SYSTEM)
    assert low < error_budget.closed_over_budget_time_fraction(SYSTEM) < high


def test_one_nine_more_is_kept_as_often_only_with_fewer_incidents() -> None:
    rate = error_budget.nine_incidents_per_year(SYSTEM)
    assert 0 < rate < error_budget.incidents_per_year(SYSTEM)
    assert error_budget.nine_missed_quarter_fraction(SYSTEM) > error_budget.missed_quarter_fraction(SYSTEM)


def test_a_looser_objective_is_missed_less_often() -> None:
    loose = model.what_if(SYSTEM, {"targets.availability_fraction": 0.99})
    assert error_budget.missed_quarter_fraction(loose) < error_budget.missed_quarter_fraction(SYSTEM)
