"""What could be changed about the bill, and what each change is worth."""

from datetime import date

from playbook import architecture
from playbook.answer import answer
from playbook.cost.bill import (
    enrichment_unbounded_usd_per_month,
    enrichment_uncapped_usd_per_month,
    lines,
    node_usd_per_month,
    plan_saving_usd,
)
from playbook.cost.unit import usd_per_month
from playbook.model import HOURS_PER_MONTH, REGIONS, System, at, what_if

ENRICHMENT_DECIDED = date(2026, 2, 16)
WRITES_DECIDED = date(2026, 3, 16)


@answer(unit="USD/month", show="${:,.0f}")
def idempotency_saving_usd_per_month(system: System) -> float:
    """What one idempotency key per request saves against one per event."""
    return usd_per_month(what_if(system, {"idempotency.writes_per_event": 1.0})) - usd_per_month(system)


@answer(unit="USD/month", show="${:,.0f}")
def savings_plan_usd_per_month(system: System) -> float:
    """What the one-year savings plan on the nodes saves, of the size that was signed."""
    return plan_saving_usd(system, node_usd_per_month(lines(system)))


@answer(unit="fraction", show="{:.1%}")
def savings_plan_of_bill_fraction(system: System) -> float:
    """The same as a share of the bill."""
    return savings_plan_usd_per_month(system) / usd_per_month(system)


@answer(unit="fraction", show="{:.0%}")
def nodes_of_bill_fraction(system: System) -> float:
    """Share of the bill, without the plan, that the nodes of production are at list price."""
    nodes = node_usd_per_month(lines(system))
    return nodes / (usd_per_month(system) + system.commitment.signed * plan_saving_usd(system, nodes))


@answer(unit="×", show="{:.1f} times")
def idempotency_over_savings_plan(system: System) -> float:
    """What fewer idempotency writes save over what a savings plan would."""
    return idempotency_saving_usd_per_month(system) / savings_plan_usd_per_month(system)


@answer(unit="fraction", show="{:.0%}")
def enrichment_cap_fraction(system: System) -> float:
    """LLM spend before its cap over the cap; above 1 the breaker refuses calls."""
    return enrichment_uncapped_usd_per_month(system) / system.enrichment.cap_usd_per_month


@answer(unit="USD", show="${:.5f}")
def usd_per_correct_label(system: System) -> float:
    """Dollars per correct label, cache included."""
    paid = system.enrichment.usd_per_call * (1 - system.enrichment.cache_hit_fraction)
    return paid / system.enrichment.accuracy_fraction


@answer(unit="fraction", show="{:.0%}")
def rules_accuracy_fraction(system: System) -> float:
    """Correct labels by hand-written rules over the same labelled sample."""
    return system.enrichment.rules_accuracy_fraction


@answer(unit="USD/month", show="${:,.0f}")
def cell_usd_per_month(system: System) -> float:
    """What one more US cell costs."""
    more = what_if(system, {"platform.us_clusters": system.platform.us_clusters + 1})
    return usd_per_month(more) - usd_per_month(system)


@answer(unit="USD/month", show="${:,.0f}")
def thread_shards_usd_per_month(system: System) -> float:
    """What shards bought as consumer threads cost, beyond those that bytes and records ask for."""
    needed = {f"stream.{region}_shards": architecture.shards_for_writes(system, region) for region in REGIONS}
    return usd_per_month(system) - usd_per_month(what_if(system, needed))


@answer(unit="USD/month", show="${:,.0f}")
def retention_usd_per_month(system: System) -> float:
    """What retention beyond a day costs."""
    return usd_per_month(system) - usd_per_month(what_if(system, {"stream.retention_hours": 24.0}))


@answer(unit="USD/month", show="${:,.0f}")
def if_unconfirmed_doubled_usd_per_month(system: System) -> float:
    """What the bill would rise by if every price that nobody could confirm were twice what we believe."""
    return usd_per_month(what_if(system, doubled_unconfirmed(system))) - usd_per_month(system)


def doubled_unconfirmed(system: System) -> dict[str, float]:
    """Every unconfirmed price at twice its value, by path."""
    return {path: 2 * a.value for path, a in system.assumptions.items() if not a.confirmed}


@answer(unit="USD/month", show="${:,.0f}")
def eu_warehouse_usd_per_month(system: System) -> float:
    """What the EU's share of our own warehouse costs in an EU account."""
    kept, price = system.storage, system.prices["eu"]
    whole = (
        kept.warehouse_credits_per_month * price.warehouse_credit
        + kept.warehouse_terabytes * price.warehouse_storage
    )
    return whole * system.traffic.region_fraction("eu")


@answer(unit="USD/month", show="${:,.0f}")
def idempotency_saving_when_decided_usd_per_month(system: System) -> float:
    """The same on the day of decision 0022."""
    return idempotency_saving_usd_per_month(at(system, WRITES_DECIDED))


@answer(unit="USD/month", show="${:,.0f}")
def savings_plan_when_decided_usd_per_month(system: System) -> float:
    """What a savings plan would have saved on the day of decision 0022."""
    return savings_plan_usd_per_month(at(system, WRITES_DECIDED))


@answer(unit="USD/year", show="${:,.0f}")
def savings_plan_obligation_usd(system: System) -> float:
    """What the one-year plan obliges to, whatever runs."""
    return system.commitment.usd_per_hour * HOURS_PER_MONTH * 12


@answer(unit="×", show="{:.1f} times")
def call_over_event_target(system: System) -> float:
    """What one call of the model costs over what an event may."""
    return system.enrichment.usd_per_call / system.targets.usd_per_event


@answer(unit="USD/month", show="${:,.0f}")
def enrichment_unbounded_when_decided_usd_per_month(system: System) -> float:
    """What LLM enrichment without cap and cache would have cost on the day of decision 0021."""
    return enrichment_unbounded_usd_per_month(at(system, ENRICHMENT_DECIDED))


@answer(unit="USD/month", show="${:,.0f}")
def self_hosted_usd_per_month(system: System) -> float:
    """What a model of our own would have cost, money and hours."""
    hour = system.team.pay_usd_per_year / 12 / system.team.hours_per_engineer_month
    return system.enrichment.self_hosted_usd_per_month + system.enrichment.self_hosted_hours_per_month * hour


@answer(unit="USD/month", show="${:,.0f}")
def retention_when_decided_usd_per_month(system: System) -> float:
    """What retention beyond a day cost on the day of decision 0022."""
    return retention_usd_per_month(at(system, WRITES_DECIDED))


@answer(unit="USD/month", show="${:,.0f}")
def thread_shards_when_decided_usd_per_month(system: System) -> float:
    """What shards bought as consumer threads cost on the day of decision 0022."""
    return thread_shards_usd_per_month(at(system, WRITES_DECIDED))


@answer(unit="hours", show="{:.0f} hours")
def idempotency_saving_hours(system: System) -> float:
    """Engineer hours that a month's saving of fewer idempotency writes pays for."""
    hour = system.team.pay_usd_per_year / 12 / system.team.hours_per_engineer_month
    return idempotency_saving_usd_per_month(system) / hour


@answer(unit="USD/month", show="${:,.0f}")
def enrichment_cap_usd_per_month(system: System) -> float:
    """The breaker's setting: what LLM enrichment may cost."""
    return system.enrichment.cap_usd_per_month


@answer(unit="USD/year", show="${:,.0f} a year")
def writes_and_plan_usd_per_year(system: System) -> float:
    """What fewer idempotency writes and the savings plan save together, at today's volume."""
    return 12 * (idempotency_saving_usd_per_month(system) + savings_plan_usd_per_month(system))
