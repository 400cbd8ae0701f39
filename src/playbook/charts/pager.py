"""A picture of what a few pages can tell."""

import math

from playbook import reliability
from playbook.charts.house import Figure, chart, figure, label, level, line
from playbook.model import System

WEEKS = tuple(range(2, 53, 2))


@chart
def proof(system: System) -> Figure:
    """Upper bound on the share of false pages after so many weeks in which none was seen."""
    rate, doubt = system.on_call.pages_per_week, reliability.pager.DOUBT_FRACTION
    bounds = [1 - math.pow(doubt, 1 / (rate * weeks)) if rate else 1.0 for weeks in WEEKS]
    given, needed = system.targets.false_page_fraction, reliability.false_page_proof_weeks(system)
    quarter = reliability.false_pages_at_most_fraction(system)
    return figure(
        title=f"A spotless quarter shows no more than {quarter:.0%}; {given:.0%} takes {needed:.0f} weeks without one",
        alt="A falling curve: the upper 95 % bound on the share of false pages after a number of weeks in which "
        f"none was seen, at {rate:g} pages a week. It stands at {quarter:.1%} after a quarter and reaches the "
        f"given {given:.0%} after {needed:.0f} weeks.",
        x={"title": "weeks without a false page", "rangemode": "tozero"},
        y={"title": "share of false pages, at most", "tickformat": ".0%", "rangemode": "tozero"},
        data=[line("upper 95 % bound", WEEKS, bounds, role="blue")],
        shapes=[level(given, axis="y"), level(13.0, axis="x", dash="dot")],
        notes=[
            label(WEEKS[-1], given, "given limit", role="ink", at="right bottom"),
            label(13.0, 0.3, " a quarter", role="ink"),
        ],
        height=380,
    )
