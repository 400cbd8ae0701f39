"""Budgets and pages, against the figures that the story gives for each incident."""

import pytest

from playbook import facts, model, reliability

SYSTEM = model.load()

# System facts, "Six incidents, by mechanism": budgets of fresh.
TOLD = {
    "hot_key": 10.8,
    "retry_storm": 7.7,
    "contract_before_expand": 1.45,
    "frozen_pods": 1.6,
    "hidden_retries": 0.17,
    "enrichment_drift": 0.0,
}


@pytest.mark.parametrize("name", TOLD)
def test_an_incident_spent_what_the_story_tells(name: str) -> None:
    replay = next(r for r in reliability.predictions(SYSTEM) if r.incident.name == name)
    assert replay.budgets == pytest.approx(TOLD[name], rel=0.02)


def test_retry_budgets_cut_the_damage_as_told() -> None:
    assert facts.value("reliability.retry_damage_ratio", SYSTEM) == pytest.approx(45, rel=0.02)


def test_the_recipe_is_the_workbooks() -> None:
    # Google SRE Workbook, chapter 5, table 5-8: 14.4, 6 and 1 over 1 h, 6 h and 3 d.
    alerts = reliability.alerts(SYSTEM)
    assert [alert.window_hours for alert in alerts] == [1, 6, 72]
    assert [alert.burn_rate for alert in alerts] == pytest.approx([14.4, 6, 1])


def test_a_full_outage_pages_after_its_share_of_the_hour() -> None:
    # 14.4 x 0.05 % of an hour.
    assert facts.value("reliability.full_outage_page_seconds", SYSTEM) == pytest.approx(14.4 * 0.0005 * 3600)


def test_the_share_that_is_seen_in_time_is_seen_exactly_in_time() -> None:
    share = facts.value("reliability.detectable_in_target_fraction", SYSTEM)
    assert isinstance(share, float)
    assert reliability.page_seconds(SYSTEM, error_fraction=share) == pytest.approx(300)
    assert reliability.page_seconds(SYSTEM, error_fraction=share / 2) > 300


def test_below_the_slow_pages_share_nothing_wakes_anyone() -> None:
    assert reliability.page_seconds(SYSTEM, error_fraction=0.0029) == float("inf")
    assert reliability.page_seconds(SYSTEM, error_fraction=0.0031) < float("inf")


def test_a_wider_objective_pages_later() -> None:
    loose = model.what_if(SYSTEM, {"targets.availability_fraction": 0.999})
    assert reliability.page_seconds(loose, error_fraction=0.1) == pytest.approx(
        2 * reliability.page_seconds(SYSTEM, error_fraction=0.1)
    )


def test_an_unknown_incident_is_named_with_those_that_are() -> None:
    with pytest.raises(ValueError, match="incident 'flood' is not among those recorded: hot_key"):
        reliability.incident(SYSTEM, "flood")
