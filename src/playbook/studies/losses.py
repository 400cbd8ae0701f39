"""How often incidents come and how much they lose, fitted to the log; and years of them."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from playbook import reliability
from playbook.model import System
from playbook.simulation.incidents import SECONDS_PER_YEAR, Histories

SEED = 20261106
YEARS = 10_000


@dataclass(frozen=True, slots=True)
class Sizes:
    """What the log says of incidents: how many come a year, and how large they are.

    Loss is seconds of full outage at the mean volume, lognormal; the length that goes with it, also at the
    mean volume, is lognormal as well and correlated. Those without a late event are left out.
    """

    per_year: float
    median_loss_seconds: float
    sigma: float
    median_length_seconds: float
    length_sigma: float
    correlation: float

    @property
    def mean_loss_seconds(self) -> float:
        """Mean loss of one incident: of a lognormal, exp(sigma²/2) times its median."""
        return float(self.median_loss_seconds * np.exp(self.sigma**2 / 2))


def sizes(system: System) -> Sizes:
    """The fit to the whole log."""
    return fitted(losses(system), logged_years(system))


def logged_years(system: System) -> float:
    """Years that the log covers."""
    return (system.eras[-1].end - system.eras[0].end).days / 365


def late_rows(system: System, *, without: tuple[str, ...] = ()) -> list[reliability.Spent]:
    """Lines of the log with a late event, but for some classes of cause."""
    late = [row for row in reliability.spent(system) if row.logged.late_events > 0]
    return [row for row in late if row.logged.cause not in without]


def losses(system: System, *, without: tuple[str, ...] = ()) -> NDArray[np.float64]:
    """Loss and length of each of those, in seconds at the mean volume of its day, shape (n, 2)."""
    rows = late_rows(system, without=without)
    seconds = [
        (row.handled_minutes * 60 * row.logged.late_fraction, row.handled_minutes * 60) for row in rows
    ]
    return np.array(seconds)


def fitted(found: NDArray[np.float64], years: float) -> Sizes:
    """The fit to losses and lengths, shape (n, 2), that came in so many years."""
    logs = np.log(found)
    (loss, length), (sigma, length_sigma) = logs.mean(axis=0), logs.std(axis=0, ddof=1)
    return Sizes(
        per_year=len(found) / years,
        median_loss_seconds=float(np.exp(loss)),
        sigma=float(sigma),
        median_length_seconds=float(np.exp(length)),
        length_sigma=float(length_sigma),
        correlation=float(np.corrcoef(logs.T)[0, 1]),
    )


def history(system: System) -> Histories:
    """10,000 simulated years of incidents like those of the log."""
    return _history(sizes(system))


@cache
def _history(known: Sizes) -> Histories:
    rng = np.random.default_rng(SEED)
    count = int(rng.poisson(known.per_year * YEARS))
    starts = np.sort(rng.random(count)) * (YEARS * SECONDS_PER_YEAR)
    first, second = rng.standard_normal((2, count))
    other = known.correlation * first + np.sqrt(1 - known.correlation**2) * second
    loss = known.median_loss_seconds * np.exp(known.sigma * first)
    # No incident loses more than all: one that would is longer instead, and the loss is kept.
    length = np.maximum(loss, known.median_length_seconds * np.exp(known.length_sigma * other))
    return Histories(starts, length, np.minimum(1.0, loss / length), YEARS)


def logged_history(system: System, *, without: tuple[str, ...] = ()) -> Histories:
    """The log itself as a history of whole years, each incident at noon of its day."""
    rows, whole = late_rows(system, without=without), losses(system, without=without)
    days = [(row.logged.on - system.eras[0].end).days + 0.5 for row in rows]
    loss, length = whole[:, 0], np.maximum(whole[:, 0], whole[:, 1])
    years = int(np.ceil(logged_years(system)))
    return Histories(np.array(days) * 86_400.0, length, loss / length, years)
