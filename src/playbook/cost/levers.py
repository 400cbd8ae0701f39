"""What could be changed about the bill, and what each change is worth."""

from playbook import architecture
from playbook.answer import answer
from playbook.cost.unit import usd_per_month
from playbook.model import REGIONS, System, what_if


@answer(unit="USD/month", show="${:,.0f}")
def idempotency_saving_usd_per_month(system: System) -> float:
    """What one idempotency key per request saves against one per event."""
    return usd_per_month(what_if(system, {"idempotency.writes_per_event": 1.0})) - usd_per_month(system)


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
