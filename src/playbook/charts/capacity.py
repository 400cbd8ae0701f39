"""The load test of the enricher under the law that was fitted to it, computed when the book is built."""

from playbook.charts.house import Figure, chart, dots, figure, label, level, line
from playbook.model import System
from playbook.studies import capacity

LOADS = tuple(float(n) for n in range(1, 129))


@chart
def usl(system: System) -> Figure:
    """Measured throughput by consumers, the fitted law, and what no contention would give."""
    law, points = capacity.usl(system), system.load_test
    peak = law.peak_load
    return figure(
        title=f"One cluster's enricher peaks at {peak:.0f} consumers and {law.throughput(peak):,.0f} events a second",
        alt=f"Ten measured points of events per second against consumers, from {points[0].events_per_second:,.0f} at one to "
        f"{points[-1].events_per_second:,.0f} at {points[-1].consumers:.0f}, on a curve of the universal scalability law "
        f"that bends away from a straight line and peaks at {peak:.0f} consumers.",
        x={"title": "consumers in one cluster", "range": [0, 128]},
        y={"title": "events per second", "rangemode": "tozero"},
        data=[
            line("without contention", (0.0, 48.0), (0.0, 48 * law.rate), role="quiet", dash="dot"),
            line("fitted law", LOADS, [law.throughput(n) for n in LOADS], role="blue"),
            dots(
                "load test",
                [p.consumers for p in points],
                [p.events_per_second for p in points],
                role="orange",
            ),
        ],
        shapes=[level(peak, axis="x", role="quiet")],
        notes=[
            label(46.0, 46 * law.rate, "without contention ", at="right bottom"),
            label(peak, law.throughput(peak), "fitted law ", role="blue", at="right bottom"),
            label(
                points[-1].consumers, points[-1].events_per_second, " load test", role="orange", at="left top"
            ),
        ],
        height=420,
    )
