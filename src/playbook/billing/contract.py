"""Any table with FOCUS columns in the types that our queries expect."""

from collections.abc import Iterator, Mapping

import ibis
import ibis.expr.types as ir

from playbook.billing.columns import COLUMNS, NEEDED, Kind, known_names
from playbook.billing.engines import builtin, dialect_of

EMPTY = ("", "NULL", "null", "Null")
NO_VALUE = (*EMPTY, "NaN", "nan", "None", "N/A")
EMPTY_TYPES: Mapping[Kind | None, str] = {Kind.NUMBER: "float64", Kind.TIME: "timestamp"}
NUMBER = r"^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$"
TIME = r"^\s*\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?( ?(Z|UTC|[+-]\d\d(:?\d\d)?))?)?\s*$"

_epoch_us = builtin("epoch_us", "timestamp('UTC')", returned="int64")
_make_timestamp = builtin("make_timestamp", "int64", returned="timestamp")


def charges(table: ir.Table, *, source: str = "this table") -> ir.Table:
    """The table with FOCUS names and types: numbers `float64`, times `timestamp` in UTC, text `string`.

    Column names match without case and underscores; unknown columns stay as they are, missing ones stay
    absent. Text that is empty or `NULL` is null. Tags, and the other key-value columns, keep their form:
    JSON text, MAP or STRUCT.

    Costs are binary floats, not decimals, since engines disagree on the precision of a decimal sum and
    of a decimal ratio. A sum of n costs is off by at most n × 1.1e-16 of the sum of their absolute
    values (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 4.2): 0.11 cents for
    ten million charges that add up to a million.

    Raises ValueError for a table that lacks what every sum needs (`NEEDED`), and for a column whose type
    cannot hold what the specification puts there. Bad text is found by `unreadable`.
    """
    try:
        names = known_names(table.columns)
    except ValueError as problem:
        raise ValueError(f"{source}: {problem}") from problem
    missing = [name for name in NEEDED if name not in names.values()]
    if missing:
        raise ValueError(
            f"{source} is no FOCUS export (1.0 to 1.3) that can be summed: it lacks {', '.join(missing)}; "
            f"found {_some(table.columns)}"
        )
    return table.select(
        **{names.get(found, found): _typed(table[found], names.get(found), source) for found in table.columns}
    )


def unreadable(table: ir.Table) -> ir.Table:
    """One row: for each number and time that `table` holds as text, how many do not read as one, and which.

    Columns `bad_<name>` (count) and `like_<name>` (one of them), by the names found. Two more always:
    `charges` (rows) and `currencies`.
    """
    names = known_names(table.columns)
    measures: dict[str, ir.Value] = {"charges": table.count()}
    for found, name in names.items():
        column = table[found]
        if column.type().is_string() and COLUMNS[name].kind in (Kind.NUMBER, Kind.TIME):
            bad = ~_reads(column, COLUMNS[name].kind) & column.notnull() & ~column.isin(NO_VALUE)
            measures[f"bad_{name}"] = bad.sum()
            measures[f"like_{name}"] = column.max(where=bad)
    return table.aggregate(**measures)


def _reads(column: ir.StringColumn, kind: Kind) -> ir.BooleanValue:
    if kind is Kind.NUMBER:
        return column.re_search(NUMBER)
    return column.re_search(TIME) & column.try_cast("timestamp('UTC')").notnull()


def _typed(column: ir.Column, name: str | None, source: str) -> ir.Column:
    kind = COLUMNS[name].kind if name else None
    dtype = column.type()
    if dtype.is_null() or dtype.is_unknown():
        # A column that pandas wrote without one value: DuckDB calls its type NULL, Ibis unknown.
        return column.cast(EMPTY_TYPES.get(kind, "string"))
    if kind is None or (kind is Kind.PAIRS and not dtype.is_string()):
        return _text(column) if dtype.is_string() else column
    if kind in (Kind.TEXT, Kind.PAIRS):
        if dtype.is_string():
            return _text(column)
        # An identifier that a data frame with gaps has turned into 1234.0.
        return (column.cast("int64") if dtype.is_floating() else column).cast("string")
    if dtype.is_string():
        column = ibis.ifelse(column.isin(NO_VALUE), ibis.null("string"), column)
        target = "float64" if kind is Kind.NUMBER else "timestamp('UTC')"
        column = column.try_cast(target)
        return column if kind is Kind.NUMBER else column.cast("timestamp")
    if kind is Kind.NUMBER and dtype.is_numeric():
        return column if dtype.is_float64() else column.cast("float64")
    if kind is Kind.TIME and dtype.is_timestamp() and dtype.timezone and dialect_of(column) == "duckdb":
        # The same instant, 20 times faster than DuckDB's cast, which asks a calendar for each row.
        return _make_timestamp(_epoch_us(column))
    if kind is Kind.TIME and (dtype.is_timestamp() or dtype.is_date()):
        return column.cast("timestamp")
    raise ValueError(f"{source}: {name} is {dtype}, FOCUS has {kind} there: export it as such")


def _text(column: ir.StringColumn) -> ir.StringColumn:
    return ibis.ifelse(column.isin(EMPTY), ibis.null("string"), column)


def _some(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:8])
    return f"{shown} and {len(names) - 8} more" if len(names) > 8 else shown or "no column"


def unread(row: dict[str, object]) -> Iterator[str]:
    """What is wrong in the values that `unreadable` has counted, in words."""
    for key, count in row.items():
        if key.startswith("bad_") and count:
            name = key.removeprefix("bad_")
            kind = "number" if COLUMNS[name].kind is Kind.NUMBER else "time in ISO form"
            yield f"{name}: {count} of {row['charges']} values are no {kind}, like {row[f'like_{name}']!r}"
