import pytest

from playbook import model
from playbook.cost import oddities

SYSTEM = model.load()


def test_the_runaway_costs_its_gigabytes_at_the_price_of_logs() -> None:
    # Four days of 590 GB at $0.50.
    assert oddities.runaway_usd(SYSTEM) == pytest.approx(4 * 590 * 0.5)


def test_the_leak_costs_the_sum_of_what_it_left_every_day() -> None:
    # 210 days; day n holds 3.2 n GB-months a day at $0.023.
    assert oddities.leak_usd(SYSTEM) == pytest.approx(3.2 * 210 * 211 / 2 * 0.023)
    assert oddities.leak_terabytes(SYSTEM) == pytest.approx(3.2 * 210 * 30.4375 / 1000)


def test_no_month_of_the_runaway_would_have_reached_the_ceiling() -> None:
    assert oddities.runaway_whole_month_usd(SYSTEM) < SYSTEM.targets.usd_per_month


def test_a_record_without_the_runaway_is_refused_by_its_name() -> None:
    import dataclasses

    with pytest.raises(ValueError, match="debug_logging"):
        oddities.runaway_usd(dataclasses.replace(SYSTEM, planted=()))
