"""Unit tests of the burn-rate rules for promtool, their times taken from the closed form of the law."""

import math
from collections.abc import Iterator, Mapping

from playbook import reliability
from playbook.artifacts import causes, promql
from playbook.artifacts.counters import series, traffic
from playbook.artifacts.unit_test import Case, after, before, case, firing, within
from playbook.laws import slo
from playbook.model import Indicator, System
from playbook.reliability import BurnAlert

SLOW_HOURS = 24.0
"""Windows longer than this are tested in a file of their own, evaluated less often."""
FAST, SLOW = 120, 3600
"""Seconds between evaluations in the two files."""
STEPS = 5
"""Samples in a short window."""


def test_file(system: System) -> Mapping[str, object]:
    """Everything that shows within a day: evaluated every other minute."""
    cases = [*_burns(system, slow=False), *_truths(system), *causes.cases(system)]
    return {"rule_files": ["rules.yaml"], "evaluation_interval": f"{FAST}s", "tests": cases}


def slow_test_file(system: System) -> Mapping[str, object]:
    """Tickets and samples, which take days: evaluated each hour."""
    cases = [*_burns(system, slow=True), *causes.sampled(system)]
    return {"rule_files": ["rules.yaml"], "evaluation_interval": f"{SLOW}s", "tests": cases}


def _burns(system: System, *, slow: bool) -> Iterator[Case]:
    for service in system.objectives:
        for indicator in service.indicators:
            for alert in reliability.burn_alerts(system, indicator):
                if indicator.kind != "sample" and (alert.long_window_hours > SLOW_HOURS) == slow:
                    yield from _alert_cases(system, indicator, alert, grid=SLOW if slow else FAST)


def _alert_cases(system: System, indicator: Indicator, alert: BurnAlert, *, grid: int) -> Iterator[Case]:
    """Ten times the threshold fires and clears in time; nine tenths of it never does, nor half as long."""
    long, short = alert.long_window_hours * 3600, alert.short_window_hours * 3600
    step = round(short / STEPS)
    warm, lasts = math.ceil(long / step) + 1, math.ceil(long / 4 / step)
    fault, failed = warm * step, min(1.0, 10 * alert.error_fraction)
    timeline = slo.alert_timeline(
        objective=reliability.objective_fraction(system, indicator),
        error_fraction=failed,
        duration_seconds=lasts * step,
        long_window_seconds=long,
        short_window_seconds=short,
        burn_rate=alert.burn_rate,
    )
    fires, clears = timeline.fires_after_seconds, timeline.clears_after_end_seconds
    assert fires is not None
    assert clears is not None
    slack, end = 2 * step, fault + lasts * step
    yield case(
        f"{alert.name} fires and clears when the law says",
        step,
        traffic(indicator, [(warm, 0), (lasts, failed), (3 * STEPS, 0)]),
        [
            firing(alert.name, before(fault + fires - slack, grid), False),
            firing(alert.name, after(fault + fires + slack, grid), True),
            firing(alert.name, before(end + clears - slack, grid), True),
            firing(alert.name, after(end + clears + slack, grid), False),
        ],
    )
    yield case(
        f"{alert.name} does not fire at nine tenths of its threshold",
        step,
        traffic(indicator, [(3 * STEPS, 0.9 * alert.error_fraction)]),
        [firing(alert.name, before(2 * short, grid), False)],
    )
    if indicator.name != "fresh":
        return  # the same two windows for all: hours of evaluation for nothing new
    blip = max(1, math.floor(fires / 2 / step))
    yield case(
        f"{alert.name} does not fire on half of what it needs",
        step,
        traffic(indicator, [(warm, 0), (blip, failed), (3 * STEPS, 0)]),
        [firing(alert.name, after(fault + (blip + n) * step, grid), False) for n in (0, 2, 5)],
    )


def _truths(system: System) -> Iterator[Case]:
    """What must hold of every indicator that has a budget, whatever the recipe."""
    for service in system.objectives:
        for sli in service.indicators:
            alert = reliability.burn_alerts(system, sli)[0]
            days = reliability.objective_window_days(system, sli)
            allowed = 1 - reliability.objective_fraction(system, sli)
            budget, ratio = promql.budget_name(sli, days), promql.series(sli, alert)
            if sli.kind == "sample":
                continue
            yield case(
                f"{sli.title}: hours without traffic neither page nor change the budget",
                60,
                traffic(sli, [(60, allowed), (400, None)]),
                [
                    within(budget, 58 * 60, 1.0),
                    within(budget, 440 * 60, 1.0),
                    {"expr": ratio, "eval_time": "440m", "exp_samples": []},
                    firing(alert.name, "440m", False),
                ],
            )
            yield case(
                f"{sli.title}: nothing was ever sent",
                60,
                [],
                [{"expr": budget, "eval_time": "60m", "exp_samples": []}, firing(alert.name, "60m", False)],
            )
            if sli.by:
                few = traffic(sli, [(120, 1.0)], each=6, **{sli.by: "eu"})
                yield case(
                    f"{sli.title}: a ratio of sums, not a mean of ratios",
                    60,
                    [*traffic(sli, [(120, 0)], each=594), *few],
                    [within(ratio, 100 * 60, 0.01), within(budget, 100 * 60, 0.01 / allowed)],
                )
    fresh = next(i for s in system.objectives for i in s.indicators if i.name == "fresh")
    absent = [series(fresh.total, [(120, 600)], region="us", stream="a", tenants="rest")]
    yield case(
        "Fresh: a counter of good events that never appears is a full outage",
        60,
        absent,
        [within(promql.ratio_name(fresh, "1h"), 6000, 1.0), firing("FreshBurnFast", "100m", True)],
    )
