"""What of the export is laid at whose door, and what each rule does to whom."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from playbook import billing
from playbook.answer import answer
from playbook.cost.tenants import METERED_SINCE
from playbook.model import System
from playbook.studies import own_export
from playbook.studies.own_export import Given, Row

EXPORT, USAGE, DRIVERS = (
    f"data/cost/{name}" for name in ("export/monthly.parquet", "usage/monthly.parquet", "drivers.csv")
)
Ways = Mapping[str, float]


def ways(system: System, on: date | None = None) -> Ways:
    """Dollars of the last month that ended by a day: direct, caused, placed equally, unallocatable."""
    return _ways()[month(on or system.as_of)]


def months() -> Mapping[date, Ways]:
    """The same for every month of the export."""
    return _ways()


def month(day: date) -> date:
    """The last month of the export that had ended on a day; the first, if none had."""
    ended = [m for m in _ways() if (m.year, m.month) < (day.year, day.month)]
    return max(ended, default=min(_ways()))


@answer(unit="fraction", show="{:.1%}")
def direct_fraction(system: System) -> float:
    """Share of last month's bill that a tag names a tenant for."""
    return ways(system)["direct"] / whole(system)


@answer(unit="fraction", show="{:.1%}")
def caused_fraction(system: System) -> float:
    """Share of last month's bill that is shared and that a meter says who drives."""
    return ways(system)["caused"] / whole(system)


@answer(unit="fraction", show="{:.1%}")
def placed_fraction(system: System) -> float:
    """Share of last month's bill that nobody drives, placed by a rule."""
    return ways(system)["placed"] / whole(system)


@answer(unit="fraction", show="{:.1%}")
def unallocatable_fraction(system: System) -> float:
    """Share of last month's bill that neither a tag nor a meter nor a rule reaches."""
    return ways(system)["unallocatable"] / whole(system)


@answer(unit="fraction", show="{:.1%}")
def attributed_fraction(system: System) -> float:
    """Share of last month's bill that bears a tenant's name, in whatever way it came by it."""
    return 1 - unallocatable_fraction(system)


@answer(unit="fraction", show="{:.1%}")
def known_fraction(system: System) -> float:
    """Share of last month's bill that a tag or a meter lays at a tenant's door, no rule needed."""
    return direct_fraction(system) + caused_fraction(system)


@answer(unit="fraction", show="{:.1%}")
def direct_when_decided_fraction(system: System) -> float:
    """Share that tags reached in the last month before decision 0018."""
    then = ways(system, min(METERED_SINCE, system.as_of))
    return then["direct"] / math.fsum(then.values())


@answer(unit="fraction", show="{:.1%}")
def known_when_decided_fraction(system: System) -> float:
    """Share that tags and meters would have reached in the last month before decision 0018."""
    then = ways(system, min(METERED_SINCE, system.as_of))
    return (then["direct"] + then["caused"]) / math.fsum(then.values())


@answer(unit="USD/month", show="${:,.0f}")
def whole(system: System) -> float:
    """Last month's effective cost, as the export has it."""
    return math.fsum(ways(system).values())


@answer(unit="USD/month", show="${:,.0f}")
def unallocatable_usd(system: System) -> float:
    """Last month's cost that nobody can be named for."""
    return ways(system)["unallocatable"]


@cache
def given() -> Given:
    """Our export with its usage and drivers."""
    return own_export.given(EXPORT, USAGE, DRIVERS)


@cache
def rows(rule: billing.Rule) -> Sequence[Row]:
    """Every month and tenant of our export under a rule."""
    return tuple(given().rows(rule))


@cache
def _ways() -> Mapping[date, Ways]:
    found: dict[date, dict[str, float]] = {}
    for row in rows("equal"):
        sums = found.setdefault(day(row["month"]), dict.fromkeys((*own_export.WAYS, "unallocatable"), 0.0))
        for way in own_export.WAYS:
            sums[way] += usd(row[way])
        sums["unallocatable"] += usd(row["total"]) if row["tenant"] is None else 0.0
    return found


@cache
def usage() -> Sequence[Row]:
    """Our usage by month, tenant and region."""
    usage = given().usage
    return [] if usage is None else usage.to_pyarrow().to_pylist()


def day(value: object) -> date:
    """A date, of a value that must be one."""
    if not isinstance(value, date):
        raise ValueError(f"month {value!r} is no date: the export has rows without a billing period")
    return value


def usd(value: object) -> float:
    """Dollars, of a value that is a number or missing."""
    return float(value) if isinstance(value, int | float) else 0.0
