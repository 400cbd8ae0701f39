"""What retries do to load. A try is an attempt; two retries are three tries."""

import math
from collections.abc import Iterable

from playbook.laws import domain


def attempts(tries_per_layer: Iterable[int]) -> int:
    """Product of the tries: attempts that reach the bottom for one request that fails all the way.

    Counts tries, not retries: the number of retries is one less in each layer.

    Reference: M. Brooker, Timeouts, retries and backoff with jitter, Amazon Builders' Library;
    Site Reliability Engineering (2016), chapter 22.
    Raises ValueError for no layers and for a layer with less than one try.
    """
    layers = tuple(tries_per_layer)
    domain.require_some(tries_per_layer=layers)
    domain.require_counts(1, **{f"tries_per_layer[{index}]": tries for index, tries in enumerate(layers)})
    return math.prod(layers)


def stable_load_per_second(*, capacity_per_second: float, tries: int) -> float:
    """Load per second below which a retry storm ends by itself.

    In the worst case every request fails and comes `tries` times, so the server sees
    load × tries; above its capacity the overload that makes requests fail feeds itself.
    Between this load and the capacity the system is metastable: fine until it is pushed.

    Reference: N. Bronson and others, Metastable Failures in Distributed Systems, HotOS (2021).
    Raises ValueError for a capacity that is not positive and for tries below 1.
    """
    domain.require_positive(capacity_per_second=capacity_per_second)
    domain.require_counts(1, tries=tries)
    return capacity_per_second / tries
