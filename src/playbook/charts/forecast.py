"""Pictures of what was forecast, and of what came."""

from playbook.charts.house import LEGEND, LIGHT, Figure, Part, chart, dots, figure, label, level, line
from playbook.model import DAYS_PER_MONTH, System
from playbook.studies import back_test, changes, forecast
from playbook.studies.back_test import GIVEN, HORIZONS, MODEL, TOLD

ORIGINS = (6, 12, 18, 24, 30)
LARGE_USD_PER_MONTH = 1_500.0


@chart
def bill(_system: System) -> Figure:
    """The bill by month, and what the model made of it at five dates and makes of it now."""
    stamps = [month.isoformat() for month in back_test.months()]
    later = [f"{2026 + (9 + i) // 12}-{(9 + i) % 12 + 1:02d}-01" for i in range(1, 13)]
    axis, came = [*stamps, *later], [usd * DAYS_PER_MONTH for usd in back_test.bill()]
    ahead = forecast.ahead()
    low, middle, high = (
        [usd * DAYS_PER_MONTH for usd in part] for part in (ahead.low, ahead.median, ahead.high)
    )
    band: Part = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    then = [
        line(
            f"as of {axis[origin - 1][:7]}",
            axis[origin - 1 : origin + 12],
            [came[origin - 1], *(usd * DAYS_PER_MONTH for usd in forecast.from_origin(origin).median)],
            role="orange",
            dash="dash",
        )
        for origin in ORIGINS
    ]
    large = [one for one in changes.changes() if abs(one.usd_per_month) > LARGE_USD_PER_MONTH]
    return figure(
        title=f"Each forecast a year ahead was too low, by {forecast.of_bill(MODEL, 12).error_fraction:.0%} on average",
        alt=f"A line of the monthly bill from ${came[0]:,.0f} to ${came[-1]:,.0f}, rising in steps, and dashed forecasts from "
        f"{len(ORIGINS)} dates that run below it. Vertical lines mark changes of more than ${LARGE_USD_PER_MONTH:,.0f} a month: "
        + ", ".join(f"{one.day} ${one.usd_per_month:+,.0f}" for one in large)
        + f". From the last month on, today's forecast rises to ${middle[-1]:,.0f}, in a band to ${high[-1]:,.0f} "
        "that knows of no change to come.",
        x={"type": "date"},
        y={"title": "dollars a month", "tickformat": "$,.0f", "rangemode": "tozero"},
        data=[
            {**band, "name": "low", "x": later, "y": low},
            {**band, "name": "high", "x": later, "y": high, "fill": "tonexty", "fillcolor": LIGHT["grid"]},
            *then,
            line("today's forecast", [stamps[-1], *later], [came[-1], *middle], role="orange", dash="dash"),
            line("the bill", stamps, came, role="blue"),
        ],
        shapes=[
            {**level(0.0, axis="x", role="quiet", dash="dot"), "x0": f"{o.day}", "x1": f"{o.day}"}
            for o in large
        ],
        notes=[
            label(stamps[9], came[9], "the bill", role="blue", at="left bottom", yshift=8),
            label(
                axis[ORIGINS[2] + 9],
                came[ORIGINS[2] - 1],
                " bottom-up forecasts",
                role="orange",
                at="left top",
            ),
            *(
                label(
                    f"{one.day}",
                    0.0,
                    f" ${one.usd_per_month:+,.0f}".replace("$-", "−$").replace("$+", "+$"),
                    role="muted",
                    yshift=6 + 16 * (i % 2),
                )
                for i, one in enumerate(large)
            ),
        ],
        height=440,
    )


@chart
def errors(_system: System) -> Figure:
    """Mean error of the bill by how far ahead, for each method."""
    shown = (
        ("naive", "quiet", "solid", "circle"),
        ("drift", "green", "dashdot", "square"),
        (MODEL, "blue", "solid", "diamond"),
        (TOLD, "rose", "dot", "x"),
        (GIVEN, "orange", "dash", "triangle-up"),
    )
    rows = [
        (name, role, dash, symbol, [100 * forecast.of_bill(name, h).error_fraction for h in HORIZONS])
        for name, role, dash, symbol in shown
    ]
    far = {name: row[-1] for name, _, _, _, row in rows}
    traces = []
    for name, role, dash, symbol, row in rows:
        traces.append({**line(name, HORIZONS, row, role=role, dash=dash), "showlegend": False})
        traces.append(dots(name, HORIZONS, list(row), role=role, symbol=symbol))
    return figure(
        title=f"Told the volume, we would still have missed the bill a year ahead by {far[TOLD]:.0f} %",
        alt="Lines of mean absolute error of the bill, in per cent, at one, three, six and twelve months ahead. "
        + "; ".join(f"{name}: " + ", ".join(f"{value:.1f}" for value in row) for name, _, _, _, row in rows)
        + ".",
        x={"title": "months ahead", "tickvals": list(HORIZONS), "range": [0.4, 12.6]},
        y={"title": "mean error, % of the bill", "rangemode": "tozero", "ticksuffix": " %"},
        data=traces,
        showlegend=True,
        legend=LEGEND,
        height=420,
    )
