"""Alert recipes over simulated minutes: what they catch, how soon, and how often they cry wolf."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from playbook.laws import domain

Counts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Condition:
    """Errors above ``burn_rate`` times the allowed share, over a long window and a short one, in minutes.

    It stays silent while the long window holds fewer than ``least_errors``.
    """

    long_minutes: int
    short_minutes: int
    burn_rate: float
    least_errors: int = 1


@dataclass(frozen=True, slots=True)
class Recipe:
    """An alert that speaks while any of its conditions has held for ``hold_minutes`` without a break."""

    name: str
    conditions: tuple[Condition, ...]
    hold_minutes: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Minutes:
    """Events and errors of each minute, and the incidents in them: first minute, length, budget spent.

    Arrays of shape (minutes,) and (incidents,); ``spent_fraction`` is each incident's share of the budget.
    """

    events: Counts
    errors: Counts
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    spent_fraction: Counts


@dataclass(frozen=True, slots=True)
class Score:
    """How a recipe did; None where there was nothing to judge.

    ``precision_fraction``: alerts that began while an incident that matters ran. ``recall_fraction``: such
    incidents that had an alert. ``detection_minutes``, ``reset_minutes``: medians over those.
    ``spent_fraction``: the mean share of a budget gone when the alert spoke.
    """

    alerts_per_year: float
    precision_fraction: float | None
    recall_fraction: float | None
    detection_minutes: float | None
    reset_minutes: float | None
    spent_fraction: float | None


def history(
    *,
    starts: NDArray[np.int64],
    lengths: NDArray[np.int64],
    severities: Counts,
    minutes: int,
    events_per_minute: float,
    background_fraction: float,
    objective: float,
    window_days: float,
    rng: np.random.Generator,
) -> Minutes:
    """Minutes of steady traffic with incidents in them, and errors at ``background_fraction`` beside.

    Events of a minute are Poisson, errors binomial among them; incidents that overlap fail the worst share.
    Raises ValueError for fractions outside 0–1, counts that are not positive, and incidents beyond the end.
    """
    domain.require_fractions(background_fraction=background_fraction, objective=objective)
    domain.require_positive(events_per_minute=events_per_minute, window_days=window_days)
    domain.require_counts(1, minutes=minutes)
    if len(starts) and int((starts + lengths).max()) > minutes:
        raise ValueError(f"an incident ends after minute {minutes}, the last: draw fewer or shorter ones")
    share = np.full(minutes, background_fraction)
    for start, length, severity in zip(starts, lengths, severities, strict=True):
        during = share[start : start + length]
        np.maximum(during, severity, out=during)
    events = rng.poisson(events_per_minute, minutes)
    errors = rng.binomial(events, share).astype(np.float64)
    budget = (1 - objective) * window_days * 24 * 60
    return Minutes(events.astype(np.float64), errors, starts, lengths, severities * lengths / budget)


def speaking(minutes: Minutes, recipe: Recipe, *, objective: float) -> NDArray[np.bool_]:
    """Whether the recipe speaks at the end of each minute, ``(minutes,)``.

    Windows hold the ratio of sums; one without traffic is silent.
    """
    events, errors = _cumulated(minutes.events), _cumulated(minutes.errors)
    any_holds = np.zeros(len(minutes.events), dtype=bool)
    for condition in recipe.conditions:
        allowed = condition.burn_rate * (1 - objective) * (1 + 1e-9)
        holds = np.ones(len(minutes.events), dtype=bool)
        for window in (condition.long_minutes, condition.short_minutes):
            holds &= _window(errors, window) > allowed * _window(events, window)
        any_holds |= holds & (_window(errors, condition.long_minutes) >= condition.least_errors)
    if not recipe.hold_minutes:
        return any_holds
    return _window(_cumulated(any_holds.astype(np.float64)), recipe.hold_minutes) >= recipe.hold_minutes


def score(minutes: Minutes, recipe: Recipe, *, objective: float, matters_fraction: float) -> Score:
    """The recipe's score against the incidents that spend at least ``matters_fraction`` of a budget.

    An alert that begins within an incident is its own; one that is still on from before notices it at once.
    """
    speaks = speaking(minutes, recipe, objective=objective)
    edges = np.flatnonzero(np.diff(speaks.astype(np.int8), prepend=0) == 1)
    silent = np.flatnonzero(np.diff(speaks.astype(np.int8), prepend=0) == -1)
    matters = minutes.spent_fraction >= matters_fraction
    starts, ends = minutes.starts[matters], (minutes.starts + minutes.lengths)[matters]
    spent, lengths = minutes.spent_fraction[matters], minutes.lengths[matters]
    heard = np.array([speaks[a:b].any() for a, b in zip(starts, ends, strict=True)], dtype=bool)
    delays = np.array([speaks[a:b].argmax() + 1 for a, b in zip(starts[heard], ends[heard], strict=True)])
    quiet = np.append(silent, len(speaks))
    resets = np.array([quiet[np.searchsorted(quiet, b)] - b if speaks[b - 1] else 0 for b in ends[heard]])
    true = sum(bool(((starts <= edge) & (edge < ends)).any()) for edge in edges)
    some = bool(heard.any())
    return Score(
        alerts_per_year=len(edges) / (len(speaks) / (365 * 24 * 60)),
        precision_fraction=true / len(edges) if len(edges) else None,
        recall_fraction=float(heard.mean()) if len(heard) else None,
        detection_minutes=float(np.median(delays)) if some else None,
        reset_minutes=float(np.median(resets)) if some else None,
        spent_fraction=float((spent[heard] * delays / lengths[heard]).mean()) if some else None,
    )


def recipes(ours: Sequence[Condition], *, pages: int, window_minutes: int) -> tuple[Recipe, ...]:
    """Six recipes of the SRE Workbook, chapter 5, in its order, with our conditions; then our pages alone.

    1 share of errors over ten minutes; 2 over a day and a half; 3 with a duration of an hour;
    4 one burn rate, 5 % of the budget in an hour; 5 several; 6 several with two windows.
    The first ``pages`` of ours wake us.
    """
    single = tuple(replace(each, short_minutes=each.long_minutes) for each in ours)
    return (
        Recipe("10 minutes above the objective", (Condition(10, 10, 1.0),)),
        Recipe("36 hours above the objective", (Condition(36 * 60, 36 * 60, 1.0),)),
        Recipe("above the objective for an hour", (Condition(1, 1, 1.0),), hold_minutes=60),
        Recipe("one burn rate", (Condition(60, 60, 0.05 * window_minutes / 60),)),
        Recipe("several burn rates", single),
        Recipe("several, two windows each", tuple(ours)),
        Recipe("our pages, without the ticket", tuple(ours[:pages])),
    )


def _cumulated(values: Counts) -> Counts:
    return np.concatenate(((0.0,), np.cumsum(values)))


def _window(cumulated: Counts, minutes: int) -> Counts:
    """Sum over the last ``minutes`` at the end of each minute; the first windows are shorter."""
    last = np.arange(1, len(cumulated))
    return cumulated[1:] - cumulated[np.maximum(last - minutes, 0)]
