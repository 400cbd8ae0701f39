"""Commitment discounts: what was bought, used and left."""

import ibis
import ibis.expr.types as ir

from playbook.billing.columns import needed_by
from playbook.billing.months import by_month


def commitments(charges: ir.Table) -> ir.Table:
    """Used and unused commitment, by month and commitment.

    `month` (date), `commitment` (its id), `used` and `unused` (effective cost, currency), `utilisation`
    (used over both; null where both are 0), `covered` (list cost of the usage that it paid, currency) and
    `coverage`: `covered` over the list cost of all usage, in that month, of the services that it covered.
    The purchase itself is no part of it: its effective cost is 0 by the specification, and where it is
    not, the cost would count twice. Corrections count: they move cost between used and unused.

    FOCUS 1.2, columns CommitmentDiscountStatus and EffectiveCost. Raises ValueError without the columns.
    """
    needed_by("commitments", charges.columns, "CommitmentDiscountId", "CommitmentDiscountStatus", "ListCost")
    usage = charges.filter(charges["ChargeCategory"] == "Usage")
    status = usage["CommitmentDiscountStatus"].fill_null("")
    used, unused = status == "Used", status == "Unused"
    sums = {
        "used": usage["EffectiveCost"].sum(where=used).fill_null(0.0),
        "unused": usage["EffectiveCost"].sum(where=unused).fill_null(0.0),
        "covered": usage["ListCost"].sum(where=used).fill_null(0.0),
        "listed": usage["ListCost"].sum(where=~unused).fill_null(0.0),
    }
    costs = by_month(usage, sums, service=usage["ServiceName"], commitment=usage["CommitmentDiscountId"])
    costs = costs.mutate(
        eligible=costs["listed"].sum().over(group_by=[costs["month"], costs["service"]])
    ).filter(costs["commitment"].notnull())
    eligible = ibis.ifelse(costs["covered"] > 0, costs["eligible"], 0.0)
    bought = costs.group_by("month", "commitment").aggregate(
        used=costs["used"].sum(),
        unused=costs["unused"].sum(),
        covered=costs["covered"].sum(),
        eligible=eligible.sum(),
    )
    return bought.select(
        "month",
        "commitment",
        "used",
        "unused",
        utilisation=bought["used"] / (bought["used"] + bought["unused"]).nullif(0),
        covered=bought["covered"],
        coverage=bought["covered"] / bought["eligible"].nullif(0),
    ).order_by("month", "commitment")
