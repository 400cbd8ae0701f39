"""Who watches at night, and what each way of watching takes."""

from playbook import context
from playbook.answer import answer
from playbook.model import System


@answer(unit="engineers", show="{:.0f} engineers")
def watch_engineers(system: System) -> float:
    """Engineers among whom every hour of the week must be shared for each to watch no more than was given."""
    given = system.targets
    return context.watch_hours_per_engineer(system) * given.platform_engineers / given.on_call_hours_per_week


@answer(unit="hours/week", show="{:.0f} h a week")
def day_watch_hours_per_engineer(system: System) -> float:
    """Hours a week that each of the given engineers watches when a partner takes half of every day."""
    return context.watch_hours_per_engineer(system) / 2


@answer(unit="USD/month", show="${:,.0f}")
def partner_usd_per_month(system: System) -> float:
    """What the partner asks for half of every day."""
    return system.on_call.partner_usd_per_month


@answer(unit="engineers", show="{:.1f} of an engineer")
def partner_engineers(system: System) -> float:
    """The partner's fee in engineers' pay."""
    return system.on_call.partner_usd_per_month / (system.team.pay_usd_per_year / 12)
