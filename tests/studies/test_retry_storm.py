"""The storm run again, against the closed form."""

import pytest

from playbook import model, reliability
from playbook.charts import retries as charts
from playbook.studies import retry_storm

SYSTEM = model.load()


def test_the_simulated_edge_is_capacity_over_tries() -> None:
    """What lies within three in a hundred below it drains longer than the quarter of an hour that is watched."""
    stable = reliability.storm_stable_per_second(SYSTEM)
    assert 0.97 * stable < retry_storm.stable_per_second(SYSTEM) <= 1.001 * stable


def test_the_simulated_shedding_is_that_of_the_closed_form() -> None:
    assert retry_storm.shed_fraction(SYSTEM) == pytest.approx(reliability.shed_fraction(SYSTEM), abs=0.01)


@pytest.mark.parametrize("tries", charts.TRIES)
@pytest.mark.parametrize("over", charts.OVER_STABLE)
def test_every_dot_of_the_chart_is_on_its_side_of_the_line(tries: int, over: float) -> None:
    capacity = reliability.storm_capacity_per_second(SYSTEM)
    load = min(over * capacity / tries, 0.97 * capacity)
    assert retry_storm.outcome(SYSTEM, load=load, tries=tries) == (load < capacity / tries)


def test_the_pool_is_full_before_the_router_has_given_up_once() -> None:
    full = retry_storm.full_seconds(SYSTEM)
    assert full is not None
    assert full == pytest.approx(reliability.storm_fill_seconds(SYSTEM), abs=SYSTEM.retries.pool_seconds)
    assert full < SYSTEM.retries.timeout_seconds


def test_a_pool_that_holds_the_whole_stall_is_never_full() -> None:
    assert retry_storm.full_seconds(model.what_if(SYSTEM, {"retries.pool_slots": 20_000})) is None


def test_each_remedy_of_decision_0012_cures_the_fault_that_it_is_for() -> None:
    was, budget, isolation, both = retry_storm.remedies(SYSTEM)
    assert not was.ends
    assert budget.ends
    assert budget.during_fraction < 0.1
    assert isolation.during_fraction == pytest.approx(1)
    assert not isolation.ends
    assert both.ends
    assert both.during_fraction == pytest.approx(1)
    # The destination's deliveries of five minutes, a fifth, stay late: no more than that is missing after.
    assert both.after_fraction > 0.95


def test_layers_multiply_where_each_shows_its_own_setting() -> None:
    *own, (_, product) = retry_storm.layers(SYSTEM)
    assert [tries for _, tries in own] == pytest.approx([3, 3, 3])
    assert product == pytest.approx(27)


def test_a_restart_answers_seconds_and_a_load_below_the_line_needs_none() -> None:
    assert 0 < retry_storm.restarted_fraction(SYSTEM) < 0.1
    calm = model.what_if(SYSTEM, {"retries.deliveries_per_second": 30.0})
    assert retry_storm.restarted_fraction(calm) > 0.9
