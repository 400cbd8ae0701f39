"""Volume and bill forecast from each month as it was then, against what came.

The bill is its effective cost, credits and corrections included, in dollars a day: how long a month is
need not be forecast. The months are those of the export.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from playbook import cost
from playbook.model import DAYS_PER_MONTH, System, at, data_folder, load, what_if
from playbook.simulation import forecast
from playbook.simulation.forecast import Forecast, Method, Trial

Floats = NDArray[np.float64]
HORIZONS = (1, 3, 6, 12)
FIRST, COVERAGE = 6, 0.8
EXTRAPOLATED: dict[str, Method] = {
    "naive": forecast.naive,
    "drift": forecast.drift,
    "log-linear": forecast.log_linear,
    "Holt": forecast.holt,
}
GIVEN, MODEL, TOLD = "given growth", "bottom-up", "bottom-up, volume told"
MISSES = "bottom-up, by its own misses"


@dataclass(frozen=True, slots=True)
class Score:
    """How one method did at one horizon; ``relative`` is its error over that of the naive forecast.

    ``covered_fraction`` is None for a method without an interval.
    """

    method: str
    horizon: int
    forecasts: int
    error_fraction: float
    relative: float
    covered_fraction: float | None


def months() -> tuple[date, ...]:
    """First of each month of the export."""
    return tuple(_months()[0])


def volume() -> Floats:
    """Events a day by month, ``(months,)``."""
    return _months()[1]


def bill() -> Floats:
    """Effective cost in dollars a day by month, ``(months,)``."""
    return _months()[2]


@cache
def _months() -> tuple[list[date], Floats, Floats]:
    folder = data_folder() / "cost/days"
    charged = pd.read_parquet(folder / "services.parquet", columns=["BillingPeriodStart", "EffectiveCost"])
    spent = charged.groupby("BillingPeriodStart")["EffectiveCost"].sum()
    sent = pd.read_parquet(folder / "regions.parquet")
    month = pd.to_datetime(sent["usage_date"]).dt.to_period("M")
    events, days = sent.groupby(month)["events"].sum(), spent.index.days_in_month.to_numpy()
    return [stamp.date() for stamp in spent.index], events.to_numpy() / days, spent.to_numpy() / days


@cache
def volume_trials() -> dict[str, tuple[Trial, ...]]:
    """Every forecast of volume, by method."""
    growth = load().targets.growth_per_month_fraction
    methods = {**EXTRAPOLATED, GIVEN: _at_growth(growth)}
    return {name: _tested(volume(), method) for name, method in methods.items()}


@cache
def bill_trials() -> dict[str, tuple[Trial, ...]]:
    """Every forecast of the bill, by method; bottom-up takes a forecast of volume through the model.

    The model and its settings are those recorded for the day of each forecast: no what-if moves them.
    """
    system, events = load(), volume()

    def told(past: Floats, steps: int, _: float) -> Forecast:
        known = np.append(events, np.full(steps, np.nan))[len(past) : len(past) + steps]
        return Forecast(known, known, known)

    bottom_up = {
        GIVEN: _at_growth(system.targets.growth_per_month_fraction),
        MODEL: forecast.drift,
        TOLD: told,
    }
    made = {name: _tested(bill(), method) for name, method in EXTRAPOLATED.items()}
    for name, method in bottom_up.items():
        made[name] = _tested(bill(), through_the_model(system, events, method))
    return made


def _tested(values: Floats, method: Method) -> tuple[Trial, ...]:
    return forecast.back_test(values, method, horizons=HORIZONS, first=FIRST, coverage=COVERAGE)


def _at_growth(fraction: float) -> Method:
    """The last value, growing at one rate; a number that nobody gave an interval has none."""

    def method(past: Floats, steps: int, _: float) -> Forecast:
        grown = past[-1] * (1 + fraction) ** np.arange(1, steps + 1)
        return Forecast(grown, grown, grown)

    return method


def through_the_model(system: System, events: Floats, method: Method, *, every: bool = False) -> Method:
    """The bill of the forecast volume and of both ends of its interval, settings as on the last known day.

    At the horizons that are scored, or at ``every`` step; not a number between them.
    """

    def made(past: Floats, steps: int, coverage: float) -> Forecast:
        ahead = method(events[: len(past)], steps, coverage)
        known = settings(system, len(past))
        parts = (_bills(known, part, every=every) for part in (ahead.median, ahead.low, ahead.high))
        return Forecast(*parts)

    return made


def settings(system: System, origin: int) -> System:
    """The system on the last day of the month ``origin``, counted from 1; on M0 for those before."""
    first = months()[origin - 1]
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return at(system, max(last, system.eras[0].end))


def usd_per_day(system: System, events_per_day: float) -> float:
    """What a day costs with so many events and these settings."""
    return cost.usd_per_month(what_if(system, {"traffic.events_per_day": events_per_day})) / DAYS_PER_MONTH


def _bills(known: System, events: Floats, *, every: bool) -> Floats:
    low, high = known.assumptions["traffic.events_per_day"].limits
    wanted = range(len(events)) if every else {step - 1 for step in HORIZONS}
    return np.array(
        [
            usd_per_day(known, float(np.clip(count, low, high))) if i in wanted and count == count else np.nan
            for i, count in enumerate(events)
        ]
    )


def scores(trials: dict[str, tuple[Trial, ...]]) -> list[Score]:
    """Each method at each horizon, over the same origins."""
    rows = []
    for name, mine in trials.items():
        for horizon in HORIZONS:
            some, plainly = ([t for t in those if t.horizon == horizon] for those in (mine, trials["naive"]))
            rows.append(
                Score(
                    method=name,
                    horizon=horizon,
                    forecasts=len(some),
                    error_fraction=forecast.mean_absolute_fraction(some),
                    relative=forecast.relative_error(some, plainly),
                    covered_fraction=_covered(some),
                )
            )
    return rows


def too_low_fraction(method: str, horizon: int) -> float:
    """Share of a method's forecasts of the bill, at one horizon, that came out below what came."""
    some = [trial for trial in bill_trials()[method] if trial.horizon == horizon]
    return sum(trial.error < 0 for trial in some) / len(some)


def _covered(trials: list[Trial]) -> float | None:
    return forecast.covered_fraction(trials) if any(t.low < t.high for t in trials) else None
