from datetime import date

import pytest

from playbook import context, cost, model
from playbook.context import money
from playbook.cost import people

SYSTEM = model.load()


def test_the_months_run_from_the_first_day_to_the_last() -> None:
    days = people.months(SYSTEM)
    assert (days[0], days[12], days[-1], len(days)) == (
        date(2023, 11, 6),
        date(2024, 11, 6),
        date(2026, 11, 6),
        37,
    )


WHOLE = people.spent(SYSTEM, since=date(2023, 11, 6), until=date(2026, 11, 6))


def test_pay_is_summed_by_the_team_of_each_month() -> None:
    # Four until 2024-11-18 (13 months), five until 2025-06-02 (6), six until 2026-02-02 (8), then seven (9).
    months = 13 * 4 + 6 * 5 + 8 * 6 + 9 * 7
    assert pytest.approx(months * 15_000) == WHOLE.pay_usd


def test_what_was_spent_and_what_was_not_is_the_ceiling() -> None:
    assert pytest.approx(36 * 50_000) == WHOLE.bill_usd + WHOLE.unspent_usd


def test_the_eras_add_up_to_the_whole() -> None:
    parts = [people.spent(SYSTEM, since=era.start, until=era.end) for era in SYSTEM.eras[1:]]
    assert sum(part.bill_usd for part in parts) == pytest.approx(WHOLE.bill_usd)
    assert sum(part.threads_usd for part in parts) == pytest.approx(WHOLE.threads_usd)
    assert people.spent(SYSTEM, since=date(2026, 11, 6), until=date(2026, 11, 6)).bill_usd == 0


def test_the_month_in_which_the_hires_passed_the_ceiling_is_the_first() -> None:
    on = people.hires_passed_ceiling_on(SYSTEM)
    assert on is not None
    by_month = {then.as_of: money.bill_with_hires_usd_per_month(then) for then in people.by_month(SYSTEM)}
    assert by_month[on] > 50_000
    assert all(usd <= 50_000 for day, usd in by_month.items() if day < on)


def test_without_cells_the_ceiling_lasts_until_the_third_hire() -> None:
    # Three hires are 45,000 dollars a month, and no bill of ours is below 5,000.
    assert people.hires_passed_ceiling_without_cells_on(SYSTEM) == date(2026, 2, 6)
    assert min(cost.usd_per_month(then) for then in people.by_month(SYSTEM)) > 5000


def test_nothing_passes_a_ceiling_that_is_high_enough() -> None:
    assert people.hires_passed_ceiling_on(model.what_if(SYSTEM, {"targets.usd_per_month": 200_000.0})) is None


def test_an_hour_at_break_even_costs_pay() -> None:
    hour = 180_000 / 12 / 140
    assert people.extras_worth_usd_per_month(SYSTEM) == pytest.approx(31 * hour)
    assert people.extras_break_even_hours(SYSTEM) == pytest.approx(9400 / hour)
    assert people.consumer_rewrite_usd(SYSTEM) == pytest.approx(315 * hour)


def test_a_hired_hour_of_building_costs_more_than_an_hour() -> None:
    built = people.built_hour_usd(SYSTEM)
    assert built is not None
    assert built > context.engineer_hour_usd(SYSTEM)
    assert people.built_hour_usd(model.at_end_of(SYSTEM, "before")) is None


def test_the_partner_is_dear_by_work_and_cheap_by_watch() -> None:
    # 2.4 pages a week, half of them at night, 65 % not about the EU, 50 minutes each.
    hours = 2.4 / 7 * (365.25 / 12) / 2 * 0.65 * 50 / 60
    assert people.partner_usd_per_worked_hour(SYSTEM) == pytest.approx(8500 / hours)


def test_added_clusters_are_counted_with_the_standby() -> None:
    assert people.added_cluster_hours(SYSTEM) == pytest.approx((3 + 2 - 2 + 1) * 11)
    assert people.added_cluster_hours(model.at_end_of(SYSTEM, "ship")) == 0


def test_calls_that_reach_their_cap_buy_hours_at_a_known_price() -> None:
    assert people.hosting_at_cap_usd_per_hour(SYSTEM) == pytest.approx((6000 - 4000) / 30)
    assert people.hosting_usd_per_hour(SYSTEM) < people.hosting_at_cap_usd_per_hour(SYSTEM)
