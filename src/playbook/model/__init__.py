"""The system as typed, frozen values, read from ``data/`` and from nowhere else."""

from playbook.model.architecture import Idempotency, Storage, Stream
from playbook.model.assumption import Assumption, DataError, Point
from playbook.model.context import (
    DAYS_PER_MONTH,
    HOURS_PER_MONTH,
    SECONDS_PER_DAY,
    Targets,
    Team,
    Tenancy,
    Traffic,
)
from playbook.model.cost import Enrichment, Prices
from playbook.model.delivery import Canary
from playbook.model.infrastructure import Recovery, Vendors
from playbook.model.load import data_folder, load
from playbook.model.platform import Delivery, Observability, Platform
from playbook.model.reliability import Alerts, Incident, OnCall
from playbook.model.system import REGIONS, Era, System
from playbook.model.whatif import at, at_end_of, what_if

__all__ = [
    "DAYS_PER_MONTH",
    "HOURS_PER_MONTH",
    "REGIONS",
    "SECONDS_PER_DAY",
    "Alerts",
    "Assumption",
    "Canary",
    "DataError",
    "Delivery",
    "Enrichment",
    "Era",
    "Idempotency",
    "Incident",
    "Observability",
    "OnCall",
    "Platform",
    "Point",
    "Prices",
    "Recovery",
    "Storage",
    "Stream",
    "System",
    "Targets",
    "Team",
    "Tenancy",
    "Traffic",
    "Vendors",
    "at",
    "at_end_of",
    "data_folder",
    "load",
    "what_if",
]
