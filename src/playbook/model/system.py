"""The shape of the system: frozen groups of plain numbers, one group per subject, by section.

Units stand in the names. Where each number comes from stands in ``data/``, under the same path.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from types import MappingProxyType
from typing import get_type_hints

from playbook.model.architecture import Idempotency, Latency, LoadTest, Options, Quotas, Storage, Stream
from playbook.model.assumption import Assumption
from playbook.model.carbon import Carbon, Coefficients
from playbook.model.context import Contracts, Hours, Targets, Team, Tenancy, Traffic
from playbook.model.cost import Attribution, Commitment, Enrichment, Prices
from playbook.model.delivery import Canary, Migration, Releases
from playbook.model.drills import Drill
from playbook.model.firing import Firing
from playbook.model.infrastructure import Recovery, Vendors
from playbook.model.log import Logged
from playbook.model.objectives import Service
from playbook.model.planted import Planted
from playbook.model.platform import Delivery, Observability, Platform
from playbook.model.reliability import Alerts, Backlog, Incident, OnCall, Policy, Retries, Signals
from playbook.model.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Era:
    """A stretch of the system's life; it ends on the day the next begins."""

    name: str
    title: str
    start: date
    end: date
    about: str


@dataclass(frozen=True, slots=True)
class System:
    """DataFlow on one day: its groups, its eras, its incidents, and what stands behind every number."""

    traffic: Traffic
    tenancy: Tenancy
    contracts: Contracts
    team: Team
    targets: Targets
    stream: Stream
    delivery: Delivery
    latency: Latency
    options: Options
    quotas: Quotas
    idempotency: Idempotency
    platform: Platform
    storage: Storage
    observability: Observability
    enrichment: Enrichment
    attribution: Attribution
    commitment: Commitment
    carbon: Carbon
    coefficients: Coefficients
    alerts: Alerts
    retries: Retries
    on_call: OnCall
    signals: Signals
    backlog: Backlog
    policy: Policy
    vendors: Vendors
    recovery: Recovery
    canary: Canary
    releases: Releases
    migration: Migration
    prices: Mapping[str, Prices]
    as_of: date
    eras: tuple[Era, ...]
    incidents: tuple[Incident, ...]
    objectives: tuple[Service, ...]
    timelines: tuple[Timeline, ...]
    firings: tuple[Firing, ...]
    log: tuple[Logged, ...]
    drills: tuple[Drill, ...]
    ledger: tuple[Hours, ...]
    planted: tuple[Planted, ...]
    load_test: tuple[LoadTest, ...]
    assumptions: Mapping[str, Assumption]


REGIONS: Mapping[str, str] = MappingProxyType({"us": "us-east-1", "eu": "eu-west-1"})
GROUPS: Mapping[str, type] = MappingProxyType(
    {
        field.name: hint
        for field in fields(System)
        if isinstance(hint := get_type_hints(System)[field.name], type)
        and hasattr(hint, "__dataclass_fields__")
    }
)
PRICE_UNITS: Mapping[str, str] = MappingProxyType(
    {name: hint.__metadata__[0] for name, hint in get_type_hints(Prices, include_extras=True).items()}
)
