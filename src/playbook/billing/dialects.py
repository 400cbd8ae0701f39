"""The queries as SQL of the warehouses in which exports live."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from playbook.billing.anomalies import anomalies
from playbook.billing.columns import COLUMNS, Kind
from playbook.billing.commitments import commitments
from playbook.billing.engines import DESCRIBED
from playbook.billing.services import by_service, movers, savings
from playbook.billing.tenants import by_tenant, untagged
from playbook.billing.unit import unit_cost

TYPES = {Kind.NUMBER: "float64", Kind.TEXT: "string", Kind.TIME: "timestamp", Kind.PAIRS: "string"}
QUERIES: Mapping[str, Callable[[ir.Table], ir.Table]] = {
    "anomalies": anomalies,
    "by_service": by_service,
    "by_tenant": by_tenant,
    "commitments": commitments,
    "movers": movers,
    "savings": savings,
    "unit_cost": lambda charges: unit_cost(charges, _usage()),
    "untagged": untagged,
}


@dataclass(frozen=True, slots=True)
class Dialect:
    """An SQL that Ibis writes: `run` where our tests run it too, and in `lacks` what it has not."""

    name: str
    run: bool
    lacks: tuple[str, ...]


MEDIAN = "an exact median, which no query uses"
OBJECTS = "text of a tag that is an object: it reads as no tag"
MAPS = "MAP: Tags are JSON text, or a list of key and value"
STRICT = "strict JSON: text is first matched against the form of an object"
DIALECTS: Mapping[str, Dialect] = {
    dialect.name: dialect
    for dialect in (
        Dialect("duckdb", True, ()),
        Dialect("databricks", False, (STRICT,)),
        Dialect("snowflake", False, ()),
        Dialect("trino", False, (MEDIAN, OBJECTS)),
        Dialect("athena", False, (MEDIAN, OBJECTS)),
        Dialect("bigquery", False, (MEDIAN, OBJECTS, MAPS)),
    )
}


def sql(query: str, dialect: str, *, table: str = "charges") -> str:
    """The SQL of a query for a table `table` with the columns and types of `charges`, Tags as JSON text.

    `unit_cost` also reads a table `usage` with `usage_date` and `events`. Only what `DIALECTS` marks as
    run has been run: the others are written, and parse. Raises ValueError for an unknown name.
    """
    if query not in QUERIES:
        raise ValueError(f"query {query!r} is not known: {', '.join(QUERIES)}")
    if dialect not in DIALECTS:
        raise ValueError(f"dialect {dialect!r} is not known: {', '.join(DIALECTS)}")
    schema = {name: TYPES[column.kind] for name, column in COLUMNS.items()}
    token = DESCRIBED.set(dialect)
    try:
        return str(ibis.to_sql(QUERIES[query](ibis.table(schema, name=table)), dialect=dialect))
    finally:
        DESCRIBED.reset(token)


def _usage() -> ir.Table:
    return ibis.table({"usage_date": "date", "events": "int64"}, name="usage")
