"""Cost of one unit of what the system does."""

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from playbook.billing.engines import described
from playbook.billing.months import by_month


def unit_cost(
    charges: ir.Table, usage: ir.Table | pd.DataFrame, *, unit: str = "events", per: float = 1_000_000
) -> ir.Table:
    """Effective cost of `per` units, by month: the month's cost over the month's units.

    `month` (date), `effective` (currency), `units` (in all), `unit_cost` (currency for `per` units).
    A ratio of sums, never a mean of ratios: quiet days and small tenants count for what they are. `usage`
    has `usage_date` and the column `unit`, at any grain, and may live in another engine. A month that only
    one side knows is kept, with a null. All charges count, credits too.

    Raises ValueError where `usage` lacks a column.
    """
    used = usage if isinstance(usage, ir.Table) else ibis.memtable(pa.Table.from_pandas(usage))
    missing = [name for name in ("usage_date", unit) if name not in used.columns]
    if missing:
        raise ValueError(
            f"unit_cost needs {', '.join(missing)} in usage, which has {', '.join(used.columns)}: "
            "name the column to count by unit="
        )
    days = used["usage_date"]
    units = used.group_by(month=days.cast("timestamp").truncate("M").date())
    units = units.aggregate(units=used[unit].cast("float64").sum())
    if not described(used) and used._find_backends()[0] not in ([], charges._find_backends()[0]):
        units = ibis.memtable(units.to_pyarrow())
    costs = by_month(charges, {"effective": charges["EffectiveCost"].sum()})
    # A union keeps what an inner join would lose, and months that are null.
    one = costs.select("month", "effective", units=ibis.null("float64"))
    other = units.select("month", "units", effective=ibis.null("float64")).select(one.columns)
    both = one.union(other).group_by("month")
    both = both.aggregate(effective=ibis._.effective.sum(), units=ibis._.units.sum())
    return both.mutate(unit_cost=both["effective"] / both["units"].nullif(0) * per).order_by("month")
