"""Carbon per unit of work."""

from playbook.laws import domain


def intensity_grams(
    *, energy_kwh: float, grid_grams_per_kwh: float, embodied_grams: float, units: float
) -> float:
    """Software carbon intensity: grams of CO2e per unit of work.

    Energy times grid intensity plus the share of the hardware's embodied emissions, over
    the units (users, events, requests) of the same period. Offsets do not count.

    Reference: Green Software Foundation, SCI specification 1.1 (ISO/IEC 21031:2024).
    Raises ValueError for a negative or infinite amount and for units that are not positive.
    """
    domain.require_non_negative(
        energy_kwh=energy_kwh, grid_grams_per_kwh=grid_grams_per_kwh, embodied_grams=embodied_grams
    )
    domain.require_positive(units=units)
    return (energy_kwh * grid_grams_per_kwh + embodied_grams) / units
