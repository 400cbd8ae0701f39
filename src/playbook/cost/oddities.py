"""What went wrong with money: the runaway, the leak and the overcharge, in dollars and days."""

import math
from datetime import timedelta

from playbook.answer import answer
from playbook.cost.bill import lines
from playbook.cost.unit import usd_per_month
from playbook.model import DAYS_PER_MONTH, Planted, System, at

RUNAWAY, LEAK, OVERCHARGE = "debug_logging", "orphaned_parts", "doubled_hours"


@answer(unit="GB/day", show="{:.0f} GB a day")
def runaway_gigabytes_per_day(system: System) -> float:
    """What the debug switch logged in a day."""
    return _oddity(system, RUNAWAY).per_day


@answer(unit="USD/day", show="${:.0f} a day")
def runaway_usd_per_day(system: System) -> float:
    """What the debug switch cost in a day."""
    return runaway_gigabytes_per_day(system) * _price(system, RUNAWAY)


@answer(unit="USD", show="${:,.0f}")
def runaway_usd(system: System) -> float:
    """What the debug switch cost until it was off."""
    return runaway_usd_per_day(system) * runaway_days(system)


@answer(unit="days", show="{:.0f} days")
def runaway_days(system: System) -> float:
    """Days that the debug switch was on."""
    one = _oddity(system, RUNAWAY)
    return (one.end - one.start).days


@answer(unit="days", show="{:.0f} days")
def runaway_unnoticed_days(system: System) -> float | None:
    """Days from the debug switch to the day on which somebody noticed."""
    one = _oddity(system, RUNAWAY)
    return (one.noticed - one.start).days if one.noticed else None


@answer(unit="fraction", show="{:.0%}")
def runaway_of_day_fraction(system: System) -> float:
    """What the debug switch added to a day's bill."""
    then = at(system, _oddity(system, RUNAWAY).start)
    return runaway_usd_per_day(system) / (usd_per_month(then) / DAYS_PER_MONTH)


@answer(unit="×", show="{:,.0f} times")
def runaway_logs_factor(system: System) -> float:
    """What was logged in a day with the switch on over what is logged by volume otherwise."""
    then, one = at(system, _oddity(system, RUNAWAY).start), _oddity(system, RUNAWAY)
    usual = next(x.quantity for x in lines(then) if (x.where, x.item) == (one.where, one.item))
    return runaway_gigabytes_per_day(system) / (usual / DAYS_PER_MONTH)


@answer(unit="USD/month", show="${:,.0f}")
def runaway_whole_month_usd(system: System) -> float:
    """The bill of a month in which the switch would have stayed on every day."""
    then = at(system, _oddity(system, RUNAWAY).start)
    return usd_per_month(then) + runaway_usd_per_day(system) * DAYS_PER_MONTH


@answer(unit="fraction", show="{:.0%}")
def runaway_ceiling_used_fraction(system: System) -> float:
    """Share of the given ceiling that the bill took when the debug switch went on."""
    return usd_per_month(at(system, _oddity(system, RUNAWAY).start)) / system.targets.usd_per_month


@answer(unit="hours", show="{:.0f} hours")
def runaway_hours(system: System) -> float:
    """Engineer hours that the debug switch's cost would have paid."""
    hour = system.team.pay_usd_per_year / 12 / system.team.hours_per_engineer_month
    return runaway_usd(system) / hour


@answer(unit="hours", show="{:.0f} hours")
def export_hours(system: System) -> float:
    """How far the provider's export is behind, at the most."""
    return system.attribution.export_hours


@answer(unit="USD", show="${:,.0f}")
def leak_usd(system: System) -> float:
    """What the orphaned parts cost until somebody deleted them."""
    one = _oddity(system, LEAK)
    days = range((one.end - one.start).days)
    return math.fsum(one.quantity(one.start + timedelta(days=n)) for n in days) * _price(system, LEAK)


@answer(unit="days", show="{:.0f} days")
def leak_days(system: System) -> float:
    """Days that the parts piled up."""
    one = _oddity(system, LEAK)
    return (one.end - one.start).days


@answer(unit="TB", show="{:.0f} TB")
def leak_terabytes(system: System) -> float:
    """What the orphaned parts came to on their last day."""
    one = _oddity(system, LEAK)
    return one.quantity(one.end - timedelta(days=1)) * DAYS_PER_MONTH / 1000


@answer(unit="USD/day", show="${:.2f} a day")
def leak_usd_per_day_each_day(system: System) -> float:
    """What each day of the leak added to every day after it."""
    return _oddity(system, LEAK).per_day * _price(system, LEAK)


@answer(unit="USD", show="${:.0f}")
def overcharge_usd(system: System) -> float:
    """What the provider metered twice, and took back."""
    one = _oddity(system, OVERCHARGE)
    return one.per_day * (one.end - one.start).days * _price(system, OVERCHARGE)


def _oddity(system: System, name: str) -> Planted:
    for one in system.planted:
        if one.name == name:
            return one
    raise ValueError(f"data/cost/planted.toml has no {name}; this answer is about it")


def _price(system: System, name: str) -> float:
    one = _oddity(system, name)
    found = (
        x.usd_per_unit for x in lines(at(system, one.start)) if (x.where, x.item) == (one.where, one.item)
    )
    return next(found)
