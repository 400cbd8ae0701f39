"""A Grafana dashboard of the objectives: what is spent, how fast, and whom it hurts."""

from collections.abc import Iterator, Mapping

from playbook import reliability
from playbook.artifacts import promql
from playbook.artifacts.signals import signals
from playbook.model import Indicator, System

SOURCE = {"type": "prometheus", "uid": "${source}"}
WIDTH, HEIGHT = 24, 8


def dashboard(system: System) -> Mapping[str, object]:
    """The dashboard: a row for each indicator, budget and burn; then one panel for each other alert."""
    panels = list(_panels(system))
    for number, panel in enumerate(panels):
        panel["id"] = number + 1
        panel["gridPos"] = {
            "h": HEIGHT, "w": WIDTH // 2, "x": number % 2 * WIDTH // 2, "y": number // 2 * HEIGHT
        }  # fmt: skip
    return {
        "uid": "dataflow-objectives",
        "title": "DataFlow objectives",
        "schemaVersion": 37,
        "timezone": "utc",
        "refresh": "1m",
        "time": {"from": "now-24h", "to": "now"},
        "templating": {"list": [{"name": "source", "type": "datasource", "query": "prometheus"}]},
        "panels": panels,
    }


def _panels(system: System) -> Iterator[dict[str, object]]:
    for service in system.objectives:
        for indicator in service.indicators:
            yield _budget(system, indicator)
            yield _burn(system, indicator)
    for signal in signals(system):
        expressions = {name: name for name, _ in signal.records}
        yield _panel(signal.name, signal.summary.partition("{{")[0] or signal.name, expressions, unit="none")


def _budget(system: System, indicator: Indicator) -> dict[str, object]:
    days = reliability.objective_window_days(system, indicator)
    levels = ("platform", indicator.by) if indicator.by else ("platform",)
    expressions = {
        level if level == "platform" else f"{{{{{level}}}}}": promql.budget_name(indicator, days, level=level)
        for level in levels
    }
    said = f"Errors of {days:g} days over those that the objective allows: above one, the budget is spent."
    return _panel(f"{indicator.title}: budget spent", said, expressions, unit="percentunit", limits=(1.0,))


def _burn(system: System, indicator: Indicator) -> dict[str, object]:
    alerts = reliability.burn_alerts(system, indicator)
    expressions = {
        promql.window(alert.long_window_hours): promql.series(indicator, alert) for alert in alerts
    }
    limits = tuple(sorted(alert.error_fraction for alert in alerts))
    said = "Errors over total, by window; a line for each alert's threshold. Gaps are hours without traffic."
    return _panel(f"{indicator.title}: errors", said, expressions, unit="percentunit", limits=limits)


def _panel(
    title: str, said: str, expressions: Mapping[str, str], *, unit: str, limits: tuple[float, ...] = ()
) -> dict[str, object]:
    steps: list[dict[str, object]] = [{"color": "blue", "value": None}]
    steps += [{"color": "orange", "value": limit} for limit in limits]
    return {
        "type": "timeseries",
        "title": title,
        "description": said.strip(),
        "datasource": SOURCE,
        "targets": [
            {"refId": chr(65 + n), "expr": expression, "legendFormat": name, "datasource": SOURCE}
            for n, (name, expression) in enumerate(expressions.items())
        ],
        "fieldConfig": {
            "defaults": {
                "unit": unit,
                "custom": {"spanNulls": False, "thresholdsStyle": {"mode": "line" if limits else "off"}},
                "thresholds": {"mode": "absolute", "steps": steps},
            },
            "overrides": [],
        },
    }
