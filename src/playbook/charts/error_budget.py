"""Pictures of the log of incidents, and of years like it."""

import math

from playbook import reliability
from playbook.charts.house import LIGHT, Figure, bars, chart, dots, figure, label, level, line
from playbook.model import System
from playbook.studies import error_budget, losses

MULTIPLES = tuple(0.1 * 10 ** (i / 6) for i in range(13))


@chart
def windows(system: System) -> Figure:
    """Share of time in which the rolling window has lost more than a multiple of its budget."""
    simulated = error_budget.over_fractions(system, MULTIPLES)
    closed = error_budget.closed_over_fractions(system, MULTIPLES)
    low, high = error_budget.over_interval(system)
    now = error_budget.over_budget_time_fraction(system)
    return figure(
        title=f"The window is over budget {now:.0%} of the time; the log allows anything from {low:.0%} to {high:.0%}",
        alt="Share of time in which the rolling window has lost more than a multiple of the budget, "
        f"both axes logarithmic: falling from {closed[0]:.0%} at a tenth of the budget to {closed[-1]:.1%} "
        f"at {MULTIPLES[-1]:.0f} budgets. Dots from {losses.YEARS:,} simulated years lie on the line in "
        f"closed form. At one budget a bar marks the 5th to 95th percentile over logs drawn again, {low:.0%} to {high:.0%}.",
        x={"title": "loss of a window, in budgets", "type": "log"},
        y={"title": "share of time beyond", "type": "log", "tickformat": ".1%"},
        data=[
            line("closed form", MULTIPLES, closed, role="blue"),
            dots("simulated years", MULTIPLES, simulated, role="ink"),
            line("5th to 95th percentile of logs drawn again", (1.0, 1.0), (low, high), role="orange"),
        ],
        shapes=[level(1.0, axis="x")],
        notes=[
            label(0.0, math.log10(high), " logs drawn again, 5th to 95th", role="orange", at="left middle"),
            label(
                math.log10(MULTIPLES[2]),
                math.log10(closed[2] / 2),
                "closed form, dots simulated",
                role="blue",
                at="center top",
            ),
        ],
        height=420,
    )


@chart
def causes(system: System) -> Figure:
    """Monthly budgets of fresh that each class of cause has spent, and what can contain it."""
    spent = reliability.budgets_by_cause(system)
    counts = {cause: sum(row.cause == cause for row in system.log) for cause in spent}
    ways = {row.cause: ", ".join(row.containable_by) or "nothing of ours" for row in system.log}
    first = reliability.costliest_cause(system)
    return figure(
        title=f"{reliability.costliest_cause_fraction(system):.0%} of all budget went on one class, {first}; "
        "no count of incidents shows it",
        alt="Bars of monthly budgets of fresh spent by each class of cause: "
        + ", ".join(f"{cause} {budgets:.2f} in {counts[cause]} incidents" for cause, budgets in spent.items())
        + ".",
        x={"title": "monthly budgets of fresh", "range": [0, 1.2 * max(spent.values())]},
        y={"type": "category", "autorange": "reversed"},
        data=[
            bars(
                "budgets of fresh",
                list(spent.values()),
                [f"{cause}<br>contained by: {ways.get(cause, '')}" for cause in spent],
                colours=[
                    LIGHT["blue" if ways.get(cause) != "nothing of ours" else "quiet"] for cause in spent
                ],
                text=[f"{budgets:.2f} in {counts[cause]}" for cause, budgets in spent.items()],
                textposition="outside",
                cliponaxis=False,
            )
        ],
        height=460,
    )
