"""How much to commit to before demand is known."""

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
