import pytest

from playbook import cost, model
from playbook.cost import ranking

SYSTEM = model.load()


def test_batching_saves_the_requests_and_the_keys_that_it_leaves_out() -> None:
    # By hand: nineteen twentieths of the events are firewall requests and keys saved, at the day's prices.
    # Load balancers count bytes at twenty and requests at one, 25 a second each; support follows at 7 %.
    events = 180e6 * 365.25 / 12
    firewall = events * 0.95 / 1e6 * 0.6
    keys = events * 0.95 / 1e6 * (0.65 * 0.625 + 0.35 * 0.705)
    balancers = (events / (730.5 * 3600) / 25 - events * 1500 / 1e9 / 730.5) * 730.5 * 0.008
    assert ranking.batching_usd_per_month(SYSTEM) == pytest.approx(
        (firewall + keys + balancers) * 1.07, rel=1e-3
    )


def test_sampling_saves_the_logs_of_nineteen_requests_in_twenty() -> None:
    gigabytes = 180e6 * 365.25 / 12 * 950 / 1e9
    per_gigabyte = 0.65 * 0.53 + 0.35 * 0.60
    assert ranking.log_sampling_usd_per_month(SYSTEM) == pytest.approx(gigabytes * per_gigabyte * 1.07)


def test_the_leash_is_worth_more_than_everything_else_costs() -> None:
    assert ranking.enrichment_leash_usd_per_month(SYSTEM) > cost.usd_per_month(SYSTEM) - 5342 - 1


def test_the_order_of_levers_was_another_one_before_there_was_volume() -> None:
    then, now = (ranking.levers(s) for s in (model.at_end_of(SYSTEM, "ship"), SYSTEM))
    assert now[0].name == "enrichment capped and cached"
    assert next(lever for lever in then if lever.name == now[0].name).usd == 0
    assert [lever.usd for lever in now] == sorted((lever.usd for lever in now), reverse=True)
