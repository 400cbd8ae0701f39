"""The engines that run our queries: DuckDB in this process, Spark on this machine, or a connection given."""

import atexit
import functools
import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import cast

import ibis
import ibis.expr.types as ir
from ibis.backends import BaseBackend

MEMORY = "640MB"


def connection(engine: str | BaseBackend) -> BaseBackend:
    """The Ibis connection of an engine: `duckdb`, `spark`, or a connection, which is handed back.

    Raises ValueError for another name, and for Spark where PySpark or Java is missing.
    """
    if isinstance(engine, BaseBackend):
        return engine
    if engine == "duckdb":
        return duckdb()
    if engine == "spark":
        return spark()
    raise ValueError(f"engine {engine!r} is not known: 'duckdb', 'spark', or an Ibis connection")


# For which dialect a table is meant that is only described: set by `dialects.sql` alone.
DESCRIBED: ContextVar[str] = ContextVar("DESCRIBED", default="duckdb")


def dialect_of(expression: ir.Expr) -> str:
    """The dialect in which an expression will be written: that of its engine, or the described one."""
    backends, _ = expression._find_backends()
    return str(backends[0].name) if backends else DESCRIBED.get()


def described(expression: ir.Expr) -> bool:
    """Whether an expression is over a table that is only described, and so has no rows."""
    return bool(expression._find_backends()[1])


def builtin(name: str, *types: str, returned: str = "string") -> Callable[..., ir.Value]:
    """A function of an engine's own, of one or two arguments, where Ibis has none: Ibis writes its name."""

    def of_one(one: object) -> None: ...

    def of_two(one: object, other: object) -> None: ...

    made = ibis.udf.scalar.builtin(
        of_two if len(types) > 1 else of_one, name=name, signature=(types, returned)
    )
    return cast("Callable[..., ir.Value]", made)


@functools.cache
def duckdb() -> BaseBackend:
    """DuckDB in this process, one for all exports.

    It works within `MEMORY`, and moves what does not fit into a folder that goes when the process ends.
    """
    folder = Path(tempfile.mkdtemp(prefix="billing-"))
    opened = ibis.duckdb.connect(
        folder / "charges.duckdb",
        memory_limit=MEMORY,
        temp_directory=str(folder / "spill"),
        preserve_insertion_order=False,
    )
    # It would turn a sum over a partition into a join that reads the export twice.
    opened.raw_sql("SET disabled_optimizers = 'window_self_join'")
    atexit.register(_close, opened, folder)
    return opened


def without_spark() -> str:
    """What engine `spark` lacks here, and how to get it; empty where nothing does."""
    if importlib.util.find_spec("pyspark") is None:
        return "engine 'spark' needs PySpark: run make spark, and set PYTHONPATH=_build/spark"
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        return "engine 'spark' needs Java 17 (Debian: apt-get install openjdk-17-jre-headless)"
    return ""


@functools.cache
def spark() -> BaseBackend:
    """Spark in local mode on all cores, at UTC; a cluster is a connection of your own.

    Raises ValueError with what to install where PySpark or Java is missing.
    """
    if missing := without_spark():
        raise ValueError(missing)
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = (
        SparkSession.builder.master("local[*]")
        .appName("billing")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", str(os.cpu_count() or 1))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    return ibis.pyspark.connect(session)


def _close(opened: BaseBackend, folder: Path) -> None:
    opened.disconnect()
    shutil.rmtree(folder, ignore_errors=True)
