"""Sharing one cost among many, with nothing lost and nothing invented."""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

from playbook.laws import domain


def split(shared: float, weights: Mapping[str, float]) -> dict[str, float]:
    """Parts of `shared` in proportion to the weights, in the unit of `shared` and the order of `weights`.

    The parts sum to `shared` to the last bit, by `sum` or `math.fsum`, in any order, and so
    do sums of sums. That holds because the split is one of whole units, as with cents: the
    unit is the last binary digit of `shared`, so that `shared` is a whole number of at most
    53 bits, each part is a whole number of units, and every partial sum is exact. Units left
    after rounding down go to the largest remainders, first come, first served (Hamilton's
    method; Balinski and Young, Fair Representation, 1982).

    So each part is within one unit, 2.3e-16 of `shared`, of its exact share; a share below
    one unit may be zero. `shared` may be negative (a refund); weights of any magnitude are
    compared exactly.
    Raises ValueError when `shared` is not finite, when there are no weights, when a weight
    is negative or not finite, and when all are zero.
    """
    domain.require_some(weights=weights)
    domain.require_non_negative(**{f"weight of {key!r}": weight for key, weight in weights.items()})
    if not math.isfinite(shared):
        raise ValueError(f"shared {shared} is not finite: give the amount to split")
    scaled = _whole_weights(weights)
    total_weight = sum(scaled.values())
    if total_weight == 0:
        raise ValueError("all weights are 0, at least one must be above: split equally with weights of 1")
    unit = math.copysign(math.ulp(shared), shared)
    units = int(shared / unit)
    floors = {key: units * weight // total_weight for key, weight in scaled.items()}
    remainders = {key: units * weight % total_weight for key, weight in scaled.items()}
    left = units - sum(floors.values())
    for key in sorted(remainders, key=lambda key: remainders[key], reverse=True)[:left]:
        floors[key] += 1
    return {key: count * unit for key, count in floors.items()}


def shapley_airport(needs: Mapping[str, float]) -> dict[str, float]:
    """Shapley value of a cost that the greatest need decides, in the unit of the needs and their order.

    A runway as long as the largest plane asks for: each stretch of it is shared equally by those who need
    it (Littlechild and Owen, A Simple Expression for the Shapley Value in a Special Case, Management
    Science 20, 1973). Where all need the same, as with a fixed cost that one tenant brings about as well
    as a hundred, it is the equal split. It lies in the core: no group pays more than it would alone.
    The parts sum to the greatest need, to rounding. Raises ValueError without needs and for a negative one.
    """
    domain.require_some(needs=needs)
    domain.require_non_negative(**{f"need of {key!r}": need for key, need in needs.items()})
    parts: dict[str, float] = {}
    part, reached = 0.0, 0.0
    for passed, key in enumerate(sorted(needs, key=lambda key: needs[key])):
        part += (needs[key] - reached) / (len(needs) - passed)
        reached = needs[key]
        parts[key] = part
    return {key: parts[key] for key in needs}


def shapley(players: Sequence[str], cost: Callable[[frozenset[str]], float]) -> dict[str, float]:
    """Shapley value of any cost of groups: what each adds on arriving, averaged over all orders of arrival.

    ``cost`` takes a set of players; of nobody it must be 0 (Shapley, A Value for n-Person Games, 1953).
    The work doubles with each player. Raises ValueError above 16 players, or if nobody costs something.
    """
    _require_game(players, cost)
    count = len(players)
    value = dict.fromkeys(players, 0.0)
    for player in players:
        others = [other for other in players if other != player]
        for size in range(count):
            orders = math.factorial(size) * math.factorial(count - 1 - size) / math.factorial(count)
            for before in map(frozenset, combinations(others, size)):
                value[player] += orders * (cost(before | {player}) - cost(before))
    return value


def subsidies(
    shares: Mapping[str, float], cost: Callable[[frozenset[str]], float]
) -> dict[frozenset[str], float]:
    """Groups that pay more together than they would cost alone, with the excess; the largest first.

    Empty when the shares are free of cross-subsidy, which is when they lie in the core of the cost game
    (Faulhaber, Cross-Subsidization: Pricing in Public Enterprises, American Economic Review 65, 1975).
    An excess within 1e-9 of the cost is rounding. The work doubles with each player.
    Raises ValueError above 16 players, or if nobody costs something.
    """
    players = list(shares)
    _require_game(players, cost)
    groups = (frozenset(g) for size in range(1, len(players) + 1) for g in combinations(players, size))
    excess = {group: math.fsum(shares[p] for p in group) - cost(group) for group in groups}
    found = {group: over for group, over in excess.items() if over > 1e-9 * abs(cost(group))}
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _require_game(players: Sequence[str], cost: Callable[[frozenset[str]], float]) -> None:
    domain.require_some(players=players)
    if len(players) > 16:
        raise ValueError(f"{len(players)} players make too many groups, at most 16: join those who are alike")
    if cost(frozenset()) != 0:
        raise ValueError(f"nobody costs {cost(frozenset())}, must be 0: take out what no player decides")


def _whole_weights(weights: Mapping[str, float]) -> dict[str, int]:
    # Every float is a fraction of integers: a common denominator makes the weights whole.
    ratios = {key: weight.as_integer_ratio() for key, weight in weights.items()}
    denominator = math.lcm(*(below for _, below in ratios.values()))
    return {key: above * (denominator // below) for key, (above, below) in ratios.items()}
