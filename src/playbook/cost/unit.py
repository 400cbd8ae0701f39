"""What the platform and an event cost, on average and at the margin."""

import math

from playbook.answer import answer
from playbook.cost.bill import by_subject, enrichment_usd_per_month, lines
from playbook.cost.region import MILLION
from playbook.model import System, at_end_of, what_if


@answer(unit="USD/month", show="${:,.0f}")
def usd_per_month(system: System) -> float:
    """The whole bill for a mean month."""
    return math.fsum(line.usd for line in lines(system))


@answer(unit="USD/month", show="${:,.0f}")
def fixed_usd_per_month(system: System) -> float:
    """The part of the bill that stays when no event comes, support on it aside."""
    return math.fsum(line.usd for line in lines(system) if line.fixed)


@answer(unit="fraction", show="{:.0%}")
def fixed_fraction(system: System) -> float:
    """Share of the bill that stays when no event comes."""
    return fixed_usd_per_month(system) / usd_per_month(system)


@answer(unit="fraction", show="{:.0%}")
def ship_fixed_fraction(system: System) -> float:
    """Share of the bill that stayed when no event came, at the end of the first era."""
    return fixed_fraction(at_end_of(system, "ship"))


@answer(unit="USD/event", show="${:.7f}")
def usd_per_event(system: System) -> float:
    """The bill over the events of a mean month."""
    return usd_per_month(system) / system.traffic.events_per_month


@answer(unit="USD/million events", show="${:.2f} per million events")
def average_usd_per_million(system: System) -> float:
    """What a million events costs on average."""
    return usd_per_event(system) * MILLION


@answer(unit="USD/event", show="${:.6f}")
def ship_usd_per_event(system: System) -> float:
    """The bill over the events, at the end of the first era."""
    return usd_per_event(at_end_of(system, "ship"))


@answer(unit="USD/million events", show="${:.2f} per million events")
def marginal_usd_per_million(system: System) -> float:
    """What one more million events costs, everything fixed held: the mean over a tenth more volume."""
    more = what_if(system, {"traffic.events_per_day": system.traffic.events_per_day * 1.1})
    events = more.traffic.events_per_month - system.traffic.events_per_month
    return (usd_per_month(more) - usd_per_month(system)) / events * MILLION


@answer(unit="USD/million events", show="${:.2f} per million events")
def ship_marginal_usd_per_million(system: System) -> float:
    """What one more million events cost at the end of the first era."""
    return marginal_usd_per_million(at_end_of(system, "ship"))


@answer(unit="USD/month", show="${:,.0f}")
def usd_per_tenant_month(system: System) -> float:
    """The bill over the tenants."""
    return usd_per_month(system) / system.tenancy.tenants


@answer(unit="events/day", show="{:~2}/day")
def unit_cost_holds_from_events_per_day(system: System) -> float:
    """The volume from which today's settings keep the given cost of an event."""
    return volume_at_usd_per_event(system, system.targets.usd_per_event)


def volume_at_usd_per_event(system: System, usd: float) -> float:
    """Events per day at which an event costs ``usd``, settings held; bisected, as cost falls with volume."""
    low, high = system.assumptions["traffic.events_per_day"].limits
    for _ in range(50):
        middle = math.sqrt(low * high)
        if usd_per_event(what_if(system, {"traffic.events_per_day": middle})) > usd:
            low = middle
        else:
            high = middle
    return high


@answer(unit="", show="{:s}")
def largest_subject(system: System) -> str:
    """The subject that takes most of the bill."""
    return next(iter(by_subject(system)))


@answer(unit="USD/month", show="${:,.0f}")
def without_enrichment_usd_per_month(system: System) -> float:
    """The bill without LLM enrichment."""
    return usd_per_month(system) - enrichment_usd_per_month(system)
