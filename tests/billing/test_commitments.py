"""What commitments cover."""

from pathlib import Path

import pytest

from playbook import billing
from tests.billing.exports import FEBRUARY, charge, export, rows


def covered(
    cost: float, status: str, listed: float, commitment: str = "plan", /, **others: object
) -> dict[str, object]:
    return charge(
        cost,
        BilledCost=0.0,
        ListCost=listed,
        CommitmentDiscountId=commitment,
        CommitmentDiscountStatus=status,
        **others,
    )


# FOCUS 1.2, appendix "Commitment Discount Scenarios", usage rows of a commitment of $1.00 an hour: the effective
# costs of its CSV examples, and the utilisation that each heading states.
SCENARIOS = {
    "#1 fully consumed": ([("Used", 1.00)], 1.00),
    "#2 not consumed": ([("Unused", 1.00)], 0.00),
    "#3 partially consumed": ([("Used", 0.75), ("Unused", 0.25)], 0.75),
    "#4 fully consumed, with an overage": ([("Used", 1.00), (None, 0.50)], 1.00),
}


@pytest.mark.parametrize(("written", "utilisation"), SCENARIOS.values(), ids=SCENARIOS)
def test_utilisation_is_that_of_the_specification(
    tmp_path: Path, written: list[tuple[str | None, float]], utilisation: float
) -> None:
    table = export(
        tmp_path,
        *(covered(cost, status, cost) if status else charge(cost, ListCost=cost) for status, cost in written),
    )
    assert rows(billing.commitments(table), "utilisation") == [(utilisation,)]


def test_coverage_is_of_the_services_that_it_covers(tmp_path: Path) -> None:
    # Of compute at list 10 + 30, the plan covers 10; storage, which it never covers, does not count.
    table = export(
        tmp_path,
        covered(6.0, "Used", 10.0),
        covered(2.0, "Unused", 0.0),
        charge(30.0, ListCost=30.0, CommitmentDiscountId=None),
        charge(99.0, "Storage", ListCost=99.0),
        charge(0.0, ChargeCategory="Purchase", BilledCost=8.0, ListCost=8.0, CommitmentDiscountId="plan"),
    )
    assert rows(billing.commitments(table)) == [("2026-01-01", "plan", 6.0, 2.0, 0.75, 10.0, 0.25)]


def test_commitments_and_months_stand_apart(tmp_path: Path) -> None:
    table = export(
        tmp_path,
        covered(1.0, "Used", 2.0, "one"),
        covered(3.0, "Used", 6.0, "two"),
        covered(1.0, "Unused", 0.0, "one", **FEBRUARY),
    )
    assert rows(billing.commitments(table), "month", "commitment", "used", "unused", "coverage") == [
        ("2026-01-01", "one", 1.0, 0.0, 0.25),
        ("2026-01-01", "two", 3.0, 0.0, 0.75),
        ("2026-02-01", "one", 0.0, 1.0, None),
    ]


def test_a_commitment_that_costs_nothing_has_no_utilisation(tmp_path: Path) -> None:
    assert rows(billing.commitments(export(tmp_path, covered(0.0, "Used", 1.0))), "utilisation") == [(None,)]


def test_an_export_without_commitments_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        ValueError, match=r"commitments needs CommitmentDiscountId .*, CommitmentDiscountStatus"
    ):
        billing.commitments(export(tmp_path, charge(ListCost=1.0)))
