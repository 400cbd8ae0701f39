"""What a canary can see before it is promoted."""

import math

from playbook.answer import answer
from playbook.laws import canary
from playbook.model import SECONDS_PER_DAY, System, at_end_of


@answer(unit="requests", show="{:,.0f} requests")
def canary_requests(system: System) -> float:
    """Requests that meet the new version during the canary step, at mean load."""
    requests_per_second = system.traffic.events_per_day / SECONDS_PER_DAY / system.traffic.events_per_request
    return requests_per_second * system.canary.minutes * 60 * system.canary.traffic_fraction


@answer(unit="requests", show="{:,.0f} requests")
def ship_canary_requests(system: System) -> float:
    """The same at the end of the first era, when the canary was designed."""
    return canary_requests(at_end_of(system, "ship"))


@answer(unit="fraction", show="{:.1%}")
def baseline_failure_fraction(system: System) -> float:
    """Share of valid requests that fail in a quiet week."""
    return system.canary.baseline_failure_fraction


def visible_delta(system: System) -> float:
    """The smallest rise of the failure share that the canary sees with 80 % power at 5 % two-sided.

    Found by bisection on the sample size that each rise needs, per arm.
    """
    base, requests = system.canary.baseline_failure_fraction, canary_requests(system)
    low, high = 1e-9, 1 - base - 1e-9
    for _ in range(60):
        middle = math.sqrt(low * high)
        if canary.sample_size(base_fraction=base, delta=middle) > requests:
            low = middle
        else:
            high = middle
    return high


@answer(unit="fraction", show="{:.1%}")
def visible_failure_fraction(system: System) -> float:
    """The smallest share of failing requests that the canary sees four times in five."""
    return system.canary.baseline_failure_fraction + visible_delta(system)


@answer(unit="fraction", show="{:.1%}")
def ship_visible_failure_fraction(system: System) -> float:
    """The same at the end of the first era."""
    return visible_failure_fraction(at_end_of(system, "ship"))


@answer(unit="budgets", show="{:.0%}")
def canary_budget_fraction(system: System) -> float:
    """Share of a month's error budget that such a release spends in a day if it is promoted unseen."""
    bad = visible_failure_fraction(at_end_of(system, "ship"))
    return bad / (1 - system.targets.availability_fraction) / system.alerts.window_days
