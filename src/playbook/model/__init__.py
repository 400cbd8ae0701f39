"""The system as typed, frozen values, read from ``data/`` and from nowhere else."""

from playbook.model.architecture import Idempotency, Latency, LoadTest, Options, Quotas, Storage, Stream
from playbook.model.assumption import Assumption, DataError, Point
from playbook.model.carbon import Carbon, Coefficients
from playbook.model.context import (
    DAYS_PER_MONTH,
    HOURS_PER_MONTH,
    SECONDS_PER_DAY,
    Contracts,
    Hours,
    Targets,
    Team,
    Tenancy,
    Traffic,
)
from playbook.model.cost import Attribution, Commitment, Enrichment, Prices
from playbook.model.delivery import Canary, Migration, Releases
from playbook.model.drills import Drill
from playbook.model.firing import Firing
from playbook.model.infrastructure import Recovery, Vendors
from playbook.model.load import data_folder, load
from playbook.model.log import CONTAINED_BY, Logged
from playbook.model.objectives import Indicator, Saturation, Service
from playbook.model.once import once
from playbook.model.planted import Planted
from playbook.model.platform import Delivery, Observability, Platform
from playbook.model.reliability import Alerts, Backlog, Incident, OnCall, Policy, Retries, Signals
from playbook.model.system import PRICE_UNITS, REGIONS, Era, System
from playbook.model.timeline import Action, Moment, Timeline, Told
from playbook.model.whatif import at, at_end_of, what_if

__all__ = [
    "CONTAINED_BY",
    "DAYS_PER_MONTH",
    "HOURS_PER_MONTH",
    "PRICE_UNITS",
    "REGIONS",
    "SECONDS_PER_DAY",
    "Action",
    "Alerts",
    "Assumption",
    "Attribution",
    "Backlog",
    "Canary",
    "Carbon",
    "Coefficients",
    "Commitment",
    "Contracts",
    "DataError",
    "Delivery",
    "Drill",
    "Enrichment",
    "Era",
    "Firing",
    "Hours",
    "Idempotency",
    "Incident",
    "Indicator",
    "Latency",
    "LoadTest",
    "Logged",
    "Migration",
    "Moment",
    "Observability",
    "OnCall",
    "Options",
    "Planted",
    "Platform",
    "Point",
    "Policy",
    "Prices",
    "Quotas",
    "Recovery",
    "Releases",
    "Retries",
    "Saturation",
    "Service",
    "Signals",
    "Storage",
    "Stream",
    "System",
    "Targets",
    "Team",
    "Tenancy",
    "Timeline",
    "Told",
    "Traffic",
    "Vendors",
    "at",
    "at_end_of",
    "data_folder",
    "load",
    "once",
    "what_if",
]
