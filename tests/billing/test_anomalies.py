"""Days that cost what they do not usually cost."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from playbook import billing
from tests.billing.exports import charge, export, rows

FIRST = date(2026, 1, 5)  # a Monday


def daily(
    costs: Sequence[float | None], service: str = "Compute", **others: object
) -> list[dict[str, object]]:
    """One charge a day from `FIRST`; None is a day without one."""
    return [
        charge(
            cost,
            service,
            ChargePeriodStart=f"{FIRST + timedelta(days=day)}T00:00:00Z",
            ChargePeriodEnd=f"{FIRST + timedelta(days=day + 1)}T00:00:00Z",
            **others,
        )
        for day, cost in enumerate(costs)
        if cost is not None
    ]


def test_a_day_is_scored_by_median_and_deviation_of_four_past_weekdays(tmp_path: Path) -> None:
    # Mondays 100, 110, 104, 90: median 102, deviations 2, 8, 2, 12, their median 5, spread 1.4826 × 5 = 7.413.
    costs = [100.0] * 29
    costs[7], costs[14], costs[21], costs[28] = 110.0, 104.0, 90.0, 202.0
    told = rows(billing.anomalies(export(tmp_path, *daily(costs))))
    assert told == [("2026-02-02", "Compute", 202.0, 102.0, 7.413, round(100 / 7.413, 6))]


def test_a_weekly_rhythm_is_usual(tmp_path: Path) -> None:
    assert rows(billing.anomalies(export(tmp_path, *daily([100, 100, 100, 100, 100, 20, 10] * 8)))) == []


def test_only_the_past_decides(tmp_path: Path) -> None:
    costs = [100.0] * 50
    costs[30] = 300.0
    known = rows(billing.anomalies(export(tmp_path, *daily(costs[:31]))))
    assert known == rows(billing.anomalies(export(tmp_path, *daily(costs))))
    assert [row[0] for row in known] == ["2026-02-04"]


def test_the_first_four_weeks_are_not_judged(tmp_path: Path) -> None:
    costs = [100.0] * 28
    costs[27] = 1e6
    assert rows(billing.anomalies(export(tmp_path, *daily(costs)))) == []


def test_a_service_that_falls_silent_and_one_that_begins_are_told(tmp_path: Path) -> None:
    table = export(
        tmp_path,
        *daily([100.0] * 30),
        *daily([50.0] * 29 + [None], "Queue"),
        *daily([None] * 29 + [40.0], "Model"),
    )
    assert rows(billing.anomalies(table), "day", "service", "effective", "expected") == [
        ("2026-02-03", "Model", 40.0, 0.0),
        ("2026-02-03", "Queue", 0.0, 50.0),
    ]


def test_a_day_that_the_export_lacks_is_not_a_day_for_nothing(tmp_path: Path) -> None:
    costs: list[float | None] = [100.0] * 43
    costs[35] = None
    assert rows(billing.anomalies(export(tmp_path, *daily(costs)))) == []


@pytest.mark.parametrize(("cost", "told"), [(104.9, 0), (105.1, 1)])
def test_nothing_up_to_the_floor_is_told(tmp_path: Path, cost: float, told: int) -> None:
    table = export(tmp_path, *daily([100.0] * 28 + [cost]))
    assert len(rows(billing.anomalies(table, floor=5, noise_fraction=1e-9))) == told


@pytest.mark.parametrize(("cost", "told"), [(129.9, 0), (130.1, 1), (69.9, 1)])
def test_four_equal_days_are_no_proof_of_no_noise(tmp_path: Path, cost: float, told: int) -> None:
    # Six times 5 % of 100 is 30.
    assert len(rows(billing.anomalies(export(tmp_path, *daily([100.0] * 28 + [cost]))))) == told


def test_credits_corrections_and_long_charges_are_no_usage_of_the_day(tmp_path: Path) -> None:
    day = FIRST + timedelta(days=28)
    on = {"ChargePeriodStart": f"{day}T00:00:00Z", "ChargePeriodEnd": f"{day + timedelta(days=1)}T00:00:00Z"}
    table = export(
        tmp_path,
        *daily([100.0] * 30),
        charge(-500.0, ChargeCategory="Credit", **on),
        charge(500.0, ChargeClass="Correction", **on),
        charge(500.0, **on | {"ChargePeriodEnd": f"{day + timedelta(days=30)}T00:00:00Z"}),
    )
    assert rows(billing.anomalies(table)) == []


def test_hours_make_a_day(tmp_path: Path) -> None:
    hourly = [
        charge(
            10.0 if day < 28 else 30.0,
            ChargePeriodStart=f"{FIRST + timedelta(days=day)}T{hour:02}:00:00Z",
            ChargePeriodEnd=f"{FIRST + timedelta(days=day)}T{hour:02}:59:59Z",
        )
        for day in range(29)
        for hour in range(0, 24, 6)
    ]
    told = rows(billing.anomalies(export(tmp_path, *hourly)), "day", "effective", "expected")
    assert told == [("2026-02-02", 120.0, 40.0)]


def test_a_monthly_export_is_refused(tmp_path: Path) -> None:
    monthly = charge(ChargePeriodEnd="2026-02-01T00:00:00Z")
    with pytest.raises(ValueError, match="2 of 3 are for longer than a day: export at daily grain"):
        billing.anomalies(export(tmp_path, monthly, monthly, charge()))


@pytest.mark.parametrize("keyword", ["threshold", "floor", "noise_fraction"])
def test_keywords_are_above_zero(tmp_path: Path, keyword: str) -> None:
    with pytest.raises(ValueError, match=f"{keyword} 0"):
        billing.anomalies(export(tmp_path, charge()), **{keyword: 0})
