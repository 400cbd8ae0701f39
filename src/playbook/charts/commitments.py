"""Pictures of the savings plan: what each size was expected to save, and how each is regretted."""

import random

from playbook.charts.house import LIGHT, Figure, Part, chart, dots, figure, label, level, line
from playbook.cost import commitments, hindsight
from playbook.facts.interval import systems
from playbook.model import HOURS_PER_MONTH, System, at

SEED, DRAWS = 20260401, 300
PLANS = tuple(0.2 * i for i in range(41))
GUESSES = tuple(f"commitment.{name}" for name in ("discount_fraction", "demand_median", "demand_sigma"))


@chart
def saving(system: System) -> Figure:
    """What a plan was expected to save by its size, with the interval of our guesses."""
    curve = [commitments.expected_saving_usd_per_month(system, usd) for usd in PLANS]
    low, high = _spread(system)
    signed, best = system.commitment.usd_per_hour, commitments.best_usd_per_hour(system)
    marks = [0.0, signed, best]
    saved = [commitments.expected_saving_usd_per_month(system, usd) for usd in marks]
    band: Part = {"type": "scatter", "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    points = dots("nothing, signed, best", marks, saved, role="orange")
    return figure(
        title=f"We signed ${signed:.2f}, ${best - signed:.2f} short of the top, for ${saved[2] - saved[1]:,.0f} a month",
        alt="A curve of expected saving in dollars a month against the plan in dollars an hour: nothing at nothing, "
        f"${saved[1]:,.0f} at the ${signed:.2f} that we signed, ${saved[2]:,.0f} at the best, ${best:.2f}, and "
        f"${curve[-1]:,.0f} at ${PLANS[-1]:.0f}. A band from the 5th to the 95th percentile of our guesses opens to "
        f"${low[-1]:,.0f} and ${high[-1]:,.0f} at its right end.",
        x={"title": "plan, dollars an hour", "tickprefix": "$"},
        y={"title": "expected saving, dollars a month", "tickformat": "$,.0f"},
        data=[
            {**band, "name": "5th percentile", "x": list(PLANS), "y": low},
            {
                **band,
                "name": "95th percentile",
                "x": list(PLANS),
                "y": high,
                "fill": "tonexty",
                "fillcolor": LIGHT["grid"],
            },
            line("expected saving", PLANS, curve, role="blue"),
            {
                **points,
                "marker": {"size": 11, "color": LIGHT["orange"], "symbol": ["circle", "diamond", "star"]},
            },
        ],
        shapes=[level(0.0, axis="y", role="muted", dash="dot")],
        notes=[
            label(0.0, 0.0, " nothing", role="orange", at="left top"),
            label(signed, saved[1], "signed ", role="orange", at="right bottom", yshift=6),
            label(best, saved[2], " best", role="orange", at="left bottom", yshift=6),
            label(PLANS[-1], low[-1], "5th to 95th percentile of our guesses ", at="right bottom", yshift=4),
        ],
        height=440,
    )


def _spread(system: System) -> tuple[list[float], list[float]]:
    """5th and 95th percentile at each plan over draws of the guesses of the day of signing."""
    now = commitments.nodes_usd_per_hour(at(system, commitments.SIGNED))
    guesses = [one.commitment for one in systems(system, GUESSES, samples=DRAWS, rng=random.Random(SEED))]
    rows = [
        sorted(
            commitments.expected_saving(guess, nodes_usd_per_hour=now, usd_per_hour=usd) for guess in guesses
        )
        for usd in PLANS
    ]
    low, high = (round(share * (DRAWS - 1)) for share in (0.05, 0.95))
    return [HOURS_PER_MONTH * row[low] for row in rows], [HOURS_PER_MONTH * row[high] for row in rows]


@chart
def regret(system: System) -> Figure:
    """What hindsight saves beyond each plan, by what demand turns out to be."""
    low, high = (commitments.demand_quantile_usd_per_hour(system, share) for share in hindsight.ENDS)
    demands = sorted({low + i * (high - low) / 40 for i in range(41)})
    plans: tuple[tuple[str, float, str, str], ...] = (
        ("nothing", 0.0, "quiet", "dot"),
        ("signed", system.commitment.usd_per_hour, "orange", "solid"),
        ("newsvendor", commitments.best_usd_per_hour(system), "blue", "dash"),
        ("minimax", hindsight.minimax_usd_per_hour(system), "green", "dashdot"),
    )
    rows = [
        (name, role, dash, [hindsight.regret_usd_per_month(system, usd, demand) for demand in demands])
        for name, usd, role, dash in plans
    ]
    came = hindsight.demand_since_usd_per_hour(system)
    missed = hindsight.regret_usd_per_month(system, system.commitment.usd_per_hour, came)
    return figure(
        title=f"Demand came at ${came:.2f} an hour, where our plan is regretted by ${missed:,.0f} a month",
        alt="Lines of what hindsight saves beyond each plan, in dollars a month, against node spend in dollars an hour, "
        f"from ${low:.2f} to ${high:.2f}: "
        + ", ".join(f"{name} ${row[0]:,.0f} to ${row[-1]:,.0f}" for name, _, _, row in rows)
        + f". A vertical line marks ${came:.2f}, what demand has been since the signing.",
        x={
            "title": "node spend at list price, dollars an hour",
            "tickprefix": "$",
            "range": [low, high * 1.13],
        },
        y={"title": "regret, dollars a month", "tickformat": "$,.0f", "rangemode": "tozero"},
        data=[line(name, demands, row, role=role, dash=dash) for name, role, dash, row in rows],
        shapes=[level(came, axis="x")],
        notes=[
            *(
                label(high, row[-1], f" {name}", role=role, at="left middle", yshift=shift)
                for (name, role, _, row), shift in zip(rows, (0, 8, 0, -8), strict=True)
            ),
            label(came, 1.0, " since the signing", yref="paper", role="ink", at="left top"),
        ],
        height=440,
    )
