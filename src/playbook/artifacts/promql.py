"""Expressions of PromQL 2.42 over counters, as text."""

from playbook.model import Indicator
from playbook.reliability import BurnAlert


def window(hours: float) -> str:
    """A duration as Prometheus writes it, in whole hours or minutes or seconds."""
    seconds = round(hours * 3600)
    for unit, length in (("h", 3600), ("m", 60)):
        if seconds % length == 0:
            return f"{seconds // length}{unit}"
    return f"{seconds}s"


def number(value: float) -> str:
    """A number in nine figures, so that 14.4 × (1 − 0.9995) is written 0.0072."""
    return f"{value:.9g}"


def error_ratio(indicator: Indicator, over: str, *, by: str = "") -> str:
    """Errors over total as the ratio of two sums of rates; no sample at all where nothing came."""
    total = summed("rate", indicator.total, over, by=by)
    return f"{_errors(indicator, 'rate', over, by=by)} / ({total} > 0)"


def budget_spent(indicator: Indicator, days: float, allowed: float, *, by: str = "") -> str:
    """Errors counted over the whole period, over the errors that its total allows.

    Counts and not a mean of ratios: an hour without traffic adds nothing, and an hour of little adds little.
    """
    over = f"{days:g}d"
    total = summed("increase", indicator.total, over, by=by)
    return f"{_errors(indicator, 'increase', over, by=by)} / ({number(allowed)} * ({total} > 0))"


def summed(function: str, selector: str, over: str, *, by: str = "") -> str:
    """The sum of a function of counters over a window, of everything or by a label."""
    grouping = f" by ({by}) " if by else ""
    return f"sum{grouping}({function}({selector}[{over}]))"


def series(indicator: Indicator, alert: BurnAlert, *, short: bool = False) -> str:
    """The recorded error ratio that an alert reads."""
    hours = alert.short_window_hours if short else alert.long_window_hours
    return ratio_name(indicator, window(hours))


def ratio_name(indicator: Indicator, over: str, *, level: str = "platform") -> str:
    """The name of a recorded error ratio: level, metric, operation."""
    return f"{level}:{indicator.name}_errors:ratio_rate{over}"


def count_name(indicator: Indicator, over: str) -> str:
    """The name of a recorded number of events."""
    return f"platform:{indicator.name}_events:increase{over}"


def budget_name(indicator: Indicator, days: float, *, level: str = "platform") -> str:
    """The name of the recorded share of a budget that is spent."""
    return f"{level}:{indicator.name}_budget_spent:ratio{days:g}d"


def _errors(indicator: Indicator, function: str, over: str, *, by: str) -> str:
    """A counter that is not there counts as nothing good, or nothing bad, wherever there is traffic."""
    total = summed(function, indicator.total, over, by=by)
    if indicator.bad:
        return f"({summed(function, indicator.bad, over, by=by)} or {total} * 0)"
    return f"({total} - ({summed(function, indicator.good, over, by=by)} or {total} * 0))"
