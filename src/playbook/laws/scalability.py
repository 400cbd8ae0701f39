"""Throughput against load or size: the Universal Scalability Law."""

import math
from dataclasses import dataclass

from playbook.laws import domain


@dataclass(frozen=True, slots=True)
class Usl:
    """Universal Scalability Law in its three-parameter form.

    Without coherency it is Amdahl's law with limit rate / contention; without both it is linear.

    Reference: N. J. Gunther, Guerrilla Capacity Planning (2007), chapters 4–6.
    Raises ValueError for a rate that is not positive and for contention or coherency outside 0–1.
    """

    rate: float
    """Throughput at a load of one, in the unit of the throughput."""
    contention: float
    """Share of the work that is serial, 0–1."""
    coherency: float
    """Cost of agreement between one pair, as a share of the work, 0–1."""

    def __post_init__(self) -> None:
        domain.require_positive(rate=self.rate)
        domain.require_fractions(contention=self.contention, coherency=self.coherency)

    def throughput(self, load: float) -> float:
        """Throughput at a load of so many users, threads or nodes, in the unit of `rate`.

        Raises ValueError for a load that is negative or not finite.
        """
        domain.require_non_negative(load=load)
        if load == 0:
            return 0.0
        slowdown = 1 + self.contention * (load - 1) + self.coherency * load * (load - 1)
        return self.rate * load / slowdown

    @property
    def peak_load(self) -> float:
        """Load of the greatest throughput; `math.inf` without coherency, where it never falls."""
        if self.coherency == 0:
            return math.inf
        return math.sqrt((1 - self.contention) / self.coherency)
