"""How well volume and bill could be forecast, and what the miss was made of."""

from datetime import timedelta
from functools import cache

import numpy as np

from playbook.answer import answer
from playbook.model import DAYS_PER_MONTH, System, load
from playbook.simulation import forecast
from playbook.simulation.forecast import Forecast, Trial
from playbook.studies import back_test
from playbook.studies.back_test import GIVEN, MODEL, TOLD, Score
from playbook.studies.changes import changes

RECORDS = ("bills",)
LEAST = 5


def of_bill(method: str, horizon: int) -> Score:
    """How a method did on the bill at one horizon."""
    return _score(back_test.bill_trials(), method, horizon)


def of_volume(method: str, horizon: int) -> Score:
    """How a method did on volume at one horizon."""
    return _score(back_test.volume_trials(), method, horizon)


def _score(trials: dict[str, tuple[Trial, ...]], method: str, horizon: int) -> Score:
    return next(row for row in back_test.scores(trials) if (row.method, row.horizon) == (method, horizon))


def by_misses(horizon: int) -> list[Trial]:
    """Bottom-up forecasts of the bill with intervals from the misses that were known, at one horizon."""
    trials = forecast.by_past_misses(back_test.bill_trials()[MODEL], least=LEAST, coverage=back_test.COVERAGE)
    return [trial for trial in trials if trial.horizon == horizon]


@cache
def ahead() -> Forecast:
    """The bill of the next twelve months in dollars a day, bottom-up with today's settings."""
    system, events = load(), back_test.volume()
    steps = back_test.HORIZONS[-1]
    return back_test.through_the_model(system, events, forecast.drift, every=True)(
        events, steps, back_test.COVERAGE
    )


@cache
def from_origin(origin: int) -> Forecast:
    """The same as it would have been after ``origin`` months."""
    made = back_test.through_the_model(load(), back_test.volume(), forecast.drift, every=True)
    return made(back_test.volume()[:origin], back_test.HORIZONS[-1], back_test.COVERAGE)


@answer(unit="months", show="{:d}")
def months(_system: System) -> int:
    """Months of the export."""
    return len(back_test.months())


@answer(unit="forecasts", show="{:d}")
def forecasts_next_month(_system: System) -> int:
    """Forecasts of the next month that could be scored."""
    return of_bill(MODEL, 1).forecasts


@answer(unit="forecasts", show="{:d}")
def forecasts_next_year(_system: System) -> int:
    """Forecasts of the month a year ahead that could be scored."""
    return of_bill(MODEL, 12).forecasts


@answer(unit="fraction", show="{:.1%}")
def volume_next_year_error_fraction(_system: System) -> float:
    """Mean error of volume twelve months ahead, by drift."""
    return of_volume("drift", 12).error_fraction


@answer(unit="fraction", show="{:.0%}")
def given_volume_next_year_error_fraction(_system: System) -> float:
    """Mean error of volume twelve months ahead, by the growth that we were given."""
    return of_volume(GIVEN, 12).error_fraction


@answer(unit="fraction", show="{:.1%}")
def next_month_error_fraction(_system: System) -> float:
    """Mean error of the bill one month ahead, bottom-up."""
    return of_bill(MODEL, 1).error_fraction


@answer(unit="fraction", show="{:.1%}")
def naive_next_month_error_fraction(_system: System) -> float:
    """Mean error of the bill one month ahead, had nothing been thought at all."""
    return of_bill("naive", 1).error_fraction


@answer(unit="fraction", show="{:.0%}")
def next_year_error_fraction(_system: System) -> float:
    """Mean error of the bill twelve months ahead, bottom-up."""
    return of_bill(MODEL, 12).error_fraction


@answer(unit="fraction", show="{:.0%}")
def drift_next_year_error_fraction(_system: System) -> float:
    """Mean error of the bill twelve months ahead, by drift."""
    return of_bill("drift", 12).error_fraction


@answer(unit="fraction", show="{:.0%}")
def told_next_year_error_fraction(_system: System) -> float:
    """Mean error of the bill twelve months ahead, bottom-up, volume told in advance."""
    return of_bill(TOLD, 12).error_fraction


@answer(unit="fraction", show="{:.0%}")
def given_next_year_error_fraction(_system: System) -> float:
    """Mean error of the bill twelve months ahead, bottom-up at the growth that we were given."""
    return of_bill(GIVEN, 12).error_fraction


@answer(unit="fraction", show="{:.0%}")
def settings_share_fraction(_system: System) -> float:
    """Share of the bottom-up error at twelve months that is left when volume is told: settings and prices."""
    return of_bill(TOLD, 12).error_fraction / of_bill(MODEL, 12).error_fraction


@answer(unit="fraction", show="{:.0%}")
def too_low_fraction(_system: System) -> float:
    """Share of bottom-up forecasts a year ahead that came out too low."""
    return back_test.too_low_fraction(MODEL, back_test.HORIZONS[-1])


@answer(unit="fraction", show="{:.0%}")
def covered_next_month_fraction(_system: System) -> float | None:
    """Share of months that the 80 % interval held, one month ahead, bottom-up."""
    return of_bill(MODEL, 1).covered_fraction


@answer(unit="fraction", show="{:.0%}")
def covered_next_year_fraction(_system: System) -> float | None:
    """Share of months that the 80 % interval held, twelve months ahead, bottom-up."""
    return of_bill(MODEL, 12).covered_fraction


@answer(unit="fraction", show="{:.0%}")
def drift_covered_next_year_fraction(_system: System) -> float | None:
    """Share of months that the 80 % interval held, twelve months ahead, by drift."""
    return of_bill("drift", 12).covered_fraction


@answer(unit="fraction", show="{:.0%}")
def volume_covered_next_year_fraction(_system: System) -> float | None:
    """Share of months that the 80 % interval of volume held, twelve months ahead, by drift."""
    return of_volume("drift", 12).covered_fraction


@answer(unit="fraction", show="{:.0%}")
def misses_covered_half_year_fraction(_system: System) -> float:
    """Share of months that an 80 % interval from our own past misses held, six months ahead."""
    return forecast.covered_fraction(by_misses(6))


@answer(unit="USD/month", show="${:,.0f}")
def next_month_usd(_system: System) -> float:
    """The bill of the month after the export, bottom-up with today's settings."""
    return float(ahead().median[0]) * next_month_days()


@answer(unit="USD/month", show="${:,.0f}")
def next_month_low_usd(system: System) -> float:
    """The low end of its 80 % interval, from the misses of every month before."""
    return next_month_usd(system) * _past_misses(0)


@answer(unit="USD/month", show="${:,.0f}")
def next_month_high_usd(system: System) -> float:
    """The high end of its 80 % interval."""
    return next_month_usd(system) * _past_misses(1)


@answer(unit="USD/month", show="${:,.0f}")
def next_year_usd(_system: System) -> float:
    """The bill of a mean month a year after the export, if we change nothing."""
    return float(ahead().median[11]) * DAYS_PER_MONTH


def next_month_days() -> int:
    """Days of the month after the export."""
    last = back_test.months()[-1]
    first = (last + timedelta(days=31)).replace(day=1)
    return ((first + timedelta(days=31)).replace(day=1) - first).days


def _past_misses(end: int) -> float:
    near = [trial.actual / trial.median for trial in back_test.bill_trials()[MODEL] if trial.horizon == 1]
    share = (1 + (2 * end - 1) * back_test.COVERAGE) / 2
    return float(np.quantile(near, share, method="hazen"))


@answer(unit="changes", show="{:d}")
def setting_changes(_system: System) -> int:
    """Days on which a decision of ours or a price moved the bill."""
    return len(changes())


@answer(unit="USD/month", show="${:,.0f}")
def moved_by_changes_usd_per_month(_system: System) -> float:
    """What those changes did to the bill together, each at the volume of its day."""
    return sum(change.usd_per_month for change in changes())


@answer(unit="USD/month", show="${:,.0f}")
def largest_change_usd_per_month(_system: System) -> float:
    """What the largest of them did."""
    return max((change.usd_per_month for change in changes()), key=abs)
