import math

import pytest

from playbook import facts, model, reliability

SYSTEM = model.load()


def value(name: str, **changes: float) -> float:
    at = {path.replace("__", "."): number for path, number in changes.items()}
    found = facts.value(f"reliability.{name}", model.what_if(SYSTEM, at))
    assert isinstance(found, int | float)
    return found


def test_the_sample_is_tested_at_the_critical_share_of_one_side() -> None:
    # z at 5 %, one side, is 1.645: 0.08 + 1.645 √(0.08 · 0.92 / 559) = 0.0989.
    assert value("quality_alert_fraction") == pytest.approx(0.0989, abs=5e-5)


def test_its_least_number_of_labels_sees_three_points_with_the_usual_power() -> None:
    # n = ((1.645 √(0.08 · 0.92) + 0.8416 √(0.11 · 0.89)) / 0.03)² = 559.5, one side 5 %, power 80 %.
    needed = ((1.645 * math.sqrt(0.08 * 0.92) + 0.8416 * math.sqrt(0.11 * 0.89)) / 0.03) ** 2
    assert value("quality_least") == pytest.approx(needed, abs=1)


def test_labels_get_no_burn_rate_because_none_could_be_reached() -> None:
    # 14.4 × 0.08 = 1.152
    assert value("quality_page_error_fraction") == pytest.approx(1.152)


def test_three_failures_in_a_quiet_hour_would_page() -> None:
    # 14.4 × 0.01 of twenty is 2.88.
    assert value("reads_failures_to_page") == 3


@pytest.mark.parametrize(
    ("name", "alerts"),
    [
        ("fresh", ["FreshBurnFast", "FreshBurnSlow", "FreshBurnTicket"]),
        ("reads", ["ReadsBurnSlow", "ReadsBurnTicket"]),
        ("quality", ["EnrichmentQuality"]),
    ],
)
def test_low_traffic_has_no_fast_page_and_a_sample_has_one_test(name: str, alerts: list[str]) -> None:
    found = reliability.burn_alerts(SYSTEM, reliability.indicator(SYSTEM, name))
    assert [alert.name for alert in found] == alerts


def test_an_indicator_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(ValueError, match="'uptime' is not among fresh, accepted"):
        reliability.indicator(SYSTEM, "uptime")


def test_a_tenant_wholly_down_is_found_within_the_given_time_to_detect() -> None:
    # Half of ten minutes.
    assert value("tenant_down_minutes") == pytest.approx(5.0)
    assert value("tenant_down_minutes") <= SYSTEM.targets.detect_minutes


def test_stops_months_apart_last_a_window_each() -> None:
    # Budgets of 10.8, 7.7, 1.45 and 1.6: four above one, two above two; none within 30 days of another.
    assert (value("policy_stops"), value("policy_stopped_days")) == (4, 120)
    assert value("policy_stops", policy__stop_fraction=2.0) == 2
    assert value("policy_stopped_days", policy__stop_fraction=2.0) == 60


def test_a_longer_memory_would_have_stood_in_the_way_of_later_incidents() -> None:
    assert value("policy_prevented_incidents") == 0
    # 155 days lie between the first and the second, 174, 175 and 162 between the others that stop or follow.
    assert value("policy_prevented_incidents", alerts__window_days=170.0) > 0


def test_a_repeat_of_a_failed_action_owes_no_postmortem_by_policy() -> None:
    assert value("policy_postmortems") == 4
    assert value("hidden_retries_budgets") < SYSTEM.policy.postmortem_fraction
