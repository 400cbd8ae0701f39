"""What each service costs: by month, by change, and against the list price."""

import ibis
import ibis.expr.types as ir

from playbook.billing.columns import needed_by
from playbook.billing.months import by_month


def by_service(charges: ir.Table) -> ir.Table:
    """Cost by month and service, in the currency of the export.

    `month` (date), `service`, `billed` (as invoiced), `effective` (upfront and recurring commitments
    spread over what they covered). All charges count: credits and refunds are negative, corrections
    stand in the month that invoices them. The columns add up to those of the export.
    """
    sums = {"billed": charges["BilledCost"].sum(), "effective": charges["EffectiveCost"].sum()}
    return by_month(charges, sums, service=charges["ServiceName"]).order_by("month", "service")


def movers(charges: ir.Table, *, top: int = 10) -> ir.Table:
    """The services that changed most from one month of the export to its next, `top` of them a month.

    `month` (date), `service`, `effective`, `previous` and `change` (currency), `rank` (1 is the largest
    absolute change to the cent; names decide between equal ones). A service that appears or ends changes
    by all of its cost. The first month has nothing to be compared with. Raises ValueError for `top` below 1.
    """
    if top < 1:
        raise ValueError(f"top {top} movers a month cannot be shown: 1 or more")
    costs = by_service(charges).select("month", "service", "effective")
    costs = costs.mutate(order=ibis.dense_rank().over(order_by=costs["month"]))
    none = ibis.literal(0.0)
    now = costs.select("order", "service", "month", "effective", previous=none)
    before = costs.select(
        "service",
        order=costs["order"] + 1,
        month=ibis.null("date"),
        effective=none,
        previous=costs["effective"],
    ).select(now.columns)
    both = now.union(before).group_by("order", "service")
    both = both.aggregate(
        month=ibis._.month.max(), effective=ibis._.effective.sum(), previous=ibis._.previous.sum()
    )
    both = both.mutate(
        month=both["month"].max().over(group_by=both["order"]), change=both["effective"] - both["previous"]
    ).filter(ibis._.order > 0, ibis._.month.notnull())
    largest = ibis.window(
        group_by="month", order_by=[(both["change"].abs() * 100).round().desc(), both["service"].asc()]
    )
    ranked = both.mutate(rank=ibis.row_number().over(largest) + 1)
    ranked = ranked.filter(ranked["rank"] <= top)
    return ranked.select("month", "service", "effective", "previous", "change", "rank").order_by(
        "month", "rank"
    )


def savings(charges: ir.Table) -> ir.Table:
    """What discounts and commitments saved against list prices, by month.

    `month` (date), `list`, `effective` and `saved` (currency), `saved_fraction` of list. Usage only, where
    both costs are known; a commitment's unused part counts as paid and not as listed, so that buying too
    much lowers the saving. Credits are no price and stay out. Raises ValueError without `ListCost`.
    """
    needed_by("savings", charges.columns, "ListCost")
    usage = charges.filter(charges["ChargeCategory"] == "Usage", charges["ListCost"].notnull())
    listed = usage["ListCost"]
    if "CommitmentDiscountStatus" in charges.columns:
        listed = ibis.ifelse(usage["CommitmentDiscountStatus"].fill_null("") == "Unused", 0.0, listed)
    costs = by_month(usage, {"list": listed.sum(), "effective": usage["EffectiveCost"].sum()})
    saved = costs["list"] - costs["effective"]
    return costs.mutate(saved=saved, saved_fraction=saved / costs["list"].nullif(0)).order_by("month")
