"""Every law refuses what lies outside its domain, and says the value, the limit and the way out."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from playbook.laws import (
    allocation,
    availability,
    canary,
    carbon,
    commitment,
    queueing,
    retries,
    scalability,
    slo,
    tail,
)

BAD_FRACTIONS = (-0.1, 1.1, math.nan, math.inf)
NEGATIVE = (-1.0, math.nan, math.inf)
NOT_POSITIVE = (0.0, *NEGATIVE)
NO_COUNT = (0, -1, 2.5, math.nan)
AT_MOST_ONE_FAILS = (-1, 1.5, math.nan)

LINE = {"arrivals_per_second": 1.0, "service_seconds": 1.0, "servers": 2}
ALERT = {
    "objective": 0.999,
    "error_fraction": 0.5,
    "duration_seconds": 600.0,
    "long_window_seconds": 3600.0,
    "short_window_seconds": 300.0,
    "burn_rate": 14.4,
}

CASES: list[tuple[Callable[..., object], dict[str, Any], dict[str, tuple[float, ...]]]] = [
    (queueing.erlang_b, {"servers": 2, "offered_load": 1.0}, {"servers": NO_COUNT, "offered_load": NEGATIVE}),
    (
        queueing.erlang_c,
        {"servers": 2, "offered_load": 1.0},
        {"servers": NO_COUNT, "offered_load": (*NEGATIVE, 2.0, 1e300)},
    ),
    (
        queueing.offered_load_for_blocking,
        {"servers": 2, "blocking_fraction": 0.1},
        {"servers": NO_COUNT, "blocking_fraction": (*BAD_FRACTIONS, 1.0)},
    ),
    (
        queueing.wait_seconds,
        LINE | {"arrival_scv": 1.0, "service_scv": 1.0},
        {
            "arrivals_per_second": (*NEGATIVE, 2.0),
            "service_seconds": NOT_POSITIVE,
            "servers": NO_COUNT,
            "arrival_scv": NEGATIVE,
            "service_scv": NEGATIVE,
        },
    ),
    (
        queueing.wait_within_fraction,
        LINE | {"seconds": 1.0},
        {
            "arrivals_per_second": (*NEGATIVE, 2.0),
            "service_seconds": NOT_POSITIVE,
            "servers": NO_COUNT,
            "seconds": NEGATIVE,
        },
    ),
    (
        tail.any_slow_fraction,
        {"slow_fraction": 0.1, "calls": 2},
        {"slow_fraction": BAD_FRACTIONS, "calls": AT_MOST_ONE_FAILS},
    ),
    (
        availability.k_of_n,
        {"needed": 1, "total": 2, "availability": 0.9},
        {"needed": (3, *AT_MOST_ONE_FAILS), "total": NO_COUNT, "availability": BAD_FRACTIONS},
    ),
    (
        availability.downtime_seconds,
        {"objective": 0.999, "window_days": 30.0},
        {"objective": BAD_FRACTIONS, "window_days": NOT_POSITIVE},
    ),
    (
        slo.burn_rate,
        {"budget_fraction": 0.02, "window_hours": 1.0, "period_days": 30.0},
        {"budget_fraction": BAD_FRACTIONS, "window_hours": NOT_POSITIVE, "period_days": NOT_POSITIVE},
    ),
    (
        slo.budget_spent_fraction,
        {"objective": 0.999, "error_fraction": 0.1, "duration_seconds": 1.0, "period_days": 30.0},
        {
            "objective": (*BAD_FRACTIONS, 1.0),
            "error_fraction": BAD_FRACTIONS,
            "duration_seconds": NEGATIVE,
            "period_days": NOT_POSITIVE,
        },
    ),
    (
        slo.detection_seconds,
        {"objective": 0.999, "error_fraction": 0.1, "window_hours": 1.0, "burn_rate": 1.0},
        {
            "objective": (*BAD_FRACTIONS, 1.0),
            "error_fraction": BAD_FRACTIONS,
            "window_hours": NOT_POSITIVE,
            "burn_rate": NOT_POSITIVE,
        },
    ),
    (
        slo.alert_timeline,
        ALERT,
        {
            "objective": (*BAD_FRACTIONS, 1.0),
            "error_fraction": BAD_FRACTIONS,
            "duration_seconds": NEGATIVE,
            "long_window_seconds": (*NOT_POSITIVE, 60.0),
            "short_window_seconds": NOT_POSITIVE,
            "burn_rate": NOT_POSITIVE,
        },
    ),
    (
        retries.stable_load_per_second,
        {"capacity_per_second": 1.0, "tries": 1},
        {"capacity_per_second": NOT_POSITIVE, "tries": NO_COUNT},
    ),
    (
        commitment.critical_fraction,
        {"price": 7.0, "cost": 5.0},
        {"price": (*NOT_POSITIVE, 4.0), "cost": (*NEGATIVE, 8.0)},
    ),
    (
        carbon.intensity_grams,
        {"energy_kwh": 1.0, "grid_grams_per_kwh": 1.0, "embodied_grams": 1.0, "units": 1.0},
        {
            "energy_kwh": NEGATIVE,
            "grid_grams_per_kwh": NEGATIVE,
            "embodied_grams": NEGATIVE,
            "units": NOT_POSITIVE,
        },
    ),
    (
        canary.sample_size,
        {"base_fraction": 0.2, "delta": 0.05, "alpha": 0.05, "power": 0.8},
        {
            "base_fraction": (*BAD_FRACTIONS, 0.0, 1.0),
            "delta": (0.0, -0.3, 0.9, math.nan, math.inf),
            "alpha": (*BAD_FRACTIONS, 0.0, 1.0),
            "power": (*BAD_FRACTIONS, 0.0, 0.4, 1.0),
        },
    ),
    (
        scalability.Usl,
        {"rate": 1.0, "contention": 0.1, "coherency": 0.01},
        {"rate": NOT_POSITIVE, "contention": BAD_FRACTIONS, "coherency": BAD_FRACTIONS},
    ),
    (scalability.Usl(1, 0.1, 0.01).throughput, {"load": 1.0}, {"load": NEGATIVE}),
    (retries.attempts, {"tries_per_layer": [3]}, {}),
]

REFUSALS = [
    pytest.param(law, valid, name, value, id=f"{law.__name__}-{name}-{value}")
    for law, valid, wrong in CASES
    for name, values in wrong.items()
    for value in values
]


@pytest.mark.parametrize(("law", "valid", "name", "value"), REFUSALS)
def test_a_value_outside_the_domain_is_refused_by_name(
    law: Callable[..., object], valid: dict[str, Any], name: str, value: float
) -> None:
    law(**valid)
    with pytest.raises(ValueError, match=r"\d|nan|inf") as refusal:
        law(**valid | {name: value})
    assert f"{value:.6g}" in str(refusal.value) or str(value) in str(refusal.value)


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        (
            lambda: queueing.erlang_c(servers=12, offered_load=12.4),
            "offered load 12.4 erlangs needs at least 13 servers, got 12",
        ),
        (
            lambda: queueing.erlang_c(servers=4, offered_load=4),
            "offered load 4 erlangs needs at least 5 servers, got 4",
        ),
        (
            lambda: queueing.wait_seconds(arrivals_per_second=64, service_seconds=0.2, servers=10),
            "offered load 12.8 erlangs needs at least 13 servers, got 10",
        ),
        (
            lambda: availability.k_of_n(needed=5, total=4, availability=0.9),
            "needed 5 exceeds total 4: add parts or need fewer",
        ),
        (
            lambda: availability.downtime_seconds(objective=99.95, window_days=30),
            "objective 99.95 is outside 0 to 1: write 99.95 % as 0.9995",
        ),
        (
            lambda: commitment.critical_fraction(price=7, cost=8),
            "cost 8 exceeds price 7: commit to nothing, or buy below the price",
        ),
        (
            lambda: slo.alert_timeline(**ALERT | {"short_window_seconds": 7200}),
            "short_window_seconds 7200 exceeds long_window_seconds 3600.0: swap them",
        ),
    ],
)
def test_a_refusal_says_the_value_the_limit_and_the_way_out(
    refused: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError) as refusal:  # noqa: PT011
        refused()
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("refused", "message"),
    [
        (lambda: availability.series([]), "fractions has 0 elements"),
        (lambda: availability.parallel(iter([])), "fractions has 0 elements, needs at least 1"),
        (lambda: availability.series([0.9, 1.2]), r"fractions\[1\] 1.2"),
        (lambda: availability.parallel([math.nan]), r"fractions\[0\] nan"),
        (lambda: retries.attempts([]), "tries_per_layer has 0 elements"),
        (lambda: retries.attempts([3, 0]), r"tries_per_layer\[1\] 0"),
        (lambda: allocation.split(1.0, {}), "weights has 0 elements"),
        (lambda: allocation.split(1.0, {"a": 0.0, "b": 0}), "all weights are 0"),
        (lambda: allocation.split(1.0, {"a": 1.0, "b": -1.0}), "weight of 'b' -1.0"),
        (lambda: allocation.split(1.0, {"a": math.nan}), "weight of 'a' nan"),
        (lambda: allocation.split(1.0, {"a": math.inf}), "weight of 'a' inf"),
        (lambda: allocation.split(math.nan, {"a": 1.0}), "shared nan"),
        (lambda: allocation.split(-math.inf, {"a": 1.0}), "shared -inf"),
    ],
)
def test_a_collection_is_refused_with_the_element_at_fault(
    refused: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        refused()
