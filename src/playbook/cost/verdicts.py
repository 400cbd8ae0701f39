"""How often we traded money for hours, and whether what was not traded was reversed."""

import math

from playbook import context
from playbook.answer import answer
from playbook.cost.trades import COST, MONEY_FOR_HOURS, SAVED, Trade, choices
from playbook.model import System

SUPERSEDED = ("0006",)


@answer(unit="choices", show="{:d} choices")
def weighed_choices(system: System) -> int:
    """Choices that those records made, each held against the first such option of its list."""
    return len(choices(system))


@answer(unit="choices", show="{:d}")
def choices_money_for_hours(system: System) -> int:
    """Choices that paid money and saved hours."""
    return _count(choices(system), MONEY_FOR_HOURS)


@answer(unit="choices", show="{:d}")
def choices_bill_for_hours(system: System) -> int:
    """Choices that paid money and saved hours, where the money was on the cloud bill."""
    return _count(tuple(x for x in choices(system) if x.purse == "bill"), MONEY_FOR_HOURS)


@answer(unit="choices", show="{:d}")
def choices_dearer_in_neither(system: System) -> int:
    """Choices that took neither more money nor more hours than what they rejected."""
    return _count(choices(system), SAVED)


@answer(unit="choices", show="{:d}")
def choices_cheaper_in_neither(system: System) -> int:
    """Choices that took more money and more hours than what they rejected."""
    return _count(choices(system), COST)


@answer(unit="choices", show="{:d}")
def untraded_superseded_choices(system: System) -> int:
    """Those of them whose record has been superseded."""
    return sum(x.record in SUPERSEDED and x.kind != MONEY_FOR_HOURS for x in choices(system))


@answer(unit="choices", show="{:d}")
def choices_hours_larger(system: System) -> int:
    """Choices of which the hours, at pay, were the larger side."""
    price = context.engineer_hour_usd(system)
    return sum(abs(x.hours_per_month) * price > abs(x.usd_per_month) for x in choices(system))


@answer(unit="USD/month", show="${:,.0f}")
def cheaper_in_neither_usd_per_month(system: System) -> float:
    """Money that the choices which were cheaper in neither took beyond what they rejected, when decided."""
    return math.fsum(x.usd_per_month for x in choices(system) if x.kind == COST)


@answer(unit="hours/month", show="{:.0f} hours a month")
def cheaper_in_neither_hours(system: System) -> float:
    """Hours that the same choices took beyond it."""
    return math.fsum(x.hours_per_month for x in choices(system) if x.kind == COST)


def _count(found: tuple[Trade, ...], kind: str) -> int:
    return sum(trade.kind == kind for trade in found)
