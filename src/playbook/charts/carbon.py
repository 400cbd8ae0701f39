"""A picture of what the platform emits."""

import math

from playbook import facts
from playbook.charts.house import LEGEND, LIGHT, Figure, Part, bars, chart, figure
from playbook.cost import carbon, footprint
from playbook.model import System

WHOLE, UNSEEN = "all that we can see", "managed services, at most"


@chart
def month(system: System) -> Figure:
    """Kilograms a month by what emits them, use and making; the whole with its interval; and the bound."""
    found = footprint.footprints(system)
    use = {s: math.fsum(x.use_grams for x in found if x.subject == s) / 1e3 for s in footprint.SUBJECTS}
    made = {s: math.fsum(x.embodied_grams for x in found if x.subject == s) / 1e3 for s in footprint.SUBJECTS}
    order = sorted(footprint.SUBJECTS, key=lambda s: use[s] + made[s])
    total, unseen = carbon.carbon_kg_per_month(system), carbon.carbon_unmeasured_at_most_kg(system)
    spread = facts.interval("cost.carbon_kg_per_month", system, samples=200)
    hatch: Part = {
        "shape": "/",
        "fgcolor": LIGHT["paper"],
        "size": 5,
        "solidity": 0.15,
        "fillmode": "overlay",
    }
    making = bars("making", [made[s] for s in order], order, colours=LIGHT["orange"])
    error: Part = {
        "type": "data",
        "symmetric": False,
        "array": [max(0.0, spread.high - total)],
        "arrayminus": [max(0.0, total - spread.low)],
        "color": LIGHT["ink"],
    }
    parts = ", ".join(f"{s} {use[s] + made[s]:,.0f} kg" for s in reversed(order))
    return figure(
        title=f"{total:,.0f} kg a month that we can see, and up to {unseen:,.0f} that we cannot",
        alt=f"Horizontal bars of kilograms of CO2e a month, of use and of making: {parts}. The whole is {total:,.0f}, "
        f"between {spread.low:,.0f} and {spread.high:,.0f} over the ranges of what it reads. A bar apart, for "
        f"managed services, ends at the most that they can emit, {unseen:,.0f}.",
        x={"title": "kg of CO2e a month", "rangemode": "tozero"},
        y={"type": "category", "categoryorder": "array", "categoryarray": [UNSEEN, WHOLE, *order]},
        data=[
            bars("use", [use[s] for s in order], order, colours=LIGHT["blue"]),
            {**making, "marker": {"color": LIGHT["orange"], "pattern": hatch}},
            bars("the whole", [total], [WHOLE], colours=LIGHT["green"], error_x=error, showlegend=False),
            bars("a bound", [unseen], [UNSEEN], colours=LIGHT["quiet"], showlegend=False),
        ],
        barmode="stack",
        showlegend=True,
        legend=LEGEND,
        height=420,
    )
