"""What each tenant sent, by day: the meters that the bill can be shared by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from playbook.model import REGIONS, System, at

Array = NDArray[np.float64]

SEED = 20231101
FIRST = date(2023, 11, 1)
WEEKDAYS = (1.05, 1.06, 1.06, 1.05, 1.03, 0.88, 0.87)  # Monday first; a mean of one
DAILY_SIGMA, TENANT_SIGMA = 0.025, 0.06
BYTES_SIGMA, DELIVERIES_SIGMA, BATCH_SIGMA = 0.35, 0.4, 0.5
LEFT = date(2024, 9, 30)  # the tenant lost after incident 2
OPTED_IN = tuple(range(6, 50, 4))  # by size: the eleven that enrich
METERS = ("events", "requests", "deliveries", "gigabytes", "enriched")


@dataclass(frozen=True, slots=True)
class Tenants:
    """All tenants there ever were, largest first.

    ``order`` is the place in which each one came, ``(n,)``; ``region`` a short name each; the factors say
    how a tenant's events differ from the mean one, in size, deliveries and requests for each.
    """

    order: NDArray[np.int64]
    region: NDArray[np.str_]
    gigabytes: Array
    deliveries: Array
    requests: Array


def days(start: date, end: date) -> tuple[date, ...]:
    """Every day from ``start`` to the day before ``end``."""
    return tuple(start + timedelta(days=n) for n in range((end - start).days))


def usage(system: System, *, start: date, end: date, grain: str = "daily") -> pd.DataFrame:
    """Meters by tenant, one row a day (or a month, dated on its first) in which a tenant sent anything.

    Columns ``usage_date, tenant_id, region, events, requests, deliveries, gigabytes, enriched``. By region
    they sum to what the bill's quantities come from: bytes, deliveries and requests for each event as the
    model has them. A day is the same whichever stretch is asked for.
    """
    whole = days(FIRST, system.eras[-1].end)
    rng = np.random.default_rng(SEED)
    drawn = rng.lognormal(0.0, DAILY_SIGMA, len(whole))
    tenants = _tenants(system, rng)
    frames = [
        _day(system, day, noise, tenants, np.random.default_rng((SEED, day.toordinal())))
        for day, noise in zip(whole, drawn, strict=True)
        if start <= day < end
    ]
    frame = pd.concat(frames, ignore_index=True)
    if grain == "monthly":
        frame["usage_date"] = [day.replace(day=1) for day in frame["usage_date"]]
        frame = frame.groupby(["usage_date", "tenant_id", "region"], as_index=False)[list(METERS)].sum()
    return frame


def _tenants(system: System, rng: Generator) -> Tenants:
    count = system.tenancy.tenants + 1  # and the one that left
    # The largest came among the first; otherwise size and coming have nothing to do with each other.
    order = np.argsort(rng.permutation(count) + np.where(np.arange(count) < 2, -count, 0)).argsort()
    european = np.floor(np.arange(1, count + 1) * (1 - system.tenancy.us_fraction))
    region = np.where(np.diff(european, prepend=0.0) > 0, "eu", "us")
    factors = (rng.lognormal(0.0, s, count) for s in (BYTES_SIGMA, DELIVERIES_SIGMA, BATCH_SIGMA))
    return Tenants(order.astype(np.int64), region, *factors)


def _day(system: System, day: date, noise: float, tenants: Tenants, rng: Generator) -> pd.DataFrame:
    then = at(system, max(day, system.eras[0].end))
    events = np.round(_events(then, day, noise, tenants, rng))
    here = np.flatnonzero(events)
    columns: dict[str, Sequence[object] | NDArray[np.generic]] = {
        "usage_date": [day] * len(here),
        "tenant_id": [f"tenant-{n + 1:03d}" for n in here],
        "region": [REGIONS[code] for code in tenants.region[here]],
        "events": events[here].astype(np.int64),
    }
    traffic, total = then.traffic, {code: events[tenants.region == code].sum() for code in REGIONS}
    means = {
        "requests": 1 / traffic.events_per_request,
        "deliveries": traffic.deliveries_per_event,
        "gigabytes": traffic.event_bytes / 1e9,
    }
    for name, mean in means.items():
        weight = events * getattr(tenants, name)
        for code in REGIONS:
            mine = tenants.region == code
            weight[mine] *= total[code] * mean / weight[mine].sum()
        columns[name] = weight[here]
    columns["enriched"] = _enriched(then, events)[here]
    return pd.DataFrame(columns)


def _events(then: System, day: date, noise: float, tenants: Tenants, rng: Generator) -> Array:
    """Events of each tenant: Zipf over those who are there, scaled to what each region takes."""
    came = then.tenancy.tenants + (day >= LEFT)
    there = tenants.order < came
    if day >= LEFT:
        there &= tenants.order != _leaver(tenants)
    ranks = np.cumsum(there)
    share = np.where(there, ranks.clip(1) ** -then.tenancy.skew_exponent, 0.0)
    share *= rng.lognormal(0.0, TENANT_SIGMA, len(share))
    volume = then.traffic.events_per_day * WEEKDAYS[day.weekday()] * noise
    for code in REGIONS:
        mine = tenants.region == code
        share[mine] *= volume * then.traffic.region_fraction(code) / share[mine].sum()
    return share


def _leaver(tenants: Tenants) -> int:
    """The place in which the tenant came that left: the fourth largest of the first twelve."""
    first = np.flatnonzero(tenants.order < 12)
    return int(tenants.order[first[3]])


def _enriched(then: System, events: Array) -> Array:
    """Enriched events: of those who opted in, in proportion to what they send."""
    chosen = np.zeros_like(events)
    chosen[list(OPTED_IN)] = events[list(OPTED_IN)]
    wanted = then.enrichment.events_fraction * events.sum()
    return chosen * (wanted / chosen.sum()) if chosen.sum() else chosen
