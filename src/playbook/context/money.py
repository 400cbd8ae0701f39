"""The bill against the people."""

from playbook import cost
from playbook.answer import answer
from playbook.model import System, at_end_of


@answer(unit="USD/month", show="${:,.0f}")
def pay_usd_per_month(system: System) -> float:
    """Pay of the platform engineers."""
    return system.team.platform_engineers * system.team.pay_usd_per_year / 12


@answer(unit="USD/month", show="${:,.0f}")
def ship_bill_usd_per_month(system: System) -> float:
    """The bill at the end of the first era, at 10M events a day."""
    return cost.usd_per_month(at_end_of(system, "ship"))


@answer(unit="×", show="{:.1f} times")
def ship_pay_over_bill(system: System) -> float:
    """Pay of the platform engineers over the bill, at the end of the first era."""
    return pay_usd_per_month(at_end_of(system, "ship")) / ship_bill_usd_per_month(system)


@answer(unit="engineers", show="{:.1f} engineers")
def ship_unspent_engineers(system: System) -> float:
    """Engineers that the unspent part of the ceiling would have paid at the end of the first era."""
    return (system.targets.usd_per_month - ship_bill_usd_per_month(system)) / (
        system.team.pay_usd_per_year / 12
    )


@answer(unit="×", show="{:.1f} times")
def pay_over_bill(system: System) -> float:
    """Pay of the platform engineers over the bill."""
    return pay_usd_per_month(system) / cost.usd_per_month(system)


@answer(unit="engineers", show="{:.1f} engineers")
def unspent_engineers(system: System) -> float:
    """Engineers that the unspent part of the ceiling would pay; negative once the bill passes it."""
    return (system.targets.usd_per_month - cost.usd_per_month(system)) / (system.team.pay_usd_per_year / 12)


@answer(unit="tenants", show="{:.0f} tenants")
def tenants_for_tenant_cost(system: System) -> float:
    """Tenants needed before the first era's bill meets the given cost per tenant."""
    return ship_bill_usd_per_month(system) / system.targets.usd_per_tenant_month
