"""Prometheus recording and alerting rules, from the objectives."""

from collections.abc import Iterator, Mapping

from playbook import reliability
from playbook.artifacts import promql
from playbook.artifacts.families import runbook
from playbook.artifacts.signals import Signal, signals
from playbook.model import Indicator, Service, System

Rule = Mapping[str, object]


def rule_file(system: System) -> Mapping[str, object]:
    """Every group of rules: one for each indicator, one for its budget, one for each other alert.

    An alert reads series that are recorded in its own group, before it, from raw counters: no rule waits
    for another group's evaluation, and no record is made from a record.
    """
    groups: list[Mapping[str, object]] = []
    for service in system.objectives:
        for indicator in service.indicators:
            groups.append(_group(f"slo:{indicator.name}", _indicator(system, service, indicator)))
            groups.append(_group(f"budget:{indicator.name}", _budget(system, indicator)))
    owners = {service.name: service.owner for service in system.objectives}
    groups.extend(
        _group(f"signal:{signal.name}", _signal(signal, owners[signal.service])) for signal in signals(system)
    )
    return {"groups": groups}


def alert_names(system: System) -> tuple[str, ...]:
    """Every alert, in the order of the file."""
    burns = (
        alert.name
        for service in system.objectives
        for indicator in service.indicators
        for alert in reliability.burn_alerts(system, indicator)
    )
    return (*burns, *(signal.name for signal in signals(system)))


def _group(name: str, rules: Iterator[Rule]) -> Mapping[str, object]:
    return {"name": name, "rules": list(rules)}


def _indicator(system: System, service: Service, indicator: Indicator) -> Iterator[Rule]:
    alerts = reliability.burn_alerts(system, indicator)
    hours = sorted({h for a in alerts for h in (a.short_window_hours, a.long_window_hours)})
    for over in map(promql.window, hours):
        yield _record(promql.ratio_name(indicator, over), promql.error_ratio(indicator, over))
        if indicator.by:
            name = promql.ratio_name(indicator, over, level=indicator.by)
            yield _record(name, promql.error_ratio(indicator, over, by=indicator.by))
    for alert in alerts:
        over = promql.window(alert.long_window_hours)
        if indicator.minimum_events:
            name = promql.count_name(indicator, over)
            yield _record(name, promql.summed("increase", indicator.total, over))
    for alert in alerts:
        limit, over = promql.number(alert.error_fraction), promql.window(alert.long_window_hours)
        parts = [f"{promql.series(indicator, alert)} > {limit}"]
        if alert.short_window_hours != alert.long_window_hours:
            parts.append(f"{promql.series(indicator, alert, short=True)} > {limit}")
        if alert.minimum_events:
            parts.append(f"{promql.count_name(indicator, over)} >= {promql.number(alert.minimum_events)}")
        labels = _labels(service.name, service.owner, pages=alert.pages) | {"sli": indicator.name}
        counted = "labels were wrong" if indicator.kind == "sample" else f"{indicator.kind} failed"
        said = f"{indicator.title}: {{{{ $value | humanizePercentage }}}} of {counted} over {over}"
        yield _alert(alert.name, " and ".join(parts), labels, said)


def _budget(system: System, indicator: Indicator) -> Iterator[Rule]:
    days = reliability.objective_window_days(system, indicator)
    allowed = 1 - reliability.objective_fraction(system, indicator)
    yield _record(promql.budget_name(indicator, days), promql.budget_spent(indicator, days, allowed))
    if indicator.by:
        name = promql.budget_name(indicator, days, level=indicator.by)
        yield _record(name, promql.budget_spent(indicator, days, allowed, by=indicator.by))


def _signal(signal: Signal, owner: str) -> Iterator[Rule]:
    for name, expression in signal.records:
        yield _record(name, expression)
    labels = _labels(signal.service, owner, pages=signal.pages)
    yield _alert(signal.name, signal.expression, labels, signal.summary)


def _record(name: str, expression: str) -> Rule:
    return {"record": name, "expr": expression}


def _labels(service: str, owner: str, *, pages: bool) -> dict[str, str]:
    return {"severity": "page" if pages else "ticket", "service": service, "owner": owner}


def _alert(name: str, expression: str, labels: Mapping[str, str], summary: str) -> Rule:
    notes = {"summary": summary, "runbook": runbook(name)}
    return {"alert": name, "expr": expression, "labels": dict(labels), "annotations": notes}
