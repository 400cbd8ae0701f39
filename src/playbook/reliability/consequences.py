"""What all incidents together came to, and the few numbers that one postmortem needs."""

import math
from datetime import date, timedelta

from playbook.answer import answer
from playbook.model import System, at
from playbook.reliability.impact import contract_values, impact, impacts, timeline
from playbook.reliability.incidents import frozen_pods_budgets, incident

LEFT = date(2024, 9, 30)
"""The day on which a tenant left, after incident 2."""


@answer(unit="USD", show="${:,.0f}")
def credits_usd(system: System) -> float:
    """Credits owed for all recorded incidents, any tenant being as likely to be hit."""
    return math.fsum(each.credits_usd for each in impacts(system))


@answer(unit="USD", show="${:,.0f}")
def credits_at_most_usd(system: System) -> float:
    """The same had each incident hit the largest contracts."""
    return math.fsum(each.credits_at_most_usd for each in impacts(system))


@answer(unit="incidents", show="{:d}")
def credited_incidents(system: System) -> int:
    """Recorded incidents after which tenants that were hit had less than their contract promises."""
    return sum(each.credit_fraction > 0 for each in impacts(system))


@answer(unit="USD/year", show="${:,.0f} a year")
def lost_contract_usd_per_year(system: System) -> float:
    """Yearly value of the contract that ended after incident 2."""
    return contract_values(at(system, LEFT))[system.contracts.lost_rank - 1] * 12


@answer(unit="×", show="{:.1f} times")
def lost_contract_over_credits(system: System) -> float:
    """One year of that contract over the credits of all recorded incidents."""
    return lost_contract_usd_per_year(system) / credits_usd(system)


@answer(unit="USD", show="${:,.0f}")
def storm_credits_usd(system: System) -> float:
    """Credits owed for incident 2."""
    return impact(system, "retry_storm").credits_usd


@answer(unit="USD/year", show="${:,.0f} a year")
def storm_at_risk_usd_per_year(system: System) -> float:
    """Yearly value of the contracts that incident 2 broke."""
    return impact(system, "retry_storm").at_risk_usd_per_year


@answer(unit="actions", show="{:d} actions")
def recorded_actions(system: System) -> int:
    """Actions of all recorded incidents."""
    return sum(each.actions for each in impacts(system))


@answer(unit="actions", show="{:d}")
def actions_in_time(system: System) -> int:
    """Actions that were done, with a test, by their date."""
    return sum(each.actions_in_time for each in impacts(system))


@answer(unit="actions", show="{:d}")
def open_actions(system: System) -> int:
    """Actions that are open today."""
    return sum(action.fate == "open" for each in system.timelines for action in each.actions)


@answer(unit="actions", show="{:d}")
def untested_actions(system: System) -> int:
    """Actions that were closed without a test."""
    return sum(action.fate == "done untested" for each in system.timelines for action in each.actions)


@answer(unit="budgets", show="{:.1f} budgets")
def hot_key_refused_budgets(system: System) -> float:
    """Monthly budgets of accepted that the quota spent until incident 1 was over."""
    return impact(system, "hot_key").accepted_budgets


@answer(unit="tenants", show="{:d} tenants")
def hot_key_tenants_hit(system: System) -> int:
    """Tenants whose events stood behind the hot key."""
    return impact(system, "hot_key").tenants_hit


@answer(unit="fraction", show="{:.0%}")
def merge_age_fraction(system: System) -> float:
    """Share of retention that the oldest unread event of incident 3 reached."""
    found = timeline(system, "contract_before_expand")
    unread = (found.when("right_fix") - found.when("started")) / timedelta(hours=1)
    return unread / at(system, found.when("started").date()).stream.retention_hours


@answer(unit="budgets", show="{:.1f} budgets")
def frozen_pods_eu_budgets(system: System) -> float:
    """Monthly budgets of fresh that incident 4 spent, of the EU alone."""
    then = at(system, incident(system, "frozen_pods").on)
    return frozen_pods_budgets(system) / (1 - then.traffic.us_fraction)


@answer(unit="×", show="{:.1f}")
def hidden_wire_attempts(system: System) -> float:
    """Requests that a delivery became in incident 5: what our count read, times the SDK's tries below it."""
    then = at(system, incident(system, "hidden_retries").on)
    return then.retries.wire_attempts_per_delivery * then.retries.tries_per_layer
