"""The telemetry of both retry incidents, against what the system facts tell by hand."""

import pandas as pd
import pytest

from playbook import model
from playbook.generate.telemetry import hidden_retries, retry_storm

SYSTEM = model.load()
STORM, HIDDEN = retry_storm.telemetry(SYSTEM), hidden_retries.telemetry(SYSTEM)
DAY, EVENING = "2024-08-21", "2026-01-14"


def of(frame: pd.DataFrame, stream: str, day: str, since: str, until: str) -> pd.DataFrame:
    """Rows of a stream between two times of a day."""
    at = frame["at"]
    inside = (at >= pd.Timestamp(f"{day}T{since}Z")) & (at < pd.Timestamp(f"{day}T{until}Z"))
    return frame[(frame["stream"] == stream) & inside]


def per_second(rows: pd.DataFrame, column: str) -> float:
    """Mean of a count per second."""
    return float(rows.groupby("at")[column].sum().mean()) / 30


@pytest.mark.parametrize(
    ("since", "until", "deliveries", "wire"),
    [
        # 192 x 0.35 + 48 x 10 would be 547 slots: 320 of them pass 320 / 2.28 = 140 a second.
        pytest.param("15:20", "15:48", 240, 140, id="stalled"),
        pytest.param("15:50", "16:05", 240, 914, id="back, and the storm goes on"),
        pytest.param("16:10", "17:12", 240, 914, id="rolled back, and the storm goes on"),
        pytest.param("17:18", "17:58", 914, 914, id="drained at the pool's capacity"),
    ],
)
def test_the_pool_carries_what_is_told(since: str, until: str, deliveries: float, wire: float) -> None:
    rows = of(STORM, "us", DAY, since, until)
    assert per_second(rows, "deliveries") == pytest.approx(deliveries, rel=0.01)
    # Ordinary refusals, three in a hundred, come on top while all is well.
    assert per_second(rows, "wire_attempts") == pytest.approx(wire, rel=0.03)


def test_nobody_is_answered_from_the_stall_until_consumers_are_paused() -> None:
    rows = of(STORM, "us", DAY, "15:12", "17:12")
    assert rows["fresh"].sum() == 0
    assert rows["reconciled"].sum() < 0.01 * rows["due"].sum()


def test_pausing_seven_of_eight_shards_ends_it_before_all_come_back() -> None:
    assert per_second(of(STORM, "us", DAY, "17:13", "17:16"), "deliveries") == pytest.approx(30, rel=0.01)
    last = of(STORM, "us", DAY, "17:16", "17:17")
    assert last["wire_attempts"].sum() / last["deliveries"].sum() < 1.1


def test_a_stalled_destinations_events_are_not_due() -> None:
    rows = of(STORM, "us", DAY, "15:10", "15:48")
    assert rows[rows["tenants"] == "stalled"]["due"].sum() == 0
    assert rows[rows["tenants"] == "stalled"]["requests"].sum() > 0


def test_no_layers_dashboard_showed_more_than_its_own_three_tries() -> None:
    shown = retry_storm.panels(SYSTEM)
    # When seven of eight consumers pause, retries of before meet few new calls: a ratio means nothing there.
    shown = shown[shown["at"] < pd.Timestamp(f"{DAY}T17:12Z")]
    tries = shown[shown["panel"].str.startswith("tries per call")]
    assert (tries["value"] <= tries["threshold"] + 1e-6).all()
    assert set(tries.groupby("panel")["value"].max().round(6)) == {3.0}
    product = tries.groupby("at")["value"].prod().max()
    assert product == pytest.approx(27)


def test_three_times_what_we_counted_went_out_and_our_panels_stayed_green() -> None:
    rows = of(HIDDEN, hidden_retries.DESTINATION, EVENING, "22:20", "22:47")
    assert per_second(rows, "counted_attempts") == pytest.approx(110, rel=0.02)
    assert per_second(rows, "wire_attempts") == pytest.approx(330, rel=0.02)
    assert rows["wire_attempts"].sum() / rows["deliveries"].sum() == pytest.approx(3.3, rel=1e-3)
    shown = hidden_retries.panels(SYSTEM)
    shown = shown[shown["panel"].str.startswith("attempts")]
    assert (shown["value"] < shown["threshold"]).all()


def test_with_the_sdks_tries_known_a_minute_of_refusals_stays_a_minute() -> None:
    one = model.what_if(SYSTEM, {"retries.sdk_tries": 1})
    frame = hidden_retries.telemetry(one)
    late = frame[frame["due"] - frame["fresh"] > 0.5 * frame["due"]]
    assert late["at"].max() - late["at"].min() < pd.Timedelta(minutes=3)


@pytest.mark.parametrize("cell", ["us-1", "us-2", "us-3", "eu-1", "eu-2"])
def test_the_destinations_queue_keeps_every_cell_fresh(cell: str) -> None:
    rows = of(HIDDEN, cell, EVENING, "22:20", "23:07")
    assert rows["fresh"].sum() / rows["due"].sum() > 0.999
