"""The bill against the people."""

from datetime import date

from playbook import architecture, cost
from playbook.answer import answer
from playbook.context.given import ceilings_meet_events_per_day
from playbook.model import DAYS_PER_MONTH, System, at_end_of


@answer(unit="USD/month", show="${:,.0f}")
def pay_usd_per_month(system: System) -> float:
    """Pay of the platform engineers."""
    return system.team.platform_engineers * system.team.pay_usd_per_year / 12


@answer(unit="USD/month", show="${:,.0f}")
def ship_bill_usd_per_month(system: System) -> float:
    """The bill at the end of the first era, at 10M events a day."""
    return cost.usd_per_month(at_end_of(system, "ship"))


@answer(unit="USD/hour", show="${:,.0f} an hour")
def engineer_hour_usd(system: System) -> float:
    """What an hour of a platform engineer costs."""
    return system.team.pay_usd_per_year / 12 / system.team.hours_per_engineer_month


@answer(unit="USD", show="${:,.0f}")
def retraining_usd(system: System) -> float:
    """What it would have cost in pay to learn another provider well enough to carry a pager on it."""
    return system.contracts.retraining_engineer_months * system.team.pay_usd_per_year / 12


@answer(unit="months", show="{:.0f} months")
def retraining_bill_months(system: System) -> float:
    """How many months of the first era's bill that is."""
    return retraining_usd(system) / ship_bill_usd_per_month(system)


@answer(unit="fraction", show="{:.0%}")
def retraining_saving_fraction(system: System) -> float:
    """Share of the first era's bill that another provider had to save for retraining to be paid by now."""
    months = (system.eras[-1].end - system.eras[0].end).days / DAYS_PER_MONTH
    return retraining_bill_months(system) / months


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


@answer(unit="USD/hour", show="${:,.0f} an hour")
def extras_hour_usd(system: System) -> float:
    """What an hour given back by the managed extras of decision 0014 would have cost."""
    return system.team.extras_usd_per_month / system.team.extras_hours_per_month


@answer(unit="USD/month", show="${:,.0f}")
def bill_with_hires_usd_per_month(system: System) -> float:
    """The bill, and the pay of every platform engineer beyond those that we were given."""
    hired = system.team.platform_engineers - system.targets.platform_engineers
    return cost.usd_per_month(system) + hired * system.team.pay_usd_per_year / 12


@answer(unit="engineers", show="{:.1f} engineers")
def overspent_engineers(system: System) -> float:
    """Engineers' pay by which that sum is above the given ceiling; negative while it is below."""
    over = bill_with_hires_usd_per_month(system) - system.targets.usd_per_month
    return over / (system.team.pay_usd_per_year / 12)


@answer(unit="USD/month", show="${:,.0f}")
def cap_usd_per_month(system: System) -> float:
    """The given hard stop on the bill, beside its ceiling."""
    return system.targets.usd_per_month_cap


@answer(unit="date", show="{:%Y-%m}")
def ceilings_met_on(system: System) -> date | None:
    """Month in which the volume passed the one at which the two given ceilings agree."""
    return architecture.reached_on(system, ceilings_meet_events_per_day(system))
