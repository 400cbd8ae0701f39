"""A reader's export, or ours: what of it can be attributed, as tables to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

import ibis
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
from ibis import ir

from playbook import billing
from playbook.model import data_folder

WAYS = ("direct", "caused", "placed")
RULES = get_args(billing.Rule)
CENT = 0.01
Row = dict[str, object]
Texts = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Given:
    """An export with what is known beside it: its currency, who used what, and what drives shared meters."""

    charges: ir.Table
    currency: str
    usage: ir.Table | None
    drivers: ir.Table | None
    tag: str

    def rows(self, rule: billing.Rule) -> list[Row]:
        """Month, tenant, direct, caused, placed and total; the tenant is none where nobody can be named."""
        found = billing.attribution(self.charges, self.usage, self.drivers, rule=rule, tag=self.tag)
        return _rows(found)


def given(
    export: str,
    usage: str = "",
    drivers: str = "",
    *,
    tag: str = "tenant",
    engine: str = "duckdb",
    currency: str = "",
) -> Given:
    """The export at a path, one of the reader's or of this checkout's, with its usage and drivers.

    Empty paths are not given. Ours stand beside our export only: another's bill has other tenants.
    Raises ValueError for what is not there or cannot be summed, naming it.
    """
    path = _located(export)
    ours = _is_ours(path)
    charges = billing.read(path, engine=engine, currency=currency or None, progress=not ours)
    one = charges.select("BillingCurrency").limit(1).to_pyarrow().to_pylist()[0]["BillingCurrency"]
    return Given(charges, str(one or "currency not named"), _beside(usage, ours), _beside(drivers, ours), tag)


def by_month(found: Sequence[Row], *, last: int = 6) -> Texts:
    """Month, cost by way, what nobody can be named for, all of it, and the share that is attributed."""
    months = sorted({row["month"] for row in found}, key=str)[-last:]
    return [_told(str(month)[:7], [row for row in found if row["month"] == month]) for month in months]


def by_rule(each: Given, *, most: int = 8) -> Texts:
    """For the tenants that pay most by any rule in the last month: what each rule has them pay."""
    paid = [_last(each.rows(rule)) for rule in RULES]
    tenants = {tenant for rule in paid for tenant in rule}
    order = sorted(tenants, key=lambda t: (-round(max(rule.get(t, 0.0) for rule in paid), 2), t))
    return [(tenant, *(f"{rule.get(tenant, 0.0):,.2f}" for rule in paid)) for tenant in order[:most]]


def left_over(each: Given, rule: billing.Rule, *, most: int = 8) -> Texts:
    """The last month's costs that nobody can be named for: service, meter, region, reason, cost."""
    found = _rows(billing.unallocatable(each.charges, each.usage, each.drivers, rule=rule, tag=each.tag))
    latest = max((row["month"] for row in found), key=str, default=None)
    kept = [row for row in found if row["month"] == latest and abs(_number(row["cost"])) >= CENT][:most]
    names = ("service", "meter", "region", "reason")
    return [(*(str(row[name]) for name in names), f"{_number(row['cost']):,.2f}") for row in kept]


def problems(each: Given) -> Texts:
    """Kind, rule, count and example of what is wrong with the export, or the one row that says nothing is."""
    found = billing.problems(each.charges).itertuples(index=False)
    texts: Texts = [
        (r.kind, r.rule, "" if r.kind == "not checked" else f"{r.count:,}", r.example) for r in found
    ]
    return texts or [("checked", "all rules hold", "", "")]


def lacking(each: Given) -> Texts:
    """What cannot be computed from what was given, and what would be needed for it."""
    columns = {
        "Tags": "direct cost",
        "SkuMeter": "caused cost, which goes by meter",
        "RegionId": "costs by region",
    }
    absent: Texts = [
        (f"column {name}", what) for name, what in columns.items() if name not in each.charges.columns
    ]
    if each.usage is None:
        absent.append(("usage by tenant", "caused cost, and every rule but those by direct cost"))
    if each.drivers is None:
        absent.append(
            ("drivers of shared meters", "caused and placed cost: all that is shared stays unallocatable")
        )
    if not any(row["direct"] for row in each.rows("none")):
        absent.append((f"tag {each.tag}", "direct cost: no charge carries it"))
    return absent or [("nothing", "all of it can be computed")]


def _beside(path: str, ours: bool) -> ir.Table | None:
    return _table(path) if path and (ours or not _is_ours(_located(path))) else None


def _told(month: str, rows: Sequence[Row]) -> tuple[str, ...]:
    sums = [sum(_number(row[way]) for row in rows) for way in WAYS]
    whole = sum(_number(row["total"]) for row in rows)
    lost = sum(_number(row["total"]) for row in rows if row["tenant"] is None)
    share = f"{1 - lost / whole:.1%}" if 0 <= lost <= whole and whole > 0 else "credits are left"
    return (month, *(f"{cost:,.2f}" for cost in (*sums, lost, whole)), share)


def _last(rows: Sequence[Row]) -> Mapping[str, float]:
    latest = max((row["month"] for row in rows), key=str, default=None)
    return {
        str(row["tenant"]): _number(row["total"]) for row in rows if row["month"] == latest and row["tenant"]
    }


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _rows(table: ir.Table) -> list[Row]:
    found: list[Row] = table.to_pyarrow().to_pylist()
    return found


def _located(path: str) -> Path:
    """Where the reader is, or else in this checkout; a glob stays as it is."""
    there, ours = Path(path).expanduser(), data_folder().parent / path
    return ours if not there.exists() and ours.exists() else there


def _is_ours(path: Path) -> bool:
    return path.resolve().is_relative_to(data_folder().resolve())


@cache
def _arrow(path: Path) -> pa.Table:
    if not path.is_file():
        raise ValueError(
            f"{path} is no file: give usage and drivers as one Parquet or CSV file, or leave them empty"
        )
    return pq.read_table(path) if path.suffix == ".parquet" else pyarrow.csv.read_csv(path)


def _table(path: str) -> ir.Table:
    return ibis.memtable(_arrow(_located(path)))
