"""Who is told: the Alertmanager's routes by severity and owner, and the cases that prove them."""

from collections.abc import Iterator, Mapping

from playbook.artifacts.rules import rule_file
from playbook.model import System

CALENDAR = {"page": ("10s", "5m", "1h"), "ticket": ("5m", "1h", "24h")}
"""How long each severity waits for company, between news of a group, and until it is said again."""


def receiver(owner: str, severity: str) -> str:
    """The receiver of an owner's pages or tickets."""
    return f"{owner.replace(' ', '-')}-{severity}"


def alertmanager(system: System) -> Mapping[str, object]:
    """The configuration: what nobody claims goes to the platform's queue, and a page silences its own ticket.

    Addresses are placeholders: the secret ones are mounted as files.
    """
    owners = sorted({service.owner for service in system.objectives})
    default = receiver(next(s.owner for s in system.objectives if s.name == "delivery"), "ticket")
    pairs = [(owner, severity) for owner in owners for severity in CALENDAR]
    return {
        "route": {
            "receiver": default,
            "group_by": ["service", "alertname", "region"],
            "routes": [_route(owner, severity) for owner, severity in pairs],
        },
        "inhibit_rules": [
            {
                "source_matchers": ['severity="page"'],
                "target_matchers": ['severity="ticket"', 'sli!=""'],
                "equal": ["service", "sli"],
            }
        ],
        "receivers": [_receiver(owner, severity) for owner, severity in pairs],
    }


def _route(owner: str, severity: str) -> Mapping[str, object]:
    wait, news, again = CALENDAR[severity]
    return {
        "matchers": [f'severity="{severity}"', f'owner="{owner}"'],
        "receiver": receiver(owner, severity),
        "group_wait": wait,
        "group_interval": news,
        "repeat_interval": again,
    }


def _receiver(owner: str, severity: str) -> Mapping[str, object]:
    name = receiver(owner, severity)
    url = f"http://notify.monitoring.svc/{severity}/{name}"
    return {"name": name, "webhook_configs": [{"url": url, "send_resolved": True}]}


def routes(system: System) -> Mapping[str, object]:
    """One case for each alert: its labels, and the receiver that must get it; and one that nobody claims."""
    unclaimed = {"labels": {"alertname": "Unclaimed"}, "receiver": alertmanager(system)["route"]["receiver"]}  # type: ignore[index]
    return {"routes": [*_cases(system), unclaimed]}


def _cases(system: System) -> Iterator[Mapping[str, object]]:
    for group in rule_file(system)["groups"]:  # type: ignore[attr-defined]
        for rule in group["rules"]:
            if "alert" in rule:
                labels = {"alertname": rule["alert"], **rule["labels"]}
                yield {"labels": labels, "receiver": receiver(labels["owner"], labels["severity"])}
