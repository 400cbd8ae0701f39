import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook import context, decisions, model
from playbook.cost import trades, verdicts

SYSTEM = model.load()
RECORDS = {record.id: record for record in decisions.records(SYSTEM)}
HOUR = 180_000 / 12 / 140


def trade(took: str, against: str) -> trades.Trade:
    return next(x for x in trades.trades(SYSTEM) if (x.took, x.against) == (took, against))


# Worked by hand from prices, settings and hours of the day; dollars a month, hours a month.
BY_HAND = [
    ("a night partner", "four carry it", 8500, -2.4 / 14 * (365.25 / 12) * 0.65 * 50 / 60),
    ("two engineers", "leave it unspent", 30_000, -280),
    ("two engineers", "managed extras", 30_000 - 9400, 31 - 280),
    ("capped calls", "calls without a limit", None, 0),
    ("shards as threads", "a consumer of several keys", None, -315 / 12),
    ("fewer writes", "leave them", None, (80 - 3) / 12),
    ("five cells", "a bigger cluster", None, 33),
    ("one cluster a region", "the cells of 0020", None, -33),
    ("one pool", "a silo each", None, -(16 - 2) * 11),
    ("Kubernetes", "ECS on Fargate", None, 22 - 5),
    ("fan-out stream", "PostgreSQL, SKIP LOCKED", None, 7 - 18),
]


@pytest.mark.parametrize(("took", "against", "usd", "hours"), BY_HAND)
def test_a_trade_is_what_we_took_less_what_we_rejected(
    took: str, against: str, usd: float | None, hours: float
) -> None:
    found = trade(took, against)
    assert found.hours_per_month == pytest.approx(hours)
    if usd is not None:
        assert found.usd_per_month == pytest.approx(usd)


def test_the_stream_is_priced_at_the_shards_of_its_day() -> None:
    # Two databases, 0.478 and 0.528 dollars an hour, against 6.5M events a day on the smallest stream.
    found = trade("fan-out stream", "PostgreSQL, SKIP LOCKED")
    assert found.usd_per_month < 0
    assert -found.usd_per_month < 730.5 * (0.478 + 0.528)


def test_days_and_reversals_are_those_of_the_records() -> None:
    assert {record: RECORDS[record].date for record in trades.DECIDED} == dict(trades.DECIDED)
    weighed = {x.record for x in trades.trades(SYSTEM)}
    assert {record for record in weighed if RECORDS[record].superseded_by} == set(verdicts.SUPERSEDED)


def test_every_choice_is_held_against_one_first_option() -> None:
    assert len({x.took for x in trades.trades(SYSTEM)}) == len(trades.choices(SYSTEM))
    assert len({x.took for x in trades.choices(SYSTEM)}) == len(trades.choices(SYSTEM))


CORNERS = [
    (10.0, -1.0, trades.MONEY_FOR_HOURS),
    (-10.0, 1.0, trades.HOURS_FOR_MONEY),
    (-10.0, -1.0, trades.SAVED),
    (-10.0, 0.0, trades.SAVED),
    (10.0, 1.0, trades.COST),
    (10.0, 0.0, trades.COST),
    (0.0, 1.0, trades.HOURS_FOR_MONEY),
]


@pytest.mark.parametrize(("usd", "hours", "kind"), CORNERS)
def test_a_trade_lies_in_one_corner_of_the_plane(usd: float, hours: float, kind: str) -> None:
    assert trades.Trade("0000", "this", "that", usd, hours).kind == kind


@given(usd=st.floats(-1e5, 1e5), hours=st.floats(-1e3, 1e3), low=st.floats(0, 500), high=st.floats(0, 500))
def test_no_price_of_an_hour_turns_what_is_not_a_trade(
    usd: float, hours: float, low: float, high: float
) -> None:
    found = trades.Trade("0000", "this", "that", usd, hours)
    if found.kind in (trades.SAVED, trades.COST):
        signs = {
            math.copysign(1, found.usd_with_hours(usd_per_hour=p) or usd or hours or 1) for p in (low, high)
        }
        assert len(signs) == 1


def test_the_counts_are_of_the_choices() -> None:
    kinds = [x.kind for x in trades.choices(SYSTEM)]
    assert verdicts.weighed_choices(SYSTEM) == len(kinds) == sum(kinds.count(kind) for kind in trades.KINDS)
    assert verdicts.choices_bill_for_hours(SYSTEM) <= verdicts.choices_money_for_hours(SYSTEM)
    assert verdicts.choices_cheaper_in_neither(SYSTEM) == kinds.count(trades.COST)
    assert verdicts.choices_dearer_in_neither(SYSTEM) == kinds.count(trades.SAVED)


def test_of_what_bought_no_hours_one_record_was_superseded_and_its_successor_is_dearer_in_both() -> None:
    assert verdicts.untraded_superseded_choices(SYSTEM) == 1
    assert trade("one cluster a region", "the cells of 0020").kind == trades.SAVED
    assert trade("five cells", "a bigger cluster").kind == trades.COST


def test_two_engineers_for_unspent_money_cost_what_their_hours_are_worth() -> None:
    assert trade("two engineers", "leave it unspent").usd_with_hours(
        usd_per_hour=context.engineer_hour_usd(SYSTEM)
    ) == pytest.approx(0)
    assert context.engineer_hour_usd(SYSTEM) == pytest.approx(HOUR)


def test_a_decision_is_weighed_with_the_volume_of_its_day_whatever_today_is() -> None:
    early = model.load(as_of=date(2024, 5, 6))
    assert [x.usd_per_month for x in trades.trades(early)] == pytest.approx(
        [x.usd_per_month for x in trades.trades(SYSTEM)], rel=1e-9
    )
