"""What a partition key does to the hottest shard, and what a cell does to a bad day."""

from functools import cache

import numpy as np

from playbook.answer import answer
from playbook.model import System
from playbook.simulation import tenancy
from playbook.simulation.tenancy import Array

SHARDS = 8
BUCKETS = 64
TRIALS = 2000
SEED = 20240408


def factors(system: System, *, shards: int = SHARDS, buckets: int = 1, trials: int = TRIALS) -> Array:
    """The hottest shard over the mean for each of many hashes of today's tenants, ``(trials,)``."""
    return _factors(system.tenancy.tenants, system.tenancy.skew_exponent, shards, buckets, trials)


@cache
def _factors(tenants: int, exponent: float, shards: int, buckets: int, trials: int) -> Array:
    shares = tenancy.zipf_fractions(count=tenants, exponent=exponent)
    rng = np.random.default_rng(SEED)
    return tenancy.hottest_factors(shares, shards=shards, buckets=buckets, trials=trials, rng=rng)


@answer(unit="fraction", show="{:.0%}")
def tenant_key_skewed_fraction(system: System) -> float:
    """Share of hashes over eight shards that put twice the mean on one, the key being the tenant."""
    return float(np.mean(factors(system) > 2))


@answer(unit="×", show="{:.2f}")
def tenant_key_factor(system: System) -> float:
    """Median over hashes of the hottest shard over the mean, eight shards, the key being the tenant."""
    return float(np.median(factors(system)))


@answer(unit="×", show="{:.2f}")
def bucket_key_factor(system: System) -> float:
    """The same with the key decision 0009 chose: tenant and one of sixty-four buckets of its users."""
    return float(np.median(factors(system, buckets=BUCKETS)))


@answer(unit="fraction", show="{:.0%}")
def bucket_key_skewed_fraction(system: System) -> float:
    """Share of hashes that put twice the mean on one of eight shards with that key."""
    return float(np.mean(factors(system, buckets=BUCKETS) > 2))
