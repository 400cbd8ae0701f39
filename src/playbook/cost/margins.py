"""Which tenants lose money, by which rule of sharing, and whether people are counted.

A tenant's place by contract value is taken to be its place by volume: the largest sender pays most.
"""

from collections.abc import Mapping
from itertools import accumulate
from types import MappingProxyType
from typing import Literal

from playbook.answer import answer
from playbook.cost.unit import fixed_usd_per_month, marginal_usd_per_million, usd_per_month
from playbook.laws import tail
from playbook.model import System, at_end_of

Rule = Literal["in equal parts", "by events", "metered", "by contract value"]
RULES: Mapping[Rule, str] = MappingProxyType(
    {
        "in equal parts": "everything in equal parts",
        "by events": "everything by events",
        "metered": "what moves by events, what is fixed in equal parts",
        "by contract value": "everything by what each one pays",
    }
)


def tenant_revenue(system: System) -> tuple[float, ...]:
    """What each tenant pays in a month, the largest first, in dollars."""
    held = system.contracts
    shares = tail.zipf_fractions(count=system.tenancy.tenants, exponent=held.value_exponent)
    return tuple(held.usd_per_month * share for share in shares)


def tenant_events(system: System) -> tuple[float, ...]:
    """Events that each tenant sends in a mean month, the largest first."""
    shares = tail.zipf_fractions(count=system.tenancy.tenants, exponent=system.tenancy.skew_exponent)
    return tuple(system.traffic.events_per_month * share for share in shares)


def tenant_cost(system: System, *, rule: Rule, people: bool = False) -> tuple[float, ...]:
    """What each tenant costs in a month under a rule, the largest first, in dollars.

    With ``people`` the pay of the platform engineers is part of what is fixed.
    """
    count, whole = system.tenancy.tenants, usd_per_month(system)
    fixed = fixed_usd_per_month(system)
    if people:
        pay = system.team.platform_engineers * system.team.pay_usd_per_year / 12
        whole, fixed = whole + pay, fixed + pay
    sent, paid = tenant_events(system), tenant_revenue(system)
    by_events = tuple(each / sum(sent) for each in sent)
    if rule == "in equal parts":
        return (whole / count,) * count
    if rule == "by events":
        return tuple(whole * share for share in by_events)
    if rule == "by contract value":
        return tuple(whole * each / sum(paid) for each in paid)
    return tuple(fixed / count + (whole - fixed) * share for share in by_events)


def losing(system: System, *, rule: Rule, people: bool = False) -> int:
    """Tenants that cost more than they pay under a rule."""
    costs = tenant_cost(system, rule=rule, people=people)
    return sum(cost > paid for cost, paid in zip(costs, tenant_revenue(system), strict=True))


@answer(unit="tenants", show="{:d}")
def losing_without_people(system: System) -> int:
    """Tenants that cost more than they pay by the bill alone, under whichever of the rules is hardest."""
    return max(losing(system, rule=rule) for rule in RULES)


@answer(unit="tenants", show="{:d}")
def ship_losing_without_people(system: System) -> int:
    """The same at the end of the first era."""
    return losing_without_people(at_end_of(system, "ship"))


@answer(unit="tenants", show="{:d}")
def losing_equal_with_people(system: System) -> int:
    """Tenants that cost more than they pay in equal parts, engineers counted."""
    return losing(system, rule="in equal parts", people=True)


@answer(unit="tenants", show="{:.0f}")
def ship_losing_equal_with_people(system: System) -> int:
    """The same at the end of the first era."""
    return losing_equal_with_people(at_end_of(system, "ship"))


@answer(unit="tenants", show="{:d}")
def ship_losing_metered_with_people(system: System) -> int:
    """Tenants that cost more than they paid when metered, engineers counted, at the end of the first era."""
    return losing(at_end_of(system, "ship"), rule="metered", people=True)


@answer(unit="tenants", show="{:d}")
def ship_losing_by_events_with_people(system: System) -> int:
    """Tenants that cost more than they paid by events, engineers counted, at the end of the first era."""
    return losing(at_end_of(system, "ship"), rule="by events", people=True)


@answer(unit="USD/million events", show="${:.0f} per million events")
def largest_pays_per_million(system: System) -> float:
    """What the largest tenant pays for a million events: the least of all."""
    return tenant_revenue(system)[0] / tenant_events(system)[0] * 1e6


@answer(unit="USD/million events", show="${:,.0f} per million events")
def smallest_pays_per_million(system: System) -> float:
    """What the smallest tenant pays for a million events."""
    return tenant_revenue(system)[-1] / tenant_events(system)[-1] * 1e6


@answer(unit="×", show="{:.0f} times")
def largest_price_over_marginal(system: System) -> float:
    """What the largest tenant pays for a million events over what one more million costs."""
    return largest_pays_per_million(system) / marginal_usd_per_million(system)


@answer(unit="fraction", show="{:.1%}")
def bill_of_revenue_fraction(system: System) -> float:
    """The bill over what all tenants pay."""
    return usd_per_month(system) / system.contracts.usd_per_month


@answer(unit="fraction", show="{:.0%}")
def ship_bill_of_revenue_fraction(system: System) -> float:
    """The same at the end of the first era."""
    return bill_of_revenue_fraction(at_end_of(system, "ship"))


@answer(unit="fraction", show="{:.0%}")
def with_people_of_revenue_fraction(system: System) -> float:
    """The bill and the platform engineers' pay over what all tenants pay."""
    pay = system.team.platform_engineers * system.team.pay_usd_per_year / 12
    return (usd_per_month(system) + pay) / system.contracts.usd_per_month


@answer(unit="fraction", show="{:.0%}")
def ship_with_people_of_revenue_fraction(system: System) -> float:
    """The same at the end of the first era."""
    return with_people_of_revenue_fraction(at_end_of(system, "ship"))


@answer(unit="tenants", show="{:d}")
def tenants_sending_half(system: System) -> int:
    """Tenants, the largest first, that send half of the events."""
    half = sum(tenant_events(system)) / 2
    return sum(total < half for total in accumulate(tenant_events(system))) + 1


@answer(unit="tenants", show="{:d} tenants")
def ship_tenants(system: System) -> int:
    """Tenants at the end of the first era."""
    return at_end_of(system, "ship").tenancy.tenants
