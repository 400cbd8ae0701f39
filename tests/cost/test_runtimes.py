import pytest

from playbook import cost, model

SYSTEM = model.load()
SHIP = model.at_end_of(SYSTEM, "ship")


def usd(system: model.System, name: str) -> float:
    return next(r.usd_per_month for r in cost.runtimes(system) if r.name == name)


def test_containers_cost_what_the_price_table_says() -> None:
    # 24 vCPU a region with 2 GB each, 730.5 h, at the price of eu-west-1 in both.
    assert usd(SHIP, "ECS on Fargate") == pytest.approx(2 * 24 * 730.5 * (0.04048 + 2 * 0.004445))


def test_functions_cost_their_waiting() -> None:
    # 10M/day: 304.4M events, 1.5 deliveries of 0.355 s and 4 ms of work each, 128 MB, and the calls.
    events = 10e6 * 365.25 / 12
    time = events * (1.5 * 0.355 + 0.004) * 0.125 * 1.66667e-5
    calls = events * (1 / 10 + 1.5) / 1e6 * 0.2
    assert usd(SHIP, "Lambda") == pytest.approx(time + calls)


def test_functions_pass_clusters_as_volume_grows_and_containers_do_not() -> None:
    assert usd(SHIP, "Lambda") < usd(SHIP, "EKS")
    assert usd(SYSTEM, "Lambda") > usd(SYSTEM, "EKS") > usd(SYSTEM, "ECS on Fargate")
