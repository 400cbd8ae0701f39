"""Pictures of the constraints: targets against each other, money against people."""

from playbook import context, cost
from playbook.charts.house import LEGEND, LIGHT, Figure, chart, dots, figure, label, level
from playbook.model import System, at


@chart
def tensions(system: System) -> Figure:
    """What one target of a pair needs over what the other allows, for every pair compared."""
    rows = context.tensions(system)[::-1]
    broken, worst = sum(row.ratio > 1 for row in rows), rows[-1]
    names = [f"{row.asks}<br>against {row.allows}" for row in rows]
    ratios = [row.ratio for row in rows]
    points = dots(
        "needed over allowed",
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
        title=f"{broken} of {len(rows)} pairs of targets cannot hold at once",
        alt=f"Points, one for each of {len(rows)} pairs of targets, at what the first needs over what the "
        f"second allows, on a logarithmic axis. {broken} lie beyond 1; the farthest, {worst.asks} "
        f"against {worst.allows}, is at {worst.ratio:.1f}.",
        x={"title": "needed over allowed (1 = just holds)", "type": "log", "range": [-0.75, 1.75]},
        y={"type": "category", "tickfont": {"size": 11}},
        data=[{**points, "y": names, "mode": "markers+text", "marker": marker}],
        shapes=[level(1.0, axis="x")],
        notes=[
            label(0.0, 1.0, "holds ", yref="paper", at="right bottom", role="blue"),
            label(0.0, 1.0, " cannot hold", yref="paper", role="orange"),
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
