"""The load test of the enricher: consumers running against events read per second."""

import numpy as np

from playbook.laws.scalability import Usl
from playbook.model import System

SEED = 20240205
CONSUMERS = (1, 2, 4, 8, 12, 16, 24, 32, 48, 64)
CONTENTION = 0.012
COHERENCY = 0.00011
NOISE = 0.02


def results(system: System) -> str:
    """The test as CSV: consumers, events per second, with two per cent of noise on what the law says.

    Consumers share a cache of identities and a database pool; that is the contention, and their
    invalidations of each other's entries are the coherency.
    """
    rng = np.random.default_rng(SEED)
    law = Usl(rate=1 / system.stream.consumer_seconds_per_record, contention=CONTENTION, coherency=COHERENCY)
    measured = [law.throughput(n) * rng.normal(1.0, NOISE) for n in CONSUMERS]
    rows = [f"{n},{value:.1f}" for n, value in zip(CONSUMERS, measured, strict=True)]
    return "\n".join(["consumers,events_per_second", *rows]) + "\n"
