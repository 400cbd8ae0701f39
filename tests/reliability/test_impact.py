"""What an incident cost, against the story, hand-worked months and the telemetry."""

import math
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from playbook import facts, model, reliability

SYSTEM = model.load()
TELEMETRY = model.data_folder() / "reliability" / "telemetry"
NAMES = [each.name for each in SYSTEM.timelines]
PLAYED = [name for name in NAMES if (TELEMETRY / f"{name}.parquet").exists()]


def test_every_incident_has_an_impact_in_order_of_date() -> None:
    assert [each.name for each in reliability.impacts(SYSTEM)] == [each.name for each in SYSTEM.incidents]


def test_by_server_errors_no_incident_spent_anything() -> None:
    # System facts, "Service levels": by the 5xx definition none of the six spends anything.
    assert [each.server_error_budgets for each in reliability.impacts(SYSTEM)] == [0.0] * 6


@pytest.mark.parametrize("name", PLAYED)
def test_what_is_recorded_is_what_the_telemetry_counted(name: str) -> None:
    found = reliability.timeline(SYSTEM, name)
    rows = pd.read_parquet(TELEMETRY / f"{name}.parquet")
    during = rows[(rows["at"] >= found.when("started")) & (rows["at"] < found.when("fresh"))]
    refused = during["refused"].sum() * SYSTEM.traffic.events_per_request if "refused" in during else 0.0
    assert during["server_errors"].sum() == found.server_errors
    assert found.refused_events == pytest.approx(refused, rel=0.01)


def test_hot_key_reached_the_tenants_that_the_story_counts() -> None:
    # System facts: about 4 of 16 US tenants.
    cost = reliability.impact(SYSTEM, "hot_key")
    assert (cost.tenants_hit, cost.tenants_in_region) == (4, 16)


def test_seven_tenants_were_european_when_their_data_was_found_in_the_us() -> None:
    # Decision 0011, 2024-07: all seven EU tenants are told.
    then = model.at(SYSTEM, date(2024, 7, 15))
    assert round(then.tenancy.tenants * then.tenancy.region_fraction("eu")) == 7


def test_regions_share_the_tenants_whole() -> None:
    tenancy = SYSTEM.tenancy
    assert (
        tenancy.region_fraction("us") + tenancy.region_fraction("eu") == tenancy.region_fraction("all") == 1
    )


def test_a_tenants_month_is_what_is_left_of_its_events() -> None:
    # By hand, from the figures of system.md: 1.64M late of 14.3M a day, 31 days, 65 % in the United States.
    told = 1 - 1.64e6 / (14.3e6 * 31 * 0.65)
    assert reliability.tenant_month_fraction(SYSTEM, "retry_storm") == pytest.approx(told, rel=1e-4)
    # February of 2025 has 28 days; 31 % of US tenants.
    told = 1 - 5.55e5 / (25.5e6 * 28 * 0.65 * 0.31)
    assert reliability.tenant_month_fraction(SYSTEM, "contract_before_expand") == pytest.approx(
        told, rel=1e-4
    )


CREDITS = [
    # availability, share of the fee by the schedule in data/context/contracts.toml
    (1.0, 0.0),
    (0.999, 0.0),
    (0.9989, 0.10),
    (0.995, 0.10),
    (0.9949, 0.25),
    (0.98, 0.25),
    (0.9799, 0.50),
    (-0.2, 0.50),
]


@pytest.mark.parametrize(("availability", "share"), CREDITS)
def test_a_credit_follows_the_schedule_at_its_edges(availability: float, share: float) -> None:
    assert reliability.credit_fraction(SYSTEM, availability=availability) == share


def test_contract_values_sum_to_what_the_contracts_are_worth() -> None:
    values = reliability.contract_values(SYSTEM)
    assert math.fsum(values) == pytest.approx(SYSTEM.contracts.usd_per_month)
    assert list(values) == sorted(values, reverse=True)
    assert len(values) == SYSTEM.tenancy.tenants


@pytest.mark.parametrize("name", NAMES)
def test_the_largest_contracts_bound_the_credit(name: str) -> None:
    cost = reliability.impact(SYSTEM, name)
    assert cost.credits_usd <= cost.credits_at_most_usd
    assert (cost.credits_usd > 0) == (cost.availability_fraction < SYSTEM.alerts.contract_fraction)


def test_equal_contracts_leave_nothing_to_bound() -> None:
    flat = model.what_if(SYSTEM, {"contracts.value_exponent": 0.0})
    cost = reliability.impact(flat, "hot_key")
    assert cost.credits_usd == pytest.approx(cost.credits_at_most_usd)


def test_a_storm_that_hit_every_us_tenant_owes_a_quarter_of_their_fees() -> None:
    # 24 of the 31 tenants of that day, at the mean fee, a quarter of it.
    then = model.at(SYSTEM, date(2024, 8, 21))
    told = 0.25 * then.contracts.usd_per_month * 24 / 31
    assert facts.value("reliability.storm_credits_usd", SYSTEM) == pytest.approx(told)


def test_duplicates_are_the_budget_of_correct_of_the_replay_and_of_no_other() -> None:
    spent = {each.name: each.correct_budgets for each in reliability.impacts(SYSTEM) if each.correct_budgets}
    # System facts: 262K duplicated of 25.5M a day, thirty days, 0.05 %.
    assert spent == {"contract_before_expand": pytest.approx(262e3 / (25.5e6 * 30 * 0.0005), rel=0.01)}


def test_the_quota_that_ended_incident_1_spent_accepted() -> None:
    # 325/s refused for the 28 minutes from 15:08 to 15:36, of 8.7M a day, thirty days, 0.05 %.
    told = 325 * 28 * 60 / (8.7e6 * 30 * 0.0005)
    assert facts.value("reliability.hot_key_refused_budgets", SYSTEM) == pytest.approx(told, rel=0.1)


STORY = {
    # System facts, by incident.
    "reliability.frozen_pods_eu_budgets": 4.6,
    "reliability.merge_age_fraction": 0.24,
    "reliability.hidden_wire_attempts": 3.3,
    "reliability.hot_key_tenants_hit": 4,
    "reliability.untested_actions": 1,
}


@pytest.mark.parametrize("name", STORY)
def test_a_number_of_one_postmortem_is_the_storys(name: str) -> None:
    assert facts.value(name, SYSTEM) == pytest.approx(STORY[name], rel=0.02)


def test_actions_are_in_time_or_late_or_undone() -> None:
    actions = [action for each in SYSTEM.timelines for action in each.actions]
    late = [a for a in actions if a.fate == "done" and not a.in_time]
    undone = [a for a in actions if a.fate != "done"]
    in_time = facts.value("reliability.actions_in_time", SYSTEM)
    assert in_time == len(actions) - len(late) - len(undone)


def test_an_unknown_incident_is_named_with_those_that_have_timelines() -> None:
    with pytest.raises(ValueError, match="incident 'flood' has no timeline; those that have are hot_key"):
        reliability.timeline(SYSTEM, "flood")


def test_an_incident_is_judged_by_the_contracts_of_its_day() -> None:
    today = replace(SYSTEM.contracts, usd_per_month=2 * SYSTEM.contracts.usd_per_month)
    richer = replace(SYSTEM, contracts=today)
    assert reliability.impact(richer, "hot_key") == reliability.impact(SYSTEM, "hot_key")
