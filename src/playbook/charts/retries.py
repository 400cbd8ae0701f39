"""Pictures of a pool under retries: where a storm ends by itself, and what ends one that does not."""

import math

import numpy as np

from playbook import reliability
from playbook.charts.house import Figure, chart, dots, figure, label, level, line
from playbook.model import System
from playbook.simulation.retry_storm import Storm
from playbook.studies import retry_storm

TRIES = (1, 2, 3, 6, 9, 27)
OVER_STABLE = (0.3, 0.6, 0.9, 1.1, 2.0, 4.0)
CURVE = tuple(10 ** (i / 40) for i in range(60))
BIN_SECONDS = 10.0


@chart
def regions(system: System) -> Figure:
    """Load against tries per delivery: the closed form's boundary, and whether simulated storms ended."""
    capacity, load = reliability.storm_capacity_per_second(system), system.retries.deliveries_per_second
    tries, stable = reliability.storm_attempts(system), reliability.storm_stable_per_second(system)
    grid = [
        (min(over * capacity / n, 0.97 * capacity), n)
        for n in sorted({*TRIES, tries})
        for over in OVER_STABLE
    ]
    over = [retry_storm.outcome(system, load=x, tries=n) for x, n in grid]
    ended = [point for point, done in zip(grid, over, strict=True) if done]
    stuck = [point for point, done in zip(grid, over, strict=True) if not done]
    shown = [n for n in CURVE if n <= max(tries, TRIES[-1])]
    return figure(
        title=f"At {tries} tries a storm ends only below {stable:,.0f} a second; we stood at {load:,.0f}",
        alt="Load on a logarithmic axis against tries per delivery. A falling line, capacity over tries, parts loads at "
        f"which a storm ends by itself from those at which it does not, up to the capacity of {capacity:,.0f} a second. "
        f"Of {len(grid)} simulated storms, {len(ended)} ended, all below the line, and {len(stuck)} went on, all above it. "
        f"A cross marks incident 2 at {load:,.0f} a second and {tries} tries, a diamond the same load under the retry budget.",
        x={"title": "deliveries per second", "type": "log", "tickvals": [10, 30, 100, 300, 1000]},
        y={"title": "tries per delivery, all layers", "type": "log", "tickvals": list(TRIES)},
        data=[
            line("capacity over tries", [capacity / n for n in shown], shown, role="ink"),
            dots("ended", [x for x, _ in ended], [n for _, n in ended], role="blue"),
            dots("went on", [x for x, _ in stuck], [n for _, n in stuck], role="orange", symbol="square"),
            dots("incident 2", [load], [tries], role="rose", symbol="x"),
            dots(
                "under the budget",
                [load],
                [reliability.counted_attempts(system)],
                role="green",
                symbol="diamond",
            ),
        ],
        shapes=[level(capacity, axis="x")],
        notes=[
            label(0.05, 0.05, "stable: it ends by itself", xref="paper", yref="paper", role="blue"),
            label(
                0.97, 0.75, "metastable: fine ", xref="paper", yref="paper", role="orange", at="right bottom"
            ),
            label(0.92, 0.75, "until pushed ", xref="paper", yref="paper", role="orange", at="right top"),
            label(math.log10(load), math.log10(tries), " incident 2", role="rose", at="left top"),
            label(
                math.log10(load),
                math.log10(reliability.counted_attempts(system)),
                "under the budget ",
                role="green",
                at="right bottom",
            ),
        ],
        height=480,
    )


@chart
def endings(system: System) -> Figure:
    """Deliveries answered over time after the same stall: untouched, after a restart, after shedding, under a budget."""
    shared, load = retry_storm.pool(system), system.retries.deliveries_per_second
    shed = min(1.0, reliability.shed_fraction(system) + 0.02)
    budgeted = retry_storm.REMEDIES["a retry budget"](shared, system.retries.budget_fraction)
    told = {
        "restarted": (retry_storm.run(shared, load=load, restart=True), "rose", "dash"),
        f"{shed:.0%} shed": (retry_storm.run(shared, load=load, shed_fraction=shed), "blue", "solid"),
        "retry budget": (retry_storm.run(budgeted, load=load), "green", "dot"),
    }
    end = retry_storm.STALL_SECONDS / 60
    acted = end + retry_storm.ACTED_SECONDS / 60
    curves = {name: _answered(system, storm) for name, (storm, _, _) in told.items()}
    restarted = retry_storm.restarted_fraction(system)
    return figure(
        title=f"A restart answers {restarted:.0%} of the next ten minutes; shedding {shed:.0%} for five ends the storm",
        alt="Lines of deliveries answered, as a share of those due, against minutes since a destination stalled for "
        f"{end:.0f} minutes. All fall to almost nothing. Under a retry budget they return when the stall ends. A restart at "
        f"minute {acted:.0f} gives one short spike and {restarted:.1%} of the ten minutes after it. Shedding {shed:.0%} of "
        "the load for five minutes from then on brings every delivery back once the load does.",
        x={"title": "minutes since the stall began"},
        y={"title": "answered, of deliveries due", "tickformat": ".0%", "rangemode": "tozero"},
        data=[line(name, *curves[name], role=role, dash=dash) for name, (_, role, dash) in told.items()],
        shapes=[
            level(0.0, axis="x", role="quiet", dash="dot"),
            level(end, axis="x", role="quiet", dash="dot"),
            level(acted, axis="x", role="quiet", dash="dot"),
        ],
        notes=[
            label(0.0, 1.0, " stall", yref="paper", at="left bottom"),
            label(end, 1.0, "over ", yref="paper", at="right bottom"),
            label(acted, 1.0, " somebody acts", yref="paper", at="left bottom"),
            label(end + 0.2, 0.75, "budget ", role="green", at="right bottom"),
            label(acted + 5.3, 0.5, f" {shed:.0%} shed", role="blue"),
            label(acted + 0.3, 0.1, " restarted", role="rose"),
        ],
        height=420,
    )


def _answered(system: System, storm: Storm) -> tuple[list[float], list[float]]:
    """Minutes, and the share of deliveries due that was answered, in bins of ten seconds."""
    shared, load = retry_storm.pool(system), system.retries.deliveries_per_second
    since = retry_storm.seconds(shared)
    judged = since < since[-1] - 2 * shared.timeout_seconds
    bins = np.floor(since[judged] / BIN_SECONDS).astype(np.int64)
    first = int(bins[0])
    total = np.bincount(bins - first, weights=storm.answered[judged].sum(axis=1))[:-1]
    steps = np.bincount(bins - first)[:-1]
    minutes = [(first + i + 0.5) * BIN_SECONDS / 60 for i in range(len(total))]
    return minutes, (total / (steps * load * shared.hold_seconds)).tolist()
