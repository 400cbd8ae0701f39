"""Two choices that carbon was asked about: nodes that are off at night, and a cleaner grid."""

import math

from playbook.answer import answer
from playbook.cost.bill import lines
from playbook.cost.carbon import carbon_kg_per_month
from playbook.cost.footprint import (
    GRAMS_PER_KILOGRAM,
    GRAMS_PER_TONNE,
    NODES,
    grid_grams_per_kwh,
    making_grams,
    node_hour_grams,
)
from playbook.cost.region import Line
from playbook.cost.unit import usd_per_month
from playbook.model import System

HOURS_PER_DAY = 24


@answer(unit="kg/month", show="{:,.0f} kg")
def nights_off_kg(system: System) -> float:
    """Carbon of use that the other environments' nodes would emit a month more, were they on at night."""
    return (
        math.fsum(_night_hours(system, line) * _use_grams(system, line) for line in _others(system))
        / GRAMS_PER_KILOGRAM
    )


@answer(unit="kg/month", show="{:,.0f} kg")
def nights_off_embodied_kg(system: System) -> float:
    """The share of making that the accounts would add to it: somebody else has the servers at night."""
    cpus = system.carbon.node_cpus
    grams = (
        _night_hours(system, line) * making_grams(system, NODES[line.item], cpus) for line in _others(system)
    )
    return math.fsum(grams) / GRAMS_PER_KILOGRAM


@answer(unit="USD/month", show="${:,.0f}")
def nights_off_usd_per_month(system: System) -> float:
    """What those nights would cost, support on it aside."""
    return math.fsum(_night_hours(system, line) * line.usd_per_unit for line in _others(system))


@answer(unit="fraction", show="{:.0%}")
def nights_off_of_carbon_fraction(system: System) -> float:
    """Carbon of use that the nights off avoid, over all that is seen and it."""
    return nights_off_kg(system) / (carbon_kg_per_month(system) + nights_off_kg(system))


@answer(unit="fraction", show="{:.1%}")
def nights_off_of_bill_fraction(system: System) -> float:
    """What the nights off save, over the bill and it."""
    return nights_off_usd_per_month(system) / (usd_per_month(system) + nights_off_usd_per_month(system))


@answer(unit="USD", show="${:,.0f}")
def nights_off_worth_usd_per_month(system: System) -> float:
    """What the carbon of those nights does to everybody, by the social cost of a tonne."""
    return nights_off_kg(system) * GRAMS_PER_KILOGRAM / GRAMS_PER_TONNE * system.carbon.usd_per_tonne


@answer(unit="USD/tonne", show="${:,.0f} a tonne")
def moving_usd_per_tonne(system: System) -> float:
    """What it costs to avoid a tonne by running a node in eu-west-1 instead of us-east-1."""
    dearer = system.prices["eu"].node_general - system.prices["us"].node_general
    saved = node_hour_grams(system, "general", "us") - node_hour_grams(system, "general", "eu")
    return dearer / saved * GRAMS_PER_TONNE


@answer(unit="fraction", show="{:.0%}")
def moving_saved_fraction(system: System) -> float:
    """Share of a node's carbon of use that the move avoids: what the one grid has over the other."""
    return 1 - grid_grams_per_kwh(system, "eu") / grid_grams_per_kwh(system, "us")


@answer(unit="USD/tonne", show="${:,.0f} a tonne")
def carbon_usd_per_tonne(system: System) -> float:
    """The social cost of a tonne."""
    return system.carbon.usd_per_tonne


def _others(system: System) -> list[Line]:
    """Nodes of the environments that serve no tenant."""
    return [line for line in lines(system) if line.environment == "other" and line.item in NODES]


def _night_hours(system: System, line: Line) -> float:
    """Node-hours a month in which such a line is off."""
    on = system.carbon.other_on_hours_per_day
    return line.quantity * (HOURS_PER_DAY - on) / on


def _use_grams(system: System, line: Line) -> float:
    return node_hour_grams(system, NODES[line.item], line.where)
