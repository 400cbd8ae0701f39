"""What contracts ask, and who is there to answer."""

from playbook.answer import answer
from playbook.model import System


@answer(unit="fraction", show="{:.0%}")
def other_cloud_fraction(system: System) -> float:
    """Share of contract value that asks for another provider."""
    return system.contracts.other_cloud_fraction


@answer(unit="contracts", show="{:d}")
def unmet_residency_demands(system: System) -> int:
    """Signed contracts whose residency the provider cannot serve."""
    return system.contracts.unmet_residency_demands


@answer(unit="engineers", show="{:d} engineers")
def platform_engineers(system: System) -> int:
    """Engineers on the platform team."""
    return system.team.platform_engineers
