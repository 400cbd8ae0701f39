"""One export of some thousand charges: DuckDB, Spark and pandas give the same answers."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from ibis.backends import BaseBackend
from pyarrow import parquet

from playbook import billing
from playbook.billing import engines
from tests.billing import opinion

# What PySpark 4.0 and Ibis 12 still say to pandas 3.
pytestmark = [
    pytest.mark.filterwarnings(f"ignore:{text}")
    for text in ("The copy keyword is deprecated", "The .future.infer_string. option")
]

QUERIES: Mapping[str, Callable[[ir.Table], ir.Table]] = {
    "by_service": billing.by_service,
    "by_tenant": billing.by_tenant,
    "untagged": billing.untagged,
    "commitments": billing.commitments,
    "movers": billing.movers,
    "savings": billing.savings,
    "anomalies": billing.anomalies,
    "unit_cost": lambda charges: billing.unit_cost(charges, USAGE),
}
USAGE = pd.DataFrame(
    {"usage_date": pd.date_range("2026-01-01", "2026-04-30"), "events": np.arange(1, 121) * 1_000}
)
FORMS = ("json.parquet", "map.parquet", "json.csv", "json.csv.gz")


def charges() -> pd.DataFrame:
    """Four services for four months, by tenant; a plan, credits, a correction, three planted days."""
    rng = np.random.default_rng(20260101)
    days = pd.date_range("2026-01-01", "2026-04-30")
    index = pd.MultiIndex.from_product(
        [days, ["Compute", "Storage", "Queue", "Model"], [None, "a", "b, c", 'd"e', "é"]],
        names=["day", "ServiceName", "tenant"],
    )
    table = index.to_frame(index=False)
    size = len(table)
    table["EffectiveCost"] = rng.lognormal(2, 0.05, size).round(6)
    table.loc[
        table["day"].isin(pd.to_datetime(["2026-02-11", "2026-03-20"])) & (table["ServiceName"] == "Queue"),
        "EffectiveCost",
    ] *= 4
    table = table[~((table["ServiceName"] == "Model") & (table["day"] < "2026-03-15"))]
    table = table[~(table["tenant"].notna() & (table["day"] >= "2026-04-01"))]
    size = len(table)
    plan = (table["ServiceName"] == "Compute") & (rng.random(size) < 0.5)
    table["ListCost"] = (table["EffectiveCost"] * np.where(plan, 1.4, 1.0)).round(6)
    table["CommitmentDiscountId"] = np.where(plan, np.where(rng.random(size) < 0.7, "one", "two"), None)
    table["CommitmentDiscountStatus"] = np.where(
        plan, np.where(rng.random(size) < 0.9, "Used", "Unused"), None
    )
    table["ChargeCategory"] = np.where(rng.random(size) < 0.97, "Usage", "Credit")
    table.loc[table["ChargeCategory"] == "Credit", "EffectiveCost"] *= -1
    table["ChargeClass"] = np.where(rng.random(size) < 0.02, "Correction", None)
    table["BilledCost"] = np.where(plan, 0.0, table["EffectiveCost"])
    bare = rng.random(size)
    table["Tags"] = [
        None
        if chance < 0.05
        else "{}"
        if chance < 0.1
        else json.dumps({"env": "x", **({"tenant": tenant} if isinstance(tenant, str) else {})})
        for tenant, chance in zip(table["tenant"], bare, strict=True)
    ]
    month = table["day"].dt.to_period("M").dt.to_timestamp()
    late = (table["day"].dt.day == 1) & (rng.random(size) < 0.5) & (table["day"] > "2026-01-01")
    table["BillingPeriodStart"] = month.where(~late, month - pd.DateOffset(months=1))
    table["ChargePeriodStart"] = table["day"] + pd.to_timedelta(rng.integers(0, 24, size), unit="h")
    table["ChargePeriodEnd"] = table["ChargePeriodStart"] + pd.Timedelta(hours=1)
    table["BillingCurrency"] = "USD"
    return table.drop(columns=["day", "tenant"]).reset_index(drop=True)


CHARGES = charges()


def write(file: Path) -> None:
    """The export in the form that the name of the file says."""
    if file.name.startswith("json.csv"):
        texts = CHARGES.assign(
            ChargePeriodStart=CHARGES["ChargePeriodStart"].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
        )
        texts.to_csv(file, index=False, na_rep="NULL")
        return
    table = pa.Table.from_pandas(CHARGES, preserve_index=False)
    if file.name == "map.parquet":
        pairs = [
            None if text is None or text != text else list(json.loads(text).items())
            for text in CHARGES["Tags"]
        ]
        number = table.schema.get_field_index("Tags")
        table = table.set_column(number, "Tags", pa.array(pairs, pa.map_(pa.string(), pa.string())))
    parquet.write_table(table, file)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("exports")
    for form in FORMS:
        write(made / form)
    return made


@pytest.fixture(scope="module")
def spark() -> BaseBackend:
    try:
        return engines.spark()
    except ValueError as missing:
        if os.environ.get("CI"):
            pytest.fail(f"{missing}; make spark installs it")
        pytest.skip(f"{missing}; make spark installs it")


def agree(table: ir.Table, expected: pd.DataFrame) -> None:
    """Equal rows, whatever their order; numbers to 1e-9, since sums are taken in another order."""
    found = table.to_pyarrow().to_pandas()
    keys = [name for name in ("month", "day", "service", "tenant", "commitment") if name in found]
    parts = []
    for part in (found, expected):
        for name in ("month", "day"):
            if name in part:
                part = part.assign(**{name: pd.to_datetime(part[name])})
        texts = {
            name: part[name].astype(object).where(part[name].notna(), "")
            for name in keys
            if name not in ("month", "day")
        }
        parts.append(part.assign(**texts).sort_values(keys).reset_index(drop=True))
    assert len(expected) > 0
    pd.testing.assert_frame_equal(*parts, check_dtype=False, rtol=1e-9, atol=1e-9)


def expected(query: str) -> pd.DataFrame:
    """What pandas says."""
    answer = getattr(opinion, query)
    table = opinion.frame(CHARGES)
    return pd.DataFrame(answer(table, USAGE) if query == "unit_cost" else answer(table))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("query", QUERIES)
def test_duckdb_agrees_with_pandas(folder: Path, query: str, form: str) -> None:
    agree(QUERIES[query](billing.read(folder / form)), expected(query))


@pytest.mark.parametrize(
    ("query", "form"),
    [
        *((query, "json.parquet") for query in QUERIES),
        *((query, form) for form in FORMS[1:] for query in ("by_tenant", "untagged")),
    ],
)
def test_spark_agrees_with_pandas(folder: Path, spark: BaseBackend, query: str, form: str) -> None:
    agree(QUERIES[query](billing.read(folder / form, engine=spark)), expected(query))


def test_spark_refuses_what_duckdb_refuses(tmp_path: Path, spark: BaseBackend) -> None:
    texts = CHARGES.head(3).astype(str)
    for column, value, message in (
        ("EffectiveCost", "1d", "no number, like '1d'"),
        ("ChargePeriodStart", "2026", "no time in ISO form, like '2026'"),
    ):
        texts.assign(**{column: value}).to_csv(tmp_path / "export.csv", index=False)
        for engine in ("duckdb", spark):
            with pytest.raises(ValueError, match=message):
                billing.read(tmp_path, engine=engine)
