"""Availability of a whole from that of its parts, which fail independently."""

import math
from collections.abc import Iterable

from playbook.laws import domain

SECONDS_PER_DAY = 86_400


def series(fractions: Iterable[float]) -> float:
    """Availability, 0–1, of a whole that needs every part.

    Counts each dependency once, whatever its depth (B. Treynor and others, The Calculus of
    Service Availability, ACM Queue 15(2), 2017). A common cause makes it too low.
    Raises ValueError for no parts and for a fraction outside 0–1.
    """
    return math.prod(_checked(fractions), start=1.0)


def parallel(fractions: Iterable[float]) -> float:
    """Availability, 0–1, of a whole that needs any one of its parts.

    A common cause, or a failover that fails, makes it too high.
    Raises ValueError for no parts and for a fraction outside 0–1.
    """
    return 1 - math.prod((1 - fraction for fraction in _checked(fractions)), start=1.0)


def k_of_n(*, needed: int, total: int, availability: float) -> float:
    """Chance, 0–1, that at least `needed` of `total` equal parts work.

    Upper binomial tail. Terms are taken relative to the likeliest count, so that thousands
    of parts neither overflow nor vanish.

    Reference: M. Rausand, A. Høyland, System Reliability Theory (2004), chapter 4.
    Raises ValueError for an availability outside 0–1, total below 1, needed outside 0 to total.
    """
    domain.require_counts(1, total=total)
    domain.require_counts(0, needed=needed)
    domain.require_fractions(availability=availability)
    if needed > total:
        raise ValueError(f"needed {needed} exceeds total {total}: add parts or need fewer")
    if availability in (0, 1):
        return float(needed == 0 or availability == 1)
    odds = availability / (1 - availability)
    likeliest = min(total, math.floor((total + 1) * availability))
    terms = [0.0] * (total + 1)
    terms[likeliest] = 1.0
    for working in range(likeliest, total):
        terms[working + 1] = terms[working] * odds * (total - working) / (working + 1)
    for working in range(likeliest, 0, -1):
        terms[working - 1] = terms[working] / odds * working / (total - working + 1)
    return math.fsum(terms[needed:]) / math.fsum(terms)


def downtime_seconds(*, objective: float, window_days: float) -> float:
    """Seconds of full outage that an availability objective allows in a window.

    Reference: Site Reliability Engineering (2016), appendix A, with a month of 30 days.
    Raises ValueError for an objective outside 0–1 and a window that is not positive.
    """
    domain.require_fractions(objective=objective)
    domain.require_positive(window_days=window_days)
    return (1 - objective) * window_days * SECONDS_PER_DAY


def _checked(fractions: Iterable[float]) -> tuple[float, ...]:
    parts = tuple(fractions)
    domain.require_some(fractions=parts)
    domain.require_fractions(**{f"fractions[{index}]": part for index, part in enumerate(parts)})
    return parts
