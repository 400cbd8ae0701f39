"""The telemetry of the incidents against their record, and against what the system facts tell by hand."""

import math
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from playbook import model
from playbook.generate import telemetry
from playbook.generate.telemetry import day
from playbook.studies import impacts
from playbook.studies.impacts import Impact

SYSTEM = model.load()
RECORD = {incident.name: incident for incident in SYSTEM.incidents}
COUNTS = ["requests", "refused", "server_errors", "due", "fresh", "reconciled", "wrong"]

# How far minutes, late events and all that came may stand from the record in incidents.toml, as shares.
AGREES = [
    ("hot_key", 0.01, 0.01, 0.03),
    ("contract_before_expand", 0.01, 0.03, 0.01),
    ("frozen_pods", 0.04, 0.01, 0.05),
    # The record counts the stalled destination's events as late; by the definition they were not due.
    ("retry_storm", 0.01, 0.05, 0.03),
    ("hidden_retries", 0.02, 0.03, 0.02),
    ("enrichment_drift", 0.0, 0.0, 0.03),
]
# System facts, "Six incidents": (incident, what, told, tolerance as a share).
TOLD = [
    ("hot_key", "backlog_events", 360e3, 0.03),
    ("hot_key", "wait_minutes", 24, 0.03),
    ("contract_before_expand", "wrong_events", 262e3, 0.05),
    ("contract_before_expand", "wait_minutes", 0.24 * 24 * 60, 0.02),
    ("frozen_pods", "backlog_events", 45e3, 0.05),
    # 160 events a second from 15:10 to 17:17, oldest first.
    ("retry_storm", "backlog_events", 160 * 127 * 60, 0.02),
    ("retry_storm", "wait_minutes", 127, 0.03),
    # A backlog of 45K before pods that hand on 3 x 48 / 0.355 / 1.5 = 270 events a second.
    ("frozen_pods", "wait_minutes", 45e3 / 270 / 60, 0.05),
]


def counted(name: str) -> Impact:
    return impacts.impact(SYSTEM, name)


def rows(name: str) -> pd.DataFrame:
    return telemetry.INCIDENTS[name].telemetry(SYSTEM)


def panel(name: str, words: str) -> pd.DataFrame:
    shown = telemetry.INCIDENTS[name].panels(SYSTEM)
    return shown[shown["panel"].str.contains(words, regex=False)]


@pytest.mark.parametrize(("name", "minutes", "late", "due"), AGREES)
def test_the_mechanism_reproduces_what_was_recorded(
    name: str, minutes: float, late: float, due: float
) -> None:
    assert counted(name).minutes == pytest.approx(RECORD[name].minutes, rel=minutes)
    assert counted(name).due_events == pytest.approx(RECORD[name].handled_events, rel=due)
    if RECORD[name].late_events:
        assert counted(name).late_events == pytest.approx(RECORD[name].late_events, rel=late)
    else:
        assert impacts.budgets(SYSTEM, name) < 0.1


@pytest.mark.parametrize(("name", "what", "told", "tolerance"), TOLD)
def test_the_mechanism_reproduces_what_is_told(name: str, what: str, told: float, tolerance: float) -> None:
    assert getattr(counted(name), what) == pytest.approx(told, rel=tolerance)


@pytest.mark.parametrize("name", telemetry.INCIDENTS)
def test_counts_are_whole_enough_to_be_counters(name: str) -> None:
    frame = rows(name)
    assert (frame[COUNTS] >= 0).all(axis=None)
    assert (frame["fresh"] <= frame["due"]).all()
    assert (frame["wrong"] <= frame["reconciled"]).all()
    assert np.isfinite(frame["wait_seconds"]).all()


@pytest.mark.parametrize("name", telemetry.INCIDENTS)
def test_every_accepted_event_is_handed_over_once_or_counted_wrong(name: str) -> None:
    frame = rows(name)
    once = frame["reconciled"].sum() - frame["wrong"].sum()
    assert once == pytest.approx(frame["due"].sum(), abs=1.0)


@pytest.mark.parametrize("name", telemetry.INCIDENTS)
def test_one_grain_from_before_the_longest_window_until_after_it_was_fresh(name: str) -> None:
    times = pd.DatetimeIndex(rows(name)["at"].unique())
    assert len(set(np.diff(times.to_numpy()))) == 1
    assert times[0] <= counted(name).started - pd.Timedelta(hours=6.5)
    assert times[-1] >= counted(name).ended + pd.Timedelta(hours=1)


@pytest.mark.parametrize("name", telemetry.INCIDENTS)
def test_the_whole_platform_of_the_day_is_in_it(name: str) -> None:
    assert set(rows(name)["region"]) == {"us", "eu"}


@pytest.mark.parametrize("region", ["us", "eu"])
@pytest.mark.parametrize("on", ["2025-02-11", "2025-08-05"])
def test_the_shape_of_a_day_adds_up_to_its_volume(region: str, on: str) -> None:
    start = datetime.fromisoformat(f"{on}T00:00+00:00")
    shape = day.factor(region, day.Clock(start, start + timedelta(days=1), 60.0))
    assert shape.mean() == pytest.approx(1, abs=0.02)


def test_the_eus_night_and_morning_are_those_of_the_system_facts() -> None:
    # Incident 4: 181/s on the mean, 75 at night, 300 in the morning, local time being two hours ahead.
    start = datetime.fromisoformat("2025-08-05T00:00+00:00")
    rate = day.per_second(
        model.at(SYSTEM, start.date()), "eu", day.Clock(start, start + timedelta(hours=12), 60.0)
    )
    assert rate.max() == pytest.approx(300, rel=0.01)
    assert rate.min() == pytest.approx(75, rel=0.05)
    assert rate.max() / rate.min() * 0.4 == pytest.approx(SYSTEM.delivery.morning_factor, rel=0.01)


@pytest.mark.parametrize("name", telemetry.INCIDENTS)
def test_by_5xx_it_spends_nothing(name: str) -> None:
    assert counted(name).server_error_fraction < SYSTEM.targets.server_error_fraction / 100


@pytest.mark.parametrize("name", telemetry.INCIDENTS)
def test_a_good_day_spends_less_than_the_objective_allows(name: str) -> None:
    steps = impacts.steps(name)
    before = steps[steps.index < counted(name).started]
    assert before["late"].sum() / before["due"].sum() < 1 - SYSTEM.targets.availability_fraction


def test_the_first_incidents_dashboard_stayed_green_while_events_waited_for_twenty_minutes() -> None:
    shown = panel("hot_key", "p99")
    assert shown["value"].max() == pytest.approx(0.37)
    assert (shown["value"] < shown["threshold"]).all()


def test_the_quota_is_refused_at_the_edge_and_is_no_5xx() -> None:
    frame = rows("hot_key")
    refused = frame[frame["refused"] > 0]
    assert refused["at"].min() == pd.Timestamp("2024-03-19T15:08Z")
    assert set(refused["tenants"]) == {"campaign"}


def test_the_iterators_age_stood_at_nothing_while_one_reader_fell_behind() -> None:
    assert not panel("contract_before_expand", "IteratorAge")["value"].any()
    frame = rows("contract_before_expand")
    stuck = frame[frame["at"] == pd.Timestamp("2025-02-11T12:00Z")].set_index("stream")["behind_seconds"]
    # From the crash at 06:12 to the end of that step at 12:01.
    assert stuck.max() == pytest.approx(349 * 60, rel=0.001)
    assert (stuck > 60).sum() == 1


def test_the_replay_hands_over_again_what_lay_beyond_the_window_and_nothing_else() -> None:
    frame = rows("contract_before_expand")
    then = model.at(SYSTEM, RECORD["contract_before_expand"].on)
    assert frame["wrong"].sum() >= SYSTEM.idempotency.duplicated_events
    assert set(frame[frame["wrong"] > 0]["region"]) == {"us"}
    # 26 min beyond the window at its start; each minute of reading moves the window on by one.
    came = frame[
        (frame["region"] == "us") & (frame["at"] >= "2025-02-11T05:46Z") & (frame["at"] < "2025-02-11T06:12Z")
    ]
    per_minute = came["due"].sum() / 26
    capacity = then.stream.us_shards * 60 / then.stream.consumer_seconds_per_record
    minutes = 26 / (1 - per_minute / capacity)
    assert frame["wrong"].sum() == pytest.approx(per_minute * minutes, rel=0.05)


def test_frozen_pods_ran_out_of_connections_and_not_of_processors() -> None:
    eu = rows("frozen_pods").query("region == 'eu'")
    assert eu["in_flight_fraction"].max() == pytest.approx(1.0)
    assert panel("frozen_pods", "CPU")["value"].max() < 0.05
    late = (eu["due"] - eu["fresh"]).sum()
    during = eu[(eu["at"] >= "2025-08-05T05:20Z") & (eu["at"] < "2025-08-05T08:54Z")]
    assert late / during["due"].sum() == pytest.approx(0.38, abs=0.01)


def test_the_standbys_certificate_had_expired_the_day_before() -> None:
    eu = rows("frozen_pods").query("region == 'eu'").set_index("at")["certificate_expires_seconds"]
    assert eu[pd.Timestamp("2025-08-05T05:20Z")] == -(24 + 5 + 1 / 3) * 3600


def test_labels_tell_the_drift_within_what_nine_days_of_them_can() -> None:
    frame = rows("enrichment_drift")
    during = frame[(frame["at"] >= "2026-05-12T00:00Z") & (frame["at"] < "2026-05-21T00:00Z")]
    checked, correct = during["checked"].sum(), during["correct"].sum()
    assert checked == pytest.approx(9 * 62, abs=1)
    accuracy = SYSTEM.enrichment.drifted_accuracy_fraction
    error = math.sqrt(accuracy * (1 - accuracy) / checked)
    assert correct / checked == pytest.approx(accuracy, abs=2 * error)


def test_the_cost_alarm_trips_on_the_ninth_day_and_not_before() -> None:
    cost = panel("enrichment_drift", "cost").set_index("at")
    over = cost.index[cost["value"] > cost["threshold"]]
    assert over[0] == pd.Timestamp("2026-05-21T00:00Z")


def test_six_incidents_fit_into_git() -> None:
    folder = model.data_folder() / telemetry.FOLDER
    assert sum(file.stat().st_size for file in folder.iterdir()) < 600_000
