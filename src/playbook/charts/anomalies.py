"""Pictures of the alarm on daily cost: what it said in three years, and what it could not."""

from datetime import timedelta

from playbook.charts.house import LEGEND, LIGHT, Figure, Part, chart, dots, figure, label, level, line
from playbook.model import System
from playbook.studies import alarms, leak
from playbook.studies.alarms import DECISION, ECHO, PLANTED, PRICE

LOOKS = (
    (DECISION, "quiet", "square"),
    (PRICE, "blue", "diamond"),
    (ECHO, "orange", "x"),
    (PLANTED, "rose", "star"),
)


@chart
def timeline(_system: System) -> Figure:
    """Every alarm by service and day, by what it was owed to, over the spans of what was planted."""
    said, planted, runs = alarms.alarms(), alarms.events(), alarms.episodes()
    services = sorted({one.service for one in said} | {alarms.ITEMS[one.item] for one in planted})
    names = [service.replace("Amazon ", "") for service in services][::-1]
    found = sum(alarms.found_after_days(one.name) is not None for one in planted)
    span: Part = {"type": "scatter", "mode": "lines+markers", "line": {"color": LIGHT["rose"], "width": 7}}
    spans = [
        {
            **span,
            "name": "planted, from start to end",
            "showlegend": i == 0,
            "x": [one.start.isoformat(), (one.end - timedelta(days=1)).isoformat()],
            "y": [alarms.ITEMS[one.item].replace("Amazon ", "")] * 2,
            "marker": {"size": 9, "color": LIGHT["rose"], "symbol": "line-ns"},
            "opacity": 0.45,
        }
        for i, one in enumerate(planted)
    ]
    counts = {cause: sum(one.cause == cause for one in runs) for cause, _, _ in LOOKS}
    points = []
    for cause, role, symbol in LOOKS:
        mine = [one for one in said if one.cause == cause]
        days, where = (
            [one.day.isoformat() for one in mine],
            [one.service.replace("Amazon ", "") for one in mine],
        )
        if mine:
            points.append({**dots(cause, days, [], role=role, symbol=symbol), "y": where})
    return figure(
        title=f"{len(runs)} things set off the alarm, and {counts[DECISION]} of them were decided by us",
        alt=f"Points by day and service for each of {len(said)} alarms in three years, {len(runs)} episodes: "
        + ", ".join(f"{count} {cause}" for cause, count in counts.items())
        + f". Bars show the {len(planted)} planted stretches: "
        + ", ".join(f"{one.kind} from {one.start} to {one.end - timedelta(days=1)}" for one in planted)
        + f"; the alarm spoke during {found}.",
        x={"type": "date"},
        y={"type": "category", "categoryorder": "array", "categoryarray": names, "tickfont": {"size": 11}},
        data=[*spans, *points],
        showlegend=True,
        legend={**LEGEND, "x": 0, "xanchor": "left"},
        margin={"l": 64, "r": 24, "t": 96, "b": 56},
        height=440,
    )


@chart
def storage(_system: System) -> Figure:
    """Storage in one region by day: paid, and what the bottom-up bill says that it should have cost."""
    found, one = leak.series(), leak.leak()
    since = found.days.index(one.start - timedelta(days=60))
    days = [day.isoformat() for day in found.days[since:]]
    paid, expected = ([float(usd) for usd in part[since:]] for part in (found.paid_usd, found.expected_usd))
    driver = leak.by_driver_days() or 0
    seen, noticed = (one.start + timedelta(days=n - 1) for n in (driver, leak.noticed_days()))
    return figure(
        title=f"Cost for each event speaks on day {driver}; one of us saw it on day {leak.noticed_days()}",
        alt=f"Two lines of dollars a day for storage in one region from {days[0]} to {days[-1]}. What the bill should be rises "
        f"slowly to ${expected[-1]:.2f}; what was paid leaves it on {one.start}, reaches ${max(paid):.2f} and falls back on "
        f"{one.end}. Vertical lines mark {seen}, when cost for each event is a tenth above that of four weeks before, and "
        f"{noticed}, when one of us saw it. The alarm on daily cost is silent throughout.",
        x={"type": "date"},
        y={"title": "storage, dollars a day", "tickprefix": "$", "rangemode": "tozero"},
        data=[
            line("should cost", days, expected, role="blue", dash="dash"),
            line("paid", days, paid, role="orange"),
        ],
        shapes=[
            {**level(0.0, axis="x", role="ink"), "x0": day.isoformat(), "x1": day.isoformat()}
            for day in (seen, noticed)
        ],
        notes=[
            label(seen.isoformat(), 1.0, " by cost for each event", yref="paper", role="ink", at="left top"),
            label(noticed.isoformat(), 1.0, "by one of us ", yref="paper", role="ink", at="right top"),
            label(days[-1], expected[-1], "should cost", role="blue", at="right top", yshift=-12),
            label(days[150], paid[150], "paid ", role="orange", at="right bottom"),
        ],
        height=400,
    )
