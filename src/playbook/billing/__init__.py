"""FOCUS exports of any provider, and the questions that a bill answers: Ibis, on any engine."""

from .anomalies import anomalies
from .columns import COLUMNS, NEEDED, Column, Kind, Level
from .commitments import commitments
from .contract import charges
from .dialects import DIALECTS, Dialect, sql
from .read import read
from .services import by_service, movers, savings
from .tenants import by_tenant, untagged
from .unit import unit_cost

__all__ = [
    "COLUMNS",
    "DIALECTS",
    "NEEDED",
    "Column",
    "Dialect",
    "Kind",
    "Level",
    "anomalies",
    "by_service",
    "by_tenant",
    "charges",
    "commitments",
    "movers",
    "read",
    "savings",
    "sql",
    "unit_cost",
    "untagged",
]
