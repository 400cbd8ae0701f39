"""Years of incidents like those of the log against the budget, simulated and in closed form."""

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from playbook import reliability
from playbook.answer import answer
from playbook.model import System, what_if
from playbook.simulation import incidents, risk
from playbook.studies.losses import (
    SEED,
    Sizes,
    fitted,
    history,
    logged_history,
    logged_years,
    losses,
    sizes,
)

RESAMPLES = 400
CONTAINABLE = ("tenant's load", "destination")
LOWEST, HIGHEST = 5.0, 95.0


def budget_seconds(system: System) -> float:
    """Seconds of full outage that the objective allows in one window."""
    return reliability.error_budget_minutes(system) * 60


def over_fractions(system: System, multiples: tuple[float, ...]) -> list[float]:
    """Share of time in which the rolling window is over each multiple of the budget, simulated."""
    told, budget, days = history(system), budget_seconds(system), system.alerts.window_days
    return [
        incidents.time_in_breach_fraction(told, budget_seconds=many * budget, window_days=days)
        for many in multiples
    ]


def closed_over_fractions(system: System, multiples: tuple[float, ...]) -> list[float]:
    """The same in closed form: a Poisson number of lognormal losses in a window, of no length."""
    return _closed(sizes(system), system.alerts.window_days, budget_seconds(system) * np.array(multiples))


def _closed(known: Sizes, days: float, thresholds: NDArray[np.float64]) -> list[float]:
    found = risk.exceedance_fraction(
        events_per_year=known.per_year * days / 365,
        median_loss=known.median_loss_seconds,
        sigma=known.sigma,
        thresholds=thresholds,
    )
    return [float(share) for share in found]


def over_interval(system: System) -> tuple[float, float]:
    """5th and 95th percentile of the share of time over budget, over logs drawn again from this one."""
    return _interval(
        losses(system).tobytes(), logged_years(system), system.alerts.window_days, budget_seconds(system)
    )


@cache
def _interval(log: bytes, years: float, days: float, budget: float) -> tuple[float, float]:
    found = np.frombuffer(log).reshape(-1, 2)
    rng = np.random.default_rng(SEED)
    counts = np.maximum(3, rng.poisson(len(found), RESAMPLES))
    again = (fitted(rng.choice(found, size=count), years) for count in counts)
    shares = [_closed(known, days, np.array([budget]))[0] for known in again]
    low, high = np.percentile(shares, (LOWEST, HIGHEST))
    return float(low), float(high)


def missed_fraction(system: System) -> float:
    """Share of simulated quarters in which the rolling window is over budget at some time."""
    return incidents.missed_periods_fraction(
        history(system), budget_seconds=budget_seconds(system), window_days=system.alerts.window_days
    )


@answer(unit="incidents/year", show="{:.0f} a year")
def incidents_per_year(system: System) -> float:
    """Incidents a year that made anything late, over the whole log."""
    return sizes(system).per_year


@answer(unit="min", show="{:.1f} minutes")
def median_loss_minutes(system: System) -> float:
    """Full outage, at the mean volume, that the median incident is worth."""
    return sizes(system).median_loss_seconds / 60


@answer(unit="×", show="{:.0f} times")
def mean_over_median_loss(system: System) -> float:
    """The mean of the fitted losses over their median."""
    return sizes(system).mean_loss_seconds / sizes(system).median_loss_seconds


@answer(unit="min/month", show="{:.1f} minutes")
def mean_window_minutes(system: System) -> float:
    """Expected loss of a window, in closed form: incidents in a window times their mean loss."""
    known = sizes(system)
    return known.per_year * system.alerts.window_days / 365 * known.mean_loss_seconds / 60


@answer(unit="min/month", show="{:.1f} minutes")
def simulated_window_minutes(system: System) -> float:
    """The same over the simulated years."""
    told = history(system)
    lost = float(np.dot(told.durations_seconds, told.severities))
    return lost / told.seconds * system.alerts.window_days * 86_400 / 60


@answer(unit="min/month", show="{:.2f}")
def simulated_window_error_minutes(system: System) -> float:
    """Its standard error: of a compound Poisson sum, the root of the sum of squared losses."""
    told = history(system)
    error = float(np.linalg.norm(told.durations_seconds * told.severities))
    return error / told.seconds * system.alerts.window_days * 86_400 / 60


@answer(unit="standard errors", show="{:.1f} standard errors")
def simulated_window_gap_errors(system: System) -> float:
    """How far the simulated mean loss of a window lies from the closed form."""
    gap = abs(simulated_window_minutes(system) - mean_window_minutes(system))
    return gap / simulated_window_error_minutes(system)


@answer(unit="min/month", show="{:.1f} minutes")
def logged_window_minutes(system: System) -> float:
    """Loss of a mean window in the log itself."""
    return float(losses(system)[:, 0].sum()) / logged_years(system) * system.alerts.window_days / 365 / 60


@answer(unit="fraction", show="{:.1%}")
def over_budget_time_fraction(system: System) -> float:
    """Share of time in which the rolling window is over budget, simulated."""
    return over_fractions(system, (1.0,))[0]


@answer(unit="fraction", show="{:.1%}")
def closed_over_budget_time_fraction(system: System) -> float:
    """The same in closed form."""
    return closed_over_fractions(system, (1.0,))[0]


@answer(unit="fraction", show="{:.0%}")
def over_budget_time_low_fraction(system: System) -> float:
    """Its 5th percentile over logs drawn again from this one."""
    return over_interval(system)[0]


@answer(unit="fraction", show="{:.0%}")
def over_budget_time_high_fraction(system: System) -> float:
    """Its 95th percentile over logs drawn again from this one."""
    return over_interval(system)[1]


@answer(unit="fraction", show="{:.0%}")
def missed_quarter_fraction(system: System) -> float:
    """Chance that the rolling window is over budget at some time in a quarter."""
    return missed_fraction(system)


@answer(unit="fraction", show="{:.0%}")
def single_incident_fraction(system: System) -> float:
    """Share of incidents that spend the budget alone."""
    known = sizes(system)
    return float(special.ndtr(np.log(known.median_loss_seconds / budget_seconds(system)) / known.sigma))


@answer(unit="fraction", show="{:.0%}")
def single_incident_quarter_fraction(system: System) -> float:
    """Chance of one incident in a quarter that spends the budget alone: a floor under the chance to miss."""
    return float(-np.expm1(-incidents_per_year(system) / 4 * single_incident_fraction(system)))


@answer(unit="fraction", show="{:.0%}")
def nine_missed_quarter_fraction(system: System) -> float:
    """Chance to miss a quarter with one nine more, were incidents to stay as they are."""
    return missed_fraction(one_nine_more(system))


@answer(unit="incidents/year", show="{:.1f} a year")
def nine_incidents_per_year(system: System) -> float:
    """Incidents a year, of the same sizes, that would keep one nine more as often as we keep ours."""
    target, known = closed_over_budget_time_fraction(system), sizes(system)
    return same_odds_per_year(known, target, system.alerts.window_days, budget_seconds(one_nine_more(system)))


def one_nine_more(system: System) -> System:
    """The same system with a tenth of the budget."""
    return what_if(system, {"targets.availability_fraction": reliability.extra_nine_fraction(system)})


def same_odds_per_year(known: Sizes, share: float, days: float, budget: float) -> float:
    """Incidents a year at which that budget is exceeded that share of time, by bisection."""

    def beyond(per_year: float) -> float:
        return _closed(replace(known, per_year=per_year), days, np.array([budget]))[0] - share

    return float(optimize.brentq(beyond, 1e-6, known.per_year, xtol=1e-3))


def over_without(system: System, causes: tuple[str, ...]) -> float:
    """Share of time over budget, in closed form, fitted to the log without some classes of cause."""
    known = fitted(losses(system, without=causes), logged_years(system))
    return _closed(known, system.alerts.window_days, np.array([budget_seconds(system)]))[0]


@answer(unit="fraction", show="{:.1%}")
def contained_over_budget_time_fraction(system: System) -> float:
    """Share of time over budget, in closed form, had quotas and retry budgets contained all they can."""
    return over_without(system, CONTAINABLE)


@answer(unit="fraction", show="{:.0%}")
def logged_over_budget_time_fraction(system: System) -> float:
    """Share of time in which the rolling window was over budget, by the log itself."""
    return incidents.time_in_breach_fraction(
        logged_history(system), budget_seconds=budget_seconds(system), window_days=system.alerts.window_days
    ) * (logged_history(system).years / logged_years(system))
