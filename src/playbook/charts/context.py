"""Pictures of the constraints: targets against each other, money against people."""

import math
from datetime import date, timedelta

from playbook import context, cost, decisions
from playbook.charts.house import LEGEND, LIGHT, Figure, Part, chart, dots, figure, label, level, line
from playbook.facts import written
from playbook.model import DAYS_PER_MONTH, System, at


@chart
def tensions(system: System) -> Figure:
    """What just meeting one target takes over what the other allows, for every pair compared."""
    rows = context.tensions(system)[::-1]
    broken, worst = sum(row.ratio > 1 for row in rows), rows[-1]
    names = [f"{row.asks}<br>against {row.allows}" for row in rows]
    ratios = [row.ratio for row in rows]
    points = dots(
        "taken over allowed",
        ratios,
        [],
        role="blue",
        text=[f" {ratio:.1f}×" if ratio >= 1 else f" {ratio:.2f}×" for ratio in ratios],
        textposition="middle right",
        cliponaxis=False,
    )
    marker = {
        "size": 11,
        "color": [LIGHT["orange" if ratio > 1 else "blue"] for ratio in ratios],
        "symbol": ["diamond" if ratio > 1 else "circle" for ratio in ratios],
    }
    return figure(
        title=f"In {broken} of {len(rows)} pairs, just meeting one target breaks the other",
        alt=f"Points, one for each of {len(rows)} pairs of targets, at what just meeting the first takes "
        f"over what the second allows, on a logarithmic axis. {broken} lie beyond 1; the farthest, "
        f"{worst.asks} against {worst.allows}, is at {worst.ratio:.1f}.",
        x={"title": "the first takes, over what the second allows", "type": "log", "range": [-0.75, 1.75]},
        y={"type": "category", "tickfont": {"size": 11}},
        data=[{**points, "y": names, "mode": "markers+text", "marker": marker}],
        shapes=[level(1.0, axis="x")],
        notes=[
            label(0.0, 1.0, "both hold ", yref="paper", at="right bottom", role="blue"),
            label(0.0, 1.0, " the second breaks", yref="paper", role="orange"),
        ],
        height=640,
    )


@chart
def money_and_people(system: System) -> Figure:
    """Bill, pay and ceiling at the end of each era."""
    ends = [(era, at(system, era.end)) for era in system.eras]
    names = [f"{era.title}<br>{then.traffic.events_per_day / 1e6:,.0f}M/day" for era, then in ends]
    ceiling = system.targets.usd_per_month
    sides = {
        "the bill": ("blue", [cost.usd_per_month(then) for _, then in ends]),
        "the team's pay": ("orange", [context.pay_usd_per_month(then) for _, then in ends]),
    }
    return figure(
        title=f"At M6 the team cost {context.ship_pay_over_bill(system):.1f} times the bill",
        alt="Pairs of bars at the end of each era, in dollars a month. "
        + "; ".join(
            f"{era.title}: " + ", ".join(f"{name} ${values[i]:,.0f}" for name, (_, values) in sides.items())
            for i, (era, _) in enumerate(ends)
        )
        + f". A line marks the given ceiling of ${ceiling:,.0f}.",
        x={"type": "category"},
        y={"title": "dollars a month", "tickformat": "$,.0f", "rangemode": "tozero"},
        data=[
            {"type": "bar", "name": name, "x": names, "y": values, "marker": {"color": LIGHT[role]}}
            for name, (role, values) in sides.items()
        ],
        barmode="group",
        bargap=0.35,
        shapes=[level(ceiling, axis="y")],
        notes=[label(0.0, ceiling, "the ceiling that we were given, for the bill", xref="paper", role="ink")],
        showlegend=True,
        legend=LEGEND,
    )


@chart
def volume(system: System) -> Figure:
    """Events per day as they came, as they were forecast, and as today's growth would have them."""
    months = [system.eras[0].end + timedelta(days=round(i * DAYS_PER_MONTH)) for i in range(37)]
    came = [at(system, month).traffic.events_per_day for month in months]
    given = system.targets
    foretold = [
        given.events_per_day * math.pow(1 + given.growth_per_month_fraction, i - 6) for i in range(6, 37)
    ]
    ahead = [system.as_of + timedelta(days=round(i * DAYS_PER_MONTH)) for i in range(19)]
    growth = system.assumptions["traffic.growth_per_month_fraction"].ends
    slow, fast = ([_grown(system, rate, i) for i in range(19)] for rate in growth)
    today = system.traffic.growth_per_month_fraction
    band: Part = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    dates = [day.isoformat() for day in ahead]
    return figure(
        title=f"Volume grew {came[-1] / came[0]:.0f}-fold and reached {came[-1] / foretold[-1]:.0%} of the forecast",
        alt="Lines on a logarithmic axis of events per day by month. "
        f"What came rose from {came[0] / 1e6:.0f} to {came[-1] / 1e6:.0f} million; the forecast of "
        f"{given.growth_per_month_fraction:.0%} a month from the end of the first era reached "
        f"{foretold[-1] / 1e6:.0f} million. From today a band opens between growth of {growth[0]:.0%} and "
        f"{growth[1]:.0%} a month, {slow[-1] / 1e6:.0f} to {fast[-1] / 1e6:,.0f} million after eighteen months.",
        x={"type": "date"},
        y={"title": "events per day", "type": "log", "dtick": 1},
        data=[
            {**band, "name": "slow", "x": dates, "y": slow},
            {**band, "name": "fast", "x": dates, "y": fast, "fill": "tonexty", "fillcolor": LIGHT["grid"]},
            line("what came", [m.isoformat() for m in months], came, role="blue"),
            line("forecast", [m.isoformat() for m in months[6:]], foretold, role="rose", dash="dot"),
            line(
                "from today", dates, [_grown(system, today, i) for i in range(19)], role="blue", dash="dash"
            ),
        ],
        notes=[
            label(
                months[20].isoformat(),
                math.log10(foretold[14]),
                "what was forecast ",
                role="rose",
                at="right bottom",
            ),
            label(months[20].isoformat(), math.log10(came[20]), " what came", role="blue", at="left top"),
            label(dates[-1], math.log10(slow[-1]), "what we believe now ", at="right top", yshift=-18),
        ],
        height=440,
    )


def _grown(system: System, rate: float, months: int) -> float:
    return system.traffic.events_per_day * math.pow(1 + rate, months)


@chart
def ledger(system: System) -> Figure:
    """Engineer hours by month and cause."""
    months = sorted({row.month for row in system.ledger})
    causes = ["building", "clusters", "incidents", "releases", "on call", "audit", "moving tenants", "cost"]
    hours = {(row.month, row.cause): row.hours for row in system.ledger}
    roles = dict(
        zip(causes, ("grid", "orange", "rose", "green", "blue", "quiet", "ink", "muted"), strict=True)
    )
    total = {cause: math.fsum(hours.get((month, cause), 0.0) for month in months) for cause in causes}
    return figure(
        title=f"{written(context.upkeep_fraction(system), '{:.0%}')} of the last year's hours kept things running",
        alt="Stacked bars of engineer hours by month since M0 and by cause. In all: "
        + ", ".join(f"{cause} {value:,.0f}" for cause, value in total.items())
        + " hours.",
        x={"type": "date"},
        y={"title": "engineer hours a month", "rangemode": "tozero"},
        data=[
            {
                "type": "bar",
                "name": cause,
                "x": [month.isoformat() for month in months],
                "y": [hours.get((month, cause), 0.0) for month in months],
                "marker": {"color": LIGHT[roles[cause]]},
            }
            for cause in causes[1:] + causes[:1]
        ],
        barmode="stack",
        bargap=0.1,
        showlegend=True,
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": -0.15, "yanchor": "top"},
        height=480,
    )


@chart
def timeline(system: System) -> Figure:
    """Three years on one page: eras, decisions and incidents along the volume."""
    start = system.eras[0].end
    months = [start + timedelta(days=round(i * DAYS_PER_MONTH)) for i in range(37)]
    came = [at(system, month).traffic.events_per_day for month in months]
    records = decisions.records(system)
    bands: list[Part] = [
        {
            "type": "rect",
            "xref": "x",
            "yref": "paper",
            "x0": era.start.isoformat(),
            "x1": era.end.isoformat(),
            "y0": 0,
            "y1": 1,
            "line": {"width": 0},
            "fillcolor": LIGHT["grid" if i % 2 else "paper"],
            "opacity": 0.5,
            "layer": "below",
        }
        for i, era in enumerate(system.eras[1:])
    ]
    said = [f"{record.id} {record.title}" for record in records]
    happened = [incident.title for incident in system.incidents]
    return figure(
        title=f"{len(records)} decisions and {len(happened)} incidents in {len(months) - 1} months",
        alt="A line of events per day on a logarithmic axis from M0, eras as bands behind it. Diamonds mark the "
        f"decisions: {'; '.join(said)}. Crosses mark the incidents: {'; '.join(happened)}.",
        x={"type": "date"},
        y={"title": "events per day", "type": "log", "dtick": 1},
        data=[
            line("events per day", [m.isoformat() for m in months], came, role="quiet"),
            dots(
                "decision",
                [r.date.isoformat() for r in records],
                [_volume(system, r.date) for r in records],
                role="blue",
                symbol="diamond",
                text=said,
            ),
            dots(
                "incident",
                [i.on.isoformat() for i in system.incidents],
                [_volume(system, i.on) for i in system.incidents],
                role="rose",
                symbol="x",
                text=happened,
            ),
        ],
        shapes=bands,
        notes=[
            label(era.start.isoformat(), 0.0, f" {era.title}", yref="paper", at="left bottom")
            for era in system.eras[1:]
        ],
        showlegend=True,
        legend=LEGEND,
        height=440,
    )


def _volume(system: System, day: date) -> float:
    return at(system, day).traffic.events_per_day
