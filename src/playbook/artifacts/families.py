"""Alerts by family: one runbook for each, whatever the window."""

import re

RUNBOOKS = "book/05-reliability/runbooks"


def family(alert: str) -> str:
    """The name of an alert without its row of the recipe: that of ``FreshBurnFast`` is ``FreshBurn``."""
    return re.sub(r"(?<=Burn)(Fast|Slow|Ticket)$", "", alert)


def page_name(alert: str) -> str:
    """The runbook's file name without suffix, in kebab case."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", family(alert)).lower()


def runbook(alert: str) -> str:
    """The runbook of an alert, by its path in the repository."""
    return f"{RUNBOOKS}/{page_name(alert)}.md"
