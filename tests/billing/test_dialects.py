"""The queries as SQL of warehouses."""

import ibis
import pytest
import sqlglot

from playbook import billing
from playbook.billing.dialects import QUERIES, TYPES


@pytest.mark.parametrize("dialect", billing.DIALECTS)
@pytest.mark.parametrize("query", QUERIES)
def test_every_query_is_written_in_every_dialect(query: str, dialect: str) -> None:
    text = billing.sql(query, dialect)
    assert len(sqlglot.parse(text, read=dialect)) == 1
    assert "QUANTILE" not in text.upper()
    assert "MEDIAN" not in text.upper()


# Each vendor's reference: the function that reads a path from JSON that is text.
READERS = {
    "duckdb": "->>",
    "databricks": "GET_JSON_OBJECT",
    "snowflake": "TRY_PARSE_JSON",
    "trino": "JSON_EXTRACT_SCALAR",
    "athena": "JSON_EXTRACT_SCALAR",
    "bigquery": "JSON_EXTRACT_SCALAR",
}


@pytest.mark.parametrize(("dialect", "reader"), READERS.items())
def test_tags_are_read_by_the_function_that_parses_text(dialect: str, reader: str) -> None:
    assert reader in billing.sql("by_tenant", dialect).upper()


def test_the_written_sql_runs() -> None:
    opened = ibis.duckdb.connect()
    schema = {name: TYPES[column.kind] for name, column in billing.COLUMNS.items()}
    opened.create_table("charges", schema=ibis.schema(schema))
    opened.create_table("usage", schema=ibis.schema({"usage_date": "date", "events": "int64"}))
    assert [opened.raw_sql(billing.sql(query, "duckdb")).fetchall() for query in QUERIES] == [[]] * len(
        QUERIES
    )


def test_bigquery_has_no_map() -> None:
    column = ibis.table({"Tags": "map<string, string>"}, name="charges")["Tags"]
    with pytest.raises(Exception, match="MapGet"):
        ibis.to_sql(column.get("tenant").as_table(), dialect="bigquery")


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ValueError, match="query 'by_owner' is not known: anomalies"):
        billing.sql("by_owner", "duckdb")
    with pytest.raises(ValueError, match="dialect 'oracle' is not known: duckdb"):
        billing.sql("movers", "oracle")
