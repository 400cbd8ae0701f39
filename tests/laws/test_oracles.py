"""Published and hand-worked values, one row each; `tests/oracles.json` holds them with their sources."""

import json
import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from scipy import stats

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
from playbook.simulation import canary as judge
from playbook.simulation import scalability as measured

Tree = Mapping[str, Any]
ORACLES = {row["id"]: row for row in json.loads((Path(__file__).parents[1] / "oracles.json").read_text())}
ROWS: dict[str, tuple[Callable[[Tree], Tree], float, float]] = {}


def answers(
    name: str, *, relative: float = 0.0, absolute: float = 0.0
) -> Callable[[Callable[[Tree], Tree]], Callable[[Tree], Tree]]:
    """Register the calculation that must reproduce the expected values of one oracle."""

    def register(calculation: Callable[[Tree], Tree]) -> Callable[[Tree], Tree]:
        ROWS[name] = (calculation, relative, absolute)
        return calculation

    return register


@answers("D01", relative=1e-6)
def call_centre(given: Tree) -> Tree:
    """CRAN ErlangC 0.1.0, README."""
    load, handled = given["offered_erlangs"], given["aht_s"]

    def row(servers: int) -> Tree:
        line = {"arrivals_per_second": load / handled, "service_seconds": handled, "servers": servers}
        return {
            "p_wait": queueing.erlang_c(servers=servers, offered_load=load),
            "service_level": queueing.wait_within_fraction(**line, seconds=given["target_s"]),
            "asa_s": queueing.wait_seconds(**line),
            "occupancy": load / servers,
        }

    return {str(servers): row(servers) for servers in given["servers"]}


@answers("D02", relative=1e-6)
def trunk_lines(given: Tree) -> Tree:
    """erlang.com, How much traffic?."""
    return {
        "offered_erlangs": queueing.offered_load_for_blocking(
            servers=given["servers"], blocking_fraction=given["blocking"]
        )
    }


@answers("D03", relative=1e-4, absolute=5e-8)
def spec_benchmark(given: Tree) -> Tree:
    """CRAN usl 3.0.4 on SPEC SDM91: beta is printed to 1e-7; standard errors are not ours to compute."""
    fit = measured.fit_usl(given["load"], given["throughput"])
    return {
        "alpha": fit.contention,
        "beta": fit.coherency,
        "gamma": fit.rate,
        "peak_load": fit.peak_load,
        "peak_throughput": fit.throughput(fit.peak_load),
        "amdahl_limit": fit.rate / fit.contention,
        "optimal_load": 1 / fit.contention,
        "peak_if_alpha_.001_beta_.00001": scalability.Usl(1, 0.001, 0.00001).peak_load,
    }


@answers("D04", relative=1e-9)
def downtime_table(given: Tree) -> Tree:
    """Site Reliability Engineering, appendix A."""

    def row(objective: float) -> Tree:
        def seconds(days: float) -> float:
            return availability.downtime_seconds(objective=objective, window_days=days)

        return {
            "year_h": seconds(365) / 3600,
            "quarter_h": seconds(90) / 3600,
            "month_min": seconds(30) / 60,
            "week_min": seconds(7) / 60,
            "day_s": seconds(1),
            "hour_s": seconds(1 / 24),
        }

    return {str(objective): row(objective) for objective in given["slo"]}


@answers("D05", relative=1e-8)
def burn_rates(given: Tree) -> Tree:
    """The Site Reliability Workbook, chapter 5, tables 5-6 and 5-8; sloth's alert tests."""
    windows = list(zip(given["budget_fraction"], given["long_window_h"], strict=True))
    return {
        str(days): [
            slo.burn_rate(budget_fraction=share, window_hours=hours, period_days=days)
            for share, hours in windows
        ]
        for days in given["period_days"]
    }


@answers("D06", relative=1e-3)
def detection(given: Tree) -> Tree:
    """The Site Reliability Workbook, chapter 5, tables 5-1 to 5-5; alerts per day are arithmetic."""
    outage = {"objective": given["slo"], "error_fraction": given["error_ratio"]}
    hour = slo.alert_timeline(
        **outage, duration_seconds=3600, long_window_seconds=3600, short_window_seconds=3600, burn_rate=36
    )
    assert hour.clears_after_end_seconds is not None
    spent_in_an_hour_at_35x = slo.budget_spent_fraction(
        objective=given["slo"], error_fraction=35 * (1 - given["slo"]), duration_seconds=3600
    )
    return {
        "detect_s": [
            slo.detection_seconds(**outage, window_hours=hours, burn_rate=rate)
            for hours, rate in ((1 / 6, 1), (36, 1), (1, 36))
        ],
        "reset_min_1h_br36": hour.clears_after_end_seconds / 60,
        "exhaust_h_at_35x": 1 / spent_in_an_hour_at_35x,
        "budget_spent_by_1h_outage": slo.budget_spent_fraction(**outage, duration_seconds=3600),
        "alerts_per_day_max_10m": 24 * 60 / 10,
        "budget_10m_at_0.1pct": slo.budget_spent_fraction(
            objective=given["slo"], error_fraction=0.001, duration_seconds=600
        ),
    }


@answers("D07", absolute=1e-9)
def two_windows(given: Tree) -> Tree:
    """The Site Reliability Workbook, chapter 5, exact where the book rounds."""
    incident = {
        "objective": given["slo"],
        "error_fraction": given["error_ratio"],
        "duration_seconds": 60 * given["duration_min"],
        "burn_rate": given["burn_rate"],
    }
    long, short = 60 * given["long_min"], 60 * given["short_min"]
    both = slo.alert_timeline(**incident, long_window_seconds=long, short_window_seconds=short)
    short_only = slo.alert_timeline(**incident, long_window_seconds=short, short_window_seconds=short)
    minutes = {
        "fires_after_min": both.fires_after_seconds,
        "short_over_after_min": short_only.fires_after_seconds,
        "clears_after_end_min": both.clears_after_end_seconds,
        "long_window_below_after_end_min": both.long_window_clears_after_end_seconds,
    }
    return {name: seconds / 60 for name, seconds in minutes.items() if seconds is not None}


@answers("D08", absolute=1e-4)
def dependencies(given: Tree) -> Tree:
    """Treynor and others, The Calculus of Service Availability; budgets add, availabilities multiply."""
    year_days = given["year_min"] / (24 * 60)

    def minutes(objective: float) -> float:
        return availability.downtime_seconds(objective=objective, window_days=year_days) / 60

    budget, deps = minutes(given["slo"]), given["deps"] * minutes(given["dep_slo"])
    together = minutes(availability.series([given["dep_slo"]] * given["deps"]))
    assert together == pytest.approx(deps, rel=1e-4)
    return {"budget_min": budget, "deps_min": deps, "own_min": budget - deps}


@answers("D09", relative=1e-6)
def fan_out(given: Tree) -> Tree:
    """Dean and Barroso, The Tail at Scale."""
    cases = zip(given["p_slow"], given["n"], strict=True)
    return {"p_any": [tail.any_slow_fraction(slow_fraction=slow, calls=calls) for slow, calls in cases]}


@answers("D10")
def retry_layers(given: Tree) -> Tree:
    """Amazon Builders' Library (three tries, not retries); Site Reliability Engineering, chapter 22."""
    return {"attempts": [retries.attempts([tries] * layers) for layers, tries in given["layers_tries"]]}


@answers("D11", relative=1e-6)
def pumps(given: Tree) -> Tree:
    """ReliaSoft, System Analysis Reference, example 8; reliabilityanalytics.com."""
    return {
        "r": [
            availability.k_of_n(needed=needed, total=total, availability=each)
            for needed, total, each in given["cases"]
        ]
    }


@answers("D12", relative=1e-6)
def newsvendor(given: Tree) -> Tree:
    """Newsvendor standard example; the quantiles of demand are SciPy's."""
    ratio = commitment.critical_fraction(price=given["price"], cost=given["cost"])
    low, high = given["uniform"]
    median, sigma = given["lognormal_median_sigma"]
    return {
        "critical_ratio": ratio,
        "uniform": stats.uniform.ppf(ratio, low, high - low),
        "normal": stats.norm.ppf(ratio, *given["normal"]),
        "lognormal": stats.lognorm.ppf(ratio, sigma, scale=median),
    }


@answers("D13", absolute=1e-6)
def canary_judge(given: Tree) -> Tree:
    """spinnaker/kayenta, MannWhitneySuite.scala."""
    shift = judge.mann_whitney_interval(given["experiment"], given["control"], confidence=given["conf"])
    return {"ci": [shift.low, shift.high], "hodges_lehmann": shift.estimate}


@answers("D14", absolute=0.01)
def experiment_size(given: Tree) -> Tree:
    """evanmiller.org sample-size calculator; the other two forms are not ours."""
    size = canary.sample_size(
        base_fraction=given["p"], delta=given["delta_abs"], alpha=given["alpha"], power=given["power"]
    )
    return {"unpooled_evan_miller": size}


@answers("D15", relative=1e-6)
def carbon_intensity(given: Tree) -> Tree:
    """SCI specification 1.1; case study eshoppen. Embodied shares are the specification's arithmetic."""
    spec = given["spec"]
    embodied = 1e3 * spec["TE_kg"] * spec["TiR_h"] / (spec["EL_years"] * 365 * 24)

    def grams(part: Tree) -> float:
        share = part["TiR_h"] / part["EL_h"] * part["RR"] / part["ToR"]
        return carbon.intensity_grams(
            energy_kwh=part["E_kwh"],
            grid_grams_per_kwh=part["I"],
            embodied_grams=1e3 * part["TE_kg"] * share,
            units=1,
        )

    app, db = grams(given["eshoppen_app"]), grams(given["eshoppen_db"])
    return {
        "spec_g": carbon.intensity_grams(
            energy_kwh=0, grid_grams_per_kwh=0, embodied_grams=embodied, units=1
        ),
        "app_g": app,
        "db_g": db,
        "total_g": app + db,
    }


@answers("D16", relative=1e-9)
def compute_carbon(given: Tree) -> Tree:
    """cloud-carbon-footprint, ComputeEstimator.test.ts; energy is its arithmetic, carbon our law."""
    watts = given["min_w"] + given["cpu_util_pct"] / 100 * (given["max_w"] - given["min_w"])
    kwh = watts / 1e3 * given["vcpu_h"] * given["pue"] * given["replication"]
    grams = carbon.intensity_grams(
        energy_kwh=kwh, grid_grams_per_kwh=1e6 * given["ef_t_per_kwh"], embodied_grams=0, units=1
    )
    return {"kwh": kwh, "t_co2e": grams / 1e6}


@answers("D17")
def commitment_hours(given: Tree) -> Tree:
    """FOCUS 1.2, appendix on commitment discounts; beyond the split it is arithmetic."""
    committed = given["hourly_commit"]
    under, over = given["usage_at_commit_rate"]
    parts = allocation.split(committed, {"used": under, "unused": committed - under})
    beyond = Decimal(str(over)) - Decimal(str(committed))
    return {
        "scenario3": {
            "used_effective": parts["used"],
            "unused_effective": parts["unused"],
            "billed": committed - math.fsum(parts.values()),
        },
        "scenario4": {
            "used_effective": min(over, committed),
            "standard_billed": float(beyond),
            "standard_effective": float(beyond),
        },
        "upfront_year_billed": committed * 365 * 24,
        "upfront_purchase_effective": 0.0,
    }


@answers("D18")
def delivery_clusters(given: Tree) -> Tree:
    """DORA 2024, page 14: recorded, with nothing to compute. What must not be assumed is tested below."""
    return {}


@answers("D19")
def shuffle_shards(given: Tree) -> Tree:
    """Amazon Builders' Library, shuffle sharding: arithmetic of the standard library."""
    return {"combinations": [math.comb(total, chosen) for total, chosen in given["cases"]]}


@answers("D20", relative=1e-6)
def budgeting_methods(given: Tree) -> Tree:
    """OpenSLO, budgeting-method: the attack that spends the whole budget, the rest failing as usual."""
    hours, days = given["window_min"] / 60, given["window_min"] / (24 * 60)

    def spent(ok_fraction: float, hours: float) -> float:
        return slo.budget_spent_fraction(
            objective=given["objective"],
            error_fraction=1 - ok_fraction,
            duration_seconds=3600 * hours,
            period_days=days,
        )

    usual, attack = spent(given["baseline_ok"], hours), spent(given["attack_ok"], 1)
    return {
        "timeslices_h": availability.downtime_seconds(objective=given["objective"], window_days=days) / 3600,
        "ratio_timeslices_h": (1 - usual) / (attack - spent(given["baseline_ok"], 1)),
    }


NOT_COMPUTED = {
    "D03": {"se"},
    "D14": {"pooled", "cohen_h_statsmodels"},
    "D18": {"elite", "high", "medium", "low"},
}


def leaves(tree: Any, path: str = "") -> dict[str, float]:
    """Numbers of nested mappings and lists by path."""
    if isinstance(tree, Mapping):
        return {key: leaf for name in tree for key, leaf in leaves(tree[name], f"{path}/{name}").items()}
    if isinstance(tree, list):
        return {key: leaf for i, item in enumerate(tree) for key, leaf in leaves(item, f"{path}/{i}").items()}
    return {path: tree}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_the_published_value_is_reproduced(name: str) -> None:
    calculation, relative, absolute = ROWS[name]
    published = ORACLES[name]["expected"]
    expected = leaves({key: published[key] for key in published.keys() - NOT_COMPUTED.get(name, set())})
    computed = leaves(calculation(ORACLES[name]["inputs"]))
    assert {path: computed[path] for path in expected} == pytest.approx(expected, rel=relative, abs=absolute)


def test_no_oracle_is_left_unused() -> None:
    assert set(ROWS) == set(ORACLES) == {f"D{number:02}" for number in range(1, 21)}


def test_dora_change_failures_are_not_monotone_and_shares_sum_to_101_percent() -> None:
    clusters = ORACLES["D18"]["expected"]
    failures = [clusters[name]["cfr"] for name in ("elite", "high", "medium", "low")]
    assert failures != sorted(failures)
    assert math.fsum(cluster["share"] for cluster in clusters.values()) == pytest.approx(1.01)
