"""The months of a bill."""

import ibis.expr.types as ir


def month(charges: ir.Table) -> ir.DateValue:
    """First day of the month in which each charge's billing period begins.

    The billing period, not the charge period: a correction counts in the month whose invoice has it, so
    that a month that has been paid never changes.
    """
    return charges["BillingPeriodStart"].truncate("M").date()
