"""Pictures of coming back: the drain, and the drills against their targets."""

from playbook import reliability
from playbook.charts.house import Figure, chart, dots, figure, label, level, line
from playbook.laws import backlog
from playbook.model import System

USES = tuple(i / 50 for i in range(46))


@chart
def fresh_again(system: System) -> Figure:
    """Minutes from losing a region until events are fresh again, against the use of capacity."""
    outage, allowed = system.recovery.pilot_light_minutes, system.targets.recovery_time_hours * 60
    minutes = [backlog.fresh_again_seconds(outage_seconds=outage * 60, use_fraction=use) / 60 for use in USES]
    limit = reliability.recovery_use_limit_fraction(system)
    peak = reliability.fresh_again_at_peak_minutes(system)
    return figure(
        title=f"Back in {outage:.0f} minutes, fresh again in time only below {limit:.0%} of capacity",
        alt="A rising curve: minutes from losing the region until events are fresh again against the use of "
        f"capacity afterwards. It starts at {outage:.0f}, the pilot light's own time, passes the allowed "
        f"{allowed:.0f} at {limit:.0%}, and stands at {peak:.0f} at the use that we scale to at the peak, "
        f"{system.delivery.slots_limit_fraction:.0%}.",
        x={"title": "use of capacity while the backlog drains", "tickformat": ".0%"},
        y={"title": "minutes until fresh again", "rangemode": "tozero"},
        data=[
            line("minutes until fresh again", USES, minutes, role="blue"),
            dots("at the peak", [system.delivery.slots_limit_fraction], [peak], role="orange"),
        ],
        shapes=[level(allowed, axis="y")],
        notes=[
            label(0.0, allowed, "time to recover that we were given", role="ink"),
            label(
                system.delivery.slots_limit_fraction, peak, "at the peak ", role="orange", at="right bottom"
            ),
        ],
        height=400,
    )


@chart
def drills(system: System) -> Figure:
    """Every drill: the minutes that it took against those allowed."""
    rows = system.drills
    names = [f"{drill.on} {drill.kind}" for drill in rows]
    failed = [drill for drill in rows if not drill.passed]
    worst = max(failed, key=lambda drill: drill.measured_minutes)
    return figure(
        title=f"{len(failed)} of {len(rows)} drills missed their time; the worst by {worst.measured_minutes - worst.target_minutes:,.0f} minutes",
        alt="For each drill a dot at the minutes taken and a cross at those allowed, on a logarithmic axis: "
        + ", ".join(
            f"{name} {d.measured_minutes:g} of {d.target_minutes:g}"
            for name, d in zip(names, rows, strict=True)
        )
        + ".",
        x={"title": "minutes", "type": "log"},
        y={"type": "category", "autorange": "reversed"},
        data=[
            dots("minutes allowed", [d.target_minutes for d in rows], names, role="quiet", symbol="x"),
            dots(
                "passed",
                [d.measured_minutes for d in rows if d.passed],
                [n for n, d in zip(names, rows, strict=True) if d.passed],
                role="blue",
            ),
            dots(
                "failed",
                [d.measured_minutes for d in failed],
                [n for n, d in zip(names, rows, strict=True) if not d.passed],
                role="orange",
                symbol="diamond",
            ),
        ],
        height=420,
    )
