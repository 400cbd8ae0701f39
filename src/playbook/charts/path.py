"""Pictures of the path of an event and of what its percentiles hide."""

import math

from playbook import architecture
from playbook.charts.house import LEGEND, LIGHT, Figure, bars, chart, figure, label, level
from playbook.model import System


@chart
def stages(system: System) -> Figure:
    """Median and 99th percentile of each stage, the consumer's mean wait among them."""
    found = architecture.stages(system)
    seconds = architecture.wait_seconds(system)
    wait = 1000 * seconds if math.isfinite(seconds) else 0.0
    names = ["edge", "idempotency key", "put", "stream", "wait for the consumer", "enrich", "route"]
    medians = [1000 * stage.p50_seconds for stage in found]
    tails = [1000 * stage.p99_seconds for stage in found]
    medians.insert(4, wait)
    tails.insert(4, 0.0)
    beyond = [max(0.0, high - low) for low, high in zip(medians, tails, strict=True)]
    share = 1000 * system.latency.stream_p50_seconds / math.fsum(medians)
    return figure(
        title=f"The stream owns {share:.0%} of the median, and we chose it",
        alt="Stacked bars by stage of the path, in milliseconds: the median, and from it to the 99th percentile. "
        + "; ".join(f"{n} {a:.0f} and {a + b:.0f}" for n, a, b in zip(names, medians, beyond, strict=True))
        + (
            ". The consumer's wait is a mean."
            if wait
            else ". The consumer cannot keep up: its wait is without end."
        ),
        x={"title": "milliseconds", "rangemode": "tozero"},
        y={"type": "category", "autorange": "reversed"},
        data=[
            bars("median", medians, names, colours=LIGHT["blue"]),
            bars("to the 99th percentile", beyond, names, colours=LIGHT["grid"]),
        ],
        barmode="stack",
        shapes=[level(1000 * system.targets.p50_seconds, axis="x")],
        notes=[
            label(
                1000 * system.targets.p50_seconds,
                0.0,
                "the median's whole budget ",
                yref="paper",
                role="ink",
                at="right bottom",
            )
        ],
        showlegend=True,
        legend=LEGEND,
        height=400,
    )
