"""Cost by the tag that says whose it is."""

import ibis
import ibis.expr.types as ir

from playbook.billing import tags
from playbook.billing.columns import needed_by
from playbook.billing.months import by_month


def by_tenant(charges: ir.Table, *, tag: str = "tenant") -> ir.Table:
    """Effective cost by month and tenant: its own, its share of what nobody is named for, and both.

    `month` (date), `tenant` (value of the tag), `direct`, `shared` and `total` (currency). All charges
    without the tag are a month's pool: shared services, but also credits and forgotten tags. It is split
    in proportion to `direct`, credits included, where that is above 0; a tenant with a net credit bears
    none. A month in which nobody bears it keeps its pool in one row, `tenant` null. So `total` adds up to
    the export's effective cost, each month and in all.

    Raises ValueError without `Tags`.
    """
    needed_by("by_tenant", charges.columns, "Tags")
    costs = _by_tag(charges, tag)
    costs = costs.group_by("month", "tenant").aggregate(direct=costs["effective"].sum())
    named = costs["tenant"].notnull()
    weight = ibis.ifelse(named, ibis.greatest(costs["direct"], 0.0), 0.0)
    pool = ibis.ifelse(named, 0.0, costs["direct"])
    costs = costs.mutate(weight=weight, pool=pool)
    costs = costs.mutate(
        weights=costs["weight"].sum().over(group_by=costs["month"]),
        pool=costs["pool"].sum().over(group_by=costs["month"]),
    )
    named, borne = costs["tenant"].notnull(), costs["weights"] > 0
    share = costs["pool"] * costs["weight"] / costs["weights"].nullif(0)
    shared = ibis.cases((named & borne & (costs["weight"] > 0), share), (named, 0.0), else_=costs["pool"])
    costs = costs.filter(named | ~borne).select(
        "month", "tenant", direct=ibis.ifelse(named, costs["direct"], 0.0), shared=shared
    )
    return costs.mutate(total=costs["direct"] + costs["shared"]).order_by("month", "tenant")


def untagged(charges: ir.Table, *, tag: str | None = None) -> ir.Table:
    """How much of the usage has no tag at all, or lacks the one named `tag`, by month.

    `month` (date), `effective` and `untagged` (currency), `untagged_fraction`, `charges` and
    `untagged_charges` (rows). Usage only: taxes, credits and purchases carry no tag, and corrections
    (`ChargeClass`) repeat what an earlier month has counted. Raises ValueError without `Tags`.
    """
    needed_by("untagged", charges.columns, "Tags")
    usage = charges.filter(charges["ChargeCategory"] == "Usage")
    if "ChargeClass" in usage.columns:
        usage = usage.filter(usage["ChargeClass"].fill_null("") != "Correction")
    costs = _by_tag(usage, tag)
    without = costs["tenant"].isnull()
    summed = costs.group_by("month").aggregate(
        effective=costs["effective"].sum(),
        untagged=costs["effective"].sum(where=without).fill_null(0.0),
        charges=costs["charges"].sum(),
        untagged_charges=costs["charges"].sum(where=without).fill_null(0),
    )
    fraction = summed["untagged"] / summed["effective"].nullif(0)
    return summed.select(
        "month",
        "effective",
        "untagged",
        untagged_fraction=fraction,
        charges="charges",
        untagged_charges="untagged_charges",
    ).order_by("month")


def _by_tag(charges: ir.Table, tag: str | None) -> ir.Table:
    """Sums by month and value of the tag; for no tag, whether there is any.

    JSON text is summed first as it stands: few texts are different, so few are parsed.
    """
    sums = {"effective": charges["EffectiveCost"].sum(), "charges": charges.count()}
    if charges["Tags"].type().is_string():
        costs = by_month(charges, sums, Tags=charges["Tags"])
        costs = costs.mutate(tenant=_tenant(costs, tag)).group_by("month", "tenant")
        return costs.aggregate(effective=ibis._.effective.sum(), charges=ibis._.charges.sum())
    return by_month(charges, sums, tenant=_tenant(charges, tag))


def _tenant(table: ir.Table, tag: str | None) -> ir.Value:
    if tag is not None:
        return tags.value(table, tag)
    return ibis.ifelse(tags.any_tag(table), ibis.literal("any"), ibis.null("string"))
