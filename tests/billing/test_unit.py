"""Cost of a unit."""

from pathlib import Path

import ibis
import pandas as pd
import pyarrow as pa
import pytest

from playbook import billing
from tests.billing.exports import FEBRUARY, MARCH, charge, export, rows

USAGE = pd.DataFrame(
    {
        "usage_date": pd.to_datetime(["2026-01-03", "2026-01-31", "2026-02-28", "2026-04-01"]),
        "events": [1_000_000, 3_000_000, 0, 5],
        "requests": [10, 30, 1, 1],
    }
)


def test_a_unit_costs_the_sum_over_the_sum(tmp_path: Path) -> None:
    # 8 + 12 over 4 million is 5 a million; the mean of 8 and 4 would be 6.
    table = export(tmp_path, charge(8.0), charge(12.0), charge(7.0, **FEBRUARY), charge(9.0, **MARCH))
    assert rows(billing.unit_cost(table, USAGE)) == [
        ("2026-01-01", 20.0, 4e6, 5.0),
        ("2026-02-01", 7.0, 0.0, None),
        ("2026-03-01", 9.0, None, None),
        ("2026-04-01", None, 5.0, None),
    ]


def test_units_and_their_number_are_chosen(tmp_path: Path) -> None:
    told = billing.unit_cost(export(tmp_path, charge(8.0)), USAGE, unit="requests", per=1)
    assert rows(told, "month", "unit_cost")[0] == ("2026-01-01", 0.2)


def test_usage_may_live_in_another_engine(tmp_path: Path) -> None:
    elsewhere = ibis.duckdb.connect().create_table("usage", ibis.memtable(pa.Table.from_pandas(USAGE)))
    table = export(tmp_path, charge(8.0))
    assert rows(billing.unit_cost(table, elsewhere)) == rows(billing.unit_cost(table, USAGE))


def test_usage_without_the_unit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="needs pages in usage, which has usage_date, events, requests"):
        billing.unit_cost(export(tmp_path, charge()), USAGE, unit="pages")
