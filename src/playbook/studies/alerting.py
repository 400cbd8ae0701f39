"""Recipes of alerts over simulated years of incidents like ours, for our traffic and for a quiet service."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from playbook import reliability
from playbook.answer import answer
from playbook.model import System
from playbook.simulation import alerting
from playbook.simulation.alerting import Condition, Minutes, Recipe, Score

YEARS = 6
MINUTES_PER_YEAR = 365 * 24 * 60
EVENTS_PER_MINUTE = 100_000.0
SPREAD = 0.4
SEED = 20231211


def conditions(system: System, *, least_errors: int = 1) -> tuple[Condition, ...]:
    """Our alerts as conditions over minutes, the fastest first."""
    return tuple(
        Condition(
            long_minutes=round(alert.window_hours * 60),
            short_minutes=max(1, round(alert.window_hours * 60 / system.alerts.short_window_divisor)),
            burn_rate=alert.burn_rate,
            least_errors=least_errors,
        )
        for alert in reliability.alerts(system)
    )


@dataclass(frozen=True, slots=True)
class Life:
    """What happens to a service: incidents like ours, blips that nobody need hear of, traffic."""

    lived: tuple[tuple[float, float], ...]
    blips_per_week: float
    blip_minutes: float
    blip_late_fraction: float
    background_fraction: float
    objective: float
    window_days: float
    events_per_minute: float


def scores(system: System) -> tuple[tuple[Recipe, Score], ...]:
    """Each recipe with its score over simulated years of *fresh*."""
    return tuple((each, fresh_score(system, each)) for each in recipes(system))


def quiet_scores(system: System, *, least_errors: int = 1) -> tuple[tuple[Recipe, Score], ...]:
    """The same for the read API at night, a service of few requests."""
    return tuple((each, quiet_score(system, each)) for each in recipes(system, least_errors=least_errors))


def recipes(system: System, *, least_errors: int = 1) -> tuple[Recipe, ...]:
    """The Workbook's recipes with our conditions, our pages last; a page needs ``least_errors``."""
    ours = conditions(system, least_errors=least_errors)
    return alerting.recipes(ours, pages=len(ours) - 1, window_minutes=round(system.alerts.window_days * 1440))


def fresh_score(system: System, recipe: Recipe) -> Score:
    """A recipe's score over simulated years of *fresh*."""
    return _score(_life(system, EVENTS_PER_MINUTE), recipe, system.alerts.matters_budget_fraction)


def quiet_score(system: System, recipe: Recipe) -> Score:
    """A recipe's score over the same years of a service of few requests."""
    life = _life(system, system.alerts.reads_per_hour / 60)
    return _score(life, recipe, system.alerts.matters_budget_fraction)


def _life(system: System, events_per_minute: float) -> Life:
    late = tuple((each.minutes, each.late_events / each.handled_events) for each in system.log)
    return Life(
        lived=tuple((minutes, share) for minutes, share in late if share > 0),
        blips_per_week=system.alerts.blips_per_week,
        blip_minutes=system.alerts.blip_minutes,
        blip_late_fraction=system.alerts.blip_late_fraction,
        background_fraction=system.alerts.background_fraction,
        objective=system.targets.availability_fraction,
        window_days=system.alerts.window_days,
        events_per_minute=events_per_minute,
    )


@cache
def _score(life: Life, recipe: Recipe, matters_fraction: float) -> Score:
    return alerting.score(_years(life), recipe, objective=life.objective, matters_fraction=matters_fraction)


@cache
def _years(life: Life) -> Minutes:
    """Incidents drawn from those that we lived, one a month, and blips, each a little other."""
    rng = np.random.default_rng(SEED)
    total = YEARS * MINUTES_PER_YEAR
    incidents, blips = rng.poisson(12 * YEARS), rng.poisson(life.blips_per_week * 52 * YEARS)
    drawn = np.array(life.lived)[rng.integers(len(life.lived), size=incidents)]
    medians = np.vstack((drawn, np.tile((life.blip_minutes, life.blip_late_fraction), (blips, 1))))
    lengths = np.ceil(medians[:, 0] * rng.lognormal(0.0, SPREAD, len(medians))).astype(np.int64)
    severities = np.minimum(1.0, medians[:, 1] * rng.lognormal(0.0, SPREAD, len(medians)))
    return alerting.history(
        starts=rng.integers(total - int(lengths.max()), size=len(medians)),
        lengths=lengths,
        severities=severities,
        minutes=total,
        events_per_minute=life.events_per_minute,
        background_fraction=life.background_fraction,
        objective=life.objective,
        window_days=life.window_days,
        rng=rng,
    )


@answer(unit="fraction", show="{:.0%}")
def pages_precision_fraction(system: System) -> float | None:
    """Pages of ours that began while an incident that matters ran, over simulated years."""
    return fresh_score(system, recipes(system)[-1]).precision_fraction


@answer(unit="fraction", show="{:.0%}")
def pages_recall_fraction(system: System) -> float | None:
    """Incidents that matter which our pages caught, over simulated years."""
    return fresh_score(system, recipes(system)[-1]).recall_fraction


@answer(unit="min", show="{:.0f} minutes")
def pages_detection_minutes(system: System) -> float | None:
    """Median time to our page over simulated incidents that matter."""
    return fresh_score(system, recipes(system)[-1]).detection_minutes


@answer(unit="alerts/year", show="{:,.0f} a year")
def naive_alerts_per_year(system: System) -> float:
    """Alerts a year of the first recipe, ten minutes above the objective."""
    return fresh_score(system, recipes(system)[0]).alerts_per_year


@answer(unit="fraction", show="{:.0%}")
def single_precision_fraction(system: System) -> float | None:
    """Alerts of one burn rate over an hour that began while an incident that matters ran."""
    return fresh_score(system, recipes(system)[3]).precision_fraction


@answer(unit="fraction", show="{:.0%}")
def single_recall_fraction(system: System) -> float | None:
    """Incidents that matter which that one burn rate caught."""
    return fresh_score(system, recipes(system)[3]).recall_fraction


@answer(unit="alerts/year", show="{:,.0f} a year")
def quiet_alerts_per_year(system: System) -> float:
    """Pages a year that our recipe would give for the quiet service, one failed request being enough."""
    return quiet_score(system, recipes(system)[-1]).alerts_per_year


@answer(unit="fraction", show="{:.0%}")
def quiet_precision_fraction(system: System) -> float | None:
    """Share of those that began while an incident that matters ran."""
    return quiet_score(system, recipes(system)[-1]).precision_fraction


@answer(unit="fraction", show="{:.0%}")
def counted_precision_fraction(system: System) -> float | None:
    """The same when a page needs several failed requests."""
    return quiet_score(
        system, recipes(system, least_errors=system.alerts.least_errors)[-1]
    ).precision_fraction


@answer(unit="fraction", show="{:.0%}")
def counted_recall_fraction(system: System) -> float | None:
    """Incidents that matter which that page still catches in the quiet service."""
    return quiet_score(system, recipes(system, least_errors=system.alerts.least_errors)[-1]).recall_fraction
