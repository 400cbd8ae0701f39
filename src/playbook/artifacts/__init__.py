"""What is generated from the objectives for real tools: rules, their tests, routes, a dashboard, OpenSLO."""

from collections.abc import Callable, Mapping
from pathlib import Path

from playbook.artifacts.cases import slow_test_file, test_file
from playbook.artifacts.dashboard import dashboard
from playbook.artifacts.families import family, page_name, runbook
from playbook.artifacts.openslo import documents
from playbook.artifacts.routing import alertmanager, routes
from playbook.artifacts.rules import alert_names, rule_file
from playbook.artifacts.writing import json_text, yaml_text
from playbook.model import System

FOLDER = Path("book/05-reliability/artifacts")
FILES: Mapping[str, Callable[[System], str]] = {
    "rules.yaml": lambda system: yaml_text(rule_file(system)),
    "rules_test.yaml": lambda system: yaml_text(test_file(system)),
    "rules_slow_test.yaml": lambda system: yaml_text(slow_test_file(system)),
    "alertmanager.yaml": lambda system: yaml_text(alertmanager(system)),
    "routes.yaml": lambda system: yaml_text(routes(system)),
    "dashboard.json": lambda system: json_text(dashboard(system)),
    "openslo.yaml": lambda system: yaml_text(*documents(system)),
}

__all__ = ["FILES", "FOLDER", "alert_names", "family", "page_name", "runbook", "stale", "write"]


def stale(system: System, folder: Path) -> tuple[str, ...]:
    """The artifacts in ``folder`` that do not hold what would be written now."""
    return tuple(name for name, make in FILES.items() if not _holds(folder / name, make(system)))


def write(system: System, folder: Path) -> tuple[str, ...]:
    """Write the stale ones; returns their names."""
    names = stale(system, folder)
    for name in names:
        (folder / name).write_text(FILES[name](system), "utf-8", newline="")
    return names


def _holds(file: Path, text: str) -> bool:
    return file.is_file() and file.read_bytes() == text.encode("utf-8")
