"""Telemetry of an incident as OpenMetrics text, which ``promtool`` turns into blocks."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

# Labels by the column that they are taken from.
Labels = Mapping[str, str]
REGION: Labels = MappingProxyType({"region": "region"})
STREAM: Labels = MappingProxyType({"region": "region", "stream": "stream", "tenants": "tenants"})
DESTINATION: Labels = MappingProxyType({"region": "region", "stream": "destination"})
CONSUMER: Labels = MappingProxyType({"region": "region", "stream": "consumer"})
NONE: Labels = MappingProxyType({})

# Families by column, with a label that is the same in all rows where there is one.
COUNTERS: Mapping[str, tuple[str, Labels, str]] = MappingProxyType(
    {
        "due": ("events_due", STREAM, ""),
        "fresh": ("events_fresh", STREAM, ""),
        "accepted": ("edge_requests", REGION, 'outcome="accepted"'),
        "server_errors": ("edge_requests", REGION, 'outcome="error"'),
        "reconciled": ("events_reconciled", REGION, ""),
        "wrong": ("events_wrong", REGION, 'kind="duplicated"'),
        "checked": ("enrichment_checked", NONE, ""),
        "correct": ("enrichment_correct", NONE, ""),
        "wire_attempts": ("delivery_wire_requests", DESTINATION, ""),
        "deliveries": ("deliveries", DESTINATION, ""),
    }
)
# Gauges likewise, with what one unit of the column is of them.
GAUGES: Mapping[str, tuple[str, Labels, float]] = MappingProxyType(
    {
        "behind_seconds": ("kinesis_consumer_millis_behind_latest", CONSUMER, 1000.0),
        "in_flight_fraction": ("delivery_slots_in_flight", REGION, 1.0),
        "slots": ("delivery_slots", REGION, 1.0),
    }
)


def exposition(telemetry: pd.DataFrame, panels: pd.DataFrame) -> str:
    """OpenMetrics text of the counters and gauges in an incident's telemetry and of its dashboards.

    A step's counts are in the counter at the step's end; a gauge stands at the step's beginning.
    Every counter starts at zero at the first step. Panels become ``panel_value`` and, where they had
    one, ``panel_threshold``.
    """
    frame = telemetry.copy()
    if "in_flight_fraction" in frame:
        frame["slots"] = frame["in_flight_fraction"].where(frame["in_flight_fraction"].isna(), 1.0)
    if "requests" in frame:
        frame["accepted"] = frame["requests"] - frame["server_errors"]
    lines: dict[str, list[str]] = {}
    for column, (family, labels, fixed) in COUNTERS.items():
        if column in frame:
            lines.setdefault(f"# TYPE {family} counter", []).extend(
                _counter(frame, column, f"{family}_total", labels, fixed)
            )
    for column, (name, labels, size) in GAUGES.items():
        if column in frame:
            scaled = frame.assign(**{column: frame[column] * size})
            lines[f"# TYPE {name} gauge"] = list(_gauge(scaled, column, name, labels))
    for column, name in (("value", "panel_value"), ("threshold", "panel_threshold")):
        shown = panels.dropna(subset=[column])
        lines[f"# TYPE {name} gauge"] = list(_gauge(shown, column, name, {"panel": "panel"}))
    return "\n".join([line for head, rows in lines.items() for line in (head, *rows)] + ["# EOF", ""])


def _counter(frame: pd.DataFrame, column: str, name: str, labels: Labels, fixed: str) -> Iterator[str]:
    for selector, series in _series(frame.dropna(subset=[column]), column, labels, fixed):
        seconds = _seconds(series.index)
        ends = np.append(seconds, 2 * seconds[-1] - seconds[-2])
        counts = np.append(0.0, np.cumsum(series.to_numpy()))
        yield from (f"{name}{selector} {count:.10g} {at:.0f}" for at, count in zip(ends, counts, strict=True))


def _gauge(frame: pd.DataFrame, column: str, name: str, labels: Labels) -> Iterator[str]:
    for selector, series in _series(frame.dropna(subset=[column]), column, labels, "", how="max"):
        seconds = _seconds(series.index)
        yield from (
            f"{name}{selector} {value:.10g} {at:.0f}" for at, value in zip(seconds, series, strict=True)
        )


def _series(
    frame: pd.DataFrame, column: str, labels: Labels, fixed: str, *, how: str = "sum"
) -> Iterator[tuple[str, pd.Series]]:
    """Label selector and values by time, for each combination of labels."""
    if not labels:
        yield "" if not fixed else f"{{{fixed}}}", frame.groupby("at")[column].agg(how).sort_index()
        return
    for values, rows in frame.groupby(list(labels)):
        pairs = [f'{label}="{value}"' for label, value in zip(labels.values(), values, strict=True)]
        selector = ",".join([*pairs, fixed] if fixed else pairs)
        yield f"{{{selector}}}", rows.groupby("at")[column].agg(how).sort_index()


def _seconds(index: pd.Index) -> np.ndarray:
    """Seconds since 1970 of a UTC index, whatever its resolution."""
    return np.asarray((index - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(seconds=1))
