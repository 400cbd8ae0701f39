"""When the fast page should speak, exactly, from the telemetry: what the replay is held against."""

from functools import cache

import numpy as np
import pandas as pd

from playbook import reliability
from playbook.answer import answer
from playbook.model import System, data_folder
from playbook.simulation import alerting
from playbook.simulation.alerting import Condition, Minutes, Recipe

FOLDER = "reliability/telemetry"


def exact_page_minutes(system: System, name: str) -> float | None:
    """Minutes from an incident's start until the fast page's windows are exceeded; None where they never are.

    Sums of due and late events over the whole platform, step by step: what Prometheus works out from
    counters that it samples and extrapolates.
    """
    fast = reliability.alerts(system)[0]
    return _exact(
        name,
        pd.Timestamp(reliability.timeline(system, name).when("started")),
        fast.window_hours * 3600,
        fast.window_hours * 3600 / system.alerts.short_window_divisor,
        fast.burn_rate,
        system.targets.availability_fraction,
    )


@cache
def _exact(
    name: str,
    start: pd.Timestamp,
    long_seconds: float,
    short_seconds: float,
    burn_rate: float,
    objective: float,
) -> float | None:
    rows = pd.read_parquet(data_folder() / FOLDER / f"{name}.parquet", columns=["at", "due", "fresh"])
    steps = rows.groupby("at").sum().sort_index()
    grain = (steps.index[1] - steps.index[0]).total_seconds()
    nothing = np.array([], dtype=np.int64)
    counted = Minutes(
        steps["due"].to_numpy(), (steps["due"] - steps["fresh"]).to_numpy(), nothing, nothing, np.array([])
    )
    windows = Condition(max(1, round(long_seconds / grain)), max(1, round(short_seconds / grain)), burn_rate)
    speaks = alerting.speaking(counted, Recipe("fast", (windows,)), objective=objective)
    ends = steps.index[speaks] + pd.Timedelta(seconds=grain)
    after = ends[ends > start]
    return float((after[0] - start).total_seconds() / 60) if len(after) else None


def disagreements_minutes(system: System) -> tuple[tuple[str, float, float], ...]:
    """Name, exact minutes and Prometheus' minutes of the fast page in each incident that has both."""
    found = []
    for each in system.timelines:
        start = each.when("started")
        exact = exact_page_minutes(system, each.name)
        fired = [
            (one.fires_at - start).total_seconds() / 60
            for one in system.firings
            if one.incident == each.name and one.alert == "FreshBurnFast"
        ]
        if exact is not None and fired:
            found.append((each.name, exact, fired[0]))
    return tuple(found)


@answer(unit="min", show="{:.1f} minutes")
def worst_disagreement_minutes(system: System) -> float:
    """The largest difference between the fast page's exact time and Prometheus', over all incidents."""
    return max(abs(exact - fired) for _, exact, fired in disagreements_minutes(system))
