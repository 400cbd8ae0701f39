"""Cost by tenant."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playbook import billing
from tests.billing.exports import FEBRUARY, MARCH, charge, export, rows


def tagged(cost: float, tenant: str | None = None, /, **others: object) -> dict[str, object]:
    tags = {"environment": "production"} | ({"tenant": tenant} if tenant else {})
    return charge(cost, Tags=json.dumps(tags), **others)


def test_the_pool_follows_direct_cost(tmp_path: Path) -> None:
    # Direct 30 and 10, pool 6 + 2 = 8: three quarters of it are 6.
    table = export(tmp_path, tagged(20, "a"), tagged(10, "a"), tagged(10, "b"), tagged(6), charge(2))
    assert rows(billing.by_tenant(table)) == [
        ("2026-01-01", "a", 30.0, 6.0, 36.0),
        ("2026-01-01", "b", 10.0, 2.0, 12.0),
    ]


def test_a_month_without_a_tenant_keeps_its_pool(tmp_path: Path) -> None:
    table = export(tmp_path, tagged(5, "a"), tagged(1), tagged(7, **FEBRUARY), tagged(2, "a", **MARCH))
    assert rows(billing.by_tenant(table)) == [
        ("2026-01-01", "a", 5.0, 1.0, 6.0),
        ("2026-02-01", None, 0.0, 7.0, 7.0),
        ("2026-03-01", "a", 2.0, 0.0, 2.0),
    ]


def test_a_tenant_with_a_net_credit_bears_nothing_of_the_pool(tmp_path: Path) -> None:
    table = export(tmp_path, tagged(10, "a"), tagged(-4, "b", ChargeCategory="Credit"), tagged(5))
    assert rows(billing.by_tenant(table)) == [
        ("2026-01-01", "a", 10.0, 5.0, 15.0),
        ("2026-01-01", "b", -4.0, 0.0, -4.0),
    ]


def test_a_pool_that_only_debtors_could_bear_stays_visible(tmp_path: Path) -> None:
    table = export(tmp_path, tagged(-4, "b"), tagged(5))
    assert rows(billing.by_tenant(table), "tenant", "direct", "shared", "total") == [
        ("b", -4.0, 0.0, -4.0),
        (None, 0.0, 5.0, 5.0),
    ]


def test_another_key_divides_the_same_bill(tmp_path: Path) -> None:
    table = export(tmp_path, tagged(3, "a"), tagged(4, "b"))
    assert rows(billing.by_tenant(table, tag="environment"), "tenant", "total") == [("production", 7.0)]


costs = st.floats(-1e5, 1e5).map(lambda cost: round(cost, 4))
charges_of = st.lists(
    st.tuples(costs, st.sampled_from([None, "a", "b", "c"]), st.booleans()), min_size=1, max_size=20
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(charges_of)
def test_totals_are_those_of_the_export(tmp_path: Path, drawn: list[tuple[float, str | None, bool]]) -> None:
    table = export(
        tmp_path, *(tagged(cost, tenant, **FEBRUARY if later else {}) for cost, tenant, later in drawn)
    )
    for month, later in (("2026-01-01", False), ("2026-02-01", True)):
        told = [
            float(str(total))
            for when, total in rows(billing.by_tenant(table), "month", "total")
            if when == month
        ]
        exported = math.fsum(cost for cost, _, is_later in drawn if is_later is later)
        assert math.fsum(told) == pytest.approx(exported, abs=1e-4)


def test_usage_without_a_tag_is_told(tmp_path: Path) -> None:
    # Without any: 3 + 2 of 14. Without a tenant: 3 + 2 + 5. The credit and the correction are no usage.
    table = export(
        tmp_path,
        charge(3.0, Tags=None),
        charge(2.0, Tags="{ }"),
        tagged(5.0),
        tagged(4.0, "a"),
        charge(-9.0, Tags=None, ChargeCategory="Credit"),
        charge(50.0, Tags=None, ChargeClass="Correction"),
    )
    assert rows(billing.untagged(table)) == [("2026-01-01", 14.0, 5.0, round(5 / 14, 6), 4, 2)]
    assert rows(billing.untagged(table, tag="tenant")) == [
        ("2026-01-01", 14.0, 10.0, round(10 / 14, 6), 4, 3)
    ]


@pytest.mark.parametrize("query", [billing.by_tenant, billing.untagged])
def test_an_export_without_tags_names_no_tenant(tmp_path: Path, query: object) -> None:
    with pytest.raises(ValueError, match=r"needs Tags \(FOCUS 1.0\), which this export lacks"):
        query(export(tmp_path, charge()))  # type: ignore[operator]
