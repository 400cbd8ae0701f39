"""Tenants of unequal size, spread over shards by a hash."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[np.float64]


def zipf_fractions(*, count: int, exponent: float) -> Array:
    """Shares of ``count`` members of Zipf's law, the largest first, ``(count,)``, summing to 1."""
    weights = np.arange(1, count + 1, dtype=np.float64) ** -exponent
    return np.asarray(weights / weights.sum(), dtype=np.float64)


def hottest_factors(fractions: Array, *, shards: int, buckets: int, trials: int, rng: Generator) -> Array:
    """The hottest shard over the mean shard for each of many hashes, ``(trials,)``.

    Each member is cut into ``buckets`` equal parts, and each part lands on a shard at random: one bucket is a
    key that is the tenant alone.
    """
    parts = np.repeat(fractions / buckets, buckets)
    lands = rng.integers(shards, size=(trials, parts.size))
    loads = np.zeros((trials, shards))
    np.add.at(loads, (np.arange(trials)[:, None], lands), parts)
    return np.asarray(loads.max(axis=1) * shards, dtype=np.float64)
