"""FOCUS exports of any provider, and the questions that a bill answers: Ibis, on any engine."""

from .anomalies import anomalies
from .attribution import NO_ROW, NO_RULE, NO_USAGE, Rule, attribution, unallocatable
from .columns import COLUMNS, NEEDED, Column, Kind, Level
from .commitments import commitments
from .contract import charges
from .dialects import DIALECTS, Dialect, sql
from .problems import problems
from .read import read
from .services import by_service, movers, savings
from .tenants import by_tenant, untagged
from .unit import unit_cost

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
