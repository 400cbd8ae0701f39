"""The bill against the people: by month and by the hour."""

import bisect
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from playbook import context
from playbook.answer import answer
from playbook.context import ledger, money
from playbook.cost import levers
from playbook.cost.bill import enrichment_usd_per_month
from playbook.cost.trades import added_cells, partner_hours, writes_hours
from playbook.cost.unit import usd_per_month
from playbook.model import System, at, what_if

ONE_CLUSTER = {"platform.us_clusters": 1, "platform.eu_clusters": 1}


@dataclass(frozen=True, slots=True)
class Spent:
    """Dollars of some months: bills, pay, what was left under the ceiling, shards that serve as threads."""

    bill_usd: float
    pay_usd: float
    unspent_usd: float
    threads_usd: float


def months(system: System) -> tuple[date, ...]:
    """The same day of each month since the first era began, both ends included."""
    start, end = system.eras[1].start, system.eras[-1].end
    first, last = (day.year * 12 + day.month - 1 for day in (start, end))
    return tuple(date(index // 12, index % 12 + 1, start.day) for index in range(first, last + 1))


def by_month(system: System) -> tuple[System, ...]:
    """The system on each of those days."""
    return tuple(at(system, day) for day in months(system))


def spent(system: System, *, since: date, until: date) -> Spent:
    """What was spent from ``since`` on until ``until``, each month as on its first day."""
    found = [then for then in by_month(system) if since <= then.as_of < until]
    bill = math.fsum(usd_per_month(then) for then in found)
    return Spent(
        bill_usd=bill,
        pay_usd=math.fsum(context.pay_usd_per_month(then) for then in found),
        unspent_usd=len(found) * system.targets.usd_per_month - bill,
        threads_usd=math.fsum(levers.thread_shards_usd_per_month(then) for then in found),
    )


@answer(unit="fraction", show="{:.0%}")
def ceiling_used_fraction(system: System) -> float:
    """The bill's share of its given ceiling."""
    return usd_per_month(system) / system.targets.usd_per_month


@answer(unit="date", show="{:%Y-%m}")
def hires_passed_ceiling_on(system: System) -> date | None:
    """First month in which the bill and the pay of every hire were above the ceiling together."""
    return _first_above_ceiling(system, {})


@answer(unit="date", show="{:%Y-%m}")
def hires_passed_ceiling_without_cells_on(system: System) -> date | None:
    """The same with one cluster in each region throughout."""
    return _first_above_ceiling(system, ONE_CLUSTER)


@answer(unit="USD/hour", show="${:,.0f} an hour")
def built_hour_usd(system: System) -> float | None:
    """What an hour of building costs when it is hired: the rest of each hire goes where the others' goes."""
    share = ledger.building_fraction(system)
    return context.engineer_hour_usd(system) / share if share else None


@answer(unit="USD/month", show="${:,.0f}")
def extras_worth_usd_per_month(system: System) -> float:
    """What the hours that the managed extras would have given back are worth in pay."""
    return system.team.extras_hours_per_month * context.engineer_hour_usd(system)


@answer(unit="hours/month", show="{:.0f} hours a month")
def extras_break_even_hours(system: System) -> float:
    """Hours a month that the managed extras had to give back to be worth their quote."""
    return system.team.extras_usd_per_month / context.engineer_hour_usd(system)


@answer(unit="hours/month", show="{:.1f} hours a month")
def partner_saved_hours(system: System) -> float:
    """Hours of work a month that the partner takes off us: night pages that are not about the EU."""
    return partner_hours(system)


@answer(unit="USD/hour", show="${:,.0f} an hour")
def partner_usd_per_worked_hour(system: System) -> float:
    """The partner's fee over those hours."""
    return system.on_call.partner_usd_per_month / partner_hours(system)


@answer(unit="hours", show="{:.0f} hours")
def writes_spent_hours(system: System) -> float:
    """What fewer idempotency writes took, by the ledger."""
    return writes_hours(system)


@answer(unit="USD/hour", show="${:,.0f} an hour")
def writes_usd_per_hour(system: System) -> float:
    """What each of those hours saved in its first year, at the volume of the day of decision 0022."""
    return levers.idempotency_saving_when_decided_usd_per_month(system) * 12 / writes_hours(system)


@answer(unit="USD/hour", show="${:,.0f} an hour")
def hosting_usd_per_hour(system: System) -> float:
    """What calls cost beyond a model of our own, over the hours that this would take."""
    beyond = enrichment_usd_per_month(system) - system.enrichment.self_hosted_usd_per_month
    return beyond / system.enrichment.self_hosted_hours_per_month


@answer(unit="USD/hour", show="${:,.0f} an hour")
def hosting_at_cap_usd_per_hour(system: System) -> float:
    """The same with the cap reached, which is the most that the calls can cost."""
    beyond = system.enrichment.cap_usd_per_month - system.enrichment.self_hosted_usd_per_month
    return beyond / system.enrichment.self_hosted_hours_per_month


@answer(unit="hours/month", show="{:.0f} hours a month")
def added_cluster_hours(system: System) -> float:
    """Hours a month that the clusters beyond one in each region take, the standby among them."""
    beyond = added_cells(system) + system.platform.standby_clusters
    return beyond * system.platform.hours_per_cluster_month


@answer(unit="works/year", show="{:.1f} a year")
def added_cluster_works(system: System) -> float:
    """Pieces of work as long as fewer idempotency writes was that those hours would hold."""
    return added_cluster_hours(system) * 12 / writes_hours(system)


@answer(unit="USD", show="${:,.0f}")
def consumer_rewrite_usd(system: System) -> float:
    """What the consumer that needs no such shards would have cost in pay."""
    return system.stream.consumer_rewrite_hours * context.engineer_hour_usd(system)


def _first_above_ceiling(system: System, changes: Mapping[str, float]) -> date | None:
    """The first month whose bill and hires are above the ceiling, found by halving: the sum all but rises."""
    days = months(system)

    def above(day: date) -> bool:
        then = what_if(at(system, day), changes)
        return money.bill_with_hires_usd_per_month(then) > system.targets.usd_per_month

    first = bisect.bisect_left(days, True, key=above)
    return days[first] if first < len(days) else None
