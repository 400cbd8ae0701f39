"""Cost by service."""

from pathlib import Path

import pytest

from playbook import billing
from tests.billing.exports import FEBRUARY, MARCH, charge, export, rows

# Compute 40 + 2 − 5 = 37 in January, and 44 in February, of which 4 correct January; Storage 10 in January;
# Queue 3 in February.
BILL = (
    charge(40.0, ListCost=50.0),
    charge(2.0, ListCost=2.0),
    charge(-5.0, ChargeCategory="Credit", ListCost=-5.0),
    charge(10.0, "Storage", ListCost=10.0),
    charge(40.0, **FEBRUARY, ListCost=50.0),
    charge(4.0, **FEBRUARY, ListCost=4.0, ChargeClass="Correction"),
    charge(3.0, "Queue", **FEBRUARY, ListCost=4.0),
)


def test_credits_are_negative_and_corrections_stand_in_their_invoice(tmp_path: Path) -> None:
    assert rows(billing.by_service(export(tmp_path, *BILL)), "month", "service", "effective") == [
        ("2026-01-01", "Compute", 37.0),
        ("2026-01-01", "Storage", 10.0),
        ("2026-02-01", "Compute", 44.0),
        ("2026-02-01", "Queue", 3.0),
    ]


def test_a_purchase_is_billed_where_its_use_is_effective(tmp_path: Path) -> None:
    table = export(
        tmp_path,
        charge(0.0, BilledCost=31.0, ChargeCategory="Purchase"),
        charge(20.0, BilledCost=0.0),
        charge(11.0, BilledCost=0.0),
    )
    assert rows(billing.by_service(table), "billed", "effective") == [(31.0, 31.0)]


def test_a_charge_without_a_service_is_not_lost(tmp_path: Path) -> None:
    table = export(tmp_path, charge(1.0), charge(2.0, ""))
    assert rows(billing.by_service(table), "service", "effective") == [("Compute", 1.0), (None, 2.0)]


def test_a_service_that_ends_and_one_that_begins_move_by_all_their_cost(tmp_path: Path) -> None:
    assert rows(billing.movers(export(tmp_path, *BILL))) == [
        ("2026-02-01", "Storage", 0.0, 10.0, -10.0, 1),
        ("2026-02-01", "Compute", 44.0, 37.0, 7.0, 2),
        ("2026-02-01", "Queue", 3.0, 0.0, 3.0, 3),
    ]


def test_only_the_largest_movers_of_each_month_are_told(tmp_path: Path) -> None:
    table = export(tmp_path, *BILL, charge(50.0, **MARCH, ListCost=50.0))
    assert rows(billing.movers(table, top=1), "month", "service", "change") == [
        ("2026-02-01", "Storage", -10.0),
        ("2026-03-01", "Compute", 6.0),
    ]
    with pytest.raises(ValueError, match="top 0 movers"):
        billing.movers(table, top=0)


def test_savings_compare_usage_with_its_list_price(tmp_path: Path) -> None:
    # January: list 50 + 2 + 10 = 62, paid 40 + 2 + 10 = 52. February: list 50 + 4 + 4 = 58, paid 47.
    assert rows(billing.savings(export(tmp_path, *BILL))) == [
        ("2026-01-01", 62.0, 52.0, 10.0, round(10 / 62, 6)),
        ("2026-02-01", 58.0, 47.0, 11.0, round(11 / 58, 6)),
    ]


def test_commitment_that_nobody_used_lowers_the_savings(tmp_path: Path) -> None:
    table = export(
        tmp_path,
        charge(6.0, ListCost=10.0, CommitmentDiscountStatus="Used"),
        charge(3.0, ListCost=5.0, CommitmentDiscountStatus="Unused"),
    )
    assert rows(billing.savings(table), "list", "effective", "saved") == [(10.0, 9.0, 1.0)]


def test_a_charge_without_a_list_price_saves_nothing(tmp_path: Path) -> None:
    table = export(tmp_path, charge(6.0, ListCost=10.0), charge(100.0, ListCost=None))
    assert rows(billing.savings(table), "saved") == [(4.0,)]


def test_savings_without_list_prices_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"savings needs ListCost \(FOCUS 1.0\).*leave this query out"):
        billing.savings(export(tmp_path, charge()))
