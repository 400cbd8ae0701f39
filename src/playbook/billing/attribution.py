"""Whose cost is it: by a tag, by a meter, by a rule, or nobody's, kept apart."""

from typing import Literal, get_args

import ibis
import ibis.expr.types as ir

from playbook.billing import tags
from playbook.billing.columns import needed_by
from playbook.billing.months import by_month

Rule = Literal["equal", "regional", "events", "direct", "none"]
NO_ROW, NO_USAGE, NO_RULE = "no row in drivers", "no usage that month", "nobody by this rule"
ANYWHERE = ""
KEYS = ("month", "key", "at")
NOTHING = ibis.literal(0.0)


def attribution(
    charges: ir.Table,
    usage: ir.Table | None = None,
    drivers: ir.Table | None = None,
    *,
    rule: Rule = "equal",
    tag: str = "tenant",
) -> ir.Table:
    """Effective cost by month and tenant, in the ways it comes to them: `direct`, `caused`, `placed`.

    `month` (date), `tenant`, `direct`, `caused`, `placed` and `total` (currency). What is `unallocatable`
    stands in a row of its own, `tenant` null, as `total` alone. So `total` adds up to the export's
    effective cost each month, to 1e-12 of the sum of its absolute values.

    Direct is what the tag names. Caused is a shared charge whose service and meter `drivers` gives a
    column of `usage`: it is split by that column, in the charge's own region where both name one. Placed
    is what `drivers` lists without a column, by `rule`: `equal` parts; `regional`, equal parts among the
    tenants of the charge's region, of all tenants where it has none; by `events`; in proportion to
    `direct` cost above 0; or `none`.

    `usage`: `usage_date`, `tenant_id`, `events`, the drivers' columns, and `region` or not. `drivers`:
    `ServiceName`, `SkuMeter`, `driver`. Without them only what is tagged is attributed.
    Raises ValueError for another rule, a driver that is no column of usage, and a meter with two drivers.
    """
    direct, weights, left = _ways(charges, usage, drivers, rule, tag)
    shares = left.inner_join(weights, KEYS)
    shares = shares.select(
        "month", "tenant", "key", cost=shares["cost"] * (shares["weight"] / shares["weights"])
    )
    lost = left.filter(left["weights"].isnull()).mutate(tenant=ibis.null("string"))
    placed = shares["key"] == NO_RULE
    rows = ibis.union(
        direct.select("month", "tenant", direct="cost", caused=NOTHING, placed=NOTHING, lost=NOTHING),
        shares.select(
            "month",
            "tenant",
            direct=NOTHING,
            lost=NOTHING,
            caused=ibis.ifelse(placed, 0.0, shares["cost"]),
            placed=ibis.ifelse(placed, shares["cost"], 0.0),
        ).select("month", "tenant", "direct", "caused", "placed", "lost"),
        lost.select("month", "tenant", direct=NOTHING, caused=NOTHING, placed=NOTHING, lost="cost"),
    )
    rows = rows.group_by("month", "tenant").aggregate(
        **{name: rows[name].sum() for name in ("direct", "caused", "placed", "lost")}
    )
    total = rows["direct"] + rows["caused"] + rows["placed"] + rows["lost"]
    return rows.mutate(total=total).drop("lost").order_by("month", "tenant")


def unallocatable(
    charges: ir.Table,
    usage: ir.Table | None = None,
    drivers: ir.Table | None = None,
    *,
    rule: Rule = "equal",
    tag: str = "tenant",
) -> ir.Table:
    """What `attribution` leaves to nobody, and why: `month`, `service`, `meter`, `region`, `reason`, `cost`.

    Meter and region are empty where the export has none. Arguments and errors are those of `attribution`.
    """
    _, _, left = _ways(charges, usage, drivers, rule, tag)
    left = left.filter(left["weights"].isnull())
    reason = ibis.cases((left["key"] == NO_ROW, NO_ROW), (left["key"] == NO_RULE, NO_RULE), else_=NO_USAGE)
    left = left.select("month", "service", "meter", region="where", reason=reason, cost="cost")
    # To the cent, then by name: engines add up in any order, and equal costs must not change places.
    return left.order_by("month", left["cost"].round(2).desc(), "service", "meter", "region")


def _ways(
    charges: ir.Table, usage: ir.Table | None, drivers: ir.Table | None, rule: Rule, tag: str
) -> tuple[ir.Table, ir.Table, ir.Table]:
    """What tags name, what each tenant weighs, and what is shared with the sum of weights that it meets."""
    known = _known(usage, drivers, rule)
    pools = _pools(charges, tag, known)
    direct = pools.filter(pools["tenant"].notnull())
    direct = direct.group_by("month", "tenant").aggregate(cost=direct["cost"].sum())
    weights = _causing(usage, {driver for driver in known.values() if driver})
    weights = ibis.union(*weights, *_placing(usage, direct, rule), _nobody(direct))
    weights = weights.filter(weights["weight"] > 0)
    sums = weights.group_by(*KEYS).aggregate(weights=weights["weight"].sum())
    shared = pools.filter(pools["tenant"].isnull()).drop("tenant")
    local = usage is not None and "region" in usage.columns
    by_month = ibis.literal(not local) | ((shared["key"] == NO_RULE) & (rule != "regional"))
    shared = shared.mutate(at=ibis.ifelse(by_month, ANYWHERE, shared["where"]))
    if rule == "regional":
        met = shared.left_join(sums, KEYS).select(*shared.columns, "weights")
        homeless = met["weights"].isnull() & (met["key"] == NO_RULE)
        shared = met.mutate(at=ibis.ifelse(homeless, ANYWHERE, met["at"])).drop("weights")
    return direct, weights, shared.left_join(sums, KEYS).select(*shared.columns, "weights")


def _known(usage: ir.Table | None, drivers: ir.Table | None, rule: str) -> dict[tuple[str, str], str | None]:
    """The driver of each listed service and meter, none where a rule places it."""
    if rule not in get_args(Rule):
        raise ValueError(f"rule {rule!r} is not known: one of {', '.join(get_args(Rule))}")
    known: dict[tuple[str, str], str | None] = {}
    for row in [] if drivers is None else drivers.to_pyarrow().to_pylist():
        key, driver = (row["ServiceName"], row["SkuMeter"] or ""), row["driver"] or None
        if known.setdefault(key, driver) != driver:
            raise ValueError(f"drivers give {' '.join(key)} both {known[key]} and {driver}: keep one")
        if driver and (usage is None or driver not in usage.columns):
            raise ValueError(
                f"drivers let {driver} cause {' '.join(key)}, but usage has "
                f"{'no rows at all' if usage is None else ', '.join(usage.columns)}: name one of its columns"
            )
    return known


def _pools(charges: ir.Table, tag: str, known: dict[tuple[str, str], str | None]) -> ir.Table:
    """Cost by month, tenant, service, meter and place, with the key that decides how it is shared."""
    needed_by("attribution", charges.columns, "ServiceName", "EffectiveCost")
    none = ibis.literal(ANYWHERE)
    keys = {
        "service": charges["ServiceName"].fill_null(""),
        "meter": charges["SkuMeter"].fill_null("") if "SkuMeter" in charges.columns else none,
        "where": charges["RegionId"].fill_null(ANYWHERE) if "RegionId" in charges.columns else none,
    }
    cost = {"cost": charges["EffectiveCost"].fill_null(0.0).sum()}
    if "Tags" not in charges.columns:
        pools = by_month(charges, cost, **keys).mutate(tenant=ibis.null("string"))
    elif not charges["Tags"].type().is_string():
        pools = by_month(charges, cost, tenant=tags.value(charges, tag), **keys)
    else:
        # Few texts of tags are different: sum first, parse then.
        pools = by_month(charges, cost, Tags=charges["Tags"], **keys)
        pools = pools.mutate(tenant=tags.value(pools, tag)).group_by("month", *keys, "tenant")
        pools = pools.aggregate(cost=ibis._.cost.sum())
    both = pools["service"].concat("\x1f", pools["meter"])
    cases = [(both == "\x1f".join(pair), ibis.literal(driver or NO_RULE)) for pair, driver in known.items()]
    return pools.mutate(key=ibis.cases(*cases, else_=NO_ROW) if cases else ibis.literal(NO_ROW))


def _causing(usage: ir.Table | None, causes: set[str]) -> list[ir.Table]:
    """What each tenant used of each driver, in each region and in all."""
    if usage is None:
        return []
    dated, everywhere = _dated(usage), ibis.literal(ANYWHERE)
    places = [(dated, everywhere)]
    if "region" in usage.columns:
        local = dated.filter(dated["region"].fill_null(ANYWHERE) != ANYWHERE)
        places.append((local, local["region"]))
    return [
        _summed(rows.select("month", key=ibis.literal(cause), at=at, tenant="tenant_id", weight=cause))
        for cause in sorted(causes)
        for rows, at in places
    ]


def _placing(usage: ir.Table | None, direct: ir.Table, rule: Rule) -> list[ir.Table]:
    """What each tenant weighs where a rule places the cost: those with usage or with a cost of their own."""
    key, everywhere, one = ibis.literal(NO_RULE), ibis.literal(ANYWHERE), ibis.literal(1.0)
    if rule == "none":
        return []
    own = direct.select("month", key=key, at=everywhere, tenant="tenant", weight=direct["cost"])
    if rule == "direct":
        return [own]
    if usage is None:
        return [] if rule == "events" else [own.filter(own["weight"] > 0).mutate(weight=one)]
    dated = _dated(usage)
    if rule == "events":
        return [_summed(dated.select("month", key=key, at=everywhere, tenant="tenant_id", weight="events"))]
    there = dated.filter(dated["events"] > 0)
    here = there.select("month", key=key, at=everywhere, tenant="tenant_id", weight=one)
    present = ibis.union(here, own.filter(own["weight"] > 0).mutate(weight=one), distinct=True)
    if rule == "equal" or "region" not in usage.columns:
        return [present]
    local = there.filter(there["region"].notnull())
    return [present, local.select("month", key=key, at="region", tenant="tenant_id", weight=one).distinct()]


def _dated(usage: ir.Table) -> ir.Table:
    return usage.mutate(month=usage["usage_date"].cast("timestamp").truncate("M").date())


def _summed(weights: ir.Table) -> ir.Table:
    return weights.group_by(*KEYS, "tenant").aggregate(weight=weights["weight"].cast("float64").sum())


def _nobody(direct: ir.Table) -> ir.Table:
    """No row, so that there is a table where nothing weighs anything."""
    none = ibis.literal(ANYWHERE)
    rows = direct.select("month", key=none, at=none, tenant="tenant", weight="cost")
    return rows.filter(ibis.literal(False))
