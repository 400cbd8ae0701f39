"""What the platform costs, and what would change it."""

from playbook.cost.bill import (
    by_subject,
    enrichment_unbounded_usd_per_month,
    lines,
    node_usd_per_month,
    standby_usd_per_month,
    support_usd,
)
from playbook.cost.commitments import SIGNED
from playbook.cost.levers import cell_usd_per_month, idempotency_saving_usd_per_month
from playbook.cost.placing import METERS, UNPLACED
from playbook.cost.region import Line, region_lines
from playbook.cost.runtimes import runtimes
from playbook.cost.unit import fixed_fraction, usd_per_event, usd_per_month

__all__ = [
    "METERS",
    "SIGNED",
    "UNPLACED",
    "Line",
    "by_subject",
    "cell_usd_per_month",
    "enrichment_unbounded_usd_per_month",
    "fixed_fraction",
    "idempotency_saving_usd_per_month",
    "lines",
    "node_usd_per_month",
    "region_lines",
    "runtimes",
    "standby_usd_per_month",
    "support_usd",
    "usd_per_event",
    "usd_per_month",
]
