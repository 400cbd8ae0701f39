"""The months of a bill."""

from collections.abc import Mapping

import ibis.expr.types as ir


def month(table: ir.Table, *, period: str = "BillingPeriodStart") -> ir.DateValue:
    """First day of the month in which each charge's billing period begins."""
    return table[period].truncate("M").date()


def by_month(charges: ir.Table, sums: Mapping[str, ir.Value], **keys: ir.Value) -> ir.Table:
    """Sums by `month` and `keys`; `month` is the first day of that in which the billing period begins.

    The billing period, not the charge period: a correction counts in the month whose invoice has it, so
    that a month that has been paid never changes. Summed by period first, since an export has few: to
    find the month of ten million charges takes longer than to sum them.
    """
    periods = charges.group_by(period=charges["BillingPeriodStart"], **keys).aggregate(**sums)
    months = periods.group_by(month=month(periods, period="period"), **{name: periods[name] for name in keys})
    return months.aggregate(**{name: periods[name].sum() for name in sums})
