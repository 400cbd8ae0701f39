"""The objectives in OpenSLO's own form, version 1, for other tools to read."""

from collections.abc import Iterator, Mapping

from playbook import reliability
from playbook.model import Indicator, Service, System

VERSION = "openslo/v1"


def documents(system: System) -> Iterator[Mapping[str, object]]:
    """A Service for each service, then an SLO with its indicator inside for each indicator.

    Reference: OpenSLO specification, v1, kinds Service and SLO.
    """
    for service in system.objectives:
        yield _head("Service", service.name, service.title) | {"spec": {"description": service.about}}
        for indicator in service.indicators:
            yield _slo(system, service, indicator)


def _slo(system: System, service: Service, indicator: Indicator) -> Mapping[str, object]:
    days = reliability.objective_window_days(system, indicator)
    counted = "bad" if indicator.bad else "good"
    ratio = {
        "counter": True,
        counted: _source(indicator.bad or indicator.good),
        "total": _source(indicator.total),
    }
    return _head("SLO", f"{service.name}-{indicator.name}", indicator.title) | {
        "spec": {
            "description": indicator.why,
            "service": service.name,
            "indicator": {"metadata": {"name": indicator.name}, "spec": {"ratioMetric": ratio}},
            "timeWindow": [{"duration": f"{days:g}d", "isRolling": True}],
            "budgetingMethod": "Occurrences",
            "objectives": [{"target": round(reliability.objective_fraction(system, indicator), 9)}],
        }
    }


def _source(selector: str) -> Mapping[str, object]:
    return {"metricSource": {"type": "Prometheus", "spec": {"query": f"sum({selector})"}}}


def _head(kind: str, name: str, title: str) -> dict[str, object]:
    return {"apiVersion": VERSION, "kind": kind, "metadata": {"name": name, "displayName": title}}
