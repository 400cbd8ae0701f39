"""What each decision cost or saved against the options that it rejected, in money and in hours."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from playbook import architecture, infrastructure, platform, reliability, security
from playbook.cost import levers
from playbook.cost.bill import (
    enrichment_unbounded_usd_per_month,
    enrichment_usd_per_month,
    standby_usd_per_month,
)
from playbook.cost.region import region_lines
from playbook.cost.runtimes import runtimes
from playbook.model import DAYS_PER_MONTH, REGIONS, System, at, once

MONEY_FOR_HOURS, HOURS_FOR_MONEY = "paid money, saved hours", "saved money, paid hours"
SAVED, COST = "dearer in neither", "cheaper in neither"
KINDS = (MONEY_FOR_HOURS, HOURS_FOR_MONEY, SAVED, COST)
ASKED_ENGINEERS = 2
WRITES_DONE = (date(2026, 2, 1), date(2026, 3, 1))
DECIDED: Mapping[str, date] = MappingProxyType(
    {
        "0003": date(2023, 12, 11),
        "0005": date(2024, 1, 22),
        "0006": date(2024, 2, 5),
        "0013": date(2024, 10, 14),
        "0014": date(2024, 11, 4),
        "0017": infrastructure.STANDBY_DECIDED,
        "0019": platform.FLOOR_DECIDED,
        "0020": date(2025, 10, 20),
        "0021": levers.ENRICHMENT_DECIDED,
        "0022": levers.WRITES_DECIDED,
    }
)


@dataclass(frozen=True, slots=True)
class Trade:
    """What we took less what we rejected, a month, at the volume of the day on which it was decided.

    Hours that were spent once are spread over a year. ``first`` marks the first option of the record's own
    list of which both sides are known. ``purse`` says whose money it is: the bill's, pay's or a
    contractor's.
    """

    record: str
    took: str
    against: str
    usd_per_month: float
    hours_per_month: float
    purse: str = "bill"
    first: bool = False

    @property
    def kind(self) -> str:
        """Which of the four corners of the plane it lies in; equal hours or money count for neither."""
        if self.usd_per_month <= 0:
            return SAVED if self.hours_per_month <= 0 else HOURS_FOR_MONEY
        return COST if self.hours_per_month >= 0 else MONEY_FOR_HOURS

    def usd_with_hours(self, *, usd_per_hour: float) -> float:
        """Money and hours together, dollars a month; negative where the choice was the cheaper one."""
        return self.usd_per_month + self.hours_per_month * usd_per_hour


@once
def trades(system: System) -> tuple[Trade, ...]:
    """Every rejected option whose money and hours both follow from the model, in the order of the records."""
    whole = (
        _stream,
        _runtime,
        _tenancy,
        _cluster,
        _watch,
        _hires,
        _standby,
        _floor,
        _cells,
        _labels,
        _writes,
        _threads,
    )
    return tuple(
        replace(trade, first=not place) for part in whole for place, trade in enumerate(part(system))
    )


def choices(system: System) -> tuple[Trade, ...]:
    """Those against the first option of each list: one for each choice."""
    return tuple(trade for trade in trades(system) if trade.first)


def _then(system: System, record: str) -> System:
    return at(system, DECIDED[record])


def _stream(system: System) -> Iterator[Trade]:
    ways = architecture.options(_then(system, "0003"))
    (took,) = (way for way in ways if way.name == "Kinesis, fan-out")
    for other in (way for way in ways if way is not took):
        usd, hours = took.usd_per_month - other.usd_per_month, took.hours_per_month - other.hours_per_month
        yield Trade("0003", "fan-out stream", other.name, usd, hours)


def _runtime(system: System) -> Iterator[Trade]:
    took, *others = runtimes(_then(system, "0003"))
    for other in others:
        usd, hours = took.usd_per_month - other.usd_per_month, took.hours_per_month - other.hours_per_month
        yield Trade("0003", "Kubernetes", other.name, usd, hours)


def _tenancy(system: System) -> Iterator[Trade]:
    then = _then(system, "0005")
    shared = math.fsum(x.usd for region in REGIONS for x in region_lines(then, region) if x.fixed)
    silos = security.silo_usd_per_tenant_month(then) * then.tenancy.tenants
    fewer = len(REGIONS) - then.tenancy.tenants
    yield Trade("0005", "one pool", "a silo each", shared - silos, fewer * _upkeep(then))


def _cluster(system: System) -> Iterator[Trade]:
    then, fewer = _then(system, "0006"), -added_cells(_then(system, "0020"))
    usd = fewer * levers.cell_usd_per_month(then)
    yield Trade("0006", "one cluster a region", "the cells of 0020", usd, fewer * _upkeep(then))


def _watch(system: System) -> Iterator[Trade]:
    then = _then(system, "0013")
    fee, saved, hire = then.on_call.partner_usd_per_month, partner_hours(then), _hire(then)
    missing = 8 - then.team.platform_engineers
    yield Trade("0013", "a night partner", "four carry it", fee, -saved, "contractor")
    forgone = missing * then.team.hours_per_engineer_month - saved
    yield Trade("0013", "a night partner", "hire to eight", fee - missing * hire, forgone, "pay")


def _hires(system: System) -> Iterator[Trade]:
    then = _then(system, "0014")
    usd, hours = ASKED_ENGINEERS * _hire(then), ASKED_ENGINEERS * then.team.hours_per_engineer_month
    yield Trade("0014", "two engineers", "leave it unspent", usd, -hours, "pay")
    extras = usd - then.team.extras_usd_per_month
    yield Trade(
        "0014", "two engineers", "managed extras", extras, then.team.extras_hours_per_month - hours, "pay"
    )


def _standby(system: System) -> Iterator[Trade]:
    then = _then(system, "0017")
    usd = then.platform.standby_clusters * standby_usd_per_month(then)
    yield Trade(
        "0017", "a pilot light", "restore from backups", usd, _upkeep(then) * then.platform.standby_clusters
    )
    yield Trade(
        "0017", "a pilot light", "a warm standby", -infrastructure.warm_extra_usd_per_month(then), 0.0
    )


def _floor(system: System) -> Iterator[Trade]:
    saved = infrastructure.warm_extra_usd_per_month(_then(system, "0019"))
    yield Trade("0019", "pods all night", "a warm standby", -saved, 0.0)


def _cells(system: System) -> Iterator[Trade]:
    then = _then(system, "0020")
    more = added_cells(then)
    each, upkeep = levers.cell_usd_per_month(then), _upkeep(then)
    yield Trade("0020", "five cells", "a bigger cluster", more * each, more * upkeep)
    yield Trade("0020", "five cells", "two and one", (more - 1) * each, (more - 1) * upkeep)


def _labels(system: System) -> Iterator[Trade]:
    then = _then(system, "0021")
    calls, own = enrichment_usd_per_month(then), then.enrichment
    usd, hours = calls - own.self_hosted_usd_per_month, -own.self_hosted_hours_per_month
    yield Trade("0021", "capped calls", "a model of our own", usd, hours)
    yield Trade(
        "0021", "capped calls", "calls without a limit", calls - enrichment_unbounded_usd_per_month(then), 0.0
    )


def _writes(system: System) -> Iterator[Trade]:
    then, hours = _then(system, "0022"), writes_hours(system) / 12
    saved, plan = levers.idempotency_saving_usd_per_month(then), levers.savings_plan_usd_per_month(then)
    yield Trade("0022", "fewer writes", "a savings plan", plan - saved, hours)
    yield Trade("0022", "fewer writes", "leave them", -saved, hours)


def _threads(system: System) -> Iterator[Trade]:
    then = _then(system, "0022")
    usd, hours = levers.thread_shards_usd_per_month(then), then.stream.consumer_rewrite_hours / 12
    yield Trade("0022", "shards as threads", "a consumer of several keys", usd, -hours)


def added_cells(system: System) -> int:
    """Clusters that serve production beyond one in each region."""
    return system.platform.us_clusters + system.platform.eu_clusters - len(REGIONS)


def partner_hours(system: System) -> float:
    """Hours of work a month that the partner takes off us: night pages, by volume without the EU's."""
    pages = reliability.pages_per_shift(system) * DAYS_PER_MONTH * system.traffic.us_fraction
    return pages * system.on_call.minutes_per_page / 60


def writes_hours(system: System) -> float:
    """Hours under cost in the ledger in the month of decision 0022, beyond the month before."""
    before, month = (
        math.fsum(line.hours for line in system.ledger if (line.month, line.cause) == (day, "cost"))
        for day in WRITES_DONE
    )
    return month - before


def _upkeep(system: System) -> float:
    return system.platform.hours_per_cluster_month


def _hire(system: System) -> float:
    return system.team.pay_usd_per_year / 12
