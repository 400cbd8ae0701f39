"""FOCUS exports of any provider, and the questions that a bill answers: Ibis, on any engine."""

from playbook.billing.anomalies import anomalies
from playbook.billing.attribution import NO_ROW, NO_RULE, NO_USAGE, Rule, attribution, unallocatable
from playbook.billing.columns import COLUMNS, NEEDED, Column, Kind, Level
from playbook.billing.commitments import commitments
from playbook.billing.contract import charges
from playbook.billing.dialects import DIALECTS, Dialect, sql
from playbook.billing.problems import problems
from playbook.billing.read import read
from playbook.billing.services import by_service, movers, savings
from playbook.billing.tenants import by_tenant, untagged
from playbook.billing.unit import unit_cost

__all__ = [
    "COLUMNS",
    "DIALECTS",
    "NEEDED",
    "NO_ROW",
    "NO_RULE",
    "NO_USAGE",
    "Column",
    "Dialect",
    "Kind",
    "Level",
    "Rule",
    "anomalies",
    "attribution",
    "by_service",
    "by_tenant",
    "charges",
    "commitments",
    "movers",
    "problems",
    "read",
    "savings",
    "sql",
    "unallocatable",
    "unit_cost",
    "untagged",
]
