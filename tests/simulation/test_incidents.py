"""Rolling budgets, by hand and by grid."""

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from playbook.simulation import incidents
from playbook.simulation.incidents import Histories

DAY, YEAR = 86_400.0, 365 * 86_400.0
WINDOW = 30 * DAY
MONTHLY_BUDGET = 1_296.0


def history(*rows: tuple[float, float, float], years: int = 1) -> Histories:
    """One history from (start, duration, severity)."""
    starts, durations, severities = np.array(rows, dtype=np.float64).reshape(-1, 3).T
    return Histories(starts, durations, severities, years)


def breach_seconds(told: Histories, budget: float, window_days: float = 30) -> float:
    """Time in breach over the whole history."""
    share = incidents.time_in_breach_fraction(told, budget_seconds=budget, window_days=window_days)
    return share * told.seconds


@pytest.mark.parametrize(
    ("rows", "budget", "expected"),
    [
        pytest.param([], 0, 0, id="nothing happened"),
        pytest.param([(100 * DAY, 3_600, 1)], 1_296, WINDOW + 3_600 - 2 * 1_296, id="from B in to B left"),
        pytest.param([(100 * DAY, 3_600, 0.5)], 1_296, WINDOW + 3_600 - 4 * 1_296, id="half an outage"),
        pytest.param([(100 * DAY, 1_296, 1)], 1_296, 0, id="exactly the budget"),
        pytest.param([(100 * DAY, 3_600, 0)], 0, 0, id="no error"),
        pytest.param([(100 * DAY, 3_600, 1)], 0, WINDOW + 3_600, id="no budget"),
        pytest.param([(0, 3_600, 1)], 1_296, WINDOW + 3_600 - 2 * 1_296, id="at the very start"),
        pytest.param([(YEAR - 3_600, 7_200, 1)], 1_296, 3_600 - 1_296, id="cut off by the end"),
        pytest.param(
            [(100 * DAY, 1_000, 1), (110 * DAY, 1_000, 1)],
            1_296,
            20 * DAY + 1_000 - 296 - 296,
            id="two small ones while both are in the window",
        ),
        pytest.param(
            [(100 * DAY, 1_000, 1), (100 * DAY, 1_000, 1)],
            1_296,
            WINDOW + 1_000 - 2 * 1_296 / 2,
            id="overlap adds up, beyond a full outage",
        ),
        pytest.param([(100 * DAY, 40 * DAY, 1)], 20 * DAY, 30 * DAY + 0 * DAY, id="longer than the window"),
    ],
)
def test_time_in_breach_is_as_worked_by_hand(
    rows: list[tuple[float, float, float]], budget: float, expected: float
) -> None:
    assert breach_seconds(history(*rows), budget) == pytest.approx(expected, abs=0.01)


@given(
    st.lists(
        st.tuples(st.integers(0, 8_000), st.integers(0, 600), st.sampled_from([0.0, 0.25, 0.5, 1.0])),
        max_size=12,
    ),
    st.integers(0, 900),
    st.integers(1, 3_000),
)
def test_exact_breakpoints_agree_with_a_grid_of_seconds(
    rows: list[tuple[int, int, float]], budget: int, window: int
) -> None:
    """Whole seconds: only the second in which the budget is crossed is told apart, once per edge."""
    told = history(*rows)
    spent = np.zeros(12_001)
    for start, duration, severity in rows:
        spent[start + 1 : start + duration + 1] += severity
    total = np.cumsum(spent)
    in_window = total - np.concatenate((np.zeros(window), total[:-window]))
    grid = np.count_nonzero(in_window > budget)
    exact = breach_seconds(told, budget, window / DAY)
    assert exact == pytest.approx(grid, abs=2 * len(rows) + 0.1)


def test_constant_outages_breach_as_often_as_poisson_counts_exceed_the_budget() -> None:
    """Short outages of 10 min against 25: breach when three or more start within a window.

    4,000 years in batches of 200; four standard errors, plus the half hour of edges per window.
    """
    shares = [
        incidents.time_in_breach_fraction(
            incidents.histories(
                incidents_per_year=12,
                duration_seconds=lambda rng, size: np.full(size, 600.0),
                severity=lambda rng, size: np.ones(size),
                years=200,
                rng=np.random.default_rng(seed),
            ),
            budget_seconds=1_500,
        )
        for seed in range(20)
    ]
    expected = stats.poisson.sf(2, 12 * 30 / 365)
    error = float(np.std(shares, ddof=1)) / math.sqrt(len(shares))
    assert np.mean(shares) == pytest.approx(expected, abs=4 * error + 1_800 / WINDOW)


def drawn(seed: int, years: int = 50) -> Histories:
    """Incidents of all sizes."""
    return incidents.histories(
        incidents_per_year=12,
        duration_seconds=lambda rng, size: rng.lognormal(7.5, 1.0, size),
        severity=lambda rng, size: rng.uniform(0, 1, size),
        years=years,
        rng=np.random.default_rng(seed),
    )


@given(st.integers(0, 1_000), st.floats(0, 5_000))
def test_a_greater_budget_is_never_breached_longer(seed: int, budget: float) -> None:
    told = drawn(seed)
    assert breach_seconds(told, budget + 100) <= breach_seconds(told, budget)


@given(st.integers(0, 1_000), st.randoms(use_true_random=False))
def test_the_order_of_incidents_does_not_matter(seed: int, random: Random) -> None:
    told = drawn(seed, years=3)
    order = list(range(len(told.starts_seconds)))
    random.shuffle(order)
    mixed = Histories(
        told.starts_seconds[order], told.durations_seconds[order], told.severities[order], told.years
    )
    assert breach_seconds(mixed, MONTHLY_BUDGET) == pytest.approx(
        breach_seconds(told, MONTHLY_BUDGET), abs=0.01
    )


def test_ten_thousand_years_leave_no_residue_of_rounding() -> None:
    """Without a budget, time in breach is time with an incident in the window, a union of intervals."""
    told = drawn(7, years=10_000)
    begins = told.starts_seconds
    ends = np.maximum.accumulate(np.minimum(begins + told.durations_seconds + WINDOW, told.seconds))
    covered = ends - np.maximum(begins, np.concatenate(((0.0,), ends[:-1])))
    expected = covered[covered > 0].sum()
    assert breach_seconds(told, 0) == pytest.approx(expected, abs=0.1 * len(begins))


def test_histories_have_the_rate_asked_for_and_starts_in_order() -> None:
    told = drawn(8, years=2_000)
    count = len(told.starts_seconds)
    assert count == pytest.approx(24_000, abs=4 * math.sqrt(24_000))
    assert np.all(np.diff(told.starts_seconds) >= 0)
    assert stats.kstest(told.starts_seconds / told.seconds, "uniform").pvalue > 1e-3


def test_no_incidents_are_a_history_too() -> None:
    quiet = incidents.histories(
        incidents_per_year=0,
        duration_seconds=lambda rng, size: rng.exponential(1, size),
        severity=lambda rng, size: rng.uniform(0, 1, size),
        years=10,
        rng=np.random.default_rng(0),
    )
    assert incidents.time_in_breach_fraction(quiet, budget_seconds=0) == 0


@pytest.mark.parametrize(
    ("rows", "years", "message"),
    [
        ([(-1, 1, 1)], 1, "starts_seconds -1.0"),
        ([(2 * YEAR, 1, 1)], 1, "starts_seconds"),
        ([(0, -5, 1)], 1, "durations_seconds -5.0"),
        ([(0, math.nan, 1)], 1, "durations_seconds nan"),
        ([(0, 1, 1.5)], 1, "severities 1.5 is outside 0 to 1"),
        ([(0, 1, 1)], 0, "years 0"),
    ],
)
def test_an_impossible_history_is_refused(
    rows: list[tuple[float, float, float]], years: int, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        history(*rows, years=years)


def test_draws_of_the_wrong_length_are_refused() -> None:
    with pytest.raises(ValueError, match="one value per incident"):
        incidents.histories(
            incidents_per_year=12,
            duration_seconds=lambda rng, size: np.ones(3),
            severity=lambda rng, size: np.ones(size),
            years=10,
            rng=np.random.default_rng(0),
        )


@pytest.mark.parametrize(("name", "value"), [("budget_seconds", -1.0), ("window_days", 0.0)])
def test_an_impossible_budget_or_window_is_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"{name} {value}"):
        incidents.time_in_breach_fraction(
            history(), **{"budget_seconds": 1.0, "window_days": 30.0} | {name: value}
        )


QUARTER = YEAR / 4


@pytest.mark.parametrize(
    ("rows", "missed"),
    [
        pytest.param([], 0, id="nothing happened"),
        pytest.param([(10 * DAY, 3_600, 1)], 1, id="in one quarter"),
        pytest.param([(80 * DAY, 3_600, 1)], 2, id="still in the window when the next begins"),
        pytest.param([(10 * DAY, 1_000, 1), (45 * DAY, 1_000, 1)], 0, id="never two in a window"),
        pytest.param([(10 * DAY, 1_000, 1), (39 * DAY, 1_000, 1)], 1, id="two in a window for a day"),
        pytest.param([(YEAR - 600, 7_200, 1)], 0, id="cut off before the budget is gone"),
        pytest.param([(0, 300 * DAY, 1)], 4, id="nearly all year, and a month after"),
    ],
)
def test_missed_quarters_are_as_worked_by_hand(rows: list[tuple[float, float, float]], missed: int) -> None:
    share = incidents.missed_periods_fraction(history(*rows), budget_seconds=MONTHLY_BUDGET)
    assert share * 4 == missed


@pytest.mark.parametrize("seed", range(5))
def test_missed_quarters_agree_with_a_look_at_every_hour(seed: int) -> None:
    told = drawn(seed, years=20)
    hours = np.arange(0, told.seconds, 3_600.0)
    before = np.array(
        [
            float(np.sum(told.severities * np.clip(now - told.starts_seconds, 0, told.durations_seconds)))
            for now in hours
        ]
    )
    lost = before - np.interp(hours - WINDOW, hours, before, left=0.0)
    seen = np.unique((hours[lost > MONTHLY_BUDGET] // QUARTER).astype(int))
    exact = incidents.missed_periods_fraction(told, budget_seconds=MONTHLY_BUDGET)
    # An hour's grid can overlook a breach of less than an hour, and nothing else.
    assert 0 <= round(exact * 80) - len(seen) <= 1


def test_periods_need_to_be() -> None:
    with pytest.raises(ValueError, match="periods_per_year"):
        incidents.missed_periods_fraction(history(), budget_seconds=1, periods_per_year=0)
