"""Ways to run the workers: clusters, containers without nodes, functions; in money and in hours."""

import math
from dataclasses import dataclass

from playbook.answer import answer
from playbook.cost.region import events_per_month, events_per_second, region_lines
from playbook.model import HOURS_PER_MONTH, REGIONS, System

CPUS_PER_NODE = 4
MILLION = 1e6


@dataclass(frozen=True, slots=True)
class Runtime:
    """A way to run enrichers and delivery workers in both regions: dollars and engineer hours a month."""

    name: str
    usd_per_month: float
    hours_per_month: float


def runtimes(system: System) -> tuple[Runtime, ...]:
    """The three that decision 0003 weighed, for the system's volume, the hours for one cluster a region."""
    o, upkeep = system.options, system.platform.hours_per_cluster_month * len(REGIONS)
    return (
        Runtime("EKS", _clusters(system), upkeep),
        Runtime("ECS on Fargate", _containers(system), o.containers_hours_per_month),
        Runtime("Lambda", _functions(system), o.functions_hours_per_month),
    )


def _clusters(system: System) -> float:
    """What the bill has under compute."""
    return math.fsum(
        x.usd for region in REGIONS for x in region_lines(system, region) if x.subject == "compute"
    )


def _containers(system: System) -> float:
    """As many vCPUs as the workers' nodes have, with a least number for what is there at any volume."""
    usd = 0.0
    for region in REGIONS:
        nodes = events_per_second(system, region) / system.platform.events_per_node_second
        cpus = max(system.options.least_cpus_per_region, math.ceil(nodes * CPUS_PER_NODE))
        price = system.prices[region]
        per_cpu = price.fargate_cpu + system.options.gigabytes_per_cpu * price.fargate_memory
        usd += cpus * HOURS_PER_MONTH * per_cpu
    return usd


def _functions(system: System) -> float:
    """Every event's processing, and every delivery's wait for its destination, by the gigabyte and second."""
    usd = 0.0
    for region in REGIONS:
        events, price = events_per_month(system, region), system.prices[region]
        deliveries = events * system.traffic.deliveries_per_event
        seconds = events * system.stream.consumer_seconds_per_record
        seconds += deliveries * system.delivery.seconds_per_delivery
        usd += seconds * system.options.function_gigabytes * price.function_time
        usd += (events / system.options.records_per_call + deliveries) / MILLION * price.function_requests
    return usd


@answer(unit="USD/month", show="${:,.0f}")
def functions_usd_per_month(system: System) -> float:
    """What functions instead of workers would cost."""
    return _functions(system)


@answer(unit="USD/month", show="${:,.0f}")
def containers_usd_per_month(system: System) -> float:
    """What containers without nodes would cost."""
    return _containers(system)


@answer(unit="USD/month", show="${:,.0f}")
def compute_usd_per_month(system: System) -> float:
    """What clusters and their nodes cost."""
    return _clusters(system)


@answer(unit="fraction", show="{:.0%}")
def function_waiting_fraction(system: System) -> float:
    """Share of a function's billed time in which it waits for a destination."""
    waits = system.traffic.deliveries_per_event * system.delivery.seconds_per_delivery
    return waits / (waits + system.stream.consumer_seconds_per_record)


@answer(unit="hours/month", show="{:g} hours a month")
def containers_hours(system: System) -> float:
    """Engineer hours a month that containers without nodes would take."""
    return system.options.containers_hours_per_month


@answer(unit="hours/month", show="{:g} hours a month")
def functions_hours(system: System) -> float:
    """Engineer hours a month that functions would take."""
    return system.options.functions_hours_per_month
