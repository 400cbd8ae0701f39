"""The log of incidents: the six that the book tells whole, and the small ones among them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

import numpy as np
from numpy.random import Generator

from playbook import reliability
from playbook.model import Logged, System, at

SEED = 20231113
MINUTES_PER_DAY = 1440
PAGES_SINCE = date(2025, 4, 1)
TOLD_WHOLE_BUDGETS = 0.5
WIDEST_FRACTION = 0.5
PER_MONTH = {"ship": 1.2, "survive": 1.0, "isolate": 0.8, "economise": 0.6}
TOLD = {
    "hot_key": "tenant's load",
    "retry_storm": "destination",
    "contract_before_expand": "data or model",
    "frozen_pods": "cloud provider",
    "hidden_retries": "destination",
    "enrichment_drift": "data or model",
}


@dataclass(frozen=True, slots=True)
class Cause:
    """What a cause does when it comes, as medians, and the ways in which it can come."""

    minutes: float
    late_fraction: float
    names: tuple[str, ...]


MINUTES_SIGMA, LATE_SIGMA = 0.7, 0.9
CAUSES: Mapping[str, Cause] = MappingProxyType(
    {
        "tenant's load": Cause(
            35,
            0.02,
            (
                "import_at_noon",
                "backfill_unannounced",
                "loop_in_an_sdk",
                "sale_weekend",
                "load_test_by_a_tenant",
                "nightly_job_moved",
            ),
        ),
        "destination": Cause(
            45,
            0.025,
            (
                "webhook_slow",
                "warehouse_suspended",
                "tool_throttles",
                "webhook_refuses",
                "warehouse_resumed_late",
                "tool_maintenance",
                "webhook_resets",
                "webhook_moved",
                "tool_login_page",
            ),
        ),
        "release": Cause(
            18,
            0.04,
            (
                "router_memory",
                "enricher_setting",
                "gateway_timeout",
                "quota_default",
                "chart_value",
                "consumer_restarts",
                "worker_image",
                "flag_reversed",
                "probe_too_strict",
            ),
        ),
        "event": Cause(
            60,
            0.015,
            ("nested_too_deep", "user_id_empty", "batch_too_large", "currency_unknown", "emoji_in_a_key"),
        ),
        "cloud provider": Cause(
            40, 0.04, ("zone_degraded", "stream_throttled", "resolver_slow", "node_replaced", "disk_slow")
        ),
        "capacity": Cause(
            70, 0.02, ("shard_behind", "pool_too_small", "failover_pool", "volume_full", "quota_of_addresses")
        ),
        "credential": Cause(
            90, 0.015, ("webhook_certificate", "token_rotated", "database_password", "warehouse_key")
        ),
        "data or model": Cause(
            120, 0.005, ("mapping_stale", "lookup_empty", "consent_list_late", "currency_table_old")
        ),
    }
)


def log(system: System) -> str:
    """The log as CSV, by date.

    Small incidents come as a Poisson process whose rate falls era by era. Each is one of the ways in which
    a cause can come, and none comes twice; its length and its share of late events are lognormal. What
    would spend half a monthly budget is drawn again: it would have been told whole.
    """
    rng = np.random.default_rng(SEED)
    rows = sorted((*_told(system), *_small(system, rng)), key=lambda row: (row.on, row.name))
    head = "on,name,cause,minutes,late_events,handled_events,noticed_minutes,noticed_by,tenants_fraction"
    return "\n".join([head, *(_written(row) for row in rows)]) + "\n"


def _told(system: System) -> Iterator[Logged]:
    for told in system.incidents:
        yield Logged(
            on=told.on,
            name=told.name,
            cause=TOLD[told.name],
            minutes=told.minutes,
            late_events=told.late_events,
            handled_events=told.handled_events,
            noticed_minutes=told.noticed_minutes,
            noticed_by=told.noticed_by,
            tenants_fraction=told.tenants_fraction,
        )


def _small(system: System, rng: Generator) -> Iterator[Logged]:
    ways = [(cause, name) for cause, known in CAUSES.items() for name in known.names]
    order = iter(rng.permutation(len(ways)))
    for era in system.eras[1:]:
        days = (era.end - era.start).days
        count = rng.poisson(PER_MONTH[era.name] * days * 12 / 365)
        for day in sorted(rng.choice(days, size=count, replace=False)):
            cause, name = ways[next(order)]
            yield _drawn(system, era.start + timedelta(days=int(day)), cause, name, rng)


def _drawn(system: System, on: date, cause: str, name: str, rng: Generator) -> Logged:
    then, known = at(system, on), CAUSES[cause]
    while True:
        minutes = max(4.0, round(known.minutes * rng.lognormal(0.0, MINUTES_SIGMA)))
        late = min(0.6, known.late_fraction * rng.lognormal(0.0, LATE_SIGMA))
        handled = then.traffic.events_per_day / MINUTES_PER_DAY * minutes * rng.uniform(0.7, 1.8)
        if late * handled < TOLD_WHOLE_BUDGETS * reliability.error_budget_events(then):
            break
    noticed, by = _noticed(system, on, minutes, late, rng)
    tenants = min(WIDEST_FRACTION, max(0.01, late * rng.uniform(1.0, 8.0)))
    return Logged(on, name, cause, minutes, late * handled, handled, noticed, by, tenants)


def _noticed(system: System, on: date, minutes: float, late: float, rng: Generator) -> tuple[float, str]:
    """The page on freshness, once there was one and where it speaks; before, an alarm or a tenant."""
    paged = reliability.page_seconds(system, error_fraction=late) / 60
    if on >= PAGES_SINCE and paged < minutes:
        return min(minutes, max(1.0, paged)), "the page on freshness"
    heard = rng.random() < 0.4
    return minutes * rng.uniform(0.1, 0.4 if heard else 0.9), (
        "an alarm on queue depth" if heard else "a tenant's ticket"
    )


def _written(row: Logged) -> str:
    return (
        f"{row.on},{row.name},{row.cause},{row.minutes:.0f},{_figures(row.late_events)},"
        f"{_figures(row.handled_events)},{row.noticed_minutes:.0f},{row.noticed_by},{row.tenants_fraction:.2f}"
    )


def _figures(events: float) -> str:
    """Events to three figures, in full."""
    return f"{float(f'{events:.3g}'):.0f}"
