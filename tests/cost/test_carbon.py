import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import cost, model
from playbook.cost import carbon, footprint, schedule
from playbook.cost.region import Line

SYSTEM = model.load()
PUE = 1.135
ORACLES = {case["id"]: case for case in json.loads(Path("tests/oracles.json").read_text("utf-8"))}


def node(item: str, hours: float = 1.0, where: str = "us") -> Line:
    return Line(where, "production", "compute", item, hours, "hour", 0.1632, fixed=True)


def only(system: model.System, line: Line) -> list[footprint.Footprint]:
    return list(footprint.of_line(system, line))


def test_a_vcpu_hour_is_what_the_coefficients_own_program_makes_it() -> None:
    # cloud-carbon-footprint, ComputeEstimator.test.ts: 0.71 to 3.46 W at 1 %, PUE 1.135, twice.
    given, expected = ORACLES["D16"]["inputs"], ORACLES["D16"]["expected"]
    like = model.what_if(
        SYSTEM,
        {
            "coefficients.min_watts": given["min_w"],
            "coefficients.max_watts": given["max_w"],
            "carbon.utilisation_fraction": given["cpu_util_pct"] / 100,
            "coefficients.grid_us": given["ef_t_per_kwh"],
        },
    )
    kwh = footprint.processors_kwh(like, 1) * given["pue"] * given["replication"]
    assert kwh == pytest.approx(expected["kwh"])
    tonnes = kwh * footprint.grid_grams_per_kwh(like, "us") / 1e6
    assert tonnes == pytest.approx(expected["t_co2e"])


def test_making_is_shared_by_time_and_by_vcpus_as_the_standard_says() -> None:
    # SCI specification 1.1, its example: 1,000 kg over four years of 8,760 hours, one hour, all of it.
    like = model.what_if(SYSTEM, {"coefficients.embodied_general": 1000.0, "coefficients.lifespan": 35_040.0})
    assert footprint.making_grams(like, "general", 64) == pytest.approx(ORACLES["D15"]["expected"]["spec_g"])
    assert footprint.making_grams(like, "general", 4) == pytest.approx(28.5388128 / 16)


@pytest.mark.parametrize(("family", "gigabytes"), [("general", 256), ("compute", 128), ("memory", 512)])
def test_a_server_takes_a_thousand_kilograms_and_its_memory(family: str, gigabytes: int) -> None:
    # ccfcoef/constants.py: 1,000 kg, and 533 kg for 384 GB beyond the first 16.
    by_hand = 1000 + 533 / 384 * (gigabytes - 16)
    assert getattr(SYSTEM.coefficients, f"embodied_{family}") == pytest.approx(by_hand, abs=0.01)


# An hour of one node in us-east-1, by hand: 4 vCPUs idle at 0.474 W and full at 1.693 W, 15 % used, and
# memory beyond 129.778 GB of the whole server at 0.392 W a GB, a sixteenth of it.
HOURS = [
    ("nodes, general", 4 * (0.47426 + 0.15 * 1.21870), (256 - 129.778) / 16 * 0.392),
    ("nodes, workers at their minimum", 4 * (0.47426 + 0.15 * 1.21870), 0.0),
    ("nodes, metrics", 4 * (0.47426 + 0.15 * 1.21870), (512 - 129.778) / 16 * 0.392),
]


@pytest.mark.parametrize(("item", "processor_watts", "memory_watts"), HOURS)
def test_an_hour_of_a_node_draws_what_its_watts_say(
    item: str, processor_watts: float, memory_watts: float
) -> None:
    processors, memory = only(SYSTEM, node(item))
    assert processors.energy_kwh * 1e3 == pytest.approx(processor_watts * PUE, rel=1e-4)
    assert memory.energy_kwh * 1e3 == pytest.approx(memory_watts * PUE, rel=1e-6)
    assert processors.use_grams == pytest.approx(processor_watts / 1e3 * PUE * 379.069, rel=1e-4)
    assert memory.embodied_grams == 0


def test_tonnes_a_kilowatt_hour_become_grams() -> None:
    # 0.000379069 t is 379.069 g; a grid between hydropower and lignite has 5 to 1,200.
    assert footprint.grid_grams_per_kwh(SYSTEM, "us") == pytest.approx(379.069)
    for where in ("us", "eu", "standby"):
        assert 5 < footprint.grid_grams_per_kwh(SYSTEM, where) < 1200


def test_a_terabyte_in_the_archive_is_six_disks_of_it() -> None:
    kept = Line("eu", "production", "storage", "archive, standard", 1000.0, "GB-month", 0.023, fixed=False)
    (part,) = only(SYSTEM, kept)
    assert part.energy_kwh == pytest.approx(0.65 * 730.5 / 1000 * 6 * PUE)
    assert part.use_grams == pytest.approx(part.energy_kwh * 278.6)


def test_a_volume_is_flash_twice_and_a_sent_gigabyte_a_watt_hour() -> None:
    (volume,) = only(
        SYSTEM, Line("us", "production", "compute", "volumes", 100.0, "GB-month", 0.08, fixed=True)
    )
    assert volume.energy_kwh == pytest.approx(0.1 * 1.2 * 730.5 / 1000 * 2 * PUE)
    (sent,) = only(SYSTEM, Line("us", "production", "network", "internet", 7.0, "GB", 0.09, fixed=False))
    assert sent.energy_kwh == pytest.approx(0.007 * PUE)


def test_a_database_in_two_zones_is_two_instances() -> None:
    (pair,) = only(SYSTEM, Line("us", "production", "state", "database", 1.0, "hour", 0.478, fixed=True))
    watts = 2 * (0.47426 + 0.15 * 1.21870) + (512 - 129.778) / 32 * 0.392
    assert pair.energy_kwh * 1e3 == pytest.approx(2 * watts * PUE, rel=1e-4)
    assert pair.embodied_grams == pytest.approx(2 * 1688.46e3 * 2 / 64 / 35_040)


def test_every_line_is_measured_bounded_or_no_hardware_and_none_twice() -> None:
    for line in cost.lines(SYSTEM):
        measured = bool(only(SYSTEM, line))
        aside = line.item in (*footprint.NOT_HARDWARE, footprint.CALLS)
        assert measured + footprint.is_unmeasured(line) + aside == 1, line.item


def test_the_intensity_is_the_month_over_its_events() -> None:
    grams = math.fsum(part.grams for part in footprint.footprints(SYSTEM))
    assert carbon.carbon_kg_per_month(SYSTEM) == pytest.approx(grams / 1e3)
    assert carbon.carbon_grams_per_million(SYSTEM) == pytest.approx(grams / (180 * 365.25 / 12))


def test_the_nodes_add_up_by_hand() -> None:
    # Held by the settings, hours 730.5: general 12 + 9, workers 9 + 6, metrics 4 + 3.
    held = [x for x in footprint.footprints(SYSTEM) if x.environment == "production"]
    processors = math.fsum(x.energy_kwh for x in held if x.subject == "nodes, processors")
    watts = 4 * (0.47426 + 0.15 * 1.21870)
    assert processors == pytest.approx((21 + 15 + 7) * 730.5 * watts / 1e3 * PUE, rel=1e-4)


@given(factor=st.floats(1.01, 9.0))
def test_a_dirtier_grid_emits_more_and_makes_no_server(factor: float) -> None:
    grids = {f"coefficients.grid_{where}": factor * 1e-4 for where in ("us", "eu", "standby")}
    clean = model.what_if(SYSTEM, dict.fromkeys(grids, 1e-4))
    dirty = model.what_if(SYSTEM, grids)
    made = [math.fsum(x.embodied_grams for x in footprint.footprints(s)) for s in (clean, dirty)]
    used = [math.fsum(x.use_grams for x in footprint.footprints(s)) for s in (clean, dirty)]
    assert made[0] == made[1]
    assert used[1] == pytest.approx(factor * used[0])


def test_the_bound_is_above_every_node_of_ours_by_the_dollar() -> None:
    for line in cost.lines(SYSTEM):
        if line.item in footprint.NODES and line.usd > 0:
            grams = math.fsum(part.grams for part in only(SYSTEM, line))
            assert grams / line.usd < carbon.full_node_grams_per_usd(SYSTEM)


def test_a_busier_fleet_has_fewer_idle_nodes() -> None:
    # 2,083 a second, 65 % in the United States: 1,354 fill two nodes of 800, and 729 fill one.
    assert carbon.worker_nodes(SYSTEM) == pytest.approx(15)
    assert carbon.idle_worker_nodes(SYSTEM) == pytest.approx(15 - 2 - 1)
    busy = model.what_if(SYSTEM, {"traffic.events_per_day": 1e9})
    assert carbon.idle_worker_nodes(busy) / carbon.worker_nodes(busy) < 12 / 15


def test_nodes_that_never_sleep_save_no_nights() -> None:
    awake = model.what_if(SYSTEM, {"carbon.other_on_hours_per_day": 24.0})
    assert schedule.nights_off_kg(awake) == schedule.nights_off_usd_per_month(awake) == 0
    assert carbon.carbon_kg_per_month(awake) == carbon.carbon_kg_per_month(SYSTEM)


def test_nights_are_ten_hours_for_every_fourteen() -> None:
    by_day = math.fsum(
        x.usd for x in cost.lines(SYSTEM) if x.environment == "other" and x.item in footprint.NODES
    )
    assert schedule.nights_off_usd_per_month(SYSTEM) == pytest.approx(by_day * 10 / 14)


def test_moving_a_node_costs_what_the_prices_and_the_grids_say() -> None:
    watts = 4 * (0.47426 + 0.15 * 1.21870) + (256 - 129.778) / 16 * 0.392
    tonnes = watts / 1e3 * PUE * (0.000379069 - 0.0002786)
    assert schedule.moving_usd_per_tonne(SYSTEM) == pytest.approx((0.1819 - 0.1632) / tonnes, rel=1e-4)
    assert schedule.moving_saved_fraction(SYSTEM) == pytest.approx(1 - 0.2786 / 0.379069)
