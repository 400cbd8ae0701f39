"""The columns of FOCUS."""

import pytest

from playbook.billing.columns import COLUMNS, NEEDED, Level, known_names


# Counted in the specification: the files under specification/columns/ at tags v1.0, v1.1 and v1.2,
# and the table of "Cost and Usage" 1.3.
@pytest.mark.parametrize(("version", "columns"), [("1.0", 43), ("1.1", 50), ("1.2", 57), ("1.3", 65)])
def test_each_version_has_as_many_columns_as_its_specification(version: str, columns: int) -> None:
    assert sum(column.since <= version for column in COLUMNS.values()) == columns


def test_what_every_sum_needs_is_mandatory_since_the_first_version() -> None:
    assert all(COLUMNS[name].level is Level.MANDATORY and COLUMNS[name].since == "1.0" for name in NEEDED)


def test_names_match_without_case_and_underscores() -> None:
    assert known_names(["billedcost", "EFFECTIVE_COST ", "x_Team", "Id"]) == {
        "billedcost": "BilledCost",
        "EFFECTIVE_COST ": "EffectiveCost",
    }


@pytest.mark.parametrize("names", [("BilledCost", "billed_cost"), ("Id", "id")])
def test_two_columns_of_one_name_are_refused(names: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=f"{names[0]}.*{names[1]}.*one and the same"):
        known_names(names)
