"""How much to commit to: the newsvendor's answer for the nodes, what was signed, and the difference.

A plan is dollars an hour, owed whatever runs. What the coming year's nodes cost at list price in an hour
is uncertain, lognormal around the day's; the plan pays for as much of it as it buys.
"""

import math
from datetime import date
from statistics import NormalDist

from playbook.answer import answer
from playbook.cost.bill import node_usd_per_month
from playbook.cost.region import region_lines
from playbook.laws import commitment
from playbook.model import HOURS_PER_MONTH, REGIONS, Commitment, System, at

SIGNED = date(2026, 4, 1)


@answer(unit="fraction", show="{:.0%}")
def newsvendor_fraction(system: System) -> float:
    """The quantile of hourly node spend that the newsvendor's rule would commit to."""
    return commitment.critical_fraction(price=1.0, cost=1 - system.commitment.discount_fraction)


@answer(unit="fraction", show="{:.0%}")
def committed_fraction(system: System) -> float:
    """The quantile of the coming year's node spend that the signed plan covers, by the guess of the day."""
    plan = system.commitment
    return demand_fraction(system, plan.usd_per_hour / (1 - plan.discount_fraction))


@answer(unit="fraction", show="{:.0%}")
def covered_fraction(system: System) -> float:
    """Share of the node spend of the day of signing that the plan covers."""
    plan = system.commitment
    return plan.usd_per_hour / (1 - plan.discount_fraction) / nodes_usd_per_hour(at(system, SIGNED))


@answer(unit="USD/hour", show="${:.2f} an hour")
def nodes_usd_per_hour(system: System) -> float:
    """What the nodes of production cost in an hour, at list price."""
    placed = (line for region in REGIONS for line in region_lines(system, region))
    return node_usd_per_month(placed) / HOURS_PER_MONTH


@answer(unit="USD/hour", show="${:.2f} an hour")
def committed_usd_per_hour(system: System) -> float:
    """The signed plan."""
    return system.commitment.usd_per_hour


@answer(unit="USD/hour", show="${:.2f} an hour")
def best_usd_per_hour(system: System) -> float:
    """The plan that saves most in expectation: the newsvendor's quantile of demand, at the plan's price."""
    covered = demand_quantile_usd_per_hour(system, newsvendor_fraction(system))
    return covered * (1 - system.commitment.discount_fraction)


@answer(unit="USD/month", show="${:,.0f}")
def best_expected_saving_usd_per_month(system: System) -> float:
    """What the best plan was expected to save."""
    return expected_saving_usd_per_month(system, best_usd_per_hour(system))


@answer(unit="USD/month", show="${:,.0f}")
def committed_expected_saving_usd_per_month(system: System) -> float:
    """What the signed plan was expected to save."""
    return expected_saving_usd_per_month(system, system.commitment.usd_per_hour)


@answer(unit="USD/month", show="${:,.0f}")
def option_usd_per_month(system: System) -> float:
    """What keeping the option cost: the best plan's expected saving less the signed plan's."""
    return best_expected_saving_usd_per_month(system) - committed_expected_saving_usd_per_month(system)


def expected_saving_usd_per_month(system: System, usd_per_hour: float) -> float:
    """What a plan of so many dollars an hour was expected to save, by the guess of the day of signing.

    The mean of what the plan meets of lognormal demand, less what is owed.
    """
    guess, now = system.commitment, nodes_usd_per_hour(at(system, SIGNED))
    return expected_saving(guess, nodes_usd_per_hour=now, usd_per_hour=usd_per_hour) * HOURS_PER_MONTH


def expected_saving(guess: Commitment, *, nodes_usd_per_hour: float, usd_per_hour: float) -> float:
    """Dollars an hour that a plan is expected to save, by a guess and the node spend that it starts from."""
    covered = usd_per_hour / (1 - guess.discount_fraction)
    median = nodes_usd_per_hour * guess.demand_median
    return commitment.met_lognormal(committed=covered, median=median, sigma=guess.demand_sigma) - usd_per_hour


def demand_quantile_usd_per_hour(system: System, share: float) -> float:
    """The coming year's node spend in an hour that we thought would be exceeded with 1 - ``share``."""
    return math.exp(_demand(system).inv_cdf(share))


def demand_fraction(system: System, usd_per_hour: float) -> float:
    """The chance that we gave, on the day of signing, to a node spend below so many dollars an hour."""
    return _demand(system).cdf(math.log(usd_per_hour))


def mean_demand_usd_per_hour(system: System) -> float:
    """The coming year's node spend in an hour, the mean of the guess."""
    demand = _demand(system)
    return math.exp(demand.mean + demand.variance / 2)


def _demand(system: System) -> NormalDist:
    """The logarithm of the coming year's node spend in dollars an hour, as guessed on the day of signing."""
    now, guess = nodes_usd_per_hour(at(system, SIGNED)), system.commitment
    return NormalDist(math.log(now * guess.demand_median), guess.demand_sigma)
