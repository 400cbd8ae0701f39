"""The billing export and the usage behind it, made from the bill's own quantities and prices."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType

import pandas as pd

from playbook import cost
from playbook.generate.billing import charges, focus, quantities, summary
from playbook.generate.billing import usage as meters
from playbook.generate.billing.catalogue import SKUS
from playbook.generate.billing.usage import FIRST
from playbook.model import System

FOLDER = "cost"
MONTHS_FROM, DAYS_FROM, UNTIL = FIRST, date(2026, 8, 1), date(2026, 11, 1)


def usage(system: System, *, start: date, end: date, grain: str = "daily") -> pd.DataFrame:
    """Meters by tenant from ``start`` to the day before ``end``; see ``usage.usage``."""
    return meters.usage(system, start=start, end=end, grain=grain)


def export(
    system: System, *, start: date = MONTHS_FROM, end: date = UNTIL, grain: str = "daily"
) -> pd.DataFrame:
    """A FOCUS 1.2 export of whole months, ``daily`` or ``monthly``; any stretch is a part of the whole.

    Raises ``ValueError`` for a stretch that does not begin and end on the first of a month.
    """
    if start.day != 1 or end.day != 1 or end <= start:
        raise ValueError(
            f"an export runs from the first of a month to the first of a later one, got {start}, {end}"
        )
    used = meters.usage(system, start=start, end=end)
    volume = used.groupby("usage_date")["events"].sum()
    made = charges.charges(system, quantities.quantities(system, volume.to_dict()), used)
    return focus.export(made, grain=grain)


def drivers(system: System) -> str:
    """What causes shared charges, as CSV: service, meter, and the column of usage that drives it.

    The driver is empty where nothing does: what stands still, a meter that counts what stands still as
    well (it says nothing about who moved it), and credits, which have no meter. What no rule should place
    either has no row.
    """
    placed = [item for item in SKUS if item not in (*cost.METERS, *cost.UNPLACED)]
    still = {(SKUS[item].service, SKUS[item].meter): ("", item) for item in reversed(placed)}
    told = {(SKUS[item].service, SKUS[item].meter): (by, item) for item, by in cost.METERS.items()}
    given = {(SKUS[x.item].service, ""): ("", "credits") for x in system.planted if x.kind == "credit"}
    rows = [f'{",".join(key)},{by},"{item}"' for key, (by, item) in (told | still | given).items()]
    return "\n".join(["ServiceName,SkuMeter,driver,why", *sorted(rows)]) + "\n"


GRAINS = {"monthly": MONTHS_FROM, "daily": DAYS_FROM}
FRAMES: Mapping[str, Callable[[System], pd.DataFrame]] = MappingProxyType(
    {
        f"{FOLDER}/{name}/{grain}.parquet": partial(view, start=start, end=UNTIL, grain=grain)
        for name, view in (("export", export), ("usage", usage))
        for grain, start in GRAINS.items()
    }
    | {
        f"{FOLDER}/days/services.parquet": partial(summary.services, start=FIRST, end=UNTIL),
        f"{FOLDER}/days/regions.parquet": partial(summary.regions, start=FIRST, end=UNTIL),
    }
)
