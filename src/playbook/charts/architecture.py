"""Pictures of what saturates."""

import math

from playbook import architecture
from playbook.charts.house import Figure, Part, chart, dots, figure, label, level, line
from playbook.model import System

STYLE = {
    "shard, serial consumer": ("orange", "solid"),
    "PostgreSQL as a queue": ("rose", "dash"),
    "shard, bytes in": ("blue", "solid"),
    "shard, records in": ("green", "dot"),
}
VOLUMES = (1e6, 1e9)


@chart
def limits(system: System, *, region: str = "eu") -> Figure:
    """Use of every limit in the peak minute against volume, settings held."""
    today = system.traffic.events_per_day
    found = [limit for limit in architecture.limits(system) if limit.region == region or not limit.ours]
    nearest = next(limit for limit in found if limit.ours)
    starts = [limit.used_fraction * VOLUMES[0] / today for limit in found]
    lines = [
        line(limit.name, VOLUMES, [start, start * VOLUMES[1] / VOLUMES[0]], role=role, dash=dash)
        for limit, start in zip(found, starts, strict=True)
        for role, dash in (STYLE[limit.name],)
    ]
    now = dots("today", [today] * len(found), [limit.used_fraction for limit in found], role="ink")
    return figure(
        title=f"The consumer is full at {nearest.events_per_day / 1e6:,.0f}M a day, the stream is not",
        alt=f"Straight lines on logarithmic axes: use of each limit in the {region.upper()} peak minute "
        f"against events a day, from one million to one billion. At today's {today / 1e6:,.0f} million: "
        + ", ".join(f"{limit.name} {limit.used_fraction:.0%}" for limit in found)
        + ".",
        x={"title": "events per day, all regions", "type": "log", "range": [6, 9]},
        y={"title": "use in the peak minute (1 = full)", "type": "log", "range": [-3.5, 1.3]},
        data=[*lines, now],
        shapes=[level(1.0, axis="y"), level(today, axis="x", role="quiet", dash="dot")],
        notes=[
            *(
                _named(limit.name, start, start * VOLUMES[1] / VOLUMES[0])
                for limit, start in zip(found, starts, strict=True)
            ),
            label(math.log10(today), 0.0, " today", yref="paper"),
        ],
        height=460,
    )


def _named(name: str, start: float, end: float) -> Part:
    """A line's name below its start, or below its end for the lowest, where two starts would touch."""
    role, dash = STYLE[name]
    if dash == "dot":
        return label(1.0, math.log10(end), f"{name} ", role=role, xref="paper", at="right top", yshift=-6)
    return label(0.0, math.log10(start), f" {name}", role=role, xref="paper", at="left top", xshift=24)


@chart
def consumer_wait(system: System) -> Figure:
    """Mean wait before one serial consumer against its use, its service time constant or exponential."""
    used = [i / 100 for i in range(2, 98, 2)]
    today, limit = architecture.busiest_consumer_fraction(system), system.stream.hot_shard_limit_fraction
    curves = (("constant time a record", 0.0, "blue"), ("exponential time a record", 1.0, "orange"))
    waits = {
        scv: [architecture.wait_milliseconds(system, used=u, scv=scv) for u in used] for _, scv, _ in curves
    }
    wait = architecture.consumer_wait_milliseconds(system)
    shown = "without end" if wait is None else f"{wait:,.0f} ms"
    return figure(
        title=f"The mean wait is {shown} at {today:.0%}, and the wall is near",
        alt="Two rising curves of mean wait in milliseconds against the use of one serial consumer. "
        f"At today's {today:.0%} the wait with a constant service time is {shown}; "
        "both curves grow without bound as use nears 1.",
        x={"title": "use of the busiest consumer in the peak minute", "tickformat": ".0%", "range": [0, 1]},
        y={"title": "mean wait, ms", "type": "log"},
        data=[line(name, used, waits[scv], role=role) for name, scv, role in curves],
        shapes=[level(today, axis="x", role="quiet", dash="dot"), level(limit, axis="x")],
        notes=[
            label(0.3, math.log10(waits[0.0][14]), "constant ", role="blue", at="left top"),
            label(0.3, math.log10(waits[1.0][14]), "exponential ", role="orange", at="right bottom"),
            label(today, 0.0, "today ", yref="paper", at="right bottom"),
            label(limit, 0.0, " our limit", yref="paper", role="ink"),
        ],
    )
