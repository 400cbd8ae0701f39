"""What was asked of us, and how the targets talk to each other."""

from playbook.context.given import (
    ceilings_meet_events_per_day,
    forecast_events_per_day,
    watch_hours_per_engineer,
)
from playbook.context.ledger import CAUSES, hours, upkeep_fraction
from playbook.context.money import engineer_hour_usd, pay_usd_per_month, ship_pay_over_bill
from playbook.context.tensions import tensions, vendor_loss_minutes, vendors_in_series

__all__ = [
    "CAUSES",
    "ceilings_meet_events_per_day",
    "engineer_hour_usd",
    "forecast_events_per_day",
    "hours",
    "pay_usd_per_month",
    "ship_pay_over_bill",
    "tensions",
    "upkeep_fraction",
    "vendor_loss_minutes",
    "vendors_in_series",
    "watch_hours_per_engineer",
]
