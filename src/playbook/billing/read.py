"""FOCUS exports as Ibis tables."""

import functools
import importlib.util
import itertools
import os
import sys

import ibis
import ibis.expr.types as ir
from ibis.backends import BaseBackend

from playbook.billing import files
from playbook.billing.contract import charges, unread, unreadable
from playbook.billing.engines import connection

_names = (f"charges_{number}" for number in itertools.count())


def read(
    path: str | os.PathLike[str],
    *,
    engine: str | BaseBackend = "duckdb",
    currency: str | None = None,
    progress: bool = False,
) -> ir.Table:
    """The charges of a FOCUS export, 1.0 to 1.3, of any provider: one row per charge.

    `path` is a file, a folder with all its folders, or a glob, of Parquet or CSV (also `.csv.gz`); many
    files are united by column name. `engine` is `duckdb`, `spark`, or an Ibis connection; with one that
    reads no files here (a warehouse), `path` is the name of a table there. `progress` shows how far long
    work is, where the engine can.

    Names and types are those of `charges`: costs `float64`, times in UTC, text without `NULL`. An export
    is in one currency: of several, `currency` picks one. CSV is read once, here; Parquet at each query.

    Raises ValueError, naming the path, what was found and what is needed: no file, a file that is no FOCUS
    export, no charge in it, numbers or times that do not read as such, several currencies and none chosen.
    """
    opened = connection(engine)
    if opened.name not in ("duckdb", "pyspark"):
        return _checked([opened.table(str(path))], f"table {path}", currency)
    _show(opened, progress)
    parts = files.groups(path)
    tables = [_raw(opened, part, str(path)) for part in parts]
    united = _checked(tables, str(path), currency)
    if opened.name == "duckdb" and parts[0].form == files.CSV:
        return opened.create_table(next(_names), united)
    return united


def _raw(opened: BaseBackend, part: files.Group, source: str) -> ir.Table:
    try:
        return _opened(opened, part, list(part.files))
    except Exception as problem:
        raise ValueError(_unreadable(source, problem)) from problem


def _unreadable(source: str, problem: Exception) -> str:
    first, *_ = str(problem).splitlines() or [type(problem).__name__]
    return f"{source} cannot be read: {first}"


def _opened(opened: BaseBackend, part: files.Group, paths: list[str]) -> ir.Table:
    if opened.name == "duckdb":
        if part.form == files.PARQUET:
            return opened.read_parquet(paths, hive_partitioning=False)
        return opened.read_csv(
            paths,
            auto_detect=False,
            header=True,
            columns={name: "VARCHAR" for name, _ in part.columns},
            delim=part.delimiter,
            quote='"',
            escape='"',
        )
    if part.form == files.PARQUET:
        # Spark refuses nanoseconds, which data frames write, or takes them for whole numbers.
        opened.raw_sql("SET spark.sql.legacy.parquet.nanosAsLong = true")
        name = next(_names)
        opened._session.read.parquet(*paths).createOrReplaceTempView(name)
        table = opened.table(name)
        whole = [name for name, dtype in part.columns if dtype.startswith("timestamp[ns")]
        return table.mutate(**{name: (table[name] // 1_000).as_timestamp("us") for name in whole})
    return opened.read_csv(
        paths, header=True, sep=part.delimiter, escape='"', multiLine=True, mode="FAILFAST", inferSchema=False
    )


def _checked(tables: list[ir.Table], source: str, currency: str | None) -> ir.Table:
    """The tables as one, its values looked at."""
    typed = [charges(table, source=source) for table in tables]
    try:
        found = [row for table in tables for row in unreadable(table).to_pyarrow().to_pylist()]
    except Exception as problem:
        raise ValueError(_unreadable(source, problem)) from problem
    bad = [text for row in found for text in unread(row)]
    if bad:
        raise ValueError(f"{source} cannot be summed: {'; '.join(bad)}")
    if not sum(row["charges"] for row in found):
        raise ValueError(f"{source} holds no charge: needed is at least one row")
    return _in_one_currency(_united(typed, source), source, currency)


def _united(tables: list[ir.Table], source: str) -> ir.Table:
    """One table with all the columns; null where a part lacks one."""
    types: dict[str, ibis.DataType] = {}
    for name, dtype in itertools.chain.from_iterable(table.schema().items() for table in tables):
        if types.setdefault(name, dtype) != dtype:
            raise ValueError(
                f"{source}: {name} is {types[name]} in one file and {dtype} in another: read them apart"
            )
    parts = [
        table.select(
            **{
                name: table[name] if name in table.columns else ibis.null(dtype)
                for name, dtype in types.items()
            }
        )
        for table in tables
    ]
    return functools.reduce(lambda one, other: one.union(other), parts)


def _in_one_currency(table: ir.Table, source: str, currency: str | None) -> ir.Table:
    counted = table.group_by("BillingCurrency").aggregate(rows=table.count()).to_pyarrow().to_pylist()
    counts = {row["BillingCurrency"]: row["rows"] for row in counted}
    held = ", ".join(f"{name or 'none'} ({counts[name]} charges)" for name in sorted(counts, key=str))
    if currency is None and len(counts) > 1:
        raise ValueError(
            f"{source} holds several currencies, which do not add up: {held}; choose one, as currency='USD'"
        )
    if currency is not None and currency not in counts:
        raise ValueError(f"{source} holds no charge in {currency}, but {held}")
    return (
        table if currency is None or len(counts) == 1 else table.filter(table["BillingCurrency"] == currency)
    )


def _show(opened: BaseBackend, progress: bool) -> None:
    """In a notebook DuckDB draws with ipywidgets, and refuses any change of the setting without them."""
    drawn = "ipykernel" not in sys.modules or importlib.util.find_spec("ipywidgets") is not None
    if opened.name == "duckdb" and drawn:
        opened.raw_sql(f"SET enable_progress_bar = {str(progress).lower()}")
