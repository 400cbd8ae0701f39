"""Reading one file of ``data/`` with an error that names it."""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from playbook.model.assumption import DataError


def text_of(folder: Path, name: str) -> str:
    """The UTF-8 text of ``folder/name``."""
    try:
        return (folder / name).read_text("utf-8")
    except FileNotFoundError:
        raise DataError(name, "file", None, "missing; the model needs it") from None
    except UnicodeDecodeError as error:
        raise DataError(
            name, "file", error.object[error.start : error.start + 8], "must be UTF-8 text"
        ) from None


def tables_of(folder: Path, name: str) -> Mapping[str, object]:
    """The tables of a TOML file."""
    try:
        return tomllib.loads(text_of(folder, name))
    except tomllib.TOMLDecodeError as error:
        raise DataError(name, "file", str(error), "must be TOML, with each table once") from None


def table_in(tables: Mapping[str, object], key: str, *, file: str) -> Mapping[str, object]:
    """One table out of a file."""
    table = tables.get(key)
    if not isinstance(table, dict):
        raise DataError(file, key, table, "must be a table")
    return table


def entries(
    table: Mapping[str, object], *, allowed: tuple[str, ...], file: str, key: str
) -> Mapping[str, object]:
    """``table`` once it is known to have the allowed keys, all of them and no other."""
    for name in table:
        if name not in allowed:
            raise DataError(
                file, f"{key}.{name}", table[name], f"unknown key; allowed are {', '.join(allowed)}"
            )
    for name in allowed:
        if name not in table:
            raise DataError(file, f"{key}.{name}", None, "missing")
    return table


def rows_of(folder: Path, name: str, *, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Row number and cells of a CSV file below its header, each as wide as the header."""
    rows = list(csv.reader(io.StringIO(text_of(folder, name))))
    if not rows or tuple(rows[0]) != columns:
        raise DataError(name, "header", rows[0] if rows else None, f"must be {','.join(columns)}")
    for number, cells in enumerate(rows[1:], start=2):
        if len(cells) != len(columns):
            raise DataError(name, f"row {number}", cells, f"must have {len(columns)} cells")
        yield number, cells
