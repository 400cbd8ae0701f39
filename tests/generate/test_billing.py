"""The export against the bottom-up bill, read back by another engine, and against what was planted."""

import math
from datetime import date, timedelta

import duckdb
import pandas as pd
import pytest

from playbook import cost, model
from playbook.generate import billing
from playbook.generate.billing.catalogue import SKUS

SYSTEM = model.load()
MONTHLY = model.data_folder() / "cost/export/monthly.parquet"
DAILY = model.data_folder() / "cost/export/daily.parquet"
MONTHS = [date(2023 + (10 + n) // 12, (10 + n) % 12 + 1, 1) for n in range(36)]
# A day in each era, the month of the price cut on both sides, the runaway, the plan, and the last.
CHOSEN = [
    date(2023, 11, 1),
    date(2024, 10, 1),
    date(2024, 11, 1),
    date(2025, 9, 1),
    date(2025, 10, 1),
    date(2026, 4, 1),
    date(2026, 10, 1),
]


def committed(month: date, measure: str) -> dict[str, float]:
    """What the committed export holds for a month, by service, summed by DuckDB."""
    found = duckdb.execute(
        f"select ServiceName, sum({measure}) from read_parquet('{MONTHLY}')"
        " where BillingPeriodStart = ? and ChargeCategory = 'Usage' group by all",
        [pd.Timestamp(month, tz="UTC")],
    ).fetchall()
    return dict(found)


def days_of(month: date) -> list[date]:
    after = (month + timedelta(days=31)).replace(day=1)
    return [month + timedelta(days=n) for n in range((after - month).days)]


def from_the_bill(month: date) -> dict[str, float]:
    """The bottom-up bill at list price, by service: each day's lines at that day's volume, over a mean month."""
    volume = pd.read_parquet(model.data_folder() / "cost/usage/monthly.parquet")
    events = billing.usage(SYSTEM, start=month, end=days_of(month)[-1] + timedelta(days=1))
    by_day = events.groupby("usage_date")["events"].sum()
    assert volume.loc[volume["usage_date"] == month, "events"].sum() == by_day.sum()
    parts: dict[str, list[float]] = {}
    for day in days_of(month):
        then = model.what_if(
            model.at(SYSTEM, max(day, SYSTEM.eras[0].end)), {"traffic.events_per_day": float(by_day[day])}
        )
        for line in cost.lines(then):
            if line.item not in ("savings plan", "support plan"):
                parts.setdefault(SKUS[line.item].service, []).append(line.usd / model.DAYS_PER_MONTH)
        for odd in SYSTEM.planted:
            price = next(
                (x.usd_per_unit for x in cost.lines(then) if (x.where, x.item) == (odd.where, odd.item)), 0.0
            )
            parts[SKUS[odd.item].service].append(odd.quantity(day) * price)
    return {service: math.fsum(usd) for service, usd in parts.items()}


@pytest.mark.parametrize("month", CHOSEN)
def test_bill_and_export_agree_to_the_cent_by_service(month: date) -> None:
    export, bill = (
        committed(month, "case when ChargeClass is null then ListCost else 0 end"),
        from_the_bill(month),
    )
    export.pop("AWS Support")
    assert export.keys() == {service for service, usd in bill.items() if usd}
    for service, usd in bill.items():
        assert export.get(service, 0.0) == pytest.approx(usd, abs=0.005), service


@pytest.mark.parametrize("month", MONTHS)
def test_support_is_the_tiers_on_what_the_provider_bills(month: date) -> None:
    billed = duckdb.execute(
        f"select ServiceName = 'AWS Support', sum(BilledCost) from read_parquet('{MONTHLY}') where"
        " BillingPeriodStart = ? and ProviderName = 'AWS' and ChargeCategory <> 'Credit' and ChargeClass is null group by 1",
        [pd.Timestamp(month, tz="UTC")],
    ).fetchall()
    spend, support = dict(billed)[False], dict(billed)[True]
    # 10 % of the first $10K, 7 % of the next $70K.
    assert support == pytest.approx(0.1 * min(spend, 10_000) + 0.07 * max(0.0, spend - 10_000), abs=0.005)


def test_the_last_months_are_the_same_at_both_grains() -> None:
    sums = [
        duckdb.execute(
            "select strftime(BillingPeriodStart, '%Y-%m'), ServiceName, round(sum(BilledCost), 2), round(sum(EffectiveCost), 2),"
            f" round(sum(ListCost), 2) from read_parquet('{file}') where BillingPeriodStart >= '2026-08-01' group by all order by all"
        ).fetchall()
        for file in (MONTHLY, DAILY)
    ]
    assert sums[0] == sums[1]


def test_any_stretch_of_the_export_is_a_part_of_the_whole() -> None:
    april = billing.export(SYSTEM, start=date(2025, 4, 1), end=date(2025, 5, 1), grain="monthly")
    whole = pd.read_parquet(MONTHLY)
    same = whole[whole["BillingPeriodStart"] == pd.Timestamp("2025-04-01", tz="UTC")].reset_index(drop=True)
    pd.testing.assert_frame_equal(april, same, check_dtype=False)


def test_a_stretch_that_cuts_a_month_is_refused() -> None:
    with pytest.raises(ValueError, match="first of a month"):
        billing.export(SYSTEM, start=date(2025, 4, 2), end=date(2025, 5, 1))


def test_the_plan_is_used_to_the_last_cent_of_what_is_owed() -> None:
    rows = duckdb.execute(
        "select cast(BillingPeriodStart as date), sum(BilledCost) filter (ChargeCategory = 'Purchase'),"
        " sum(EffectiveCost) filter (CommitmentDiscountStatus in ('Used', 'Unused'))"
        f" from read_parquet('{MONTHLY}') where CommitmentDiscountId is not null group by 1"
    ).fetchall()
    assert len(rows) == 7
    for month, bought, used in rows:
        hours = 24 * len(days_of(month))
        assert bought == pytest.approx(3.8 * hours)
        assert used == pytest.approx(bought)


def test_a_plan_beyond_the_nodes_leaves_rows_of_what_it_left_idle() -> None:
    large = model.what_if(SYSTEM, {"commitment.usd_per_hour": 10.0})
    rows = billing.export(large, start=date(2026, 10, 1), end=date(2026, 11, 1), grain="monthly")
    by_status = rows.groupby("CommitmentDiscountStatus")["EffectiveCost"].sum()
    assert by_status["Unused"] > 0
    assert by_status.sum() == pytest.approx(10 * 24 * 31)
    on_demand = (
        rows["ServiceName"].eq("Amazon Elastic Compute Cloud")
        & rows["SubAccountName"].ne("staging")
        & rows["CommitmentDiscountStatus"].isna()
    )
    assert not on_demand.any()


def test_the_correction_takes_back_what_was_metered_twice() -> None:
    # Four days of 144 hours at $0.1819.
    taken = duckdb.execute(
        f"select sum(BilledCost) from read_parquet('{MONTHLY}') where ChargeClass = 'Correction'"
    ).fetchone()
    assert taken is not None
    assert taken[0] == pytest.approx(-4 * 144 * 0.1819)


def test_the_providers_credit_is_a_tenth_of_the_regions_streaming_of_august() -> None:
    row = duckdb.execute(
        f"select sum(EffectiveCost) from read_parquet('{MONTHLY}') where BillingPeriodStart = '2025-08-01'"
        " and ServiceName = 'Amazon Kinesis' and RegionId = 'eu-west-1'"
    ).fetchone()
    credit = next(one for one in SYSTEM.planted if one.name == "streaming_credit")
    assert row is not None
    assert -credit.usd == pytest.approx(0.1 * row[0], rel=0.05)


def test_meters_sum_to_what_the_bills_quantities_come_from() -> None:
    day = date(2026, 9, 9)
    used = billing.usage(SYSTEM, start=day, end=day + timedelta(days=1))
    events = used["events"].sum()
    assert used["requests"].sum() == pytest.approx(events / 20)
    assert used["deliveries"].sum() == pytest.approx(events * 1.5)
    assert used["gigabytes"].sum() == pytest.approx(events * 1500 / 1e9)
    assert used["enriched"].sum() == pytest.approx(0.05 * events)
    assert used.loc[used["region"] == "us-east-1", "events"].sum() == pytest.approx(0.65 * events, rel=1e-6)


def test_every_line_of_the_bill_has_a_name_on_the_invoice() -> None:
    assert {line.item for line in cost.lines(SYSTEM)} <= SKUS.keys()


def test_the_committed_tables_fit_their_budget() -> None:
    assert sum(file.stat().st_size for file in (MONTHLY, DAILY)) < 2_000_000
