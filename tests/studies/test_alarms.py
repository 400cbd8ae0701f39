"""The alarm on daily cost against what was planted; the record is fixed, so the claims are exact."""

import inspect
import itertools
from datetime import date, timedelta

import pytest

from playbook import billing, model
from playbook.studies import alarms, changes, leak
from playbook.studies.alarms import DECISION, ECHO, NOISE, PLANTED, PRICE

SYSTEM = model.load()


def test_every_planted_event_that_costs_too_much_has_a_service() -> None:
    assert {one.kind for one in SYSTEM.planted if one not in alarms.events()} == {"credit", "correction"}
    assert {one.item for one in alarms.events()} == set(alarms.ITEMS)


CAUSES = [
    (date(2025, 9, 2), "Amazon CloudWatch", PLANTED),
    (date(2025, 9, 5), "Amazon CloudWatch", PLANTED),
    (date(2025, 9, 6), "Amazon CloudWatch", ECHO),
    (date(2025, 9, 2), "Amazon Kinesis", NOISE),
    (date(2025, 10, 19), "Amazon Elastic Compute Cloud", NOISE),
    (date(2025, 10, 20), "Amazon Elastic Compute Cloud", DECISION),
    (date(2024, 11, 1), "Amazon DynamoDB", PRICE),
    (date(2024, 11, 29), "Amazon DynamoDB", NOISE),
]


@pytest.mark.parametrize(("day", "service", "cause"), CAUSES)
def test_an_alarm_is_owed_to_what_happened_to_its_service_in_the_four_weeks_before(
    day: date, service: str, cause: str
) -> None:
    assert alarms.caused(day, service)[0] == cause


def test_the_runaway_is_found_on_its_first_day_at_every_threshold() -> None:
    assert {alarms.found_after_days("debug_logging", at) for at in alarms.THRESHOLDS} == {1}


def test_the_runaways_first_day_cost_its_gigabytes_at_the_price_of_a_gigabyte() -> None:
    # 590 GB a day at $0.50.
    assert alarms.spent_usd("debug_logging", 1) == pytest.approx(295)


def test_the_leak_raises_no_alarm_at_any_threshold() -> None:
    assert {alarms.found_after_days("orphaned_parts", at) for at in alarms.THRESHOLDS} == {None}


def test_what_the_leak_cost_is_the_sum_of_a_staircase() -> None:
    # 3.2 GB-months more every day for 210 days, at $0.023: 3.2 × 0.023 × 210 × 211 / 2.
    assert alarms.whole_usd("orphaned_parts") == pytest.approx(3.2 * 0.023 * 210 * 211 / 2)


def test_a_lower_threshold_speaks_no_less() -> None:
    days = [{(one.day, one.service) for one in alarms.alarms(at)} for at in alarms.THRESHOLDS]
    assert all(higher <= lower for lower, higher in itertools.pairwise(days))


def test_episodes_keep_every_alarm() -> None:
    assert sum(one.days for one in alarms.episodes()) == len(alarms.alarms())


def test_precision_by_hand() -> None:
    one = alarms.Episode("s", date(2025, 1, 1), 1, PLANTED, "")
    other = alarms.Episode("s", date(2025, 2, 1), 1, DECISION, "")
    assert alarms.precision([one, other, other, other]) == 0.25
    assert alarms.precision([one, other], told=True) == 1.0
    assert alarms.precision([]) is None


def test_the_changes_are_on_the_days_that_the_records_name() -> None:
    days = {change.day: change for change in changes.changes()}
    assert days[date(2025, 10, 20)].paths == ("platform.eu_clusters", "platform.us_clusters")
    assert days[date(2024, 11, 1)].priced
    assert set(days[date(2026, 2, 16)].usd_per_day) == {"enrichment"}
    # By hand: the plan saves 3.80 / 0.73 − 3.80 an hour, 24 hours a day.
    assert days[date(2026, 4, 1)].usd_per_day["compute"] == pytest.approx(-24 * (3.8 / 0.73 - 3.8))


def test_outside_the_leak_storage_costs_what_the_model_says_to_the_cent() -> None:
    found, (first, last) = leak.series(), leak.ends()
    gaps = {
        day: paid - expected
        for day, paid, expected in zip(found.days, found.paid_usd, found.expected_usd, strict=True)
    }
    assert max(abs(gap) for day, gap in gaps.items() if not first <= day <= last) <= 0.01
    assert gaps[first] == pytest.approx(3.2 * 0.023, abs=0.006)
    assert gaps[first + timedelta(days=99)] == pytest.approx(320 * 0.023, abs=0.006)


def test_the_sum_against_the_model_needs_longer_the_less_the_model_is_worth() -> None:
    medians = [leak.by_model_days(worth)[0] for worth in leak.DISAGREEMENTS]
    assert medians == sorted(medians)
    assert medians[0] < medians[-1] < leak.noticed_days()


def test_floor_and_least_spread_are_the_alarms_defaults() -> None:
    defaults = {name: each.default for name, each in inspect.signature(billing.anomalies).parameters.items()}
    assert (defaults["floor"], defaults["noise_fraction"]) == (alarms.FLOOR_USD, alarms.SPREAD_FRACTION)


def test_our_threshold_is_a_fifth_more_than_usual() -> None:
    # book/07-cost/runaway.md says so, and incident 6 was caught by it.
    assert pytest.approx(0.2) == alarms.THRESHOLD * alarms.SPREAD_FRACTION


def test_compute_hides_most_and_no_service_less_than_the_floor() -> None:
    room = alarms.hides_usd_per_day()
    assert next(iter(room)) == "Amazon Elastic Compute Cloud"
    assert min(room.values()) == alarms.FLOOR_USD
