"""Reading exports as they come."""

import gzip
import shutil
from decimal import Decimal
from pathlib import Path

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from playbook import billing
from tests.billing.exports import charge, export, rows, written

TIMES = {
    "with Z": "2026-01-01T06:00:00Z",
    "with milliseconds": "2026-01-01T06:00:00.000Z",
    "spaced": "2026-01-01 06:00:00",
    "with an offset": "2026-01-01T08:00:00+02:00",
    "without seconds": "2026-01-01T06:00Z",
    "with UTC": "2026-01-01 06:00:00 UTC",
}


@pytest.mark.parametrize("text", TIMES.values(), ids=TIMES)
def test_a_time_is_utc_however_it_is_written(tmp_path: Path, text: str) -> None:
    table = export(tmp_path, charge(ChargePeriodStart=text))
    assert rows(table, "ChargePeriodStart") == [("2026-01-01 06:00:00",)]


@pytest.mark.parametrize("zone", [None, "UTC", "America/New_York"])
def test_a_typed_time_is_utc_whatever_its_zone(tmp_path: Path, zone: str | None) -> None:
    begin = pd.Timestamp("2026-01-01 06:00", tz="UTC")
    begin = begin.tz_convert(zone) if zone else begin.tz_localize(None)
    file = written(tmp_path, charge(ChargePeriodStart=begin), name="export.parquet")
    assert rows(billing.read(file), "ChargePeriodStart") == [("2026-01-01 06:00:00",)]


@pytest.mark.parametrize("nothing", ["", "NULL", "null"])
@pytest.mark.parametrize("name", ["export.csv", "export.parquet"])
def test_text_for_nothing_is_null(tmp_path: Path, nothing: str, name: str) -> None:
    row = charge(Tags=nothing, PricingQuantity=nothing, SubAccountId=nothing, x_Team=nothing)
    table = billing.read(written(tmp_path, row, name=name))
    assert rows(table, "Tags", "PricingQuantity", "SubAccountId", "x_Team") == [(None, None, None, None)]


@pytest.mark.parametrize("cost", ["1.25", " 1.25 ", "125e-2", "1.25000000000", "+1.25"])
def test_a_number_is_read_however_it_is_written(tmp_path: Path, cost: str) -> None:
    assert rows(export(tmp_path, charge(cost)), "EffectiveCost") == [(1.25,)]


def test_whole_and_decimal_costs_become_floats(tmp_path: Path) -> None:
    frame = pd.DataFrame([charge(2)])
    frame["BilledCost"] = frame["BilledCost"].astype("int64")
    frame["EffectiveCost"] = Decimal("2.50")
    frame.to_parquet(tmp_path / "export.parquet")
    table = billing.read(tmp_path)
    assert (table["BilledCost"].type(), table["EffectiveCost"].type()) == (ibis.dtype("float64"),) * 2
    assert rows(table, "BilledCost", "EffectiveCost") == [(2.0, 2.5)]


def test_an_account_that_a_data_frame_made_a_number_is_text_again(tmp_path: Path) -> None:
    file = written(tmp_path, charge(SubAccountId=1234567890123.0), charge(), name="export.parquet")
    assert sorted(rows(billing.read(file), "SubAccountId"), key=str) == [("1234567890123",), (None,)]


def test_unknown_columns_are_kept_and_missing_ones_stay_absent(tmp_path: Path) -> None:
    table = export(tmp_path, charge(x_Team="platform", Id="11472"))
    assert rows(table, "x_Team", "Id") == [("platform", "11472")]
    assert "Tags" not in table.columns


def test_files_are_united_by_name(tmp_path: Path) -> None:
    written(tmp_path, charge(1, x_Team="one"), name="a.csv")
    inner = tmp_path / "2026-01"
    inner.mkdir()
    row = charge(2, Tags='{"tenant": "a"}')
    swapped = {name.lower(): row[name] for name in reversed(row)}
    written(inner, swapped, name="b.csv")
    with (inner / "b.csv").open("rb") as plain, gzip.open(inner / "c.csv.gz", "wb") as packed:
        shutil.copyfileobj(plain, packed)
    table = billing.read(tmp_path)
    assert sorted(rows(table, "EffectiveCost", "x_Team", "Tags"), key=str) == [
        (1.0, "one", None),
        (2.0, None, '{"tenant": "a"}'),
        (2.0, None, '{"tenant": "a"}'),
    ]
    assert rows(billing.read(f"{tmp_path}/*.csv"), "EffectiveCost") == [(1.0,)]


def test_parquet_files_of_different_types_are_united(tmp_path: Path) -> None:
    written(tmp_path, charge(1), name="a.parquet")
    written(tmp_path, charge("2.5"), name="b.parquet")
    assert sorted(rows(billing.read(tmp_path), "EffectiveCost")) == [(1.0,), (2.5,)]


def test_a_semicolon_between_columns_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    row = charge(1, ChargeDescription='Hours; "reserved",\nby the year')
    pd.DataFrame([row]).to_csv(tmp_path / "export.csv", index=False, sep=";", encoding="utf-8-sig")
    assert rows(billing.read(tmp_path), "ChargeDescription") == [(row["ChargeDescription"],)]


def test_one_of_several_currencies_is_picked(tmp_path: Path) -> None:
    file = written(tmp_path, charge(1), charge(5, BillingCurrency="EUR"))
    assert rows(billing.read(file, currency="EUR"), "EffectiveCost") == [(5.0,)]


def test_an_own_connection_and_a_table_in_it_are_read(tmp_path: Path) -> None:
    own = ibis.duckdb.connect()
    file = written(tmp_path, charge(3))
    assert rows(billing.read(file, engine=own), "EffectiveCost") == [(3.0,)]
    held = own.create_table("held", ibis.memtable(pa.Table.from_pandas(pd.read_csv(file))))
    assert rows(billing.charges(held), "EffectiveCost") == [(3.0,)]


def without(name: str) -> dict[str, object]:
    return {key: value for key, value in charge().items() if key != name}


REFUSED = {
    "no billed cost": (without("BilledCost"), "lacks BilledCost; found BillingPeriodStart, "),
    "no currency": (without("BillingCurrency"), "lacks BillingCurrency"),
    "no period": (without("BillingPeriodStart"), "lacks BillingPeriodStart"),
    "another table": ({"a": 1, "b": 2}, "no FOCUS export.*found a, b"),
    "a cost in words": (charge("free"), "EffectiveCost: 1 of 1 values are no number, like 'free'"),
    "a comma in a cost": (charge("1,25"), "no number, like '1,25'"),
    "a currency in a cost": (charge("$1.25"), "no number"),
    "thousands": (charge("1,234.50"), "no number"),
    "a float of Java": (charge("1d"), "no number"),
    "an American date": (charge(ChargePeriodStart="01/31/2026"), "no time in ISO form, like '01/31/2026'"),
    "a date that is not": (charge(ChargePeriodStart="2026-02-30"), "no time in ISO form"),
    "a bare year": (charge(BillingPeriodStart="2026"), "no time in ISO form"),
    "one column twice": (charge(billed_cost=1), "BilledCost.*billed_cost.*one and the same"),
}


@pytest.mark.parametrize(("row", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_summed_is_refused_by_name(
    tmp_path: Path, row: dict[str, object], message: str
) -> None:
    file = written(tmp_path, row)
    with pytest.raises(ValueError, match=f"(?s){file}.*{message}"):
        billing.read(file)


def test_a_type_that_cannot_be_a_cost_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path, charge() | {"BilledCost": True}, name="export.parquet")
    with pytest.raises(ValueError, match="BilledCost is boolean, FOCUS has Decimal"):
        billing.read(file)


def test_several_currencies_never_add_up(tmp_path: Path) -> None:
    file = written(tmp_path, charge(), charge(), charge(BillingCurrency="EUR"))
    with pytest.raises(ValueError, match=r"EUR \(1 charges\), USD \(2 charges\); choose one"):
        billing.read(file)
    with pytest.raises(ValueError, match="no charge in GBP, but EUR"):
        billing.read(file, currency="GBP")


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (None, "export.csv", "does not exist"),
        (b"", "export.csv", "is empty"),
        (b"PAR1", "export.parquet", "is not a Parquet file"),
        (b"{}", "export.json", "needed is .parquet, .csv or .csv.gz"),
        (b"no gzip", "export.csv.gz", "no CSV in UTF-8"),
        (",".join(charge()).encode(), "export.csv", "holds no charge"),
        (",".join(charge()).encode() + b"\n1,2\n", "export.csv", "cannot be read"),
    ],
)
def test_a_file_that_is_none_is_refused(
    tmp_path: Path, content: bytes | None, name: str, message: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ValueError, match=f"(?s){name}.*{message}"):
        billing.read(file)


def test_a_folder_without_an_export_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(ValueError, match=r"has no \.parquet, \.csv"):
        billing.read(tmp_path)


def test_parquet_beside_csv_may_be_one_export_twice(tmp_path: Path) -> None:
    written(tmp_path, charge())
    written(tmp_path, charge(), name="export.parquet")
    with pytest.raises(ValueError, match="may be one export twice"):
        billing.read(tmp_path)
    assert rows(billing.read(f"{tmp_path}/*.csv"), "EffectiveCost") == [(1.0,)]


def test_tags_of_two_forms_are_not_guessed_at(tmp_path: Path) -> None:
    written(tmp_path, charge(Tags='{"tenant": "a"}'), name="a.parquet")
    written(tmp_path, charge(Tags={"tenant": "a"}), name="b.parquet")
    with pytest.raises(ValueError, match=r"Tags is .* in one file and .* in another"):
        billing.read(tmp_path)


def test_an_unknown_engine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="engine 'polars' is not known: 'duckdb', 'spark'"):
        billing.read(tmp_path, engine="polars")
