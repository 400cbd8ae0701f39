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
    fixed, whole = fixed_usd_per_month(system), usd_per_month(system)
    return fixed / system.tenancy.tenants + (whole - fixed) * _shares(system)[0]


@answer(unit="USD/month", show="${:,.0f}")
def largest_tenant_by_events_usd_per_month(system: System) -> float:
    """The largest tenant's cost, the whole bill shared by events."""
    return usd_per_month(system) * _shares(system)[0]


@answer(unit="tenants", show="{:d} tenants")
def tenants_over_target(system: System) -> int:
    """Tenants above the given cost, what moves shared by events and what is fixed in equal parts."""
    fixed, whole = fixed_usd_per_month(system), usd_per_month(system)
    each = fixed / system.tenancy.tenants
    return sum(
        each + (whole - fixed) * share > system.targets.usd_per_tenant_month for share in _shares(system)
    )


@answer(unit="tenants", show="{:d} tenants")
def tenants_over_target_by_events(system: System) -> int:
    """Tenants above the given cost, the whole bill shared by events."""
    whole = usd_per_month(system)
    return sum(whole * share > system.targets.usd_per_tenant_month for share in _shares(system))


@answer(unit="fraction", show="{:.0%}")
def given_attributed_fraction(system: System) -> float:
    """The given share of the bill to be attributed to tenants."""
    return system.targets.attributed_fraction


def _shares(system: System) -> tuple[float, ...]:
    """Each tenant's share of the events, the largest first."""
    return tail.zipf_fractions(count=system.tenancy.tenants, exponent=system.tenancy.skew_exponent)
