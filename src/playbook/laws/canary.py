"""What a canary can see."""

import math
from statistics import NormalDist

from playbook.laws import domain


def sample_size(*, base_fraction: float, delta: float, alpha: float = 0.05, power: float = 0.8) -> float:
    """Observations per arm, a float to round up, to see a fraction move from base to base + delta.

    Two arms of equal size, two-sided test at level `alpha`, normal approximation. Unpooled: both
    arms vary like the base under the null hypothesis, and each like its own fraction under the
    alternative. The pooled form and Cohen's h give about 6 % more at 20 against 25 %; with a
    handful of expected failures all of them are too small. `delta` is absolute and signed: a
    rise and a fall of one size differ.

    Reference: E. Miller, Sample Size Calculator (evanmiller.org).
    Raises ValueError for a base or alpha not strictly between 0 and 1, a delta of 0 or one that
    leaves 0–1, and a power outside 0.5 to 1, where the neglected wrong-sided rejections count.
    """
    domain.require_inner_fractions(base_fraction=base_fraction, alpha=alpha, power=power)
    moved_fraction = base_fraction + delta
    if delta == 0 or not 0 <= moved_fraction <= 1:
        raise ValueError(
            f"delta {delta} takes base_fraction {base_fraction} to {moved_fraction}: "
            f"it must move it, and stay within 0 to 1"
        )
    if power < 0.5:
        raise ValueError(f"power {power} is below 0.5: the usual demand is 0.8")
    base_variance = base_fraction * (1 - base_fraction)
    moved_variance = moved_fraction * (1 - moved_fraction)
    normal = NormalDist()
    margin = normal.inv_cdf(1 - alpha / 2) * math.sqrt(2 * base_variance)
    margin += normal.inv_cdf(power) * math.sqrt(base_variance + moved_variance)
    return (margin / delta) ** 2


def power_fraction(*, base_fraction: float, delta: float, samples: float, alpha: float = 0.05) -> float:
    """Chance, 0–1, that `samples` observations per arm show a move from base to base + delta.

    The inverse of `sample_size` in `power`, under the same normal approximation; rejections on the
    wrong side are neglected, so it falls below `alpha` / 2 for a move too small to matter.

    Reference: E. Miller, Sample Size Calculator (evanmiller.org), solved for power.
    Raises ValueError as `sample_size` does, and for samples that are not positive.
    """
    domain.require_inner_fractions(base_fraction=base_fraction, alpha=alpha)
    domain.require_positive(samples=samples)
    moved_fraction = base_fraction + delta
    if delta == 0 or not 0 <= moved_fraction <= 1:
        raise ValueError(
            f"delta {delta} takes base_fraction {base_fraction} to {moved_fraction}: "
            f"it must move it, and stay within 0 to 1"
        )
    base_variance = base_fraction * (1 - base_fraction)
    spread = math.sqrt(base_variance + moved_fraction * (1 - moved_fraction))
    critical = NormalDist().inv_cdf(1 - alpha / 2) * math.sqrt(2 * base_variance)
    return NormalDist().cdf((abs(delta) * math.sqrt(samples) - critical) / spread)
