"""The levers side by side: what the bill would rise by without each, or fall by with it."""

from dataclasses import dataclass

from playbook.answer import answer
from playbook.cost.bill import (
    enrichment_unbounded_usd_per_month,
    enrichment_usd_per_month,
    lines,
)
from playbook.cost.levers import (
    idempotency_saving_usd_per_month,
    retention_usd_per_month,
    savings_plan_usd_per_month,
    thread_shards_usd_per_month,
)
from playbook.cost.unit import usd_per_month
from playbook.model import System, what_if

WORKING_FRACTION = 50 / 168  # of a week


@answer(unit="USD/month", show="${:,.0f}")
def batching_usd_per_month(system: System) -> float:
    """What requests of one event each would add: firewall, load balancer, and a key for every one."""
    single = {"traffic.events_per_request": 1.0, "idempotency.writes_per_event": 1.0}
    return usd_per_month(what_if(system, single)) - usd_per_month(system)


@answer(unit="USD/month", show="${:,.0f}")
def log_sampling_usd_per_month(system: System) -> float:
    """What logging every request, and not one in twenty, would add."""
    whole = {"observability.log_bytes_per_event": system.observability.unsampled_log_bytes_per_event}
    return usd_per_month(what_if(system, whole)) - usd_per_month(system)


@answer(unit="USD/month", show="${:,.0f}")
def enrichment_leash_usd_per_month(system: System) -> float:
    """What LLM enrichment without cache and cap would add."""
    return enrichment_unbounded_usd_per_month(system) - enrichment_usd_per_month(system)


@answer(unit="USD/month", show="${:,.0f}")
def support_choice_usd_per_month(system: System) -> float:
    """What the provider's higher support plan would add, at its minimum."""
    paid = sum(line.usd for line in lines(system) if line.subject == "support")
    return system.platform.enterprise_support_usd_per_month - paid


@answer(unit="USD/month", show="${:,.0f}")
def archive_tiers_usd_per_month(system: System) -> float:
    """What an archive kept whole in the standard class would add."""
    kept = system.storage
    months = kept.standard_months + kept.infrequent_months + kept.instant_months
    one = {"storage.standard_months": months, "storage.infrequent_months": 0.0, "storage.instant_months": 0.0}
    return usd_per_month(what_if(system, one)) - usd_per_month(system)


@answer(unit="USD/month", show="${:,.0f}")
def staging_at_night_usd_per_month(system: System) -> float:
    """What the nodes and databases of the other environments cost while nobody is at work."""
    return (1 - WORKING_FRACTION) * sum(
        line.usd
        for line in lines(system)
        if line.environment == "other" and line.item.startswith(("nodes", "database"))
    )


@answer(unit="USD/month", show="${:,.0f}")
def celebrated_usd_per_month(system: System) -> float:
    """What the three levers that talks are about come to together: plan, tiers, staging off at night."""
    nights, tiers = staging_at_night_usd_per_month(system), archive_tiers_usd_per_month(system)
    return savings_plan_usd_per_month(system) + tiers + nights


@answer(unit="×", show="{:.0f} times")
def leash_over_celebrated(system: System) -> float:
    """What the leash on enrichment is worth over those three together."""
    return enrichment_leash_usd_per_month(system) / celebrated_usd_per_month(system)


@dataclass(frozen=True, slots=True)
class Lever:
    """A lever by its name: dollars a month, whether we pulled it, whether conference talks are about it."""

    name: str
    usd: float
    pulled: bool
    celebrated: bool


def levers(system: System) -> tuple[Lever, ...]:
    """What each lever is worth today, the largest first."""
    found = (
        Lever("enrichment capped and cached", enrichment_leash_usd_per_month(system), True, False),
        Lever("the smaller support plan", support_choice_usd_per_month(system), True, False),
        Lever("events sent by the twenty", batching_usd_per_month(system), True, False),
        Lever("one idempotency key a request", idempotency_saving_usd_per_month(system), True, False),
        Lever("logs sampled", log_sampling_usd_per_month(system), True, False),
        Lever("shards by bytes, not by threads", thread_shards_usd_per_month(system), False, False),
        Lever("staging off at night", staging_at_night_usd_per_month(system), False, True),
        Lever("the savings plan", savings_plan_usd_per_month(system), True, True),
        Lever("one day of retention, not seven", retention_usd_per_month(system), False, False),
        Lever("the archive in tiers", archive_tiers_usd_per_month(system), True, True),
    )
    return tuple(sorted(found, key=lambda lever: -lever.usd))
