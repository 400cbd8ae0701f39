"""Tags of a charge, in each of the forms that exports have them: JSON text, MAP, STRUCT, list of pairs."""

import ibis
import ibis.expr.types as ir

from playbook.billing.engines import builtin, dialect_of

OBJECT = r'^\s*\{\s*("[\s\S]*)?\}\s*$'


def value(table: ir.Table, key: str, *, column: str = "Tags") -> ir.StringValue:
    """The value of the tag `key` of each row, null where there is none; an empty value is none.

    Only keys of the outermost object count. A number or `true` is its text. Text that is no JSON has no
    tags. JSON is read by the engine's own functions. Raises ValueError for a key with a quote or a
    backslash, which JSON paths of engines spell differently, and for a column of another type.
    """
    if not key or any(sign in key for sign in "'\"\\"):
        raise ValueError(f"tag {key!r} cannot be looked up: keys are without quotes and backslashes")
    pairs = table[column]
    dtype = pairs.type()
    if dtype.is_map():
        found = pairs.get(key)
    elif dtype.is_struct():
        found = pairs[key] if key in dtype.names else ibis.null("string")
    elif dtype.is_array() and dtype.value_type.is_struct():
        found = pairs.filter(lambda pair: pair["key"] == key)[0]["value"]
    elif dtype.is_string() or dtype.is_json():
        found = _from_json(pairs, key)
    else:
        raise ValueError(f"{column} is {dtype}: needed is JSON text, MAP, STRUCT or a list of key and value")
    return found.cast("string").nullif("")


def any_tag(table: ir.Table, *, column: str = "Tags") -> ir.BooleanValue:
    """Whether each row has a tag at all: not null, `{}` or an empty MAP."""
    pairs = table[column]
    dtype = pairs.type()
    if dtype.is_map() or dtype.is_array():
        return (pairs.length() > 0).fill_null(False)
    if dtype.is_struct():
        return ibis.or_(*(pairs[name].notnull() for name in dtype.names))
    text = pairs.cast("string").replace(" ", "").replace("\n", "")
    return (~text.isin(["", "{}", "null"])).fill_null(False)


def _from_json(pairs: ir.Value, key: str) -> ir.Value:
    """By a function of the engine's own: Ibis' cast of text to JSON parses it in DuckDB alone."""
    text, path = pairs.cast("string"), f'$["{key}"]'
    dialect = dialect_of(pairs)
    none = ibis.null("string")
    if dialect == "snowflake":
        return _try_parse_json(text)[key].cast("string")
    if dialect == "bigquery":
        return _json_value(text, path)
    if dialect in ("trino", "athena"):
        return _json_extract_scalar(text, path)
    if dialect in ("pyspark", "databricks"):
        # Spark also reads {'a': 'b'} and what stands behind the last brace.
        return ibis.ifelse(text.re_search(OBJECT), _get_json_object(text, path), none)
    # Text that is no JSON is an error in DuckDB, where it is not asked for first.
    return ibis.ifelse(_json_valid(text), _json_extract_string(text, path), none)


_get_json_object = builtin("get_json_object", "string", "string")
_json_extract_string = builtin("json_extract_string", "string", "string")
_json_extract_scalar = builtin("json_extract_scalar", "string", "string")
_json_value = builtin("json_value", "string", "string")
_json_valid = builtin("json_valid", "string", returned="boolean")
_try_parse_json = builtin("try_parse_json", "string", returned="json")
