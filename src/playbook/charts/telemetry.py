"""Pictures of an incident as its telemetry has it, beside what we looked at."""

from collections.abc import Sequence

import pandas as pd

from playbook.charts.house import Figure, Part, chart, figure, label, level, line
from playbook.facts import written
from playbook.model import System
from playbook.reliability import incident
from playbook.studies import impacts
from playbook.studies.impacts import Impact

POINTS = 240
MARGIN_FRACTION = 0.15
ROLES = ("rose", "orange", "quiet", "green")
HEADING = {"xref": "paper", "yref": "paper"}


@chart
def told_and_true(system: System, name: str = "hot_key", panel: str = "") -> Figure:
    """An incident over time: due and fresh events, the wait or the labels, and the dashboard of the day.

    ``panel`` are words that a panel's name has; all that have them are drawn, the first one without.
    """
    during = impacts.impact(system, name)
    seen = _panels(name, panel, during)
    true = _true(name, during)
    steps = _thinned(impacts.steps(name), during)
    times = _text(steps.index)
    seconds = _seconds(steps.index)
    due, fresh = steps["due"] / seconds, steps["fresh"] / seconds
    shown = [
        {**line(words, _text(rows["at"]), list(rows["value"]), role=role), "yaxis": "y3"}
        for (words, rows), role in zip(seen.items(), ROLES, strict=False)
    ]
    thresholds = {float(value) for rows in seen.values() for value in rows["threshold"].dropna()}
    behind = _behind(name, during)
    heading = ", ".join(seen)
    return figure(
        title=_finding(system, during, seen),
        alt=f"{incident(system, name).title}, {during.started:%Y-%m-%d %H:%M} to {during.ended:%Y-%m-%d %H:%M} UTC, "
        "three plots over one time. "
        f"Above, events due a second, {due.min():,.0f} to {due.max():,.0f}, and those of them that were fresh, "
        f"at least {fresh.min():,.0f}. In the middle, {true.name}, {true.min():,.2f} to {true.max():,.2f}. "
        f"Below, what the dashboard showed: "
        + "; ".join(f"{words}, {r['value'].min():.3g} to {r['value'].max():.3g}" for words, r in seen.items())
        + (
            f"; its line stood at {', '.join(f'{t:.3g}' for t in sorted(thresholds))}."
            if thresholds
            else "; no line."
        ),
        x={"type": "date", "anchor": "y3"},
        y={"title": "events/s", "domain": [0.7, 1.0], "rangemode": "tozero"},
        yaxis2=_pane(0.36, 0.6, "true", rangemode="tozero" if true.min() == 0 else "normal"),
        yaxis3=_pane(0.0, 0.25, "shown", rangemode="tozero"),
        data=[
            line("due", times, list(due), role="ink"),
            line("fresh", times, list(fresh), role="blue"),
            {**line(str(true.name), _text(true.index), list(true), role="blue"), "yaxis": "y2"},
            *behind,
            *shown,
        ],
        shapes=[{**level(value, axis="y", role="muted"), "yref": "y3"} for value in sorted(thresholds)],
        notes=[
            label(0, 1.005, "due", role="ink", **HEADING),
            label(0.06, 1.005, "and fresh", role="blue", **HEADING),
            label(0, 0.605, f"true: {true.name}", role="blue", **HEADING),
            *(
                label(
                    1,
                    0.605,
                    "dotted: reader behind",
                    role="orange",
                    at="right bottom",
                    **HEADING,
                )
                for _ in behind
            ),
            label(0, 0.255, f"shown: {heading}", role="rose", **HEADING),
        ],
        height=620,
    )


def _pane(low: float, high: float, title: str, *, rangemode: str) -> Part:
    return {"domain": [low, high], "title": {"text": title}, "rangemode": rangemode, "anchor": "x"}


def _finding(system: System, during: Impact, seen: dict[str, pd.DataFrame]) -> str:
    """What stood in the telemetry, and what in the dashboard."""
    over = [
        rows["at"][rows["value"] > rows["threshold"]].min()
        for rows in seen.values()
        if (rows["value"] > rows["threshold"]).any()
    ]
    if over:
        later = (min(over) - during.started).total_seconds() / 60
        minutes = f"{later / 1440:.0f} days" if later > 1440 else f"{later:.0f} minutes"
        dashboard = f"the dashboard crossed its line after {minutes}"
    elif any(rows["threshold"].notna().any() for rows in seen.values()):
        dashboard = "the dashboard never crossed its line"
    else:
        dashboard = "the dashboard had no line to cross"
    if impacts.budgets(system, during.name) < MARGIN_FRACTION:
        return f"Nothing was late for {during.minutes / 1440:.0f} days; {dashboard}"
    return f"{written(during.late_events, '{:~3}')} events were late; {dashboard}"


def _panels(name: str, words: str, during: Impact) -> dict[str, pd.DataFrame]:
    """What each chosen panel showed around the incident."""
    rows = impacts.panels(name)
    first = str(rows["panel"].iloc[0])
    chosen = [p for p in rows["panel"].unique() if (words in p if words else p == first)]
    if not chosen:
        raise ValueError(f"no panel of {name} has {words!r} in its name: {', '.join(rows['panel'].unique())}")
    around = _around(rows.set_index("at", drop=False), during).dropna(subset="value")
    return {str(p): _every(around[around["panel"] == p]) for p in chosen}


def _true(name: str, during: Impact) -> "pd.Series[float]":
    """The wait in minutes, or where labels were checked, the share of a day's that were correct."""
    rows = impacts.frame(name)
    if "checked" not in rows:
        waits = _thinned(impacts.steps(name), during)["wait_seconds"] / 60
        return waits.rename("longest wait (min)")
    daily = rows.set_index("at")[["checked", "correct"]].resample("1D").sum()
    # The first and the last day are not whole.
    share = (daily["correct"] / daily["checked"])[daily["checked"] > daily["checked"].max() / 2]
    return _around(share, during).rename("share of a day's labels that were correct")


def _behind(name: str, during: Impact) -> list[Part]:
    """How far the slowest reader was behind the latest record, where a stream was read that fell behind."""
    steps = impacts.steps(name)
    if "behind_seconds" not in steps or not steps["behind_seconds"].any():
        return []
    behind = _thinned(steps, during)["behind_seconds"] / 60
    drawn = line("reader behind (min)", _text(behind.index), list(behind), role="orange", dash="dot")
    return [{**drawn, "yaxis": "y2"}]


def _around(rows: pd.DataFrame, during: Impact) -> pd.DataFrame:
    margin = pd.Timedelta(minutes=max(60.0, MARGIN_FRACTION * during.minutes))
    low, high = pd.Timestamp(during.started) - margin, pd.Timestamp(during.ended) + margin
    return rows[(rows.index >= low) & (rows.index <= high)]


def _thinned(steps: pd.DataFrame, during: Impact) -> pd.DataFrame:
    """Steps around the incident in at most about ``POINTS``, counts summed and waits at their longest."""
    around = _around(steps, during)
    bins = pd.Series(range(len(around)), around.index) // max(1, -(-len(around) // POINTS))
    how = {"due": "sum", "fresh": "sum", "wait_seconds": "max", "behind_seconds": "max"}
    thin = around.groupby(bins.to_numpy()).agg({c: f for c, f in how.items() if c in around})
    whole = bins.value_counts(sort=False) == bins.value_counts(sort=False).iloc[0]
    return thin.set_index(around.index[~bins.duplicated().to_numpy()])[whole.to_numpy()]


def _every(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.iloc[:: max(1, -(-len(rows) // POINTS))]


def _seconds(times: pd.DatetimeIndex) -> float:
    return float((times[1] - times[0]).total_seconds())


def _text(times: Sequence[pd.Timestamp]) -> list[float | str]:
    return [time.strftime("%Y-%m-%d %H:%M:%S") for time in times]
