"""Who pays what nobody causes: the rules compared, tenant by tenant and region by region."""

import math
from collections.abc import Mapping
from datetime import date
from functools import cache

from playbook import billing, security
from playbook.answer import answer
from playbook.laws import allocation
from playbook.model import System
from playbook.studies.attribution import day, given, month, rows, usage, usd


def paid(system: System, rule: billing.Rule) -> Mapping[str, float]:
    """Dollars of last month by tenant, under a rule for what nobody causes."""
    return _paid(rule)[month(system.as_of)]


def sender(system: System) -> str:
    """The tenant that sent most events last month."""
    sent = _sent()[month(system.as_of)]
    return max(sent, key=lambda tenant: sent[tenant])


@answer(unit="USD/month", show="${:,.0f}")
def sender_equal_usd(system: System) -> float:
    """What the tenant that sends most pays if what nobody causes is shared equally."""
    return paid(system, "equal")[sender(system)]


@answer(unit="USD/month", show="${:,.0f}")
def sender_events_usd(system: System) -> float:
    """What it pays if that is shared by events."""
    return paid(system, "events")[sender(system)]


@answer(unit="USD/month", show="${:,.0f}")
def sender_direct_usd(system: System) -> float:
    """What it pays if that is shared in proportion to what is tagged."""
    return paid(system, "direct")[sender(system)]


@answer(unit="×", show="{:.1f} times")
def sender_rules_ratio(system: System) -> float:
    """The dearest of the three rules over the cheapest, for the tenant that sends most."""
    costs = (sender_equal_usd(system), sender_events_usd(system), sender_direct_usd(system))
    return max(costs) / min(costs)


@answer(unit="tenants", show="{:d} tenants")
def over_target_equal(system: System) -> int:
    """Tenants above the given cost by the equal rule."""
    return over_target(system, "equal")


@answer(unit="tenants", show="{:d} tenants")
def over_target_events(system: System) -> int:
    """Tenants above the given cost if what nobody causes is shared by events."""
    return over_target(system, "events")


@answer(unit="tenants", show="{:d} tenants")
def over_target_direct(system: System) -> int:
    """Tenants above the given cost if it is shared in proportion to what is tagged."""
    return over_target(system, "direct")


def over_target(system: System, rule: billing.Rule) -> int:
    """Tenants that cost more than the given limit under a rule."""
    return sum(cost > system.targets.usd_per_tenant_month for cost in paid(system, rule).values())


def placed_by_region(system: System) -> Mapping[str, tuple[float, int]]:
    """What stands still in each region last month, in dollars, and its tenants."""
    return _standing()[month(system.as_of)]


def region_pays(system: System, rule: billing.Rule) -> Mapping[str, float]:
    """What the tenants of each region with tenants pay together of what stands still, under a rule."""
    return _region_pays(rule)[month(system.as_of)]


def region_alone(system: System) -> Mapping[str, float]:
    """What stands still for each region with tenants and its standby, in dollars: its cost alone, at least.

    A region without tenants stands by for the one whose name begins like its own. What serves all is on
    the invoice of one region; the others would need their own, so theirs is a lower bound.
    """
    standing, homes = placed_by_region(system), region_pays(system, "equal")
    alone = {home: standing[home][0] for home in homes}
    for where, (cost, tenants) in standing.items():
        if not tenants:
            area = where.partition("-")[0]
            alone[next(home for home in homes if home.startswith(area))] += cost
    return alone


def subsidy(system: System, rule: billing.Rule) -> float:
    """Most that one region's tenants pay of what stands still beyond its cost alone, in dollars."""
    alone = region_alone(system)
    found = allocation.subsidies(region_pays(system, rule), lambda group: math.fsum(alone[w] for w in group))
    return max(found.values(), default=0.0)


@answer(unit="USD/month", show="${:,.0f}")
def equal_subsidy_usd(system: System) -> float:
    """What one region's tenants pay for the other's if what nobody causes is shared equally."""
    return subsidy(system, "equal")


@answer(unit="USD/month", show="${:,.0f}")
def regional_subsidy_usd(system: System) -> float:
    """What they pay for the other's if it is shared equally within its region."""
    return subsidy(system, "regional")


def cheaper_alone(system: System, rule: billing.Rule) -> int:
    """Tenants that pay more than the fixed part of a region of their own and what they cause."""
    silo, known = security.silo_usd_per_tenant_month(system), paid(system, "none")
    return sum(cost > silo + known.get(tenant, 0.0) for tenant, cost in paid(system, rule).items())


@answer(unit="tenants", show="{:d} tenants")
def cheaper_alone_equal(system: System) -> int:
    """Tenants that would be cheaper in a region of their own than under the equal rule."""
    return cheaper_alone(system, "equal")


@answer(unit="tenants", show="{:d} tenants")
def cheaper_alone_direct(system: System) -> int:
    """Tenants that would be cheaper alone than in proportion to what is tagged."""
    return cheaper_alone(system, "direct")


@cache
def _paid(rule: billing.Rule) -> Mapping[date, Mapping[str, float]]:
    found: dict[date, dict[str, float]] = {}
    for row in rows(rule):
        if row["tenant"] is not None:
            found.setdefault(day(row["month"]), {})[str(row["tenant"])] = usd(row["total"])
    return found


@cache
def _sent() -> Mapping[date, Mapping[str, float]]:
    found: dict[date, dict[str, float]] = {}
    for row in usage():
        found.setdefault(day(row["usage_date"]), {})[str(row["tenant_id"])] = usd(row["events"])
    return found


@cache
def _standing() -> Mapping[date, Mapping[str, tuple[float, int]]]:
    ours = given()
    left = billing.unallocatable(ours.charges, ours.usage, ours.drivers, rule="none").to_pyarrow().to_pylist()
    found: dict[date, dict[str, float]] = {}
    for row in left:
        if row["reason"] == billing.NO_RULE:
            places = found.setdefault(row["month"], {})
            places[row["region"]] = places.get(row["region"], 0.0) + row["cost"]
    there: dict[tuple[date, str], set[str]] = {}
    for row in usage():
        there.setdefault((day(row["usage_date"]), str(row["region"])), set()).add(str(row["tenant_id"]))
    return {
        m: {where: (cost, len(there.get((m, where), ()))) for where, cost in places.items()}
        for m, places in found.items()
    }


@cache
def _region_pays(rule: billing.Rule) -> Mapping[date, Mapping[str, float]]:
    home = {(day(row["usage_date"]), str(row["tenant_id"])): str(row["region"]) for row in usage()}
    found: dict[date, dict[str, float]] = {}
    for row in rows(rule):
        where = home.get((day(row["month"]), str(row["tenant"])))
        if where:
            regions = found.setdefault(day(row["month"]), {})
            regions[where] = regions.get(where, 0.0) + usd(row["placed"])
    return found
