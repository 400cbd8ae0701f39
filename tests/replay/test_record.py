"""The replay of the recorded incidents through the real Prometheus, against what stands in data/."""

import os
from datetime import timedelta

import pytest

from playbook import model, reliability
from playbook.replay import record, server
from playbook.studies import replayed

SYSTEM = model.load()
FOLDER = model.data_folder()
TOLERANCE_MINUTES = 2.0


def test_prometheus_says_again_what_the_record_holds() -> None:
    try:
        server.tools()
    except server.ReplayError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    said = record.record(SYSTEM, record.frames(SYSTEM, FOLDER), rules=FOLDER.parent / record.RULES)
    assert said == (FOLDER / record.FILE).read_text("utf-8")


def test_every_incident_that_makes_events_late_is_paged_when_the_exact_windows_say() -> None:
    # An evaluation each minute, counters each half minute, and rates that Prometheus extrapolates.
    found = replayed.disagreements_minutes(SYSTEM)
    late = {each.name for each in SYSTEM.incidents if each.late_events}
    assert {name for name, _, _ in found} == late
    for name, exact, fired in found:
        assert fired == pytest.approx(exact, abs=TOLERANCE_MINUTES), name


def test_by_the_count_of_server_errors_no_incident_is_heard() -> None:
    assert not [each for each in SYSTEM.firings if each.alert.startswith("Accepted")]


def test_nobody_was_paged_on_freshness_before_the_page_could_speak() -> None:
    paged = [
        each for each in reliability.heard(SYSTEM) if each.incident.noticed_by == "the page on freshness"
    ]
    assert paged
    for each in paged:
        fast = next(
            one
            for one in SYSTEM.firings
            if (one.incident, one.alert) == (each.incident.name, "FreshBurnFast")
        )
        started = reliability.timeline(SYSTEM, each.incident.name).when("started")
        assert each.incident.noticed_minutes >= (fast.fires_at - started) / timedelta(minutes=1)
