"""Pictures of the bill against the people."""

import math

from playbook import context, cost, facts
from playbook.charts.house import LIGHT, Figure, Part, chart, dots, figure, label, level, line
from playbook.context import money
from playbook.cost import people, trades, verdicts
from playbook.model import System

LOOK = {
    trades.MONEY_FOR_HOURS: ("green", "square"),
    trades.HOURS_FOR_MONEY: ("orange", "triangle-up"),
    trades.SAVED: ("blue", "circle"),
    trades.COST: ("rose", "diamond"),
}
HOUR, DOLLAR = 1.0, 100.0
HOUR_TICKS = (-100, -10, 0, 10, 100)
DOLLAR_TICKS = (-100_000, -10_000, -1_000, -100, 0, 100, 1_000, 10_000, 100_000)
REACH = tuple(sign * 10 ** (i / 8) for sign in (-1, 1) for i in range(-8, 23))


@chart
def months(system: System) -> Figure:
    """Pay, the bill, and the bill with the pay of every hire, by month, under the two given limits."""
    then = people.by_month(system)
    days = [month.as_of.isoformat() for month in then]
    bill = [cost.usd_per_month(month) for month in then]
    hired = [money.bill_with_hires_usd_per_month(month) for month in then]
    pay = [context.pay_usd_per_month(month) for month in then]
    ceiling, cap = system.targets.usd_per_month, system.targets.usd_per_month_cap
    over = people.hires_passed_ceiling_on(system)
    met = f"; with the hires it passed in {over:%Y-%m}" if over else ""
    return figure(
        title=f"The bill used {max(bill) / ceiling:.0%} of its ceiling at most{met}",
        alt="Lines of dollars a month by month. "
        f"The bill rose from ${bill[0]:,.0f} to ${bill[-1]:,.0f}, pay of the platform engineers in steps from "
        f"${pay[0]:,.0f} to ${pay[-1]:,.0f}, and the bill together with the pay of everyone hired since from "
        f"${hired[0]:,.0f} to ${hired[-1]:,.0f}. Two level lines mark the given ceiling of ${ceiling:,.0f} and "
        f"the cap of ${cap:,.0f}.",
        x={"type": "date"},
        y={"title": "dollars a month", "tickformat": "$,.0f", "rangemode": "tozero"},
        data=[
            {
                **line("pay", days, pay, role="orange"),
                "line": {"shape": "hv", "width": 2.5, "color": LIGHT["orange"]},
            },
            line("the bill and every hire", days, hired, role="green", dash="dash"),
            line("the bill", days, bill, role="blue"),
        ],
        shapes=[level(ceiling, axis="y", role="quiet"), level(cap, axis="y", role="quiet", dash="dot")],
        notes=[
            label(0.0, ceiling, "the ceiling that we were given", xref="paper"),
            label(0.0, cap, "the cap beside it", xref="paper"),
            label(days[4], pay[4], "pay", role="orange"),
            label(days[24], bill[24], "the bill", role="blue", at="left top"),
            label(days[-1], hired[-10], "the bill and every hire", role="green", at="right top"),
        ],
        height=440,
    )


@chart
def plane(system: System) -> Figure:
    """Each choice less what it rejected, hours across and money up, and the line on which an hour costs pay."""
    every, price = trades.trades(system), context.engineer_hour_usd(system)
    chosen, others = trades.choices(system), [trade for trade in every if not trade.first]
    spread = facts.interval("context.engineer_hour_usd", system, samples=200)
    names = "; ".join(
        f"{x.record} {x.took} against {x.against}: {x.hours_per_month:+,.0f} hours, {_dollars(x.usd_per_month)}"
        for x in chosen
    )
    bought = verdicts.choices_bill_for_hours(system)
    return figure(
        title=f"{verdicts.choices_money_for_hours(system)} of {len(chosen)} choices paid money for hours, "
        f"{bought} of them from the cloud bill",
        alt="Points on a plane of hours a month against dollars a month, both on scales that are logarithmic on "
        f"either side of zero: what each choice took less the first option that it rejected. {names}. "
        f"Smaller open points are {len(others)} further rejected options. A falling line marks where an hour "
        f"costs ${price:,.0f}.",
        x={
            "title": "hours a month, taken less rejected",
            **_scale(HOUR_TICKS, HOUR, "{:+,}"),
            "range": [-2.75, 3.0],
        },
        y={
            "title": "dollars a month, taken less rejected",
            **_scale(DOLLAR_TICKS, DOLLAR, "{:+,}"),
            "range": [-3.4, 3.4],
        },
        data=[
            *_band(spread.low, spread.high),
            {**line("pay", *_break_even(price), role="quiet", dash="dot"), "hoverinfo": "skip"},
            *_points(others, opened=True),
            *_points(chosen, opened=False),
        ],
        shapes=[
            {**level(0.0, axis="x", role="muted", dash="solid"), "layer": "below"},
            {**level(0.0, axis="y", role="muted", dash="solid"), "layer": "below"},
        ],
        notes=[
            *(_corner(kind, x, y) for kind, x, y in CORNERS),
            label(_signed(80, HOUR), _signed(-80 * price, DOLLAR), "an hour at pay  ", at="right top"),
        ],
        height=600,
    )


CORNERS = (
    (trades.MONEY_FOR_HOURS, 0.0, 1.0),
    (trades.COST, 1.0, 1.0),
    (trades.SAVED, 0.0, 0.0),
    (trades.HOURS_FOR_MONEY, 1.0, 0.0),
)
# Where a name would stand on another point or beyond the edge.
PLACES = {
    "Kubernetes": "middle right",
    "pilot light": "middle left",
    "five cells": "top center",
    "one cluster a region": "bottom center",
    "capped calls": "middle right",
    "pods all night": "middle right",
    "two engineers": "middle right",
    "shards as threads": "bottom center",
    "fewer writes": "middle left",
}


def _signed(value: float, unit: float) -> float:
    """Where a value stands on a scale that is linear below ``unit`` and logarithmic on either side of it."""
    return math.copysign(math.log10(1 + abs(value) / unit), value)


def _scale(ticks: tuple[int, ...], unit: float, template: str) -> Part:
    words = [template.format(tick).replace("+0", "0") for tick in ticks]
    return {"tickvals": [_signed(tick, unit) for tick in ticks], "ticktext": words, "zeroline": False}


def _break_even(price: float) -> tuple[list[float], list[float]]:
    """The line on which what an hour saves is what it costs."""
    hours = sorted(REACH)
    return [_signed(x, HOUR) for x in hours], [_signed(-x * price, DOLLAR) for x in hours]


def _band(low: float, high: float) -> list[Part]:
    quiet: Part = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    (x, below), (_, above) = _break_even(low), _break_even(high)
    fill: Part = {"fill": "tonexty", "fillcolor": LIGHT["grid"]}
    return [
        {**quiet, "name": "low", "x": x, "y": below},
        {**quiet, "name": "high", "x": x, "y": above, **fill},
    ]


def _points(found: list[trades.Trade] | tuple[trades.Trade, ...], *, opened: bool) -> list[Part]:
    parts = []
    for kind, (role, symbol) in LOOK.items():
        here = [trade for trade in found if trade.kind == kind]
        if here:
            part = dots(
                kind,
                [_signed(trade.hours_per_month, HOUR) for trade in here],
                [_signed(trade.usd_per_month, DOLLAR) for trade in here],
                role=role,
                symbol=f"{symbol}-open" if opened else symbol,
                hovertext=[_words(trade) for trade in here],
                hoverinfo="text",
                cliponaxis=False,
            )
            parts.append(part if opened else {**part, **_names(here)})
    return parts


def _names(here: list[trades.Trade]) -> Part:
    names = [trade.took.removeprefix("a ") for trade in here]
    places = [PLACES.get(name, "top center") for name in names]
    return {"mode": "markers+text", "text": names, "textposition": places, "textfont": {"size": 11}}


def _words(trade: trades.Trade) -> str:
    return (
        f"{trade.record}: {trade.took} against {trade.against}<br>"
        f"{trade.hours_per_month:+,.0f} hours, {_dollars(trade.usd_per_month)} a month"
    )


def _dollars(usd: float) -> str:
    return f"{'+' if usd >= 0 else '-'}${abs(usd):,.0f}"


def _corner(kind: str, x: float, y: float) -> Part:
    at = f"{'left' if x == 0 else 'right'} {'top' if y == 1 else 'bottom'}"
    return label(
        x, y, " " + kind.replace(", ", " <br> ") + " ", xref="paper", yref="paper", role=LOOK[kind][0], at=at
    )
