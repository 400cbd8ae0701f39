"""The savings plan after the fact: what demand became, and what buying less was worth."""

import math
from collections.abc import Sequence
from datetime import date

from playbook.answer import answer
from playbook.cost.commitments import (
    SIGNED,
    best_usd_per_hour,
    committed_fraction,
    demand_fraction,
    demand_quantile_usd_per_hour,
    expected_saving_usd_per_month,
    mean_demand_usd_per_hour,
    nodes_usd_per_hour,
    option_usd_per_month,
)
from playbook.laws import commitment
from playbook.model import HOURS_PER_MONTH, System, at, once

TERM_MONTHS = 12
ENDS = (0.05, 0.95)


def months_since_signing(system: System) -> list[date]:
    """The first of each month that the plan has run in full; the first one alone where there is none."""
    whole = (system.as_of.year - SIGNED.year) * 12 + system.as_of.month - SIGNED.month
    return [
        date(SIGNED.year + (SIGNED.month - 1 + n) // 12, (SIGNED.month - 1 + n) % 12 + 1, 1)
        for n in range(max(1, whole))
    ]


@once
def demands_usd_per_hour(system: System) -> tuple[float, ...]:
    """What the nodes took, at list price, in each of those months."""
    return tuple(nodes_usd_per_hour(at(system, month)) for month in months_since_signing(system))


@answer(unit="months", show="{:.0f}")
def plan_months(system: System) -> float:
    """Whole months since the plan was signed."""
    return len(months_since_signing(system))


@answer(unit="USD/hour", show="${:.2f} an hour")
def demand_since_usd_per_hour(system: System) -> float:
    """Node spend at list price since the plan was signed, the mean of its months."""
    return math.fsum(demands_usd_per_hour(system)) / plan_months(system)


@answer(unit="fraction", show="{:.0%}")
def demand_since_fraction(system: System) -> float:
    """The quantile of our guess at which demand since signing lies."""
    return demand_fraction(system, demand_since_usd_per_hour(system))


@answer(unit="USD/hour", show="${:.2f} an hour")
def hindsight_usd_per_hour(system: System) -> float:
    """The plan that would have saved most, had demand been known."""
    return hindsight_demand_usd_per_hour(system) * (1 - system.commitment.discount_fraction)


@answer(unit="USD/hour", show="${:.2f} an hour")
def minimax_usd_per_hour(system: System) -> float:
    """The plan whose largest regret is least for demand from the 5th to the 95th percentile of the guess."""
    return minimax_demand_usd_per_hour(system) * (1 - system.commitment.discount_fraction)


@answer(unit="USD/hour", show="${:.2f} an hour")
def minimax_over_best_usd_per_hour(system: System) -> float:
    """By how much the plan of least largest regret exceeds the newsvendor's."""
    return minimax_usd_per_hour(system) - best_usd_per_hour(system)


def minimax_demand_usd_per_hour(system: System) -> float:
    """The node spend that the plan of least largest regret covers."""
    low, high = (demand_quantile_usd_per_hour(system, share) for share in ENDS)
    cost = 1 - system.commitment.discount_fraction
    return commitment.minimax_regret_quantity(low=low, high=high, price=1.0, cost=cost)


def hindsight_demand_usd_per_hour(system: System) -> float:
    """The node spend that the plan covers which would have saved most."""
    demands, cost = demands_usd_per_hour(system), 1 - system.commitment.discount_fraction
    return max(demands, key=lambda covered: _saved_usd_per_hour(demands, cost, covered))


def saved_usd_per_month(system: System, *plans_usd_per_hour: float) -> tuple[float, ...]:
    """What each of some plans, in dollars an hour, would have saved in a mean month since signing."""
    demands, cost = demands_usd_per_hour(system), 1 - system.commitment.discount_fraction
    return tuple(
        _saved_usd_per_hour(demands, cost, usd / cost) * HOURS_PER_MONTH for usd in plans_usd_per_hour
    )


def missed_usd_per_month(system: System, usd_per_hour: float) -> float:
    """What hindsight would have saved beyond a plan, in a mean month since signing."""
    most, saved = saved_usd_per_month(system, hindsight_usd_per_hour(system), usd_per_hour)
    return most - saved


def _saved_usd_per_hour(demands: Sequence[float], cost: float, covered: float) -> float:
    return math.fsum(min(demand, covered) for demand in demands) / len(demands) - cost * covered


def regret_usd_per_month(system: System, usd_per_hour: float, demand_usd_per_hour: float) -> float:
    """What hindsight would have saved beyond a plan, had demand been so much throughout."""
    cost = 1 - system.commitment.discount_fraction
    covered = usd_per_hour / cost
    lost = commitment.regret(committed=covered, demand=demand_usd_per_hour, price=1.0, cost=cost)
    return lost * HOURS_PER_MONTH


def largest_regret_usd_per_month(system: System, usd_per_hour: float) -> float:
    """The most that a plan can be regretted, for demand from the 5th to the 95th percentile of the guess."""
    ends = (demand_quantile_usd_per_hour(system, share) for share in ENDS)
    return max(regret_usd_per_month(system, usd_per_hour, end) for end in ends)


@answer(unit="USD/month", show="${:,.0f}")
def hindsight_saving_usd_per_month(system: System) -> float:
    """What the best plan of all would have saved in a mean month since signing."""
    return saved_usd_per_month(system, hindsight_usd_per_hour(system))[0]


@answer(unit="USD/month", show="${:,.0f}")
def signed_regret_usd_per_month(system: System) -> float:
    """What hindsight would have saved beyond the signed plan, in a mean month since."""
    return missed_usd_per_month(system, system.commitment.usd_per_hour)


@answer(unit="USD/month", show="${:,.0f}")
def best_regret_usd_per_month(system: System) -> float:
    """What hindsight would have saved beyond the newsvendor's plan, in a mean month since."""
    return missed_usd_per_month(system, best_usd_per_hour(system))


@answer(unit="USD/month", show="${:,.0f}")
def signed_largest_regret_usd_per_month(system: System) -> float:
    """The most that the signed plan can be regretted within our guess."""
    return largest_regret_usd_per_month(system, system.commitment.usd_per_hour)


@answer(unit="USD/month", show="${:,.0f}")
def minimax_largest_regret_usd_per_month(system: System) -> float:
    """The most that the plan of least largest regret can be regretted within our guess."""
    return largest_regret_usd_per_month(system, minimax_usd_per_hour(system))


@answer(unit="USD", show="${:,.0f}")
def option_paid_usd(system: System) -> float:
    """What the signed plan has missed since signing against the newsvendor's, demand as it became."""
    gap = signed_regret_usd_per_month(system) - best_regret_usd_per_month(system)
    return gap * plan_months(system)


@answer(unit="USD", show="${:,.0f}")
def not_topped_up_usd(system: System) -> float:
    """What hindsight would have saved beyond the signed plan since signing."""
    return signed_regret_usd_per_month(system) * plan_months(system)


@answer(unit="months", show="{:.1f} months")
def option_best_months(system: System) -> float:
    """The wait, in months, for which the signed plan is the best first purchase of two."""
    cost, share = 1 - system.commitment.discount_fraction, committed_fraction(system)
    return TERM_MONTHS * (share / (1 - share)) * cost / (1 - cost)


@answer(unit="months", show="{:.1f} months")
def option_pays_within_months(system: System) -> float:
    """The longest wait for demand to be known at which buying less, then adding, beats the newsvendor."""
    none, whole = option_worth_usd_per_month(system, 0), option_worth_usd_per_month(system, TERM_MONTHS)
    return TERM_MONTHS * none / (none - whole)


@answer(unit="USD/month", show="${:,.0f}")
def option_at_once_usd_per_month(system: System) -> float:
    """What buying less first would have been worth, had demand been known at once: the most it can be."""
    return option_worth_usd_per_month(system, 0)


@answer(unit="min/month", show="{:.0f} minutes")
def option_minutes_per_month(system: System) -> float:
    """What the option cost in expectation, as an engineer's minutes in a month."""
    hour = system.team.pay_usd_per_year / 12 / system.team.hours_per_engineer_month
    return option_usd_per_month(system) / hour * 60


def option_worth_usd_per_month(system: System, wait_months: float) -> float:
    """What the signed plan is worth beyond the newsvendor's when what is missing is added after a wait.

    A mean month of the term, in expectation. Linear in the wait, as each month of it misses the same.
    """
    signed, best = (
        _with_top_up_usd_per_month(system, usd, wait_months)
        for usd in (system.commitment.usd_per_hour, best_usd_per_hour(system))
    )
    return signed - best


def _with_top_up_usd_per_month(system: System, usd_per_hour: float, wait_months: float) -> float:
    """Expected saving, with what demand asks beyond the plan added after the wait at the same discount."""
    discount = system.commitment.discount_fraction
    met = expected_saving_usd_per_month(system, usd_per_hour) / HOURS_PER_MONTH + usd_per_hour
    missing = mean_demand_usd_per_hour(system) - met
    later = (1 - wait_months / TERM_MONTHS) * discount * missing
    return (met - usd_per_hour + later) * HOURS_PER_MONTH
