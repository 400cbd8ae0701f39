"""Carbon intensity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.laws import carbon

AMOUNTS = st.floats(0, 1e6)


@given(AMOUNTS, AMOUNTS, AMOUNTS, st.floats(1, 1e9))
def test_twice_the_work_on_the_same_machines_halves_the_intensity(
    energy: float, grid: float, embodied: float, units: float
) -> None:
    system = {"energy_kwh": energy, "grid_grams_per_kwh": grid, "embodied_grams": embodied}
    once = carbon.intensity_grams(**system, units=units)
    assert carbon.intensity_grams(**system, units=2 * units) == pytest.approx(once / 2, rel=1e-12)


def test_a_clean_grid_leaves_the_embodied_carbon() -> None:
    left = carbon.intensity_grams(energy_kwh=5, grid_grams_per_kwh=0, embodied_grams=12, units=4)
    assert left == 3
