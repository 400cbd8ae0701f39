"""Attribution: every cost comes to somebody by a way that is named, or to nobody, and none is lost."""

import math
from collections.abc import Sequence
from datetime import date

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook import billing
from playbook.billing.attribution import NO_ROW, NO_RULE, NO_USAGE
from playbook.laws import allocation

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
Charge = tuple[date, str, str, str | None, str | None, float]
Used = tuple[date, str, str, float, float]


def charges(rows: Sequence[Charge]) -> ir.Table:
    """Month, service, meter, region, tenant's tag, cost."""
    table = pa.table(
        {
            "BillingPeriodStart": pa.array([row[0] for row in rows], pa.date32()).cast(pa.timestamp("us")),
            "ServiceName": [row[1] for row in rows],
            "SkuMeter": pa.array([row[2] or None for row in rows], pa.string()),
            "RegionId": pa.array([row[3] for row in rows], pa.string()),
            "Tags": pa.array([f'{{"tenant":"{row[4]}"}}' if row[4] else None for row in rows], pa.string()),
            "EffectiveCost": pa.array([row[5] for row in rows], pa.float64()),
        }
    )
    return ibis.memtable(table)


def usage(rows: Sequence[Used], *, regions: bool = True) -> ir.Table:
    """Day, tenant, region, events, gigabytes."""
    names = ("usage_date", "tenant_id", "region", "events", "gigabytes")
    types = (pa.date32(), pa.string(), pa.string(), pa.float64(), pa.float64())
    table = pa.table({n: pa.array([row[i] for row in rows], types[i]) for i, n in enumerate(names)})
    return ibis.memtable(table if regions else table.drop_columns(["region"]))


def drivers(**causes: str) -> ir.Table:
    """Meter to driver, of the one service `Cloud`."""
    rows = [{"ServiceName": "Cloud", "SkuMeter": m, "driver": d or None} for m, d in causes.items()]
    schema = pa.schema({"ServiceName": pa.string(), "SkuMeter": pa.string(), "driver": pa.string()})
    return ibis.memtable(pa.Table.from_pylist(rows, schema))


def parts(table: ir.Table, month: date = MAY) -> dict[str | None, tuple[float, float, float, float]]:
    return {
        row["tenant"]: (row["direct"], row["caused"], row["placed"], row["total"])
        for row in table.to_pyarrow().to_pylist()
        if row["month"] == month
    }


# By hand: a and b in us, c in eu. Nodes stand still, bytes are driven by gigabytes, tax has no row.
BILL: tuple[Charge, ...] = (
    (MAY, "Cloud", "queue", "us", "a", 5.0),
    (MAY, "Cloud", "bytes", "us", None, 12.0),
    (MAY, "Cloud", "bytes", "eu", None, 7.0),
    (MAY, "Cloud", "bytes", None, None, 20.0),
    (MAY, "Cloud", "nodes", "us", None, 40.0),
    (MAY, "Cloud", "nodes", "eu", None, 50.0),
    (MAY, "Cloud", "nodes", "standby", None, 9.0),
    (MAY, "Tax", "", None, None, 3.0),
)
USED: tuple[Used, ...] = (
    (date(2026, 5, 2), "a", "us", 60.0, 1.0),
    (date(2026, 5, 3), "b", "us", 30.0, 2.0),
    (date(2026, 5, 31), "c", "eu", 10.0, 2.0),
)
MAP = {"bytes": "gigabytes", "nodes": ""}


@pytest.mark.parametrize(
    ("rule", "placed"),
    [
        ("equal", {"a": 33.0, "b": 33.0, "c": 33.0}),
        ("regional", {"a": 20 + 3.0, "b": 20 + 3.0, "c": 50 + 3.0}),
        ("events", {"a": 59.4, "b": 29.7, "c": 9.9}),
        ("direct", {"a": 99.0, "b": 0.0, "c": 0.0}),
    ],
)
def test_each_rule_places_what_nobody_causes_as_worked_by_hand(
    rule: billing.Rule, placed: dict[str, float]
) -> None:
    caused = {"a": 4 + 4.0, "b": 8 + 8.0, "c": 7 + 8.0}
    direct = {"a": 5.0, "b": 0.0, "c": 0.0}
    found = parts(billing.attribution(charges(BILL), usage(USED), drivers(**MAP), rule=rule))
    assert found.pop(None) == (0, 0, 0, pytest.approx(3.0))
    for tenant in "abc":
        ways = (direct[tenant], caused[tenant], placed[tenant])
        assert found[tenant] == pytest.approx((*ways, sum(ways)))


def test_without_a_rule_what_nobody_causes_stays_unallocatable() -> None:
    table = billing.unallocatable(charges(BILL), usage(USED), drivers(**MAP), rule="none")
    rows = [
        (r["service"], r["meter"], r["region"], r["reason"], r["cost"])
        for r in table.to_pyarrow().to_pylist()
    ]
    assert rows == [
        ("Cloud", "nodes", "eu", NO_RULE, 50.0),
        ("Cloud", "nodes", "us", NO_RULE, 40.0),
        ("Cloud", "nodes", "standby", NO_RULE, 9.0),
        ("Tax", "", "", NO_ROW, 3.0),
    ]


def test_a_meter_without_usage_that_month_is_nobodys_and_says_so() -> None:
    june = ((JUNE, "Cloud", "bytes", "us", None, 8.0), (MAY, "Cloud", "bytes", "asia", None, 6.0))
    table = billing.unallocatable(charges(june), usage(USED), drivers(**MAP))
    assert [(r["month"], r["region"], r["reason"]) for r in table.to_pyarrow().to_pylist()] == [
        (MAY, "asia", NO_USAGE),
        (JUNE, "us", NO_USAGE),
    ]


def test_usage_without_regions_splits_over_all_tenants() -> None:
    found = parts(billing.attribution(charges(BILL), usage(USED, regions=False), drivers(**MAP)))
    assert [found[t][1] for t in "abc"] == pytest.approx([39 / 5, 78 / 5, 78 / 5])


def test_an_export_without_usage_and_drivers_has_direct_cost_and_the_rest() -> None:
    assert parts(billing.attribution(charges(BILL))) == {"a": (5, 0, 0, 5), None: (0, 0, 0, 141)}


def test_an_export_without_tags_regions_and_meters_is_all_unallocatable() -> None:
    bare = charges(BILL).drop("Tags", "RegionId", "SkuMeter")
    assert parts(billing.attribution(bare, usage(USED), drivers(**MAP))) == {None: (0, 0, 0, 146)}


def test_a_credit_is_shared_like_the_charge_it_lowers() -> None:
    credit = (*BILL, (MAY, "Cloud", "nodes", "us", None, -99.0))
    found = parts(billing.attribution(charges(credit), usage(USED), drivers(**MAP)))
    assert [found[t][2] for t in "abc"] == pytest.approx([0.0] * 3)


@pytest.mark.parametrize(
    ("map_", "rule", "says"),
    [
        ({"bytes": "furlongs"}, "equal", "furlongs cause Cloud bytes, but usage has usage_date"),
        ({"bytes": "gigabytes"}, "by size", "rule 'by size' is not known: one of equal"),
    ],
)
def test_what_cannot_be_followed_is_refused_by_name(
    map_: dict[str, str], rule: billing.Rule, says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        billing.attribution(charges(BILL), usage(USED), drivers(**map_), rule=rule)


def test_a_meter_with_two_drivers_is_refused() -> None:
    twice = drivers(bytes="gigabytes").union(drivers(bytes="events"))
    with pytest.raises(ValueError, match="Cloud bytes both gigabytes and events"):
        billing.attribution(charges(BILL), usage(USED), twice)


MONTHS, TENANTS, PLACES = (
    st.sampled_from((MAY, JUNE)),
    st.sampled_from("abcd"),
    st.sampled_from(("us", "eu", None)),
)
COST = st.floats(-1e6, 1e6, allow_nan=False)
AMOUNT = st.floats(0, 1e9, allow_nan=False)
CHARGES = st.lists(
    st.tuples(MONTHS, st.sampled_from(("Cloud", "Tax")), st.sampled_from(("bytes", "nodes", "queue", "")), PLACES, st.none() | TENANTS, COST),
    min_size=1, max_size=12,
)  # fmt: skip
USAGE = st.lists(st.tuples(MONTHS, TENANTS, PLACES, AMOUNT, AMOUNT), max_size=10)


@settings(max_examples=20, deadline=None)
@given(CHARGES, USAGE, st.sampled_from(("equal", "regional", "events", "direct", "none")))
def test_whatever_the_rule_a_months_parts_are_its_whole(
    rows: list[Charge], used: list[Used], rule: billing.Rule
) -> None:
    """To 1e-12 of the sum of absolute values: a share is two roundings off, a sum one for each term."""
    table = (
        billing.attribution(charges(rows), usage(used), drivers(**MAP), rule=rule).to_pyarrow().to_pylist()
    )
    for month in {row[0] for row in rows}:
        costs = [row[5] for row in rows if row[0] == month]
        found = [row["total"] for row in table if row["month"] == month]
        assert abs(math.fsum(found) - math.fsum(costs)) <= 1e-12 * math.fsum(map(abs, costs))
        for row in table:
            if row["tenant"] is not None:
                assert row["total"] == pytest.approx(
                    row["direct"] + row["caused"] + row["placed"], rel=1e-12, abs=1e-9
                )


@settings(max_examples=10, deadline=None)
@given(st.dictionaries(TENANTS, st.floats(0.1, 1e9), min_size=1), st.floats(0.01, 1e6))
def test_the_split_in_the_engine_is_the_exact_split_but_for_rounding(
    weights: dict[str, float], cost: float
) -> None:
    used = [(MAY, tenant, "us", 1.0, weight) for tenant, weight in weights.items()]
    found = parts(
        billing.attribution(charges([(MAY, "Cloud", "bytes", "us", None, cost)]), usage(used), drivers(**MAP))
    )
    exact = allocation.split(cost, weights)
    assert {tenant: found[tenant][1] for tenant in weights} == pytest.approx(
        exact, rel=1e-15, abs=4 * math.ulp(cost)
    )


@settings(max_examples=10, deadline=None)
@given(st.floats(1, 1e6), st.floats(1, 1e6), st.sampled_from(("equal", "regional", "events", "none")))
def test_who_uses_more_never_pays_less(events: float, gigabytes: float, rule: billing.Rule) -> None:
    used = [(MAY, "a", "us", events, gigabytes), (MAY, "b", "us", 2 * events, 2 * gigabytes)]
    bill = [(MAY, "Cloud", "bytes", "us", None, 10.0), (MAY, "Cloud", "nodes", "us", None, 10.0)]
    found = parts(billing.attribution(charges(bill), usage(used), drivers(**MAP), rule=rule))
    assert found["a"][3] <= found["b"][3]
