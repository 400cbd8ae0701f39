"""How far the bill can be laid at tenants' doors: by a tag, by a meter, by a rule, or not at all."""

import math
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal

from playbook.answer import answer
from playbook.cost.bill import lines
from playbook.cost.region import Line
from playbook.cost.unit import usd_per_month
from playbook.model import System, at

Way = Literal["direct", "caused", "placed", "unallocatable"]
TAGGED = ("destination queues", "secrets", "LLM calls, capped")
UNPLACED = ("miscellaneous, an allowance",)
METERS: Mapping[str, str] = MappingProxyType(
    {
        "nodes, workers for volume": "events",
        "volumes, workers for volume": "events",
        "records in": "events",
        "enhanced fan-out, data": "gigabytes",
        "archive delivery": "events",
        "destination queues": "deliveries",
        "archive, standard": "gigabytes",
        "archive, infrequent": "gigabytes",
        "archive, instant": "gigabytes",
        "archive, replicated": "gigabytes",
        "idempotency keys": "requests",
        "load balancer capacity": "gigabytes",
        "firewall requests": "requests",
        "NAT data": "deliveries",
        "internet": "deliveries",
        "between zones": "gigabytes",
        "endpoint data": "gigabytes",
        "logs by volume": "events",
        "log storage by volume": "events",
        "LLM calls, capped": "enriched",
    }
)
METERED_SINCE = date(2025, 7, 14)


def way(line: Line) -> Way:
    """How a line comes to a tenant: its resource is tagged, a meter drives it, a rule places it, or none."""
    if line.item in UNPLACED:
        return "unallocatable"
    if line.environment == "production" and line.item in TAGGED:
        return "direct"
    return "caused" if line.item in METERS else "placed"


@answer(unit="fraction", show="{:.1%}")
def tagged_fraction(system: System) -> float:
    """Share of the bill that tags alone lay at a tenant's door."""
    return usd_by_way(system, "direct") / usd_per_month(system)


@answer(unit="fraction", show="{:.0%}")
def caused_fraction(system: System) -> float:
    """Share of the bill that is shared and that a meter says who drives."""
    return usd_by_way(system, "caused") / usd_per_month(system)


@answer(unit="fraction", show="{:.0%}")
def placed_fraction(system: System) -> float:
    """Share of the bill that nobody drives and a rule places."""
    return usd_by_way(system, "placed") / usd_per_month(system)


@answer(unit="fraction", show="{:.1%}")
def unallocatable_fraction(system: System) -> float:
    """Share of the bill that no tenant causes and no rule can place: the miscellany."""
    return usd_by_way(system, "unallocatable") / usd_per_month(system)


@answer(unit="fraction", show="{:.1%}")
def tagged_when_metered_fraction(system: System) -> float:
    """What tags alone reached on the day of decision 0018."""
    return tagged_fraction(at(system, METERED_SINCE))


def usd_by_way(system: System, which: Way) -> float:
    """Dollars a month that come to tenants in one of the ways."""
    return math.fsum(line.usd for line in lines(system) if way(line) == which)
