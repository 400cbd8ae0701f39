"""Pictures of the ways to carry events that decision 0003 weighed."""

import math

from playbook import architecture, context
from playbook.charts.house import Figure, Part, chart, figure, label, level, line
from playbook.model import System, what_if

VOLUMES = tuple(10 ** (6 + i / 8) for i in range(25))
BELOW: Part = {"orientation": "h", "x": 0, "xanchor": "left", "y": -0.18, "yanchor": "top"}
STYLE = {
    "PostgreSQL, SKIP LOCKED": ("rose", "dash"),
    "SQS, batched": ("green", "dot"),
    "Kinesis, shared": ("blue", "dot"),
    "Kinesis, on demand": ("quiet", "dash"),
    "Kinesis, fan-out": ("blue", "solid"),
    "MSK": ("orange", "solid"),
}


@chart
def by_volume(system: System) -> Figure:
    """Dollars a month of each option against volume, the hours of those who run it included."""
    at_volume = [architecture.options(what_if(system, {"traffic.events_per_day": v})) for v in VOLUMES]
    price = context.engineer_hour_usd(system)
    curves = {
        name: [row[i].total_usd_per_month(usd_per_hour=price) for row in at_volume]
        for i, name in enumerate(STYLE)
    }
    today = system.traffic.events_per_day
    cross = architecture.kafka_cheaper_from_events_per_day(system)
    crossing = (
        "never pass the stream" if cross is None else f"undercut the stream from {cross / 1e6:,.0f}M a day"
    )
    return figure(
        title=f"Hours included, brokers {crossing}; we stand at {today / 1e6:,.0f}M",
        alt="Lines on logarithmic axes of dollars a month, service and engineer hours together, against events a day, for "
        f"six ways to carry events. At today's {today / 1e6:,.0f} million: "
        + ", ".join(
            f"{o.name} ${o.total_usd_per_month(usd_per_hour=price):,.0f}"
            for o in architecture.options(system)
        )
        + f". Brokers {crossing}.",
        x={"title": "events per day", "type": "log", "range": [6, 9]},
        y={"title": "dollars a month, hours included", "type": "log"},
        data=[
            line(name, VOLUMES, curve, role=STYLE[name][0], dash=STYLE[name][1])
            for name, curve in curves.items()
        ],
        shapes=[level(today, axis="x", role="quiet", dash="dot")],
        notes=[
            label(math.log10(today), 0.0, " today", yref="paper"),
        ],
        showlegend=True,
        legend=BELOW,
        height=500,
    )


@chart
def by_hour(system: System) -> Figure:
    """Dollars a month of each option at today's volume against what an hour is taken to cost."""
    prices = [float(5 * i) for i in range(61)]
    found = architecture.options(system)
    ours, below = context.engineer_hour_usd(system), architecture.kafka_cheaper_below_usd_per_hour(system)
    return figure(
        title=f"Brokers would win below ${below:,.0f} an hour; an hour of ours costs ${ours:,.0f}",
        alt="Straight rising lines of dollars a month at today's volume, service and hours together, against the price of "
        "an engineer's hour from zero to three hundred dollars. "
        + ", ".join(
            f"{o.name} starts at ${o.usd_per_month:,.0f} and takes {o.hours_per_month:g} hours" for o in found
        )
        + ".",
        x={"title": "price of an engineer's hour", "tickformat": "$,.0f", "range": [0, 300]},
        y={"title": "dollars a month, hours included", "tickformat": "$,.0f", "rangemode": "tozero"},
        data=[
            line(
                o.name,
                prices,
                [o.total_usd_per_month(usd_per_hour=p) for p in prices],
                role=STYLE[o.name][0],
                dash=STYLE[o.name][1],
            )
            for o in found
        ],
        shapes=[level(ours, axis="x", role="quiet", dash="dot")],
        notes=[
            *(
                label(
                    300.0,
                    o.total_usd_per_month(usd_per_hour=300.0),
                    f" {o.name}",
                    role=STYLE[o.name][0],
                    at="left middle",
                )
                for o in found
            ),
            label(ours, 1.0, " what ours costs", yref="paper", at="left top"),
        ],
        showlegend=True,
        legend=BELOW,
        height=500,
    )
