import math
from datetime import date

import pytest

from playbook import cost, facts, model

SYSTEM = model.load()
SHIP = model.at_end_of(SYSTEM, "ship")


def line(system: model.System, where: str, item: str) -> float:
    return next(x.usd for x in cost.lines(system) if (x.where, x.item) == (where, item))


# Worked by hand from the price table and the quantities of the day.
BY_HAND = [
    (SHIP, "us", "clusters", 730.5 * 0.10),
    (SHIP, "us", "shards", 4 * 730.5 * 0.015),
    (SHIP, "us", "records in", 10e6 * 365.25 / 12 * 0.65 / 1e6 * 0.014),
    (SHIP, "eu", "idempotency keys", 10e6 * 365.25 / 12 * 0.35 / 1e6 * 1.41),
    (SYSTEM, "us", "retention beyond a day", 32 * 730.5 * 0.02),
    (SYSTEM, "eu", "LLM calls, capped", 180e6 * 365.25 / 12 * 0.05 * (1 - 0.87) * 0.00015),
    (SYSTEM, "us", "archive delivery", 180e6 * 365.25 / 12 * 0.65 * 5000 / 1e9 * 0.029),
]


@pytest.mark.parametrize(("system", "where", "item", "usd"), BY_HAND)
def test_a_line_is_its_quantity_times_its_price(
    system: model.System, where: str, item: str, usd: float
) -> None:
    assert line(system, where, item) == pytest.approx(usd)


def test_eight_shards_of_retention_cost_what_decision_0016_was_told() -> None:
    eight = model.what_if(SYSTEM, {"stream.us_shards": 8})
    assert line(eight, "us", "retention beyond a day") == pytest.approx(117, abs=0.5)


def test_at_ten_million_a_day_the_bill_is_near_what_was_first_estimated() -> None:
    # Estimated independently, with two hops instead of one: about $14.6K.
    assert cost.usd_per_month(SHIP) == pytest.approx(14_600, rel=0.05)


def test_the_cap_binds_once_the_calls_would_cost_more() -> None:
    loud = model.what_if(SYSTEM, {"traffic.events_per_day": 1e9})
    assert line(loud, "eu", "LLM calls, capped") == 6000
    assert line(SYSTEM, "eu", "LLM calls, capped") < 6000


def test_uncapped_enrichment_cost_what_decision_0021_feared() -> None:
    then = model.what_if(SYSTEM, {"traffic.events_per_day": 105e6})
    assert cost.enrichment_unbounded_usd_per_month(then) == pytest.approx(24_000, rel=0.01)


def test_fewer_idempotency_writes_save_about_what_decision_0022_claimed() -> None:
    assert cost.idempotency_saving_usd_per_month(SYSTEM) == pytest.approx(3_400, rel=0.1)


def test_the_subjects_add_up_to_the_bill() -> None:
    total = math.fsum(part for parts in cost.by_subject(SYSTEM).values() for part in parts)
    assert total == pytest.approx(cost.usd_per_month(SYSTEM))


def test_a_fixed_line_does_not_move_with_volume() -> None:
    more = model.what_if(SYSTEM, {"traffic.events_per_day": 360e6})
    for before, after in zip(cost.lines(SYSTEM), cost.lines(more), strict=True):
        if before.fixed:
            assert after.usd == before.usd, before.item
        else:
            assert after.usd >= before.usd


def test_every_price_up_by_a_tenth_raises_what_aws_bills_by_a_tenth() -> None:
    lumps = {"tooling, an allowance", "miscellaneous, an allowance"}
    plain = {"platform.nonproduction_fraction": 0.0, "commitment.signed": 0}
    dear = {path: 1.1 * a.value for path, a in SYSTEM.assumptions.items() if path.startswith("prices.")}
    before, after = (model.what_if(SYSTEM, changes) for changes in (plain, plain | dear))
    for one, other in zip(cost.lines(before), cost.lines(after), strict=True):
        if one.item not in lumps and one.subject not in ("support", "enrichment"):
            assert other.usd == pytest.approx(1.1 * one.usd), one.item


def test_the_price_cut_of_2024_11_halves_the_writes_of_a_day() -> None:
    # The announcement: on-demand throughput at half the price, effective 2024-11-01.
    before, after = (model.at(SYSTEM, date(2024, month, day)) for month, day in ((10, 31), (11, 1)))
    per_event = [line(s, "us", "idempotency keys") / s.traffic.events_per_month for s in (before, after)]
    assert per_event[1] == pytest.approx(per_event[0] / 2)


def test_an_archive_under_growth_holds_less_than_months_of_today() -> None:
    # By hand for growth of 10 % a month: (1 - 1.1**-3) / ln 1.1 = 2.6093 months of today's flow.
    growing = model.what_if(SYSTEM, {"traffic.growth_per_month_fraction": 0.1})
    flow = 180e6 * 365.25 / 12 * 0.65 * 1500 / 1e9 / 5
    assert line(growing, "us", "archive, standard") == pytest.approx(2.6093 * flow * 0.023, rel=1e-4)
    steady = model.what_if(SYSTEM, {"traffic.growth_per_month_fraction": 0.0})
    assert line(steady, "us", "archive, standard") == pytest.approx(3 * flow * 0.023)


def test_nothing_in_the_archive_is_older_than_the_platform() -> None:
    young = model.at(SYSTEM, date(2024, 1, 6))
    assert line(young, "us", "archive, infrequent") == line(young, "us", "archive, instant") == 0


def test_the_pilot_light_costs_what_decision_0017_was_told_within_a_tenth() -> None:
    # First a lump of $900 with a range; by hand: 73 clusters, 386 + 46 database, 105 NAT, 193 endpoints, copies.
    assert cost.standby_usd_per_month(SYSTEM) == pytest.approx(73 + 386 + 46 + 105 + 193 + 22, abs=3)


def test_a_plan_beyond_the_nodes_is_owed_all_the_same() -> None:
    idle = model.what_if(SYSTEM, {"commitment.usd_per_hour": 100.0})
    nodes = cost.node_usd_per_month(cost.lines(SYSTEM))
    assert line(idle, "us", "savings plan") == pytest.approx(100 * 730.5 - nodes)


def test_support_follows_its_tiers() -> None:
    # 10 % of the first $10K, 7 % of the next $70K.
    aws = math.fsum(
        x.usd for x in cost.lines(SHIP) if x.subject not in ("support", "warehouse", "enrichment")
    )
    assert 10_000 < aws < 80_000
    assert line(SHIP, "us", "support plan") == pytest.approx(1000 + 0.07 * (aws - 10_000))


def test_a_dollar_falls_evenly_on_more_events() -> None:
    found = facts.value("cost.unit_cost_holds_from_events_per_day", SYSTEM)
    assert isinstance(found, float)
    at_it = model.what_if(SYSTEM, {"traffic.events_per_day": found})
    assert cost.usd_per_event(at_it) == pytest.approx(SYSTEM.targets.usd_per_event, rel=1e-6)
