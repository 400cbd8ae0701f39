"""One unit test of promtool, and what it may ask."""

import math
from collections.abc import Iterable, Mapping

from playbook.artifacts.promql import number

Case = Mapping[str, object]
Check = Mapping[str, object]


def case(name: str, step: int, lines: Iterable[Mapping[str, str]], checks: Iterable[Check]) -> Case:
    """One test of promtool: its series, a sample each ``step`` seconds, and what to ask of them."""
    return {
        "name": name,
        "interval": f"{step}s",
        "input_series": list(lines),
        "promql_expr_test": list(checks),
    }


def firing(alert: str, moment: str, expected: bool) -> Check:
    """Whether the alert fires at a moment."""
    expression = f'count(ALERTS{{alertname="{alert}",alertstate="firing"}}) or vector(0)'
    samples = [{"labels": "{}", "value": int(expected)}]
    return {"expr": expression, "eval_time": moment, "exp_samples": samples}


def within(name: str, seconds: float, value: float, *, part: float = 1e-6) -> Check:
    """Whether a series of no labels has a value, to a part in a million: promtool compares exactly."""
    bounds = f"abs({name} / {number(value)} - 1) < bool {part:g}"
    samples = [{"labels": "{}", "value": 1}]
    return {"expr": bounds, "eval_time": f"{seconds:.0f}s", "exp_samples": samples}


def before(seconds: float, grid: int) -> str:
    """The last evaluation up to a moment."""
    return f"{math.floor(seconds / grid) * grid}s"


def after(seconds: float, grid: int) -> str:
    """The first evaluation from a moment on."""
    return f"{math.ceil(seconds / grid) * grid}s"
