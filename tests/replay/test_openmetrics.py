"""Telemetry as OpenMetrics."""

import pandas as pd

from playbook.replay.openmetrics import exposition

TIMES = pd.date_range("2024-03-19 14:00", periods=3, freq="30s", tz="UTC")
FIRST = 1710856800


def _telemetry(**columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"at": TIMES, "region": "us", "stream": "shard-0", "tenants": "rest", **columns})


PANELS = pd.DataFrame(
    {"at": TIMES, "panel": "p99", "value": [0.3, 0.4, 0.5], "threshold": [float("nan")] * 3}
)


def test_a_counter_starts_at_zero_and_holds_each_step_at_its_end() -> None:
    lines = exposition(_telemetry(due=[10.0, 20.0, 5.0]), PANELS).splitlines()
    selector = 'events_due_total{region="us",stream="shard-0",tenants="rest"}'
    assert [line for line in lines if line.startswith(selector)] == [
        f"{selector} 0 {FIRST}",
        f"{selector} 10 {FIRST + 30}",
        f"{selector} 30 {FIRST + 60}",
        f"{selector} 35 {FIRST + 90}",
    ]


def test_streams_of_a_region_add_up_where_the_counter_has_no_stream() -> None:
    both = pd.concat(
        [
            _telemetry(requests=[2.0, 2.0, 2.0], server_errors=[0.0, 1.0, 0.0]),
            _telemetry(requests=[4.0, 4.0, 4.0], server_errors=[0.0, 0.0, 0.0]).assign(stream="shard-1"),
        ]
    )
    text = exposition(both, PANELS)
    assert f'edge_requests_total{{region="us",outcome="accepted"}} 17 {FIRST + 90}' in text
    assert f'edge_requests_total{{region="us",outcome="error"}} 1 {FIRST + 90}' in text


def test_a_panel_without_a_threshold_has_a_value_only() -> None:
    text = exposition(_telemetry(due=[1.0, 1.0, 1.0]), PANELS)
    assert f'panel_value{{panel="p99"}} 0.3 {FIRST}' in text
    assert "panel_threshold{" not in text


def test_a_family_is_declared_once_and_the_text_ends_as_the_format_asks() -> None:
    text = exposition(_telemetry(requests=[2.0] * 3, server_errors=[0.0] * 3), PANELS)
    assert text.count("# TYPE edge_requests counter") == 1
    assert text.endswith("# EOF\n")
