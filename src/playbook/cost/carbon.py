"""What the platform emits, as far as public coefficients reach, and what that is worth."""

import math
from collections.abc import Mapping
from types import MappingProxyType

from playbook.answer import answer
from playbook.cost.bill import lines
from playbook.cost.footprint import (
    CALLS,
    GRAMS_PER_KILOGRAM,
    GRAMS_PER_TONNE,
    NODES,
    footprints,
    grid_grams_per_kwh,
    is_unmeasured,
    making_grams,
    memory_kwh,
    node_hour_grams,
    processors_kwh,
)
from playbook.cost.region import MILLION
from playbook.laws import carbon
from playbook.model import HOURS_PER_MONTH, REGIONS, System

SERVERS = ("nodes, processors", "nodes, memory", "databases")
FAMILIES: Mapping[str, str] = MappingProxyType(
    {"general": "node_general", "compute": "node_compute", "memory": "node_memory"}
)


@answer(unit="g/million events", show="{:.0f} g of CO2e")
def carbon_grams_per_million(system: System) -> float:
    """Grams of CO2e per million events that the coefficients can see: use by location, and making.

    Software carbon intensity of each line by the grid that it draws from, added up.
    """
    millions = system.traffic.events_per_month / MILLION
    return math.fsum(
        carbon.intensity_grams(
            energy_kwh=part.energy_kwh,
            grid_grams_per_kwh=part.grid_grams_per_kwh,
            embodied_grams=part.embodied_grams,
            units=millions,
        )
        for part in footprints(system)
    )


@answer(unit="kg/month", show="{:,.0f} kg")
def carbon_kg_per_month(system: System) -> float:
    """The same in kilograms a month."""
    return carbon_grams_per_million(system) * system.traffic.events_per_month / MILLION / GRAMS_PER_KILOGRAM


@answer(unit="kWh/month", show="{:,.0f} kWh")
def carbon_kwh_per_month(system: System) -> float:
    """Energy at the data centres' meters of what is seen."""
    return math.fsum(part.energy_kwh for part in footprints(system))


@answer(unit="fraction", show="{:.0%}")
def carbon_embodied_fraction(system: System) -> float:
    """Share of it that was emitted when the servers were made."""
    made = math.fsum(part.embodied_grams for part in footprints(system))
    return made / GRAMS_PER_KILOGRAM / carbon_kg_per_month(system)


@answer(unit="fraction", show="{:.0%}")
def carbon_server_embodied_fraction(system: System) -> float:
    """The same of nodes and databases alone, the only hardware whose making is counted."""
    servers = [part for part in footprints(system) if part.subject in SERVERS]
    return math.fsum(part.embodied_grams for part in servers) / math.fsum(part.grams for part in servers)


@answer(unit="fraction", show="{:.0%}")
def carbon_other_environments_fraction(system: System) -> float:
    """Share of it from environments that serve no tenant."""
    other = math.fsum(part.grams for part in footprints(system) if part.environment == "other")
    return other / GRAMS_PER_KILOGRAM / carbon_kg_per_month(system)


@answer(unit="fraction", show="{:.0%}")
def carbon_warehouse_fraction(system: System) -> float:
    """Share of it from the disks of our own warehouse."""
    held = math.fsum(part.grams for part in footprints(system) if part.subject == "warehouse's disks")
    return held / GRAMS_PER_KILOGRAM / carbon_kg_per_month(system)


@answer(unit="USD/month", show="${:,.0f}")
def carbon_usd_per_month(system: System) -> float:
    """What that does to everybody, by the social cost of a tonne."""
    return carbon_kg_per_month(system) * GRAMS_PER_KILOGRAM / GRAMS_PER_TONNE * system.carbon.usd_per_tonne


@answer(unit="min/month", show="{:.0f} minutes")
def carbon_engineer_minutes(system: System) -> float:
    """Minutes of an engineer that cost as much."""
    hour = system.team.pay_usd_per_year / 12 / system.team.hours_per_engineer_month
    return carbon_usd_per_month(system) / hour * 60


@answer(unit="USD/month", show="${:,.0f}")
def carbon_unmeasured_usd_per_month(system: System) -> float:
    """What the managed services cost of which the coefficients know nothing, calls to a model aside."""
    return math.fsum(line.usd for line in lines(system) if is_unmeasured(line))


@answer(unit="fraction", show="{:.0%}")
def carbon_unmeasured_fraction(system: System) -> float:
    """The same over all that is hardware on the bill, calls included."""
    unseen = carbon_unmeasured_usd_per_month(system) + _calls_usd(system)
    return unseen / math.fsum(
        line.usd for line in lines(system) if line.subject != "support" and line.usd > 0
    )


@answer(unit="g/USD", show="{:.0f} g a dollar")
def full_node_grams_per_usd(system: System) -> float:
    """Grams per dollar of the worst node of ours, its processors full: the most for a dollar of hardware."""
    return max(_full_node_grams_per_usd(system, family, region) for region in REGIONS for family in FAMILIES)


@answer(unit="kg/month", show="{:,.0f} kg")
def carbon_unmeasured_at_most_kg(system: System) -> float:
    """What those services emit at most, were every dollar of theirs such a node."""
    return carbon_unmeasured_usd_per_month(system) * full_node_grams_per_usd(system) / GRAMS_PER_KILOGRAM


@answer(unit="kg/month", show="{:,.0f} kg")
def carbon_calls_kg(system: System) -> float:
    """What calls to a model emit by our guess of an accelerator: no bound, since nobody publishes one."""
    grams = _calls_usd(system) * full_node_grams_per_usd(system) * system.carbon.accelerator_factor
    return grams / GRAMS_PER_KILOGRAM


@answer(unit="g/million events", show="{:.0f} g of CO2e")
def carbon_at_most_grams_per_million(system: System) -> float:
    """Grams per million events with the bound for managed services, calls still aside."""
    bound = carbon_unmeasured_at_most_kg(system) * GRAMS_PER_KILOGRAM
    return carbon_grams_per_million(system) + bound / (system.traffic.events_per_month / MILLION)


@answer(unit="nodes", show="{:.0f} nodes")
def idle_worker_nodes(system: System) -> float:
    """Worker nodes beyond those that the mean volume fills, each region rounded up."""
    return sum(_workers(system, region) - _filled(system, region) for region in REGIONS)


@answer(unit="nodes", show="{:.0f} nodes")
def worker_nodes(system: System) -> float:
    """Worker nodes that run, by the bill."""
    return sum(_workers(system, region) for region in REGIONS)


@answer(unit="kg/month", show="{:,.0f} kg")
def idle_nodes_kg(system: System) -> float:
    """What the idle ones emit, making included."""
    idle = ((_workers(system, region) - _filled(system, region), region) for region in REGIONS)
    grams = (count * _worker_hour_grams(system, region) for count, region in idle)
    return math.fsum(grams) * HOURS_PER_MONTH / GRAMS_PER_KILOGRAM


@answer(unit="fraction", show="{:.0%}")
def idle_nodes_fraction(system: System) -> float:
    """Their share of what is seen."""
    return idle_nodes_kg(system) / carbon_kg_per_month(system)


def _full_node_grams_per_usd(system: System, family: str, region: str) -> float:
    cpus = system.carbon.node_cpus
    kwh = processors_kwh(system, cpus, utilisation=1.0) + memory_kwh(system, family, cpus)
    use = kwh * system.coefficients.pue * grid_grams_per_kwh(system, region)
    usd: float = getattr(system.prices[region], FAMILIES[family])
    return (use + making_grams(system, family, cpus)) / usd


def _calls_usd(system: System) -> float:
    return math.fsum(line.usd for line in lines(system) if line.item == CALLS)


def _workers(system: System, region: str) -> float:
    """Worker nodes of production in a region."""
    hours = math.fsum(
        line.quantity
        for line in lines(system)
        if line.where == region and line.environment == "production" and NODES.get(line.item) == "compute"
    )
    return hours / HOURS_PER_MONTH


def _filled(system: System, region: str) -> float:
    """Worker nodes that the mean volume of a region fills to the load that they are sized for."""
    mean = system.traffic.mean_per_second * system.traffic.region_fraction(region)
    return math.ceil(mean / system.platform.events_per_node_second)


def _worker_hour_grams(system: System, region: str) -> float:
    """Grams of one worker node for an hour, making included."""
    made = making_grams(system, "compute", system.carbon.node_cpus)
    return node_hour_grams(system, "compute", region) + made
