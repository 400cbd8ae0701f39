"""The bill's own quantities, day by day, and what was planted among them."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from playbook import cost
from playbook.cost import Line
from playbook.model import DAYS_PER_MONTH, Planted, System, at, what_if

WHOLE_MONTH = ("savings plan", "support plan")
COLUMNS = ("day", "where", "environment", "item", "quantity", "usd_per_unit", "planted")


def day_lines(system: System, day: date, *, events: float) -> tuple[Line, ...]:
    """The bill's lines for one day with so many events: what a mean month holds, over its days.

    Without the plan and the support fee, which the provider reckons by the month. Before M0 the system
    stands as on M0.
    """
    then = what_if(at(system, max(day, system.eras[0].end)), {"traffic.events_per_day": float(events)})
    return tuple(
        line._replace(quantity=line.quantity / DAYS_PER_MONTH)
        for line in cost.lines(then)
        if line.item not in WHOLE_MONTH
    )


def quantities(system: System, events: Mapping[date, float]) -> pd.DataFrame:
    """Every line of every day, planted extras as rows of their own.

    Columns ``day, where, environment, item, quantity, usd_per_unit, planted``; the last is empty for what
    the model implies.
    """
    rows = []
    for day, count in events.items():
        lines = day_lines(system, day, events=count)
        rows += [_row(day, line, line.quantity, "") for line in lines if line.quantity]
        for one in system.planted:
            if quantity := one.quantity(day):
                rows.append(_row(day, planted_line(lines, one), quantity, one.name))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(day: date, line: Line, quantity: float, planted: str) -> tuple[object, ...]:
    return day, line.where, line.environment, line.item, quantity, line.usd_per_unit, planted


def planted_line(lines: tuple[Line, ...], one: Planted) -> Line:
    """The line that an oddity sits on."""
    for line in lines:
        if (line.where, line.item, line.environment) == (one.where, one.item, "production"):
            return line
    raise ValueError(f"planted {one.name}: the bill has no line {one.item!r} in {one.where!r}")
