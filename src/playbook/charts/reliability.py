"""Pictures of the error budget and of the alerts that watch it."""

import math

from playbook import reliability
from playbook.charts.house import LEGEND, LIGHT, Figure, Part, bars, chart, dots, figure, label, level, line
from playbook.laws import slo
from playbook.model import System

ROLES = {"page, fast": "orange", "page, slow": "blue", "ticket": "green"}
SHARES = tuple(10 ** (-3.4 + i / 20) for i in range(69))


@chart
def budgets(system: System) -> Figure:
    """Monthly budgets of *fresh* that each recorded incident spent."""
    rows = [row for row in reliability.predictions(system) if row.budgets > 0]
    over, worst = sum(row.budgets > 1 for row in rows), max(row.budgets for row in rows)
    spent = bars(
        "budgets of fresh",
        [row.budgets for row in rows],
        [f"{row.incident.on}<br>{row.incident.title}" for row in rows],
        colours=[LIGHT["orange" if row.budgets > 1 else "blue"] for row in rows],
        text=[f"{row.budgets:.2f}" for row in rows],
        textposition="outside",
        cliponaxis=False,
    )
    return figure(
        title=f"{over} incidents each spent more than a month; the worst, {worst:.1f} months",
        alt="Bars of monthly error budgets spent by each incident that made events late: "
        + ", ".join(f"{row.incident.title} {row.budgets:.2f}" for row in rows)
        + ". A line marks one whole budget.",
        x={"title": "monthly budgets of fresh", "rangemode": "tozero"},
        y={"type": "category", "autorange": "reversed"},
        data=[spent],
        shapes=[level(1.0, axis="x")],
        height=380,
    )


@chart
def detection(system: System) -> Figure:
    """Time from a steady fault to each alert against the share of late events, and the recorded incidents."""
    target = system.targets.detect_minutes
    curves = {alert: _curve(system, alert) for alert in reliability.alerts(system)}
    seen = [row for row in reliability.predictions(system) if row.error_fraction > 0]
    shares, titles = [row.error_fraction for row in seen], [row.incident.title for row in seen]
    then, now = [row.incident.noticed_minutes for row in seen], [row.page_minutes for row in seen]
    floor = reliability.detectable_in_target_fraction(system)
    return figure(
        title=f"Below {floor:.0%} late, no page keeps the {target:.0f} minutes that we were given",
        alt="Falling lines on logarithmic axes: minutes until each of three alerts speaks against the share "
        f"of late events. The fast page needs {reliability.page_error_fraction(system):.2%} late, and keeps "
        f"the target of {target:.0f} minutes only above {floor:.1%}. Crosses show when each incident "
        "was noticed, dots when today's page would have come: "
        + ", ".join(f"{title} {a:.0f} and {b:.1f}" for title, a, b in zip(titles, then, now, strict=True))
        + " minutes.",
        x={"title": "share of events late", "type": "log", "tickformat": ".1%", "range": [-3.4, 0.05]},
        y={"title": "minutes until noticed", "type": "log"},
        data=[
            *(
                line(alert.name, *curve, role=ROLES[alert.name], dash="solid" if alert.pages else "dot")
                for alert, curve in curves.items()
            ),
            dots("noticed then", shares, then, role="rose", symbol="x", text=titles),
            dots("paged today", shares, now, role="ink", text=titles),
        ],
        shapes=[level(target, axis="y")],
        notes=[
            *(_name(alert.name, curve) for alert, curve in curves.items()),
            label(0.0, math.log10(target), "time to detect that we were given", xref="paper", role="ink"),
            label(
                math.log10(shares[0]), math.log10(then[0]), "noticed then ", role="rose", at="right bottom"
            ),
            label(math.log10(shares[0]), math.log10(now[0]), "paged today ", role="ink", at="right top"),
        ],
        height=480,
    )


def _curve(system: System, alert: reliability.Alert) -> tuple[list[float], list[float]]:
    """Shares of late events at which the alert speaks, and minutes until it does."""
    objective = system.targets.availability_fraction
    seconds = [
        slo.detection_seconds(
            objective=objective,
            error_fraction=share,
            window_hours=alert.window_hours,
            burn_rate=alert.burn_rate,
        )
        for share in SHARES
    ]
    heard = [
        (share, second / 60) for share, second in zip(SHARES, seconds, strict=True) if math.isfinite(second)
    ]
    return [share for share, _ in heard], [minutes for _, minutes in heard]


def _name(name: str, curve: tuple[list[float], list[float]]) -> Part:
    return label(math.log10(curve[0][0]), math.log10(curve[1][0]), f" {name}", role=ROLES[name])


@chart
def heard(system: System) -> Figure:
    """Minutes until each incident was noticed, and until today's rules spoke when it was replayed."""
    rows = [row for row in reliability.heard(system) if math.isfinite(row.now_minutes)][::-1]
    names = [f"{row.incident.on}<br>{row.incident.title}" for row in rows]
    then, now = [row.incident.noticed_minutes for row in rows], [row.now_minutes for row in rows]
    predicted = [
        (reliability.prediction(system, row.incident.name).page_minutes, name)
        for row, name in zip(rows, names, strict=True)
    ]
    told = [(minutes, name) for minutes, name in predicted if math.isfinite(minutes)]
    sooner = sum(row.minutes_earlier > 0 for row in rows)
    return figure(
        title=f"Replayed through today's rules, {sooner} of {len(rows)} incidents are heard sooner than we knew",
        alt="Rows, one for each incident, on a logarithmic axis of minutes: a cross when somebody knew, a dot "
        "when today's rules first spoke in the replay, a ring where even lateness would have brought the page. "
        + "; ".join(
            f"{row.incident.title}: known after {row.incident.noticed_minutes:,.0f}, heard after {row.now_minutes:,.0f}"
            for row in rows[::-1]
        )
        + ".",
        x={"title": "minutes from the start", "type": "log"},
        y={"type": "category"},
        data=[
            {
                "type": "scatter",
                "mode": "lines",
                "name": "between",
                "x": [x for pair in zip(now, then, strict=True) for x in (*pair, None)],
                "y": [y for name in names for y in (name, name, None)],
                "line": {"color": LIGHT["quiet"], "width": 1.5},
                "hoverinfo": "skip",
                "showlegend": False,
            },
            dots("known then", then, names, role="rose", symbol="x"),
            dots("heard in the replay", now, names, role="ink"),
            dots(
                "even lateness",
                [minutes for minutes, _ in told],
                [name for _, name in told],
                role="blue",
                symbol="circle-open",
            ),
        ],
        showlegend=True,
        legend=LEGEND,
        height=420,
    )
