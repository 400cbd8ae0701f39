"""What a canary can see before it is promoted."""

import math

from playbook.answer import answer
from playbook.laws import canary, tail
from playbook.model import SECONDS_PER_DAY, System, at_end_of


@answer(unit="fraction", show="{:.1%}")
def first_attempt_fraction(system: System) -> float:
    """Share of first attempts that a destination accepts."""
    return system.delivery.first_attempt_fraction


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


@answer(unit="fraction", show="{:.0%}")
def canary_power_fraction(system: System) -> float:
    """Chance that the canary sees a release as bad as those we had, at 5 % two-sided."""
    base, fault = system.canary.baseline_failure_fraction, system.releases.fault_failure_fraction
    return canary.power_fraction(base_fraction=base, delta=fault - base, samples=canary_requests(system))


@answer(unit="fraction", show="{:.0%}")
def ship_canary_power_fraction(system: System) -> float:
    """The same at the end of the first era."""
    return canary_power_fraction(at_end_of(system, "ship"))


@answer(unit="hours", show="{:.1f} hours")
def ship_double_baseline_hours(system: System) -> float:
    """How long the canary had to stand at the end of the first era to see twice the baseline."""
    base = system.canary.baseline_failure_fraction
    requests = canary.sample_size(base_fraction=base, delta=base)
    return requests / ship_canary_requests(system) * system.canary.minutes / 60


@answer(unit="fraction", show="{:.0%}")
def rolling_budget_fraction(system: System) -> float:
    """Share of a month's budget that releases spend when all their given targets are just met.

    Each failing release is taken as a full outage until it is detected and rolled back.
    """
    given, window_minutes = system.targets, system.alerts.window_days * SECONDS_PER_DAY / 60
    failing = given.deployments_per_week * system.alerts.window_days / 7 * given.change_failure_fraction
    outage_minutes = failing * (given.detect_minutes + given.rollback_minutes)
    return outage_minutes / (1 - given.availability_fraction) / window_minutes


@answer(unit="fraction", show="{:.0%}")
def canary_releases_budget_fraction(system: System) -> float:
    """The same when each is stopped at the canary's share of the traffic."""
    return rolling_budget_fraction(system) * system.canary.traffic_fraction


@answer(unit="min", show="{:.1f} minutes")
def rollback_p95_minutes(system: System) -> float:
    """95th percentile of a rollback, from decision to the old version serving."""
    return system.releases.rollback_p95_minutes


@answer(unit="violations", show="{:d}")
def schema_violations(system: System) -> int:
    """Contract steps that ran before their expand was everywhere, since decision 0016."""
    return system.releases.schema_violations


@answer(unit="×", show="{:.2f}")
def unreconciled_over_limit(system: System) -> float:
    """Events that dual write could not reconcile over what we would have stopped at."""
    return system.migration.unreconciled_fraction / system.migration.unreconciled_limit_fraction


@answer(unit="fraction", show="{:.0%}")
def unreconciled_limit_of_budget_fraction(system: System) -> float:
    """What we would have stopped at, as a share of the events that the objective lets us miss."""
    return system.migration.unreconciled_limit_fraction / (1 - system.targets.availability_fraction)


@answer(unit="events", show="{:~3} events")
def compared_events(system: System) -> float:
    """Events compared while tenants were moved, their volume held at what we inherited."""
    return at_end_of(system, "before").traffic.events_per_day * system.migration.dual_write_days


@answer(unit="events", show="{:.0f} events")
def unreconciled_events(system: System) -> float:
    """Those of them that were in one system and not in the other."""
    return compared_events(system) * system.migration.unreconciled_fraction


@answer(unit="fraction", show="{:.0%}")
def half_moved_fraction(system: System) -> float:
    """Share of the events that had moved with the smaller half of the tenants, these being Zipf."""
    count, exponent = system.migration.tenants, system.tenancy.skew_exponent
    return math.fsum(tail.zipf_fractions(count=count, exponent=exponent)[count // 2 :])


@answer(unit="fraction", show="{:.0%}")
def last_moved_fraction(system: System) -> float:
    """Share of the events that the largest tenant, the last to move, brought."""
    return tail.zipf_fractions(count=system.migration.tenants, exponent=system.tenancy.skew_exponent)[0]


@answer(unit="budgets", show="{:.1f} budgets")
def big_bang_budgets(system: System) -> float:
    """Monthly budgets that one cutover spends that takes the whole given maintenance time."""
    window_hours = system.alerts.window_days * 24
    allowed = 1 - system.targets.availability_fraction
    return system.targets.maintenance_hours_per_month / window_hours / allowed


@answer(unit="days", show="{:.0f} days")
def migration_days(system: System) -> float:
    """Days of dual write for all tenants, had they been moved one at a time."""
    return system.migration.tenants * system.migration.dual_write_days


@answer(unit="budgets", show="{:.0%}")
def canary_budget_fraction(system: System) -> float:
    """Share of a month's error budget that such a release spends in a day if it is promoted unseen."""
    bad = visible_failure_fraction(at_end_of(system, "ship"))
    return bad / (1 - system.targets.availability_fraction) / system.alerts.window_days


@answer(unit="orders", show="{:,d}")
def schema_orders(system: System) -> int:
    """Orders in which an expand, the deployment of every reader, and a contract can reach production."""
    return math.factorial(system.releases.schema_readers + 2)


@answer(unit="orders", show="{:,d}")
def safe_schema_orders(system: System) -> int:
    """Those that begin with the expand and end with the contract, so that no reader misses a column."""
    return math.factorial(system.releases.schema_readers)
