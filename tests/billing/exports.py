"""Small exports, made by hand: the columns that every sum needs, and those that a test adds."""

from pathlib import Path

import ibis.expr.types as ir
import pandas as pd

from playbook import billing

JANUARY = {"BillingPeriodStart": "2026-01-01T00:00:00Z", "BillingPeriodEnd": "2026-02-01T00:00:00Z"}
FEBRUARY = {"BillingPeriodStart": "2026-02-01T00:00:00Z", "BillingPeriodEnd": "2026-03-01T00:00:00Z"}
MARCH = {"BillingPeriodStart": "2026-03-01T00:00:00Z", "BillingPeriodEnd": "2026-04-01T00:00:00Z"}


def charge(effective: float | str = 1.0, service: str = "Compute", /, **others: object) -> dict[str, object]:
    """One charge for the first of January 2026, billed as it is effective, unless `others` say else."""
    return {
        **JANUARY,
        "ChargePeriodStart": "2026-01-01T00:00:00Z",
        "ChargePeriodEnd": "2026-01-02T00:00:00Z",
        "ChargeCategory": "Usage",
        "ServiceName": service,
        "BillingCurrency": "USD",
        "BilledCost": effective,
        "EffectiveCost": effective,
        **others,
    }


def written(folder: Path, *rows: dict[str, object], name: str = "export.csv") -> Path:
    """The rows as a file of the form that its name says."""
    file = folder / name
    frame = pd.DataFrame(list(rows))
    frame.to_parquet(file) if name.endswith(".parquet") else frame.to_csv(file, index=False)
    return file


def export(folder: Path, *rows: dict[str, object]) -> ir.Table:
    """The rows, read back."""
    return billing.read(written(folder, *rows))


def rows(table: ir.Table, *columns: str) -> list[tuple[object, ...]]:
    """What a query returns, months and days as text, numbers to six digits after the point."""
    named = columns or table.columns
    return [tuple(_plain(row[name]) for name in named) for row in table.to_pyarrow().to_pylist()]


def _plain(value: object) -> object:
    if isinstance(value, float):
        return round(value, 6)
    return value if value is None or isinstance(value, int | str) else str(value)
