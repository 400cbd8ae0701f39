"""Pictures of alert recipes over simulated years."""

import math
from collections.abc import Mapping
from types import MappingProxyType

from playbook.charts.house import Figure, chart, dots, figure, label
from playbook.model import System
from playbook.studies import alerting

# The corner of each label at its point: three recipes speak after the same minutes.
CORNERS: Mapping[str, str] = MappingProxyType(
    {
        "10 minutes above the objective": "right bottom",
        "36 hours above the objective": "right bottom",
        "several burn rates": "right top",
        "several, two windows each": "left bottom",
        "our pages, without the ticket": "right bottom",
    }
)


@chart
def recipes(system: System) -> Figure:
    """Alerts a year that each recipe gives for nothing, against the minutes until it speaks."""
    rows = [
        (recipe.name, score.alerts_per_year * (1 - score.precision_fraction), score.detection_minutes, score)
        for recipe, score in alerting.scores(system)
        if score.precision_fraction is not None and score.detection_minutes is not None
    ]
    # On a logarithmic axis nothing false stands at a tenth of an alert a year: less than the years can tell.
    floor = 1 / alerting.YEARS
    points = [(max(false, floor), minutes) for _, false, minutes, _ in rows]
    ours, naive = rows[-1], rows[0]
    return figure(
        title=f"Our pages cost {ours[1]:.0f} false alarms a year, the ten-minute rule {naive[1]:.0f}",
        alt="Points on logarithmic axes, one for each recipe: false alerts a year against the median minutes "
        "until an incident that matters is heard, and the share of such incidents heard. "
        + ". ".join(
            f"{name}: {false:.0f} false a year, {minutes:.0f} minutes, {score.recall_fraction:.0%} heard"
            for name, false, minutes, score in rows
        )
        + ".",
        x={"title": "false alerts a year", "type": "log"},
        y={"title": "median minutes until it speaks", "type": "log"},
        data=[
            dots(
                "recipe",
                [x for x, _ in points],
                [y for _, y in points],
                role="ink",
                text=[f"{name}, {score.recall_fraction:.0%} heard" for name, _, _, score in rows],
            )
        ],
        notes=[
            label(math.log10(x), math.log10(y), f" {name} ", role="ink", at=CORNERS.get(name, "left bottom"))
            for (name, *_), (x, y) in zip(rows, points, strict=True)
        ],
        height=440,
    )
