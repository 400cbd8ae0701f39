"""What the log says, against figures worked by hand and the story."""

import math

import pytest

from playbook import model, reliability

SYSTEM = model.load()


def test_every_budget_of_the_log_belongs_to_one_cause() -> None:
    assert math.fsum(reliability.budgets_by_cause(SYSTEM).values()) == pytest.approx(
        reliability.logged_budgets(SYSTEM)
    )


def test_the_log_spends_on_the_told_incidents_what_their_replays_say() -> None:
    told = math.fsum(replay.budgets for replay in reliability.predictions(SYSTEM))
    assert reliability.told_budgets_fraction(SYSTEM) * reliability.logged_budgets(SYSTEM) == pytest.approx(
        told
    )


def test_the_means_claim_no_more_than_what_was_spent() -> None:
    """A destination's faults are claimed by retry budgets and by cells: what is left must add up without them."""
    parts = (
        reliability.quota_containable_fraction,
        reliability.retry_containable_fraction,
        reliability.cell_alone_fraction,
        reliability.uncontainable_fraction,
    )
    assert math.fsum(part(SYSTEM) for part in parts) == pytest.approx(1.0)
    assert reliability.cell_containable_fraction(SYSTEM) >= reliability.retry_containable_fraction(SYSTEM)


def test_a_quarter_counts_incidents_from_the_slow_pages_share_up() -> None:
    quarters = reliability.by_quarter(SYSTEM)
    assert len(quarters) == 13  # 2023-10 to 2026-10
    above = sum(row.budgets > 0.05 for row in reliability.spent(SYSTEM))
    assert sum(quarters.values()) == above


def test_the_hours_of_incident_one_follow_from_its_backlog() -> None:
    """System facts: backlog 360K, wait 24 min, 15:08 to 15:36."""
    assert reliability.hot_key_wait_minutes(SYSTEM) == pytest.approx(24.0)
    assert reliability.hot_key_drain_minutes(SYSTEM) == pytest.approx(28.0, abs=0.5)


def test_the_bound_on_the_standby_is_that_of_clopper_and_pearson() -> None:
    """Three of four: 0.2486, one-sided 95 % (beta quantile 0.05 with 3 and 2); all of ten: 0.05 ** 0.1."""
    assert reliability.lowest_fraction(passed=3, of=4) == pytest.approx(0.2486, abs=5e-5)
    assert reliability.lowest_fraction(passed=10, of=10) == pytest.approx(0.05**0.1)
    assert reliability.lowest_fraction(passed=0, of=3) == 0.0


def test_a_region_is_fresh_again_in_time_only_below_some_use() -> None:
    limit = reliability.recovery_use_limit_fraction(SYSTEM)
    at_limit = model.what_if(SYSTEM, {"delivery.slots_limit_fraction": limit})
    given = SYSTEM.targets.recovery_time_hours * 60
    assert reliability.fresh_again_at_peak_minutes(at_limit) == pytest.approx(given)
    assert (
        reliability.fresh_again_at_mean_minutes(SYSTEM)
        < given
        < reliability.fresh_again_at_peak_minutes(SYSTEM)
    )


def test_seven_dependencies_with_an_extra_nine_spend_seven_tenths() -> None:
    assert reliability.dependencies(SYSTEM) == 7
    assert reliability.extra_nine_spent_fraction(SYSTEM) == pytest.approx(0.7, abs=0.001)


def test_a_few_pages_prove_little() -> None:
    """Rule of three: no event among n bounds the rate near 3 / n; 59 passes show 95 % at 95 %."""
    pages = reliability.pages_per_quarter(SYSTEM)
    assert reliability.false_pages_at_most_fraction(SYSTEM) == pytest.approx(3 / pages, rel=0.06)
    weeks = reliability.false_page_proof_weeks(SYSTEM)
    assert math.ceil(weeks * SYSTEM.on_call.pages_per_week) == 59


def test_the_chance_of_many_is_that_of_the_tables() -> None:
    """Poisson tables: mean 1, more than two, 0.0803; mean 2, more than two, 0.3233."""
    assert reliability.more_than_fraction(2, mean=1.0) == pytest.approx(0.0803, abs=5e-5)
    assert reliability.more_than_fraction(2, mean=2.0) == pytest.approx(0.3233, abs=5e-5)


def test_the_partner_lets_nobody_sleep_where_all_data_is_european() -> None:
    european = model.what_if(SYSTEM, {"traffic.us_fraction": 0.05})
    assert reliability.woken_nights_per_year(european) > 0.9 * reliability.woken_without_partner_nights(
        european
    )
