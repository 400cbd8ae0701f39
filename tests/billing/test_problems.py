"""What is listed of an export: the rule, how often, which row first, and what could not be checked."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from playbook import billing
from playbook.billing import amortisation, wholes
from playbook.billing.problems import FUTURE
from tests.billing import clean


def found(frame: pd.DataFrame, folder: Path, *, as_of: date | None = None) -> pd.DataFrame:
    path = folder / "export.csv"
    frame.to_csv(path, index=False)
    return billing.problems(billing.read(path), as_of=as_of).set_index("rule")


def first(frame: pd.DataFrame, values: Mapping[str, object]) -> pd.DataFrame:
    """The export with values put into its first row: compute of tenant a on the first day."""
    changed = frame.astype(object)
    for column, value in values.items():
        changed.loc[changed.index[0], column] = value
    return changed


def test_a_clean_export_has_no_problem_and_says_what_nobody_could_check(tmp_path: Path) -> None:
    assert found(clean.export(), tmp_path, as_of=date(2026, 1, 31)).empty
    assert list(found(clean.export(), tmp_path).kind.items()) == [(FUTURE, "not checked")]


def test_the_example_names_period_service_sku_and_the_values_that_disagree(tmp_path: Path) -> None:
    row = found(first(clean.export(), {"ListCost": 6.5}), tmp_path).loc[
        "ListCost is ListUnitPrice × PricingQuantity"
    ]
    for told in (
        "2026-01-01 00:00",
        "ServiceName Compute Cloud",
        "SkuId C1",
        "ListCost 6.5",
        "ListUnitPrice 0.25",
        "PricingQuantity 24",
    ):
        assert told in row.example


def test_the_example_is_the_earliest_row(tmp_path: Path) -> None:
    late = clean.export()
    late.loc[late.ResourceId == "node-a", "ListCost"] = 9.0
    assert found(late, tmp_path).example.iloc[0].startswith("2026-01-01 00:00")


def test_what_breaks_most_rows_comes_first_and_what_was_not_checked_last(tmp_path: Path) -> None:
    frame = (
        first(clean.export(), {"ServiceCategory": "Analytics"})
        .assign(PricingCategory="Cheap")
        .drop(columns=["Tags"])
    )
    listed = found(frame, tmp_path)
    assert list(listed.kind) == sorted(listed.kind, reverse=True)
    counts = listed["count"].dropna()
    assert list(counts) == [158, 1]
    assert listed.loc["tags are a JSON object of plain values", "example"] == "no column Tags"


@pytest.mark.parametrize(
    ("list_cost", "listed"),
    [
        pytest.param(6.0000609, False, id="within 1e-6 + 6 × 1e-5 + 24 × 5e-11"),
        pytest.param(6.0000611, True, id="beyond"),
    ],
)
def test_products_may_be_off_by_what_printing_rounds(list_cost: float, listed: bool, tmp_path: Path) -> None:
    rules = found(first(clean.export(), {"ListCost": list_cost}), tmp_path).index
    assert ("ListCost is ListUnitPrice × PricingQuantity" in rules) is listed


def test_a_correction_may_be_negative_off_its_product_and_outside_its_period(tmp_path: Path) -> None:
    fixed = {"ChargeClass": "Correction", "ListCost": -6.0, "ContractedCost": -6.0, "EffectiveCost": -6.0, "BilledCost": -6.0,
             "ChargePeriodStart": "2025-12-31T00:00:00Z", "ChargePeriodEnd": "2026-01-01T00:00:00Z"}  # fmt: skip
    listed = found(first(clean.export(), fixed), tmp_path)
    assert listed[listed.kind == "violated"].empty


def test_a_charge_after_the_day_of_the_file_is_a_problem(tmp_path: Path) -> None:
    listed = found(clean.export(), tmp_path, as_of=date(2026, 1, 29))
    assert listed.loc[FUTURE, "count"] == 2 * 5


def test_infinite_and_undefined_costs_are_told_apart_from_numbers() -> None:
    costs = pa.array(np.array([1.0, np.nan, np.inf]), from_pandas=False)
    table = pa.table({"EffectiveCost": costs, "ServiceName": ["a", "b", "c"]})
    listed = billing.problems(ibis.memtable(table)).set_index("rule")
    assert listed.loc["EffectiveCost is a finite number", "count"] == 2


def test_an_export_without_rows_is_a_problem() -> None:
    table = ibis.memtable(pa.table({"EffectiveCost": pa.array([], pa.float64())}))
    assert list(billing.problems(table).rule)[:1] == ["there is at least one charge"]


def test_absent_columns_are_named_one_rule_at_a_time() -> None:
    listed = billing.problems(ibis.memtable(pa.table({"EffectiveCost": [1.0]})))
    unchecked = listed[listed.kind == "not checked"].set_index("rule").example
    assert unchecked[wholes.CATEGORIES] == "no column ServiceName, ServiceCategory"
    assert "no column CommitmentDiscountId" in unchecked[amortisation.RULE]


def months(count: int, **columns: object) -> pd.DataFrame:
    """One row of monthly usage, from 2025-01."""
    starts = pd.date_range("2025-01-01", periods=count + 1, freq="MS").strftime("%Y-%m-%dT00:00:00Z")
    span = {"ChargePeriodStart": starts[:-1], "ChargePeriodEnd": starts[1:]}
    rows = pd.DataFrame([clean.COMMON]).loc[[0] * count].reset_index(drop=True)
    named = {"ServiceName": "Compute Cloud", "ServiceCategory": "Compute", "SkuId": "C1"}
    priced = {
        "PricingQuantity": 1,
        "ListUnitPrice": 1.0,
        "ContractedUnitPrice": 1.0,
        "ListCost": 1.0,
        "ContractedCost": 1.0,
    }
    billed = {"BillingPeriodStart": starts[:-1], "BillingPeriodEnd": starts[1:]}
    return rows.assign(**span, **billed, **named, **priced, **columns)


def test_a_monthly_export_lacks_a_month_not_thirty_days(tmp_path: Path) -> None:
    row = found(months(6, BilledCost=1.0, EffectiveCost=1.0).drop(index=2), tmp_path).loc[wholes.GAPS]
    assert row["count"] == 1
    assert "2025-03-01, the first of 1 months" in row.example


def term(count: int) -> pd.DataFrame:
    """A year paid upfront with 12, used at 1 a month, of which the file holds some months."""
    plan = {"CommitmentDiscountId": "year", "CommitmentDiscountCategory": "Spend"}
    used = months(
        count,
        BilledCost=0.0,
        EffectiveCost=1.0,
        CommitmentDiscountStatus="Used",
        PricingCategory="Committed",
        **plan,
    )
    paid = months(
        1, ChargeCategory="Purchase", ChargeFrequency="One-Time", BilledCost=12.0, EffectiveCost=0.0, **plan
    )
    paid = paid.assign(
        ChargePeriodEnd="2026-01-01T00:00:00Z", ListCost=12.0, ContractedCost=12.0, PricingQuantity=12
    )
    return pd.concat([used, paid])


def test_a_term_paid_upfront_is_checked_only_when_the_file_holds_all_of_it(tmp_path: Path) -> None:
    assert amortisation.RULE not in found(term(12), tmp_path).index
    running = found(term(7), tmp_path).loc[amortisation.RULE]
    assert running.kind == "not checked"
    assert "paid upfront" in running.example
    short = term(12)
    short.loc[
        (short.CommitmentDiscountStatus == "Used") & (short.ChargePeriodStart == "2025-06-01T00:00:00Z"),
        "EffectiveCost",
    ] = 0.5
    wrong = found(short, tmp_path).loc[amortisation.RULE]
    assert (wrong.kind, wrong["count"]) == ("violated", 1)
    assert "used 11.50 + unused 0.00 against 12.00 bought" in wrong.example


def test_a_commitment_that_begins_within_the_file_needs_a_purchase_in_it(tmp_path: Path) -> None:
    other = months(12, BilledCost=1.0, EffectiveCost=1.0)
    used = term(12).query("CommitmentDiscountStatus == 'Used'")
    late = pd.concat([other, used.iloc[3:]])
    wrong = found(late, tmp_path).loc[amortisation.RULE]
    assert (wrong.kind, wrong["count"]) == ("violated", 1)
    assert "begins in 2025-04" in wrong.example
    assert found(pd.concat([other, used]), tmp_path).loc[amortisation.RULE].kind == "not checked"


def test_a_month_that_is_cut_short_decides_nothing_about_its_fee(tmp_path: Path) -> None:
    frame = clean.export()
    cut = frame[(frame.ChargeCategory != "Usage") | (frame.ChargePeriodStart < "2026-01-20")]
    assert found(cut, tmp_path).loc[amortisation.RULE].kind == "not checked"


def test_currencies_are_summed_apart() -> None:
    table = ibis.memtable(
        pa.table({"BillingCurrency": ["USD", "EUR", "USD"], "EffectiveCost": [1.0, 2.0, 3.0]})
    )
    row = billing.problems(table).set_index("rule").loc[wholes.CURRENCIES]
    assert (row["count"], row.example) == (2, "2.00 EUR, 4.00 USD: sums of these must stay apart")
