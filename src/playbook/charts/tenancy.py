"""What a partition key does to the hottest shard, computed when the book is built."""

import numpy as np

from playbook.charts.house import Figure, chart, figure, label, level, line
from playbook.model import System
from playbook.studies import tenancy

BOUNDS = tuple(1 + i / 20 for i in range(61))


@chart
def skew(system: System, *, shards: int = 8) -> Figure:
    """Share of hashes whose hottest shard carries more than a multiple of the mean, for both keys."""
    keys = (("tenant alone", 1, "orange"), ("tenant and user bucket", tenancy.BUCKETS, "blue"))
    found = {name: tenancy.factors(system, shards=shards, buckets=n) for name, n, _ in keys}
    beyond = {name: [float(np.mean(factors > bound)) for bound in BOUNDS] for name, factors in found.items()}
    worse = float(np.mean(found["tenant alone"] > 2))
    return figure(
        title=f"By tenant, {worse:.0%} of hashes double one of {shards} shards; by bucket, none comes near",
        alt=f"Two falling curves over {tenancy.TRIALS:,} random hashes: the share whose hottest of {shards} shards carries "
        f"more than a multiple of the mean. By tenant alone it is {worse:.0%} at twice the mean; with a user bucket "
        f"the median hash has {float(np.median(found['tenant and user bucket'])):.2f}.",
        x={"title": "hottest shard over mean shard", "range": [1, 4]},
        y={"title": "share of hashes beyond", "tickformat": ".0%", "rangemode": "tozero"},
        data=[line(name, BOUNDS, beyond[name], role=role) for name, _, role in keys],
        shapes=[level(2.0, axis="x")],
        notes=[
            label(2.0, 1.0, " where we said to look again", yref="paper", at="left top", role="ink"),
            label(2.3, beyond["tenant alone"][26], " tenant alone", role="orange"),
            label(1.15, 0.5, " tenant and user bucket", role="blue"),
        ],
        height=400,
    )
