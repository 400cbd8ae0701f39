"""The bill, bottom up: every line is a quantity that the system implies times a dated price."""

import math
from collections.abc import Iterable, Iterator

from playbook.answer import answer
from playbook.cost.region import Line, dollars, priced, region_lines
from playbook.model import HOURS_PER_MONTH, REGIONS, System, once, what_if

SUPPORT_TIERS = ((1, 0.10), (7, 0.07), (17, 0.05), (math.inf, 0.03))
LEAST_SUPPORT_USD = 100.0


@once
def lines(system: System) -> tuple[Line, ...]:
    """The whole bill: both regions, the standby, the other environments, then what rests on these."""
    regions = [line for region in REGIONS for line in region_lines(system, region)]
    aws = [*regions, *standby_lines(system), *_other_environments(system)]
    aws += [plan_line(system, aws)]
    spend = math.fsum(line.usd for line in aws)
    support = dollars("us", "support", "support plan", support_usd(system, spend), fixed=False)
    return (*aws, support, *_outside(system))


def standby_lines(system: System) -> Iterator[Line]:
    """What stands in the third region: as many pilot lights as we keep there."""
    for line in pilot_light_lines(system):
        yield line._replace(quantity=line.quantity * system.platform.standby_clusters)


def pilot_light_lines(system: System) -> Iterator[Line]:
    """One pilot light: all of a region that cannot be made within the hour, and not one node.

    At the prices of ``eu``: none of eu-central-1 could be had, and it is a little dearer.
    """
    lit = ("clusters", "database", "database storage", "NAT gateways", "endpoints")
    for line in region_lines(what_if(system, {"platform.eu_clusters": 1}), "eu"):
        if line.item in lit:
            yield line._replace(where="standby")
    archived = math.fsum(line.quantity for line in region_lines(system, "eu") if line.subject == "storage")
    copy = ("archive, replicated", archived, "s3_instant", False)
    yield priced(system.prices["eu"], "standby", "storage", copy)


@answer(unit="USD/month", show="${:,.0f}")
def standby_usd_per_month(system: System) -> float:
    """What one pilot light in the third region costs."""
    return math.fsum(line.usd for line in pilot_light_lines(system))


def _other_environments(system: System) -> Iterator[Line]:
    """Staging, development and load tests: a share of what one cluster a region would stand at."""
    few = ("platform.us_clusters", "platform.eu_clusters", "stream.us_shards", "stream.eu_shards")
    lean = what_if(system, dict.fromkeys(few, 1))
    for line in (line for region in REGIONS for line in region_lines(lean, region) if line.fixed):
        share = line.quantity * system.platform.nonproduction_fraction
        yield line._replace(environment="other", quantity=share)


def plan_line(system: System, aws: Iterable[Line]) -> Line:
    """What the savings plan takes off the nodes of production, from the day that it was signed."""
    saved = system.commitment.signed * plan_saving_usd(system, node_usd_per_month(aws))
    return dollars("us", "compute", "savings plan", -saved, fixed=True)


def plan_saving_usd(system: System, nodes_usd: float) -> float:
    """What the plan saves in a mean month on nodes that cost so much at list price; negative where idle.

    A plan is dollars an hour, owed whatever runs: it pays for nodes at the discount, up to what it buys.
    """
    owed = system.commitment.usd_per_hour * HOURS_PER_MONTH
    return min(nodes_usd, owed / (1 - system.commitment.discount_fraction)) - owed


def node_usd_per_month(some: Iterable[Line]) -> float:
    """What the nodes of production cost at list price."""
    return math.fsum(x.usd for x in some if x.item.startswith("nodes") and x.environment == "production")


def support_usd(system: System, spend_usd: float) -> float:
    """Business support for a month, in its tiers, on what the provider bills."""
    fee, floor = 0.0, 0.0
    for width, rate in SUPPORT_TIERS:
        top = floor + width * system.platform.support_first_tier_usd
        fee += max(0.0, min(spend_usd, top) - floor) * rate
        floor = top
    return max(LEAST_SUPPORT_USD, fee)


def _outside(system: System) -> Iterator[Line]:
    price, kept = system.prices["us"], system.storage
    credits_used = ("our own warehouse", kept.warehouse_credits_per_month, "warehouse_credit", True)
    stored = ("our own warehouse, storage", kept.warehouse_terabytes, "warehouse_storage", True)
    yield priced(price, "us", "warehouse", credits_used)
    yield priced(price, "us", "warehouse", stored)
    yield dollars("eu", "enrichment", "LLM calls, capped", enrichment_usd_per_month(system), fixed=False)


def by_subject(system: System) -> dict[str, tuple[float, float]]:
    """Subject to dollars a month, fixed and by volume, the largest first."""
    sums: dict[str, tuple[float, float]] = {}
    for line in lines(system):
        subject = line.subject if line.environment == "production" else "other environments"
        fixed, moving = sums.get(subject, (0.0, 0.0))
        sums[subject] = (fixed + line.usd, moving) if line.fixed else (fixed, moving + line.usd)
    return dict(sorted(sums.items(), key=lambda item: -sum(item[1])))


@answer(unit="USD/month", show="${:,.0f}")
def enrichment_usd_per_month(system: System) -> float:
    """What LLM enrichment costs, its cap applied."""
    return min(enrichment_uncapped_usd_per_month(system), system.enrichment.cap_usd_per_month)


@answer(unit="USD/month", show="${:,.0f}")
def enrichment_uncapped_usd_per_month(system: System) -> float:
    """What LLM enrichment would cost without its cap."""
    return enrichment_unbounded_usd_per_month(system) * (1 - system.enrichment.cache_hit_fraction)


@answer(unit="USD/month", show="${:,.0f}")
def enrichment_unbounded_usd_per_month(system: System) -> float:
    """What LLM enrichment would cost without its cap and without its cache."""
    called = system.traffic.events_per_month * system.enrichment.events_fraction
    return called * system.enrichment.usd_per_call
