"""What a tenant costs, by two rules that both are true to the meters."""

from datetime import date

from playbook.answer import answer
from playbook.cost.unit import fixed_fraction, fixed_usd_per_month, usd_per_month
from playbook.laws import tail
from playbook.model import System, at

METERED_SINCE = date(2025, 7, 14)


@answer(unit="fraction", show="{:.0%}")
def moving_when_metered_fraction(system: System) -> float:
    """Share of the bill that moved with events on the day of decision 0018."""
    return 1 - fixed_fraction(at(system, METERED_SINCE))


@answer(unit="USD/month", show="${:,.0f}")
def largest_tenant_usd_per_month(system: System) -> float:
    """The largest tenant's cost, what moves shared by events and what is fixed in equal parts."""
    return _tenant_usd_per_month(system, rank=1)


@answer(unit="USD/month", show="${:,.0f}")
def largest_tenant_by_events_usd_per_month(system: System) -> float:
    """The largest tenant's cost, the whole bill shared by events."""
    return usd_per_month(system) * _share(system, rank=1)


@answer(unit="tenants", show="{:d} tenants")
def tenants_over_target(system: System) -> int:
    """Tenants above the given cost, what moves shared by events and what is fixed in equal parts."""
    return sum(
        _tenant_usd_per_month(system, rank=rank) > system.targets.usd_per_tenant_month
        for rank in range(1, system.tenancy.tenants + 1)
    )


@answer(unit="tenants", show="{:d} tenants")
def tenants_over_target_by_events(system: System) -> int:
    """Tenants above the given cost, the whole bill shared by events."""
    return sum(
        usd_per_month(system) * _share(system, rank=rank) > system.targets.usd_per_tenant_month
        for rank in range(1, system.tenancy.tenants + 1)
    )


@answer(unit="fraction", show="{:.0%}")
def given_attributed_fraction(system: System) -> float:
    """The given share of the bill to be attributed to tenants."""
    return system.targets.attributed_fraction


def _tenant_usd_per_month(system: System, *, rank: int) -> float:
    fixed = fixed_usd_per_month(system)
    moving = usd_per_month(system) - fixed
    return fixed / system.tenancy.tenants + moving * _share(system, rank=rank)


def _share(system: System, *, rank: int) -> float:
    return tail.zipf_fraction(rank=rank, count=system.tenancy.tenants, exponent=system.tenancy.skew_exponent)
