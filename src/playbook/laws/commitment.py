"""How much to commit to before demand is known."""

import math
from statistics import NormalDist

from playbook.laws import domain


def critical_fraction(*, price: float, cost: float) -> float:
    """Newsvendor critical ratio, 0–1: commit to this quantile of demand.

    A unit is bought ahead at `cost` and worth `price` if used, nothing if not. For a savings
    plan `price` is the on-demand price and `cost` the committed one, so the ratio is the discount.

    Reference: K. J. Arrow, T. Harris, J. Marschak, Optimal Inventory Policy, Econometrica 19 (1951).
    Raises ValueError for a price that is not positive, a negative cost and a cost above the price.
    """
    domain.require_positive(price=price)
    domain.require_non_negative(cost=cost)
    if cost > price:
        raise ValueError(f"cost {cost} exceeds price {price}: commit to nothing, or buy below the price")
    return (price - cost) / price


def critical_fraction_with_top_up(*, price: float, cost: float, wait_fraction: float) -> float:
    """The same where more can be bought later, 0–1: what is missing is missed for `wait_fraction` only.

    Demand becomes known after that share of the term, and what it asks beyond the first purchase is bought
    then at the same `cost`; what was bought too much stays bought. So too little costs `price - cost` for
    the wait, too much costs `cost` for the whole term. With a wait of the whole term it is
    `critical_fraction`; with none, commit to nothing that is not certain.

    Raises ValueError as `critical_fraction` does, for a cost of nothing, and for a wait outside 0 to 1.
    """
    domain.require_fractions(wait_fraction=wait_fraction)
    domain.require_positive(cost=cost)
    missed = critical_fraction(price=price, cost=cost) * price * wait_fraction
    return missed / (missed + cost)


def regret(*, committed: float, demand: float, price: float, cost: float) -> float:
    """What knowing `demand` would have earned beyond what `committed` earned, in the unit of `price`.

    Reference: L. J. Savage, The Theory of Statistical Decision, JASA 46 (1951).
    Raises ValueError as `critical_fraction` does, and for negative quantities.
    """
    domain.require_non_negative(committed=committed, demand=demand)
    gain = critical_fraction(price=price, cost=cost) * price
    return max(cost * (committed - demand), gain * (demand - committed))


def minimax_regret_quantity(*, low: float, high: float, price: float, cost: float) -> float:
    """The commitment whose largest regret is least when demand may be anything from `low` to `high`.

    It is the newsvendor's for demand spread evenly over that range. The largest regret is the same at both
    ends: `cost` times what is idle at `low`, `price - cost` times what is missing at `high`.

    Reference: G. Perakis, G. Roels, Regret in the Newsvendor Model with Partial Information,
    Operations Research 56 (2008), section 3, range alone known.
    Raises ValueError as `critical_fraction` does, and for a `low` that is negative or above `high`.
    """
    domain.require_non_negative(low=low, high=high)
    if low > high:
        raise ValueError(f"low {low} exceeds high {high}: swap them")
    return low + critical_fraction(price=price, cost=cost) * (high - low)


def met_lognormal(*, committed: float, median: float, sigma: float) -> float:
    """Expected demand that a commitment meets, the smaller of the two, for lognormal demand.

    `sigma` is the standard deviation of demand's logarithm. It is the limited expected value of
    S. Klugman, H. Panjer, G. Willmot, Loss Models, appendix A.4.

    Raises ValueError for a negative commitment, and for a median or a sigma that is not positive.
    """
    domain.require_non_negative(committed=committed)
    domain.require_positive(median=median, sigma=sigma)
    if committed == 0:
        return 0.0
    demand = NormalDist(math.log(median), sigma)
    below = math.exp(demand.mean + demand.variance / 2) * demand.cdf(math.log(committed) - demand.variance)
    return below + committed * (1 - demand.cdf(math.log(committed)))
