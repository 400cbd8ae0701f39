"""The slow leak, looked for by what storage should cost: by driver, and by the bottom-up bill."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from playbook import cost
from playbook.model import DAYS_PER_MONTH, REGIONS, Planted, at, data_folder, load, what_if
from playbook.simulation import cusum
from playbook.studies import alarms

Floats = NDArray[np.float64]
SERVICE, WHERE = "Amazon Simple Storage Service", "us"
SLACK, LIMIT = 0.5, 5.0
DISAGREEMENTS = (0.02, 0.05, 0.1, 0.2)
RUNS, SEED = 400, 20251208
WEEKS, RISE = 4, 0.1


@dataclass(frozen=True, slots=True)
class Series:
    """Storage in one region by day: what it cost, what it should have by the model, and the events."""

    days: tuple[date, ...]
    paid_usd: Floats
    expected_usd: Floats
    events: Floats


def leak() -> Planted:
    """The leak that was planted."""
    return next(one for one in alarms.events() if one.kind == "leak")


@cache
def series() -> Series:
    """Storage where the leak was, from M0 on."""
    system, folder = load(), data_folder() / "cost/days"
    charged = pd.read_parquet(folder / "services.parquet")
    mine = charged[(charged["ServiceName"] == SERVICE) & (charged["RegionId"] == REGIONS[WHERE])]
    paid = mine.groupby(mine["ChargePeriodStart"].dt.date)["EffectiveCost"].sum()
    sent = pd.read_parquet(folder / "regions.parquet")
    whole = sent.groupby("usage_date")["events"].sum()
    local = sent[sent["region"] == REGIONS[WHERE]].set_index("usage_date")["events"]
    days = tuple(day for day in paid.index if day >= system.eras[0].end)
    expected = []
    for day in days:
        then = what_if(at(system, day), {"traffic.events_per_day": float(whole[day])})
        stored = (x.usd for x in cost.region_lines(then, WHERE) if x.item.startswith("archive, "))
        expected.append(math.fsum(stored) / DAYS_PER_MONTH)
    parts = (paid.loc[list(days)], pd.Series(expected), local.loc[list(days)])
    return Series(days, *(part.to_numpy(dtype=np.float64) for part in parts))


def by_driver_days() -> int | None:
    """Days of the leak until a week's cost for each event is a tenth above that of four weeks before."""
    found = series()
    week = [np.convolve(part, np.ones(7), "valid") for part in (found.paid_usd, found.events)]
    rate = week[0] / week[1]
    rise = rate[7 * WEEKS :] / rate[: -7 * WEEKS] - 1
    last = found.days[6 + 7 * WEEKS :]
    seen = [day for day, up in zip(last, rise, strict=True) if up > RISE and day >= leak().start]
    return (seen[0] - leak().start).days + 1 if seen else None


def by_driver_usd() -> float | None:
    """What the leak had cost by then; None where the rule never speaks."""
    days = by_driver_days()
    return None if days is None else alarms.spent_usd(leak().name, days)


def by_driver_false_days() -> int:
    """Days before the leak on which that rule spoke: the archive was filling up, faster than events came."""
    found = series()
    week = [np.convolve(part, np.ones(7), "valid") for part in (found.paid_usd, found.events)]
    rate = week[0] / week[1]
    rise = rate[7 * WEEKS :] / rate[: -7 * WEEKS] - 1
    last = found.days[6 + 7 * WEEKS :]
    return sum(up > RISE for day, up in zip(last, rise, strict=True) if day < leak().start)


@cache
def by_model_days(disagreement: float) -> tuple[float, float]:
    """Days of the leak until the cumulative sum speaks: median, and 95th percentile.

    Bill and model come from one source here and agree to the cent, which no bill of anybody's does. So the
    model's expectation is made to err, each day by itself, by a lognormal share of spread ``disagreement``,
    and the sum is run over such draws, from the leak's start.
    """
    found, rng = series(), np.random.default_rng(SEED)
    begin = found.days.index(leak().start)
    paid, expected = found.paid_usd[begin:], found.expected_usd[begin:]
    erring = np.exp(rng.normal(0.0, disagreement, (RUNS, len(paid))))
    scores = np.log(paid / (expected * erring)) / disagreement
    first = cusum.first_above(scores, slack=SLACK, limit=LIMIT) + 1
    if np.any(first == 0):
        raise ValueError(f"a disagreement of {disagreement} hides the leak to its end in some draws")
    return float(np.median(first)), float(np.quantile(first, 0.95))


def noticed_days() -> int:
    """Days of the leak until one of us saw it."""
    noticed = leak().noticed
    if noticed is None:
        raise ValueError(f"{leak().name} was never noticed: say when in data/cost/planted.toml")
    return (noticed - leak().start).days + 1


def ends() -> tuple[date, date]:
    """First and last day of the leak."""
    return leak().start, leak().end - timedelta(days=1)
