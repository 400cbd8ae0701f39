"""What each incident cost: time, budgets of every indicator, tenants, credits, contracts at risk, actions."""

import math
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playbook.laws import tail
from playbook.model import System, Timeline, at
from playbook.reliability.budget import error_budget_events
from playbook.reliability.duplicates import duplicated_budgets
from playbook.reliability.incidents import incident

WRONG: Mapping[str, Callable[[System], float]] = {"contract_before_expand": duplicated_budgets}
"""Incidents that lost or doubled events, and the answer that counts them; no other did either."""


@dataclass(frozen=True, slots=True)
class Impact:
    """One incident, in numbers computed from its record, its timestamps and the contracts of its day.

    Budgets are monthly and of the whole platform that day. ``availability_fraction`` is of a tenant that
    was hit, over the calendar month of its contract. Dollars are what the tenants hit are worth if any
    tenant of the platform is as likely to be among them, and at most, if they are the largest.
    """

    name: str
    detect_minutes: float
    resolve_minutes: float
    fresh_budgets: float
    correct_budgets: float
    accepted_budgets: float
    server_error_budgets: float
    tenants_hit: int
    tenants_in_region: int
    availability_fraction: float
    credit_fraction: float
    credits_usd: float
    credits_at_most_usd: float
    at_risk_usd_per_year: float
    actions: int
    actions_in_time: int


def timeline(system: System, name: str) -> Timeline:
    """The timeline of an incident; ``ValueError`` where there is none of that name."""
    for candidate in system.timelines:
        if candidate.name == name:
            return candidate
    known = ", ".join(candidate.name for candidate in system.timelines)
    raise ValueError(f"incident {name!r} has no timeline; those that have are {known}")


def impacts(system: System) -> tuple[Impact, ...]:
    """The impact of every recorded incident, by date."""
    return tuple(impact(system, recorded.name) for recorded in system.timelines)


def impact(system: System, name: str) -> Impact:
    """The impact of an incident; ``ValueError`` for an unknown name."""
    found, recorded = timeline(system, name), incident(system, name)
    then = at(system, recorded.on)
    budget = error_budget_events(then)
    share = then.tenancy.region_fraction(found.region)
    in_region = round(share * then.tenancy.tenants)
    hit = round(recorded.tenants_fraction * in_region)
    available = tenant_month_fraction(system, name)
    credit = credit_fraction(then, availability=available)
    values = contract_values(then)
    worth = math.fsum(values) / len(values) * hit
    return Impact(
        name=name,
        detect_minutes=found.noticed_minutes,
        resolve_minutes=found.minutes,
        fresh_budgets=recorded.late_events / budget,
        correct_budgets=WRONG[name](system) if name in WRONG else 0.0,
        accepted_budgets=found.refused_events / budget,
        server_error_budgets=found.server_errors * then.traffic.events_per_request / budget,
        tenants_hit=hit,
        tenants_in_region=in_region,
        availability_fraction=available,
        credit_fraction=credit,
        credits_usd=credit * worth,
        credits_at_most_usd=credit * math.fsum(values[:hit]),
        at_risk_usd_per_year=12 * worth if credit else 0.0,
        actions=len(found.actions),
        actions_in_time=sum(action.in_time for action in found.actions),
    )


def tenant_month_fraction(system: System, name: str) -> float:
    """Share of a hit tenant's events of that calendar month, 0–1, that were fresh.

    Holds where the tenants hit have their equal part of the region's events and share the late ones by
    volume, and nothing else was late that month. Of one large tenant among small ones it is the mean.
    """
    found, recorded = timeline(system, name), incident(system, name)
    then = at(system, recorded.on)
    traffic = 1.0 if found.region == "all" else then.traffic.region_fraction(found.region)
    days = monthrange(recorded.on.year, recorded.on.month)[1]
    sent = then.traffic.events_per_day * days * traffic * recorded.tenants_fraction
    return 1 - recorded.late_events / sent


def credit_fraction(system: System, *, availability: float) -> float:
    """Share of a month's fee that the contract gives back at an availability, 0–1."""
    terms = system.contracts
    if availability < terms.third_credit_below_fraction:
        return terms.third_credit_fraction
    if availability < terms.second_credit_below_fraction:
        return terms.second_credit_fraction
    return terms.first_credit_fraction if availability < system.alerts.contract_fraction else 0.0


def contract_values(system: System) -> tuple[float, ...]:
    """Dollars a month of each contract in force, the largest first, values being Zipf."""
    shares = tail.zipf_fractions(count=system.tenancy.tenants, exponent=system.contracts.value_exponent)
    return tuple(share * system.contracts.usd_per_month for share in shares)
