"""Pictures of the bill."""

import math

from playbook import context, cost
from playbook.charts.house import LEGEND, LIGHT, Figure, Part, bars, chart, dots, figure, label, level, line
from playbook.cost import ranking
from playbook.facts import interval, sensitivity
from playbook.model import DAYS_PER_MONTH, System, at, at_end_of, what_if

VOLUMES = tuple(10 ** (6 + i / 8) for i in range(25))


@chart
def bill(system: System, *, era: str = "economise") -> Figure:
    """The bill by subject at the end of an era: what stays without events, and what moves with them."""
    then = at_end_of(system, era)
    rows = {subject: parts for subject, parts in cost.by_subject(then).items() if sum(parts) > 0}
    names, total = list(rows)[::-1], cost.usd_per_month(then)
    hatch: Part = {
        "shape": "/",
        "fgcolor": LIGHT["paper"],
        "size": 5,
        "solidity": 0.15,
        "fillmode": "overlay",
    }
    stays = bars("stays without events", [rows[n][0] for n in names], names, colours=LIGHT["blue"])
    moving = bars("moves with volume", [rows[n][1] for n in names], names, colours=LIGHT["orange"])
    return figure(
        title=f"${total:,.0f} a month, {cost.fixed_fraction(then):.0%} of it without one event",
        alt="Stacked bars of the monthly bill by subject "
        f"at {then.traffic.events_per_day / 1e6:,.0f} million events a day: "
        + ", ".join(f"{subject} ${sum(parts):,.0f}" for subject, parts in rows.items())
        + ".",
        x={"title": "dollars a month", "tickformat": "$,.0f", "rangemode": "tozero"},
        y={"type": "category"},
        data=[stays, {**moving, "marker": {"color": LIGHT["orange"], "pattern": hatch}}],
        barmode="stack",
        showlegend=True,
        legend=LEGEND,
        height=440,
    )


@chart
def unit_cost(system: System) -> Figure:
    """Dollars per event against volume, the eras as they were, and the two targets that meet."""
    given = system.targets
    now = [cost.usd_per_event(what_if(system, {"traffic.events_per_day": volume})) for volume in VOLUMES]
    ceiling = [given.usd_per_month / (volume * DAYS_PER_MONTH) for volume in VOLUMES]
    eras = [at(system, era.end) for era in system.eras]
    volumes, seen = (
        [then.traffic.events_per_day for then in eras],
        [cost.usd_per_event(then) for then in eras],
    )
    spread = [interval("cost.usd_per_event", then, samples=200) for then in eras]
    error: Part = {
        "type": "data",
        "symmetric": False,
        "array": [max(0.0, s.high - value) for s, value in zip(spread, seen, strict=True)],
        "arrayminus": [max(0.0, value - s.low) for s, value in zip(spread, seen, strict=True)],
        "color": LIGHT["orange"],
    }
    return figure(
        title=f"A million events cost ${1e6 * seen[1]:.0f} at M6 and ${1e6 * seen[-1]:.2f} today",
        alt="Falling lines on logarithmic axes of dollars per event against events a day. "
        f"With today's settings an event costs ${now[0]:.6f} at one million a day and ${now[-1]:.7f} "
        "at one billion. Dots with error bars are the ends of the eras. "
        f"The given ${given.usd_per_event:g} an event and the given ${given.usd_per_month:,.0f} a month "
        f"cross at {context.ceilings_meet_events_per_day(system) / 1e6:.1f} million a day.",
        x={"title": "events per day", "type": "log", "range": [6, 9]},
        y={"title": "dollars per event", "type": "log", "exponentformat": "power", "dtick": 1},
        data=[
            line("the given ceiling on the bill", VOLUMES, ceiling, role="quiet", dash="dot"),
            line("today's settings", VOLUMES, now, role="blue"),
            dots(
                "end of each era",
                volumes,
                seen,
                role="orange",
                text=[e.title for e in system.eras],
                error_y=error,
            ),
        ],
        shapes=[level(given.usd_per_event, axis="y")],
        notes=[
            label(
                1.0,
                math.log10(given.usd_per_event),
                "the given cost of an event ",
                xref="paper",
                role="ink",
                at="right bottom",
            ),
            label(math.log10(VOLUMES[2]), math.log10(ceiling[2]), " the given ceiling on the bill"),
            label(
                math.log10(VOLUMES[20]), math.log10(now[20]), "today's settings ", role="blue", at="right top"
            ),
            label(
                math.log10(volumes[0]),
                math.log10(seen[0]),
                "ends of the eras  ",
                role="orange",
                at="right top",
            ),
        ],
        height=460,
    )


@chart
def moves(system: System, *, most: int = 10) -> Figure:
    """The bill at both ends of the range of each assumption that moves it most."""
    swings = sensitivity("cost.usd_per_month", system)[:most][::-1]
    now, paths = cost.usd_per_month(system), [swing.path for swing in swings]
    low = bars(
        "at the 5th percentile", [s.at_low - now for s in swings], paths, colours=LIGHT["blue"], base=now
    )
    high = bars("at the 95th", [s.at_high - now for s in swings], paths, colours=LIGHT["orange"], base=now)
    return figure(
        title=f"No single doubt moves the bill by more than ${swings[-1].size:,.0f}",
        alt="Bars of the monthly bill at the 5th and the 95th percentile of one assumption at a time: "
        + ", ".join(f"{s.path} ${s.at_low:,.0f} to ${s.at_high:,.0f}" for s in swings[::-1])
        + ".",
        x={"title": "dollars a month", "tickformat": "$,.0f"},
        y={"type": "category", "tickfont": {"size": 11}},
        data=[low, high],
        barmode="overlay",
        shapes=[level(now, axis="x")],
        showlegend=True,
        legend=LEGEND,
        height=440,
    )


@chart
def levers(system: System, *, era: str = "economise") -> Figure:
    """What each lever is worth in a month, those of conference talks apart."""
    rows = ranking.levers(at_end_of(system, era))[::-1]
    names = [row.name if row.pulled else f"{row.name} (not pulled)" for row in rows]
    loud = [row.usd if row.celebrated else 0.0 for row in rows]
    quiet = [0.0 if row.celebrated else row.usd for row in rows]
    hatch: Part = {
        "shape": "/",
        "fgcolor": LIGHT["paper"],
        "size": 5,
        "solidity": 0.15,
        "fillmode": "overlay",
    }
    marked = bars("talks are given about it", loud, names, colours=LIGHT["orange"])
    return figure(
        title=f"The largest lever was worth ${rows[-1].usd:,.0f} a month, the celebrated three ${sum(loud):,.0f}",
        alt="Bars of what each lever is worth in a month, the largest first: "
        + ", ".join(f"{row.name} ${row.usd:,.0f}" for row in rows[::-1])
        + ". Celebrated are "
        + ", ".join(row.name for row in rows[::-1] if row.celebrated)
        + ".",
        x={"title": "dollars a month", "tickformat": "$,.0f", "rangemode": "tozero"},
        y={"type": "category"},
        data=[
            bars("nobody's", quiet, names, colours=LIGHT["blue"]),
            {**marked, "marker": {"color": LIGHT["orange"], "pattern": hatch}},
        ],
        barmode="stack",
        showlegend=True,
        legend=LEGEND,
        height=440,
    )
