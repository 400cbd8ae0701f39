"""One export of some thousand charges, in each form, and the queries to be asked of it."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import parquet

from playbook import billing

USAGE = pd.DataFrame(
    {"usage_date": pd.date_range("2026-01-01", "2026-04-30"), "events": np.arange(1, 121) * 1_000}
)
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
    table = table.reset_index(drop=True)
    size = len(table)
    plan = (table["ServiceName"] == "Compute") & (rng.random(size) < 0.5)
    table["ListCost"] = (table["EffectiveCost"] * np.where(plan, 1.4, 1.0)).round(6)
    table["CommitmentDiscountId"] = text(rng.random(size) < 0.7, "one", "two").where(plan.array)
    table["CommitmentDiscountStatus"] = text(rng.random(size) < 0.9, "Used", "Unused").where(plan.array)
    table["ChargeCategory"] = text(rng.random(size) < 0.97, "Usage", "Credit")
    table.loc[table["ChargeCategory"] == "Credit", "EffectiveCost"] *= -1
    table["ChargeClass"] = text(rng.random(size) < 0.02, "Correction", None)
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
    return table.drop(columns=["day", "tenant"])


def text(chosen: NDArray[np.bool_], yes: str, no: str | None) -> pd.Series:
    """One of two texts for each."""
    return pd.Series([yes if one else no for one in chosen], dtype=object)


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
